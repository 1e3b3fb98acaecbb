#include "hubs/node_directory.h"

#include <algorithm>
#include <cmath>
#include <condition_variable>
#include <mutex>
#include <nlohmann/json.hpp>
#include <thread>

#include "hubs/codec.h"
#include "hubs/sample_block.h"
#include "hubs/stream_feed.h"

namespace hubs {

namespace {

using Json = nlohmann::json;
using SteadyClock = std::chrono::steady_clock;
using namespace std::chrono_literals;

constexpr std::size_t kMostNodes = 2000;
constexpr std::size_t kMostCommands = 4096;
constexpr std::size_t kLargestThumbnail = 64 * 1024;
constexpr int kLargestSide = 4096;
constexpr std::size_t kShownBytes = 64;
constexpr double kControlRate = 50;  ///< messages a second besides samples
constexpr double kControlBurst = 500;
constexpr auto kLeasePatience = 10s;
constexpr const char* kViewStream = "view";

std::string hexOf(const base::Bytes& bytes) {
  constexpr char kDigits[] = "0123456789abcdef";
  std::string text;
  for (std::size_t i = 0; i < std::min(bytes.size(), kShownBytes); ++i) {
    text += kDigits[bytes[i] >> 4];
    text += kDigits[bytes[i] & 15];
  }
  return text;
}

/// Checks the header of a JPEG without decoding it.
base::Result<void> checkJpeg(const base::Bytes& jpeg) {
  const auto corrupt = [](const std::string& what) {
    return base::Error{base::ErrorCode::Corrupt, "thumbnail: " + what};
  };
  if (jpeg.size() > kLargestThumbnail) return corrupt("larger than 64 kB");
  if (jpeg.size() < 4 || jpeg[0] != 0xff || jpeg[1] != 0xd8) return corrupt("not a JPEG");
  std::size_t at = 2;
  while (at + 9 < jpeg.size()) {
    if (jpeg[at] != 0xff) return corrupt("not a JPEG");
    const std::uint8_t marker = jpeg[at + 1];
    if (marker == 0xff) {
      ++at;
      continue;
    }
    const bool isFrame =
        marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
    if (isFrame) {
      const int height = jpeg[at + 5] << 8 | jpeg[at + 6];
      const int width = jpeg[at + 7] << 8 | jpeg[at + 8];
      if (width < 1 || height < 1 || width > kLargestSide || height > kLargestSide) {
        return corrupt("impossible size " + std::to_string(width) + " x " + std::to_string(height));
      }
      return {};
    }
    at += 2 + static_cast<std::size_t>(jpeg[at + 2] << 8 | jpeg[at + 3]);
  }
  return corrupt("it has no size");
}

/// What people see of a node, and what is needed to keep its settings. Under the mutex.
struct Node {
  Device device;
  DeviceConfig config;
  std::shared_ptr<const base::Bytes> thumbnail;
  base::Time thumbnailTime;
  std::uint64_t badMessages = 0;
  std::string lastComplaint;
  bool heard = false;           ///< else only remembered by the project
  bool oursToSend = false;      ///< somebody here asked for something
  std::uint64_t epoch = 0;      ///< rises when link or node come up
  std::uint64_t sentEpoch = 0;  ///< when config/desired was last published
  TokenBucket control{kControlRate, kControlBurst};
};

/// A running stream. Bus thread only.
struct Feed {
  StreamFeed feed;
  std::shared_ptr<sensors::SourceStream> source;
  double nominalRate = 0;
};

struct Command {
  SteadyClock::time_point deadline;
  std::string what;  ///< "kitchen: identify"
  NodeDirectory::Reply reply;
};

}  // namespace

struct NodeDirectory::Impl {
  Bus& bus;
  const Topics topics;
  const std::string benchId;
  sensors::SourceTable& sources;
  const base::Clock& clock;
  const std::function<void()> onChange;
  const std::string idPrefix = base::randomHex(4) + "-";

  mutable std::mutex mutex;
  std::map<std::string, Node> nodes;
  std::map<std::pair<std::string, std::string>, SteadyClock::time_point> leases;  ///< next renewal
  std::map<std::string, Command> commands;
  std::uint64_t lastCommand = 0;
  bool linkUp = false;
  std::mutex desiredMutex;  ///< keeps the order of config/desired documents
  std::condition_variable_any changed;

  std::map<std::string, std::map<std::string, Feed>> feeds;  ///< bus thread only
  std::vector<SubscriptionPtr> subscriptions;
  std::jthread timer;

  Impl(Bus& theBus, Topics theTopics, std::string bench, sensors::SourceTable& table,
       const base::Clock& theClock, std::function<void()> notify)
      : bus(theBus),
        topics(std::move(theTopics)),
        benchId(std::move(bench)),
        sources(table),
        clock(theClock),
        onChange(std::move(notify)) {
    using Handler = void (Impl::*)(const std::string&, const Message&);
    const std::pair<const char*, Handler> handlers[] = {{"state", &Impl::takeState},
                                                        {"about", &Impl::takeAbout},
                                                        {"config/reported", &Impl::takeReported},
                                                        {"config/desired", &Impl::takeDesired},
                                                        {"thumb", &Impl::takeThumbnail},
                                                        {"thumb/meta", &Impl::takeThumbnailMeta},
                                                        {"event", &Impl::takeEvent},
                                                        {"cmd/reply", &Impl::takeReply},
                                                        {"stream/+", &Impl::takeSamples}};
    for (const auto& [rest, handler] : handlers) {
      const Delivery delivery =
          handler == &Impl::takeSamples ? Delivery::AtMostOnce : Delivery::AtLeastOnce;
      subscriptions.push_back(bus.subscribe(
          topics.node("+", rest), delivery, [this, handler = handler](const Message& message) {
            const auto parts = topics.parse(message.topic);
            if (parts && parts->kind == "node" && isId(parts->id, 48)) {
              (this->*handler)(std::string(parts->id), message);
            }
          }));
    }
    subscriptions.push_back(bus.subscribe(topics.bench(benchId, "reply"), Delivery::AtLeastOnce,
                                          [this](const Message& m) { takeReply({}, m); }));
    subscriptions.push_back(bus.onStatus([this](const LinkStatus& status) { takeStatus(status); }));
    timer = std::jthread([this](std::stop_token stop) { keepTime(stop); });
  }

  ~Impl() {
    timer.request_stop();
    timer.join();
    subscriptions.clear();
  }

  // ---- bus thread ----

  void tellChange() const {
    if (onChange) onChange();
  }

  /// The node's entry, marked as heard now; null where it sends too much or there are too many.
  Node* heard(const std::string& id, bool isControl = true) {
    if (!nodes.contains(id) && nodes.size() >= kMostNodes) return nullptr;
    Node& node = nodes[id];
    const base::Time now = clock.now();
    node.device.id = id;
    node.device.lastHeard = now;
    node.heard = true;
    if (isControl && !node.control.take(1, now)) {
      ++node.badMessages;
      node.lastComplaint = "sends too many messages";
      return nullptr;
    }
    return &node;
  }

  void complain(const std::string& id, const std::string& what) {
    {
      std::lock_guard lock(mutex);
      if (!nodes.contains(id) && nodes.size() >= kMostNodes) return;
      Node& node = nodes[id];
      node.device.id = id;
      node.heard = true;
      ++node.badMessages;
      node.lastComplaint = what;
    }
    tellChange();
  }

  void complain(const std::string& id, const std::string& what, const Message& message) {
    complain(id, what + " (begins with " + hexOf(message.payload) + ")");
  }

  void takeStatus(const LinkStatus& status) {
    std::vector<std::string> toSend;
    {
      std::lock_guard lock(mutex);
      const bool up = status.state == LinkState::Online;
      if (up && !linkUp) {
        for (auto& [id, node] : nodes) {
          ++node.epoch;
          toSend.push_back(id);
        }
        for (auto& [stream, renewal] : leases) renewal = {};
      }
      linkUp = up;
    }
    changed.notify_all();
    for (const std::string& id : toSend) sendDesiredIfNewer(id);
    tellChange();
  }

  void takeState(const std::string& id, const Message& message) {
    const std::string_view text = message.text();
    if (text != "online" && text != "offline") {
      if (!text.empty()) complain(id, "state is neither online nor offline", message);
      return;
    }
    bool cameUp = false;
    {
      std::lock_guard lock(mutex);
      Node* node = heard(id);
      if (!node) return;
      const bool online = text == "online";
      // Said again without an offline between: the node has restarted or reconnected.
      cameUp = online;
      node->device.online = online;
      if (online) {
        ++node->epoch;
        leaseNow(id, node->device.about);
      }
    }
    if (cameUp) {
      changed.notify_all();
      sendDesiredIfNewer(id);
    } else {
      for (auto& [stream, feed] : feeds[id]) feed.feed.interrupt();
    }
    tellChange();
  }

  /// All streams of the node are leased as soon as the timer runs. Under the mutex.
  void leaseNow(const std::string& id, const About& about) {
    for (const StreamAbout& stream : about.streams) {
      if (stream.kind != sensors::SourceKind::Picture) leases[{id, stream.id}] = {};
    }
  }

  void takeAbout(const std::string& id, const Message& message) {
    if (message.payload.empty()) return;
    const auto json = parseJson(message.payload);
    if (!json) return complain(id, "about: " + json.error().message, message);
    std::vector<std::string> complaints;
    auto about = parseAbout(*json, &complaints);
    if (!about) return complain(id, about.error().message, message);
    std::map<std::string, base::ParamValue> reported;
    {
      std::lock_guard lock(mutex);
      Node* node = heard(id);
      if (!node) return;
      std::erase_if(leases, [&](const auto& lease) { return lease.first.first == id; });
      node->device.about = *about;
      if (node->device.online) leaseNow(id, *about);
      reported = node->config.reported();
    }
    for (const std::string& complaint : complaints) complain(id, "about: " + complaint);
    declareStreams(id, *about, reported);
    changed.notify_all();
    tellChange();
  }

  static double nominalRate(const StreamAbout& stream,
                            const std::map<std::string, base::ParamValue>& reported) {
    const auto set = reported.find(stream.rateParam);
    if (stream.rateParam.empty() || set == reported.end()) return stream.rate;
    const double rate = base::toNumber(set->second);
    return rate > 0 && rate <= 1e6 ? rate : stream.rate;
  }

  static sensors::SourceInfo infoOf(const std::string& id, const About& about,
                                    const StreamAbout& stream, double rate) {
    const std::string node = about.name.empty() ? id : about.name;
    return {.id = id + "/" + stream.id,
            .name = node + " " + stream.name,
            .kind = stream.kind,
            .channels = stream.channels,
            .rate = rate};
  }

  void declareStreams(const std::string& id, About about,
                      const std::map<std::string, base::ParamValue>& reported) {
    const bool hasView = std::any_of(about.streams.begin(), about.streams.end(),
                                     [](const StreamAbout& s) { return s.id == kViewStream; });
    if (about.thumbnails && !hasView) about.streams.push_back(viewStream());
    auto& running = feeds[id];
    std::erase_if(running, [&](const auto& entry) {
      return std::none_of(about.streams.begin(), about.streams.end(),
                          [&](const StreamAbout& stream) { return stream.id == entry.first; });
    });
    for (const StreamAbout& stream : about.streams) {
      if (stream.kind == sensors::SourceKind::Picture) continue;
      const double nominal = nominalRate(stream, reported);
      const auto known = running.find(stream.id);
      const bool sameRate = known != running.end() && known->second.nominalRate == nominal;
      const double rate = sameRate ? known->second.feed.rate() : nominal;
      const sensors::SourceInfo info = infoOf(id, about, stream, rate);
      const bool sameScale = known != running.end() &&
                             known->second.feed.about().scale == stream.scale &&
                             known->second.feed.about().offset == stream.offset;
      if (sameScale && *known->second.source->info() == info) continue;
      const bool sameChannels =
          sameScale && known->second.source->info()->channels == info.channels;
      auto source = sources.declare(info);
      if (sameChannels) {
        known->second.feed.setSource(source->info());
        known->second.source = std::move(source);
        known->second.nominalRate = nominal;
      } else {
        StreamFeed feed(stream, source->info());
        running.insert_or_assign(stream.id, Feed{std::move(feed), std::move(source), nominal});
      }
    }
  }

  /// What `thumb/meta` says, as a source like any other.
  static StreamAbout viewStream() {
    StreamAbout stream;
    stream.id = kViewStream;
    stream.name = "view";
    stream.channels = {{.id = "motion", .unit = "1", .min = 0, .max = 1}};
    stream.scale = {1};
    stream.offset = {0};
    return stream;
  }

  void takeReported(const std::string& id, const Message& message) {
    if (message.payload.empty()) return;
    const auto json = parseJson(message.payload);
    if (!json) return complain(id, "config/reported: " + json.error().message, message);
    base::Result<void> taken;
    About about;
    std::map<std::string, base::ParamValue> reported;
    {
      std::lock_guard lock(mutex);
      Node* node = heard(id);
      if (!node) return;
      taken = node->config.takeReported(*json, clock.now());
      about = node->device.about;
      reported = node->config.reported();
    }
    if (!taken) return complain(id, taken.error().message, message);
    if (!about.streams.empty()) declareStreams(id, about, reported);
    sendDesiredIfNewer(id);
    tellChange();
  }

  /// Somebody else's wishes, or ours of an earlier run: the next version must be above theirs.
  void takeDesired(const std::string& id, const Message& message) {
    if (message.payload.empty()) return;
    const auto json = parseJson(message.payload);
    if (!json) return complain(id, "config/desired: " + json.error().message, message);
    std::lock_guard lock(mutex);
    if (!nodes.contains(id) && nodes.size() >= kMostNodes) return;
    Node& node = nodes[id];
    const std::int64_t version = integerField(*json, "ver");
    if (version <= node.config.version()) return;
    node.config.restore(version, node.config.desired());
    // Whoever asked last has the say, until somebody here asks again.
    if (textField(*json, "by") != benchId) node.oursToSend = false;
  }

  void takeThumbnail(const std::string& id, const Message& message) {
    if (message.payload.empty()) return;
    if (const auto jpeg = checkJpeg(message.payload); !jpeg) {
      return complain(id, jpeg.error().message, message);
    }
    {
      std::lock_guard lock(mutex);
      Node* node = heard(id);
      if (!node) return;
      node->thumbnail = std::make_shared<const base::Bytes>(message.payload);
      node->thumbnailTime = node->device.lastHeard;
    }
    tellChange();
  }

  void takeThumbnailMeta(const std::string& id, const Message& message) {
    if (message.payload.empty()) return;
    const auto json = parseJson(message.payload);
    if (!json) return complain(id, "thumb/meta: " + json.error().message, message);
    {
      std::lock_guard lock(mutex);
      if (!heard(id)) return;
    }
    Feed* feed = findFeed(id, kViewStream);
    if (!feed || message.retain == Retain::Yes) return;  // an old value is not recorded as live
    const double motion = numberField(*json, "motion", std::nan(""));
    const double seconds = numberField(*json, "t");
    SampleBlock block;
    block.sequence =
        static_cast<std::uint64_t>(std::max<std::int64_t>(integerField(*json, "seq"), 0));
    block.timeMicros = std::abs(seconds) < 1e11 ? std::llround(seconds * 1e6) : 0;
    block.rows = 1;
    block.channels = 1;
    block.raw = false;
    block.values = {static_cast<float>(motion)};
    publish(id, *feed, block);
  }

  void takeEvent(const std::string& id, const Message& message) {
    const auto json = parseJson(message.payload);
    if (!json) return complain(id, "event: " + json.error().message, message);
    std::lock_guard lock(mutex);
    heard(id);
  }

  Feed* findFeed(const std::string& id, const std::string& stream) {
    const auto node = feeds.find(id);
    if (node == feeds.end()) return nullptr;
    const auto feed = node->second.find(stream);
    return feed == node->second.end() ? nullptr : &feed->second;
  }

  void takeSamples(const std::string& id, const Message& message) {
    if (message.retain == Retain::Yes) return;  // an old block is not live
    const std::string stream = message.topic.substr(message.topic.rfind('/') + 1);
    Feed* feed = findFeed(id, stream);
    if (!feed) return;  // not announced: nobody knows what it means
    {
      std::lock_guard lock(mutex);
      if (!heard(id, false)) return;
    }
    const auto block = decodeSampleBlock(message.payload, feed->feed.about().channels.size());
    if (!block) {
      return complain(id, "stream " + stream + ": " + block.error().message, message);
    }
    if (const auto rate = feed->feed.otherRate(*block)) {
      sensors::SourceInfo info = *feed->source->info();
      info.rate = *rate;
      feed->source = sources.declare(info);
      feed->feed.setSource(feed->source->info());
    }
    publish(id, *feed, *block);
  }

  void publish(const std::string& id, Feed& feed, const SampleBlock& block) {
    const base::Time arrival = clock.now();
    auto taken = feed.feed.take(block, arrival);
    if (!taken) return complain(id, taken.error().message);
    if (!*taken) return;
    feed.source->setClockOffset(feed.feed.clockOffset());
    feed.source->publish(std::move(*taken), arrival);
  }

  void takeReply(const std::string& id, const Message& message) {
    const auto json = parseJson(message.payload);
    if (!json) {
      if (!id.empty()) complain(id, "cmd/reply: " + json.error().message, message);
      return;
    }
    Command command;
    {
      std::lock_guard lock(mutex);
      const auto found = commands.find(textField(*json, "id"));
      if (found == commands.end()) return;  // another workbench's, or too late
      command = std::move(found->second);
      commands.erase(found);
    }
    if (!command.reply) return;
    const std::int64_t code = integerField(*json, "code", 500);
    if (code >= 400) {
      const std::string reason = textField(*json, "msg", "code " + std::to_string(code));
      command.reply(base::Error{base::ErrorCode::Refused, command.what + ": " + reason});
      return;
    }
    const auto result = json->find("result");
    const base::Bytes text = toJsonBytes(result == json->end() ? Json() : *result);
    command.reply(std::string(text.begin(), text.end()));
  }

  // ---- any thread ----

  /// Publishes the wanted settings where the node lacks them and was not told since it came up.
  void sendDesiredIfNewer(const std::string& id) {
    std::lock_guard order(desiredMutex);
    {
      std::lock_guard lock(mutex);
      const auto node = nodes.find(id);
      if (node == nodes.end() || !node->second.oursToSend || !node->second.heard) return;
      if (node->second.config.version() <= node->second.config.reportedVersion()) return;
      if (node->second.sentEpoch == node->second.epoch) return;
    }
    sendDesired(id);
  }

  /// Under desiredMutex.
  void sendDesired(const std::string& id) {
    Message message;
    message.topic = topics.node(id, "config/desired");
    message.delivery = Delivery::AtLeastOnce;
    message.retain = Retain::Yes;
    {
      std::lock_guard lock(mutex);
      Node& node = nodes[id];
      node.sentEpoch = node.epoch;
      message.payload = toJsonBytes(node.config.desiredJson(benchId));
    }
    (void)bus.publish(std::move(message));  // refused only when full: sent again on reconnect
  }

  template <class Change>
  base::Result<void> changeDesired(const std::string& id, Change change) {
    {
      std::lock_guard order(desiredMutex);
      {
        std::lock_guard lock(mutex);
        const auto node = nodes.find(id);
        if (node == nodes.end() || !node->second.heard) {
          return base::Error{base::ErrorCode::NotFound, "there is no node called " + id};
        }
        change(node->second.config, clock.now());
        node->second.oursToSend = true;
      }
      sendDesired(id);
    }
    tellChange();
    return {};
  }

  void send(const std::string& id, const std::string& op, const Json& args, Reply reply,
            base::Duration patience) {
    std::string commandId;
    {
      std::lock_guard lock(mutex);
      if (commands.size() < kMostCommands) {
        commandId = idPrefix + std::to_string(++lastCommand);
        commands[commandId] = {SteadyClock::now() + patience, id + ": " + op, reply};
      }
    }
    if (commandId.empty()) {
      if (reply) {
        reply(base::Error{base::ErrorCode::Unavailable, "too many commands are unanswered"});
      }
      return;
    }
    changed.notify_all();
    Message message;
    message.topic = topics.node(id, "cmd");
    message.delivery = Delivery::AtLeastOnce;
    message.payload = toJsonBytes({{"id", commandId}, {"op", op}, {"args", args}});
    message.responseTopic = topics.bench(benchId, "reply");
    message.correlation = toBytes(commandId);
    message.expirySeconds =
        static_cast<std::uint32_t>(std::max(1.0, std::ceil(base::toSeconds(patience))));
    if (const auto sent = bus.publish(std::move(message)); !sent) {
      {
        std::lock_guard lock(mutex);
        if (commands.erase(commandId) == 0) return;
      }
      if (reply) reply(sent.error());
    }
  }

  // ---- timer thread ----

  void keepTime(std::stop_token stop) {
    std::unique_lock lock(mutex);
    while (!stop.stop_requested()) {
      const auto now = SteadyClock::now();
      auto next = SteadyClock::time_point::max();
      std::vector<std::pair<std::string, std::string>> due;
      if (linkUp) {
        for (auto& [stream, renewal] : leases) {
          if (renewal <= now && nodes[stream.first].device.online) {
            due.push_back(stream);
            renewal = now + std::chrono::seconds(kLeaseSeconds) / 2;
          }
          if (renewal > now) next = std::min(next, renewal);
        }
      }
      std::vector<Command> late;
      std::erase_if(commands, [&](auto& entry) {
        if (entry.second.deadline > now) {
          next = std::min(next, entry.second.deadline);
          return false;
        }
        late.push_back(std::move(entry.second));
        return true;
      });
      if (!due.empty() || !late.empty()) {
        lock.unlock();
        for (const auto& [id, stream] : due) renew(id, stream);
        for (const Command& command : late) {
          if (command.reply) {
            command.reply(
                base::Error{base::ErrorCode::Timeout, command.what + ": no answer in time"});
          }
        }
        lock.lock();
        continue;
      }
      if (next == SteadyClock::time_point::max()) {
        changed.wait(lock, stop, [&] { return somethingDue(next); });
      } else {
        changed.wait_until(lock, stop, next, [&] { return somethingDue(next); });
      }
    }
  }

  /// Is there anything to do before `planned`? Under the mutex.
  bool somethingDue(SteadyClock::time_point planned) const {
    for (const auto& [stream, renewal] : leases) {
      const auto node = nodes.find(stream.first);
      const bool online = node != nodes.end() && node->second.device.online;
      if (linkUp && online && renewal < planned && renewal <= SteadyClock::now()) return true;
    }
    return std::any_of(commands.begin(), commands.end(),
                       [&](const auto& entry) { return entry.second.deadline < planned; });
  }

  void renew(const std::string& id, const std::string& stream) {
    const auto answered = [this, id, stream](const base::Result<std::string>& reply) {
      if (!reply && reply.error().code == base::ErrorCode::Refused) {
        complain(id, "stream " + stream + " is not sent: " + reply.error().message);
      }
    };
    send(id, "lease", {{"stream", stream}, {"seconds", kLeaseSeconds}}, answered, kLeasePatience);
  }
};

NodeDirectory::NodeDirectory(Bus& bus, Topics topics, std::string benchId,
                             sensors::SourceTable& sources, const base::Clock& clock,
                             std::function<void()> onChange)
    : impl_(std::make_unique<Impl>(bus, std::move(topics), std::move(benchId), sources, clock,
                                   std::move(onChange))) {}

NodeDirectory::~NodeDirectory() = default;

std::vector<NodeView> NodeDirectory::nodes() const {
  std::vector<NodeView> views;
  std::lock_guard lock(impl_->mutex);
  for (const auto& [id, node] : impl_->nodes) {
    if (!node.heard) continue;
    NodeView view{.device = node.device,
                  .desiredVersion = node.config.version(),
                  .desired = node.config.desired(),
                  .thumbnail = node.thumbnail,
                  .thumbnailTime = node.thumbnailTime,
                  .badMessages = node.badMessages,
                  .lastComplaint = node.lastComplaint};
    for (const base::ParamSpec& spec : node.device.about.params) {
      view.params[spec.name] = node.config.status(spec.name);
    }
    for (const auto* values : {&node.config.desired(), &node.config.reported()}) {
      for (const auto& [name, value] : *values) {
        view.params[name] = node.config.status(name);
      }
    }
    views.push_back(std::move(view));
  }
  return views;
}

base::Result<void> NodeDirectory::ask(const std::string& node, const std::string& param,
                                      const base::ParamValue& value) {
  return impl_->changeDesired(
      node, [&](DeviceConfig& config, base::Time now) { config.ask(param, value, now); });
}

base::Result<void> NodeDirectory::forget(const std::string& node, const std::string& param) {
  return impl_->changeDesired(
      node, [&](DeviceConfig& config, base::Time now) { config.forget(param, now); });
}

void NodeDirectory::restore(const std::string& node, std::int64_t version,
                            std::map<std::string, base::ParamValue> desired) {
  if (!isId(node, 48)) return;
  {
    std::lock_guard lock(impl_->mutex);
    Node& entry = impl_->nodes[node];
    entry.oursToSend = !desired.empty();
    // Never below what the broker or the node has already seen from elsewhere.
    entry.config.restore(std::max(version, entry.config.version()), std::move(desired));
    ++entry.epoch;
  }
  impl_->sendDesiredIfNewer(node);
  impl_->tellChange();
}

void NodeDirectory::command(const std::string& node, const std::string& op,
                            const std::string& argsJson, Reply reply, base::Duration patience) {
  const auto args = argsJson.empty() ? base::Result<Json>(Json::object())
                                     : parseJson(toBytes(argsJson), CodecLimits{});
  bool known = false;
  {
    std::lock_guard lock(impl_->mutex);
    const auto found = impl_->nodes.find(node);
    known = found != impl_->nodes.end() && found->second.heard;
  }
  if (!known || !args) {
    const base::Error error =
        known ? base::invalid("the command's arguments are " + args.error().message)
              : base::Error{base::ErrorCode::NotFound, "there is no node called " + node};
    if (reply) reply(error);
    return;
  }
  impl_->send(node, op, *args, std::move(reply), patience);
}

}  // namespace hubs
