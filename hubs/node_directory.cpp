#include "hubs/node_directory.h"

#include <algorithm>

#include "hubs/codec.h"
#include "hubs/node_directory_impl.h"

namespace hubs {

namespace {

using Json = nlohmann::json;
using namespace std::chrono_literals;

constexpr auto kLeasePatience = 10s;

}  // namespace

NodeDirectory::Impl::Impl(Bus& theBus, Topics theTopics, std::string bench,
                          sensors::SourceTable& table, const base::Clock& theClock,
                          std::function<void()> notify)
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

void NodeDirectory::Impl::sendDesiredIfNewer(const std::string& id) {
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

void NodeDirectory::Impl::sendDesired(const std::string& id) {
  Message message;
  message.topic = topics.node(id, "config/desired");
  message.delivery = Delivery::AtLeastOnce;
  message.retain = Retain::Yes;
  {
    std::lock_guard lock(mutex);
    KnownNode& node = nodes[id];
    node.sentEpoch = node.epoch;
    message.payload = toJsonBytes(node.config.desiredJson(benchId));
  }
  (void)bus.publish(std::move(message));  // refused only when full: sent again on reconnect
}

void NodeDirectory::Impl::lease(const std::string& id, const std::string& stream) {
  const auto answered = [this, id, stream](const base::Result<std::string>& reply) {
    if (!reply && reply.error().code == base::ErrorCode::Refused) {
      complain(id, "stream " + stream + " is not sent: " + reply.error().message);
    }
  };
  const Json args{{"stream", stream}, {"seconds", kLeaseSeconds}};
  commands.send(id, "lease", args, answered, kLeasePatience);
}

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
    KnownNode& entry = impl_->nodes[node];
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
