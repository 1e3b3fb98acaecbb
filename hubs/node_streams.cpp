#include "hubs/node_streams.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "hubs/codec.h"
#include "hubs/sample_block.h"

namespace hubs {

namespace {

constexpr const char* kViewStream = "view";
constexpr double kHighestRate = 1e6;
constexpr double kLatestSecond = 4e9;  ///< in the year 2096

/// What `thumb/meta` says, as a stream like any other.
StreamAbout viewStream() {
  StreamAbout stream;
  stream.id = kViewStream;
  stream.name = "view";
  stream.channels = {{.id = "motion", .unit = "1", .min = 0, .max = 1}};
  stream.scale = {1};
  stream.offset = {0};
  return stream;
}

bool hasStream(const About& about, const std::string& id) {
  return std::any_of(about.streams.begin(), about.streams.end(),
                     [&](const StreamAbout& stream) { return stream.id == id; });
}

/// The rate the device says it measures with, else the first it can.
double nominalRate(const StreamAbout& stream,
                   const std::map<std::string, base::ParamValue>& reported) {
  const auto set = reported.find(stream.rateParam);
  if (stream.rateParam.empty() || set == reported.end()) return stream.rate;
  const double rate = base::toNumber(set->second);
  return rate > 0 && rate <= kHighestRate ? rate : stream.rate;
}

sensors::SourceInfo infoOf(const std::string& node, const About& about, const StreamAbout& stream,
                           double rate) {
  return {.id = node + "/" + stream.id,
          .name = (about.name.empty() ? node : about.name) + " " + stream.name,
          .kind = stream.kind,
          .channels = stream.channels,
          .rate = rate};
}

}  // namespace

void NodeStreams::declare(const std::string& node, About about,
                          const std::map<std::string, base::ParamValue>& reported) {
  if (about.thumbnails && !hasStream(about, kViewStream)) about.streams.push_back(viewStream());
  std::erase_if(feeds_[node], [&](const auto& feed) { return !hasStream(about, feed.first); });
  for (const StreamAbout& stream : about.streams) {
    // Pictures come as thumbnails, not as sample blocks.
    if (stream.kind == sensors::SourceKind::Picture) continue;
    declareStream(node, about, stream, nominalRate(stream, reported));
  }
}

void NodeStreams::declareStream(const std::string& node, const About& about,
                                const StreamAbout& stream, double nominal) {
  auto& running = feeds_[node];
  const auto known = running.find(stream.id);
  if (known == running.end()) {
    auto source = sources_.declare(infoOf(node, about, stream, nominal));
    StreamFeed feed(stream, source->info());
    running.emplace(stream.id, Feed{std::move(feed), std::move(source), nominal});
    return;
  }
  Feed& feed = known->second;
  // A block may have shown another rate than the node names; that stands until the node's word
  // changes.
  const double rate = feed.nominalRate == nominal ? feed.feed.rate() : nominal;
  feed.nominalRate = nominal;
  const sensors::SourceInfo info = infoOf(node, about, stream, rate);
  const bool sameNumbers = feed.feed.about().scale == stream.scale &&
                           feed.feed.about().offset == stream.offset &&
                           feed.feed.about().channels == stream.channels;
  if (sameNumbers && *feed.source->info() == info) return;
  feed.source = sources_.declare(info);
  if (sameNumbers) {
    feed.feed.setSource(feed.source->info());
  } else {
    feed.feed = StreamFeed(stream, feed.source->info());
  }
}

void NodeStreams::interrupt(const std::string& node) {
  const auto feeds = feeds_.find(node);
  if (feeds == feeds_.end()) return;
  for (auto& [stream, feed] : feeds->second) feed.feed.interrupt();
}

NodeStreams::Feed* NodeStreams::find(const std::string& node, const std::string& stream) {
  const auto feeds = feeds_.find(node);
  if (feeds == feeds_.end()) return nullptr;
  const auto feed = feeds->second.find(stream);
  return feed == feeds->second.end() ? nullptr : &feed->second;
}

bool NodeStreams::knows(const std::string& node, const std::string& stream) const {
  const auto feeds = feeds_.find(node);
  return feeds != feeds_.end() && feeds->second.contains(stream);
}

base::Result<void> NodeStreams::takeBlock(const std::string& node, const std::string& stream,
                                          const base::Bytes& bytes) {
  Feed* feed = find(node, stream);
  if (!feed) return {};
  const auto block = decodeSampleBlock(bytes, feed->feed.about().channels.size());
  if (!block) {
    return base::Error{block.error().code, "stream " + stream + ": " + block.error().message};
  }
  if (const auto rate = feed->feed.otherRate(*block)) {
    sensors::SourceInfo info = *feed->source->info();
    info.rate = *rate;
    feed->source = sources_.declare(info);
    feed->feed.setSource(feed->source->info());
  }
  return publish(*feed, *block);
}

base::Result<void> NodeStreams::takeMotion(const std::string& node, const nlohmann::json& meta) {
  Feed* feed = find(node, kViewStream);
  if (!feed) return {};
  const double seconds = numberField(meta, "t");
  const std::int64_t sequence = integerField(meta, "seq");
  const SampleBlock block{
      .sequence = static_cast<std::uint64_t>(std::max<std::int64_t>(sequence, 0)),
      .timeMicros = seconds >= 0 && seconds < kLatestSecond ? std::llround(seconds * 1e6) : 0,
      .rows = 1,
      .channels = 1,
      .raw = false,
      .values = {static_cast<float>(numberField(meta, "motion", std::nan("")))}};
  return publish(*feed, block);
}

base::Result<void> NodeStreams::publish(Feed& feed, const SampleBlock& block) {
  const base::Time arrival = clock_.now();
  auto taken = feed.feed.take(block, arrival);
  if (!taken) return taken.error();
  if (!*taken) return {};
  feed.source->setClockOffset(feed.feed.clockOffset());
  feed.source->publish(std::move(*taken), arrival);
  return {};
}

}  // namespace hubs
