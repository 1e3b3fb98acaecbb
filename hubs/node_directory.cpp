#include "hubs/node_directory.h"

#include <algorithm>
#include <mutex>
#include <nlohmann/json.hpp>

#include "hubs/codec.h"
#include "hubs/jpeg_header.h"
#include "hubs/node_commands.h"
#include "hubs/node_streams.h"
#include "hubs/stream_leases.h"

namespace hubs {

namespace {

using Json = nlohmann::json;
using namespace std::chrono_literals;

constexpr std::size_t kMostNodes = 2000;
constexpr std::size_t kShownBytes = 64;
constexpr double kControlRate = 50;  ///< messages a second besides samples
constexpr double kControlBurst = 500;
constexpr auto kLeasePatience = 10s;

std::string hexOf(const base::Bytes& bytes) {
  constexpr char kDigits[] = "0123456789abcdef";
  std::string text;
  for (std::size_t i = 0; i < std::min(bytes.size(), kShownBytes); ++i) {
    text += kDigits[bytes[i] >> 4];
    text += kDigits[bytes[i] & 15];
  }
  return text;
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

}  // namespace

struct NodeDirectory::Impl {
  Bus& bus;
  const Topics topics;
  const std::string benchId;
  sensors::SourceTable& sources;
  const base::Clock& clock;
  const std::function<void()> onChange;

  mutable std::mutex mutex;
  std::map<std::string, Node> nodes;
  bool linkUp = false;
  std::mutex desiredMutex;  ///< keeps the order of config/desired documents

  NodeStreams streams;  ///< bus thread only
  NodeCommands commands;
  StreamLeases leases;
  std::vector<SubscriptionPtr> subscriptions;

  Impl(Bus& theBus, Topics theTopics, std::string bench, sensors::SourceTable& table,
       const base::Clock& theClock, std::function<void()> notify)
      : bus(theBus),
        topics(std::move(theTopics)),
        benchId(std::move(bench)),
        sources(table),
        clock(theClock),
        onChange(std::move(notify)),
        streams(table, theClock),
        commands(bus, topics, benchId),
        leases(std::chrono::seconds(kLeaseSeconds) / 2,
               [this](const std::string& id, const std::string& stream) { lease(id, stream); }) {
    using Handler = void (Impl::*)(const std::string&, const Message&);
    const std::pair<const char*, Handler> handlers[] = {{"state", &Impl::takeState},
                                                        {"about", &Impl::takeAbout},
                                                        {"config/reported", &Impl::takeReported},
                                                        {"config/desired", &Impl::takeDesired},
                                                        {"thumb", &Impl::takeThumbnail},
                                                        {"thumb/meta", &Impl::takeThumbnailMeta},
                                                        {"event", &Impl::takeEvent},
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
    subscriptions.push_back(bus.onStatus([this](const LinkStatus& status) { takeStatus(status); }));
  }

  ~Impl() { subscriptions.clear(); }

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
      }
      linkUp = up;
    }
    if (status.state == LinkState::Online) {
      leases.linkUp();
    } else {
      leases.linkDown();
    }
    for (const std::string& id : toSend) sendDesiredIfNewer(id);
    tellChange();
  }

  void takeState(const std::string& id, const Message& message) {
    const std::string_view text = message.text();
    if (text != "online" && text != "offline") {
      if (!text.empty()) complain(id, "state is neither online nor offline", message);
      return;
    }
    const bool online = text == "online";
    About about;
    {
      std::lock_guard lock(mutex);
      Node* node = heard(id);
      if (!node) return;
      node->device.online = online;
      // Said again without an offline between: the node has restarted or reconnected.
      if (online) ++node->epoch;
      about = node->device.about;
    }
    if (online) {
      leases.begin(id, leasable(about));
      sendDesiredIfNewer(id);
    } else {
      leases.end(id);
      streams.interrupt(id);
    }
    tellChange();
  }

  static std::vector<std::string> leasable(const About& about) {
    std::vector<std::string> ids;
    const auto& ops = about.ops;
    if (!ops.empty() && std::find(ops.begin(), ops.end(), "lease") == ops.end()) return ids;
    for (const StreamAbout& stream : about.streams) {
      if (stream.kind != sensors::SourceKind::Picture) ids.push_back(stream.id);
    }
    return ids;
  }

  void takeAbout(const std::string& id, const Message& message) {
    if (message.payload.empty()) return;
    const auto json = parseJson(message.payload);
    if (!json) return complain(id, "about: " + json.error().message, message);
    std::vector<std::string> complaints;
    auto about = parseAbout(*json, &complaints);
    if (!about) return complain(id, about.error().message, message);
    std::map<std::string, base::ParamValue> reported;
    bool online = false;
    {
      std::lock_guard lock(mutex);
      Node* node = heard(id);
      if (!node) return;
      node->device.about = *about;
      online = node->device.online;
      reported = node->config.reported();
    }
    for (const std::string& complaint : complaints) complain(id, "about: " + complaint);
    streams.declare(id, *about, reported);
    if (online) leases.begin(id, leasable(*about));
    tellChange();
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
    if (!about.streams.empty()) streams.declare(id, about, reported);
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
    if (const auto jpeg = checkThumbnail(message.payload); !jpeg) {
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
    if (message.retain == Retain::Yes) return;  // an old value is not live
    if (const auto taken = streams.takeMotion(id, *json); !taken) {
      complain(id, taken.error().message);
    }
  }

  void takeEvent(const std::string& id, const Message& message) {
    const auto json = parseJson(message.payload);
    if (!json) return complain(id, "event: " + json.error().message, message);
    std::lock_guard lock(mutex);
    heard(id);
  }

  void takeSamples(const std::string& id, const Message& message) {
    if (message.retain == Retain::Yes) return;  // an old block is not live
    const std::string stream = message.topic.substr(message.topic.rfind('/') + 1);
    if (!streams.knows(id, stream)) return;  // not announced: nobody knows what it means
    {
      std::lock_guard lock(mutex);
      if (!heard(id, false)) return;
    }
    const auto taken = streams.takeBlock(id, stream, message.payload);
    if (taken) return;
    if (taken.error().code == base::ErrorCode::Corrupt) {
      complain(id, taken.error().message, message);
    } else {
      complain(id, taken.error().message);
    }
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

  void lease(const std::string& id, const std::string& stream) {
    const auto answered = [this, id, stream](const base::Result<std::string>& reply) {
      if (!reply && reply.error().code == base::ErrorCode::Refused) {
        complain(id, "stream " + stream + " is not sent: " + reply.error().message);
      }
    };
    const Json args{{"stream", stream}, {"seconds", kLeaseSeconds}};
    commands.send(id, "lease", args, answered, kLeasePatience);
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
  impl_->commands.send(node, op, *args, std::move(reply), patience);
}

}  // namespace hubs
