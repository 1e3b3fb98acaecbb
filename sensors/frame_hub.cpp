#include "sensors/frame_hub.h"

#include <algorithm>
#include <optional>

#include "sensors/base/log.h"
#include "sensors/windower.h"

namespace sensors {

namespace {

/// Blocks the frame thread may lag behind: some ten seconds of 20 ms blocks.
constexpr std::size_t kQueue = 512;
/// How long after a window's end a reading of a slow source may still arrive and count in it.
/// Short, because every answer waits for it; a later one counts from the next window on.
constexpr base::Duration kGrace = std::chrono::milliseconds(20);
/// Data that arrive later than this are a recording being replayed, with a time of its own.
constexpr base::Duration kUsualLag = std::chrono::milliseconds(150);

constexpr base::Duration kLongestBlock = std::chrono::seconds(10);
/// A burst of older blocks has its own time, until nothing more came for this long.
constexpr base::Duration kQuiet = std::chrono::seconds(2);
/// Data further behind the clock is an old recording, whose time goes on from where it is.
constexpr base::Duration kReplayLag = std::chrono::minutes(10);

/// Whether an extractor made for `a` still fits `b`. The rate may differ: no layout depends on it.
bool haveSameChannels(const SourceInfo& a, const SourceInfo& b) {
  return std::equal(
      a.channels.begin(), a.channels.end(), b.channels.begin(), b.channels.end(),
      [](const Channel& x, const Channel& y) { return x.id == y.id && x.unit == y.unit; });
}

/// Time until the next window of the common grid ends, seen `grace` later.
base::Duration untilNextEnd(const WindowSpec& spec, base::Time now, base::Duration grace) {
  const base::Time last = base::floorTo(now - grace - spec.length, spec.hop);
  return last + spec.hop + spec.length + grace - now;
}

}  // namespace

FrameFeed::FrameFeed(std::shared_ptr<SourceStream> source, FrameSpec spec,
                     FeatureExtractorPtr extractor, const base::Clock& clock)
    : source_(std::move(source)),
      spec_(std::move(spec)),
      extractor_(std::move(extractor)),
      layout_(makeLayout(spec_.source, *extractor_)),
      clock_(clock),
      blocks_(source_->subscribe(kQueue)),
      // Asked here and not by the thread: what comes after the constructor is new.
      thread_([this, held = source_->recent()](std::stop_token stop) { run(stop, held); }) {}

FrameFeed::~FrameFeed() = default;

void FrameFeed::run(std::stop_token stop, const std::vector<BlockPtr>& held) {
  const SourceInfoPtr first = source_->info();
  SourceInfoPtr info = first;
  const auto cutter = [&] { return Windower(info, spec_.window, Windower::kHoldLimit, spec_.fill); };
  std::optional<Windower> windower = cutter();
  base::Duration grace = kGrace;
  base::Duration behind{0};
  base::Time heard;
  base::Time newestArrival;
  bool knewAway = false;  // that it is away
  bool holds = true;      // what it said before
  const auto publish = [&](std::vector<Window> windows) {
    for (Window& window : windows) {
      window.newestArrival = newestArrival;
      frames_.publish(makeFrame(*extractor_, layout_, window));
    }
  };

  for (const BlockPtr& block : held) {
    const bool isRecent = clock_.now() - block->end() < kReplayLag;
    if (isRecent && block->source && haveSameChannels(*first, *block->source)) {
      windower->push(block);
    }
  }
  if (!held.empty()) {
    windower->advance(clock_.now() - grace);  // windows before now are nobody's
  }

  while (!stop.stop_requested()) {
    const auto block =
        blocks_->nextWithin(stop, untilNextEnd(spec_.window, clock_.now() - behind, grace));
    if (stop.stop_requested()) {
      return;
    }
    if (block && std::find(held.begin(), held.end(), *block) != held.end()) {
      continue;
    }
    if (const bool away = away_; away != std::exchange(knewAway, away) && away) {
      if (windower) windower = cutter();
      holds = false;
    }
    if (block) {
      holds = true;
      const SourceInfoPtr& said = (*block)->source;
      if (said && said != info && *said != *info) {
        info = said;
        windower.reset();
        if (haveSameChannels(*first, *info)) {
          windower = cutter();
        } else {
          base::logWarning(info->id + " now sends other channels; frames of " + toText(spec_) +
                           " pause until the former ones return");
        }
      }
      newestArrival = source_->counts().lastArrival;
      // Rows of a long block arrive as much later than they were measured as the block is long.
      const base::Duration length = (*block)->end() - (*block)->start;
      grace = std::max(grace, kGrace + std::min(length, kLongestBlock));
      heard = clock_.now();
      const base::Duration lag = heard - (*block)->end();
      behind = lag > kUsualLag ? lag : base::Duration(0);
      if (windower) publish(windower->push(*block));
    }
    if (clock_.now() - heard > kQuiet && behind < kReplayLag) {
      behind = base::Duration(0);
    }
    if (windower && holds) publish(windower->advance(clock_.now() - behind - grace));
  }
}

FrameHub::FrameHub(SourceTable& sources, const std::map<std::string, ExtractorFactory>& extractors,
                   const base::Clock& clock)
    : sources_(sources), extractors_(extractors), clock_(clock) {}

void FrameHub::setAway(const std::string& source, bool away) {
  std::vector<std::shared_ptr<FrameFeed>> running;  // let go of outside the lock
  std::lock_guard lock(mutex_);
  if (away ? !away_.insert(source).second : away_.erase(source) == 0) {
    return;
  }
  for (const auto& [key, slot] : feeds_) {
    if (auto feed = slot.lock()) {
      running.push_back(std::move(feed));
      if (running.back()->spec().source == source) {
        running.back()->setAway(away);
      }
    }
  }
}

base::Result<std::shared_ptr<FrameFeed>> FrameHub::acquire(const FrameSpec& spec) {
  const std::string key = toText(spec);
  {
    std::lock_guard lock(mutex_);
    const auto found = feeds_.find(key);
    if (auto running = found == feeds_.end() ? nullptr : found->second.lock()) {
      return running;
    }
  }
  if (spec.window.length.count() <= 0 || spec.window.hop.count() <= 0) {
    return base::invalid("windows of " + spec.source + " must be longer than nothing");
  }
  const auto source = sources_.find(spec.source);
  if (!source) {
    return base::Error{base::ErrorCode::NotFound, "there is no source called " + spec.source};
  }
  auto extractor = makeExtractor(extractors_, spec.extractor, *source->info(), spec.window);
  if (!extractor) {
    return extractor.error();
  }
  // Made outside the lock, since the factory may be a plugin's; whoever comes second lets go of
  // his.
  auto feed = std::make_shared<FrameFeed>(source, spec, *extractor, clock_);
  std::lock_guard lock(mutex_);
  std::erase_if(feeds_, [](const auto& entry) { return entry.second.expired(); });
  std::weak_ptr<FrameFeed>& slot = feeds_[key];
  if (auto running = slot.lock()) {
    std::swap(running, feed);
    return feed;
  }
  feed->setAway(away_.contains(spec.source));
  slot = feed;
  return feed;
}

bool FrameHub::isAway(const std::string& source) const {
  std::lock_guard lock(mutex_);
  return away_.contains(source);
}

std::size_t FrameHub::running() const {
  std::lock_guard lock(mutex_);
  return static_cast<std::size_t>(std::count_if(
      feeds_.begin(), feeds_.end(), [](const auto& entry) { return !entry.second.expired(); }));
}

}  // namespace sensors
