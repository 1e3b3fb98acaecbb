#include "app/simulator/node.h"

#include <algorithm>
#include <cmath>
#include <deque>
#include <mutex>

#include "hubs/codec.h"
#include "hubs/request.h"
#include "sensors/base/hash.h"

namespace app {
namespace {

using Json = nlohmann::json;

constexpr std::size_t kMostWaiting = 256;
constexpr double kLongestLease = 3600;  // seconds
constexpr int kClockQuality = 2;        // within 10 ms
constexpr int kLargestMessage = 16384;

std::uint32_t drawnBoot() {
  return static_cast<std::uint32_t>(std::stoul(base::randomHex(4), nullptr, 16)) | 1U;
}

}  // namespace

/// What came from the bus and waits for the node's thread. Full: the oldest is dropped, as a small
/// device would. Thread-safe.
struct SimulatedNode::Inbox {
  std::mutex mutex;
  std::deque<hubs::Message> messages;
  std::uint64_t connects = 0;   // of the newest Online
  std::uint64_t announced = 0;  // connects at the last announcement
  std::function<void()> wake;

  void keep(const hubs::Message& message) {
    std::lock_guard lock(mutex);
    if (messages.size() == kMostWaiting) {
      messages.pop_front();
    }
    messages.push_back(message);
  }

  void put(const hubs::Message& message) {
    keep(message);
    if (wake) wake();
  }
};

SimulatedNode::SimulatedNode(NodeSetup setup, hubs::Bus& bus, const hubs::Topics& topics,
                             const base::Clock& clock, std::function<void()> wake)
    : setup_(std::move(setup)),
      bus_(bus),
      topics_(topics),
      clock_(clock),
      settings_(setup_.about.params, setup_.refusal, setup_.applied),
      boot_(drawnBoot()),
      inbox_(std::make_shared<Inbox>()) {
  for (const hubs::StreamAbout& stream : setup_.about.streams) {
    flows_.emplace(stream.id, StreamFlow(stream, setup_.wires[stream.id]));
  }
  inbox_->wake = std::move(wake);
  const auto put = [inbox = inbox_](const hubs::Message& message) { inbox->put(message); };
  for (const char* rest : {"config/desired", "set/+", "cmd"}) {
    subscriptions_.push_back(
        bus_.subscribe(topics_.node(id(), rest), hubs::Delivery::AtLeastOnce, put));
  }
  subscriptions_.push_back(bus_.onStatus([inbox = inbox_](const hubs::LinkStatus& status) {
    if (status.state != hubs::LinkState::Online) return;
    {
      std::lock_guard lock(inbox->mutex);
      inbox->connects = std::max<std::uint64_t>(status.connects, 1);
    }
    if (inbox->wake) inbox->wake();
  }));
}

SimulatedNode::~SimulatedNode() {
  subscriptions_.clear();
  publishState("offline");
}

double SimulatedNode::seconds() const { return 1e-9 * static_cast<double>(clock_.now().ns); }

hubs::Message SimulatedNode::message(std::string_view rest, base::Bytes payload) const {
  hubs::Message message;
  message.topic = topics_.node(id(), rest);
  message.payload = std::move(payload);
  return message;
}

void SimulatedNode::publishRetained(std::string_view rest, base::Bytes payload) {
  hubs::Message out = message(rest, std::move(payload));
  out.delivery = hubs::Delivery::AtLeastOnce;
  out.retain = hubs::Retain::Yes;
  (void)bus_.publish(std::move(out));
}

void SimulatedNode::publishState(const char* state) {
  publishRetained("state", hubs::toBytes(state));
}

void SimulatedNode::publishReported() {
  publishRetained("config/reported", hubs::toJsonBytes(settings_.reported(clock_.now())));
}

void SimulatedNode::publishAbout() {
  Json about = hubs::toJson(setup_.about);
  about["clock"] = {{"quality", stamp().clockQuality}};
  about["mqtt_max"] = kLargestMessage;
  for (Json& stream : about["streams"]) {
    const StreamFlow& flow = flows_.at(hubs::textField(stream, "id"));
    const bool counts = flow.wire().form == StreamWire::Form::CborI16;
    stream["dtype"] = Json::array({counts ? "i16" : "f32"});
    if (!flow.isSlow()) {
      using std::chrono::milliseconds;
      const auto length = std::chrono::duration_cast<milliseconds>(flow.wire().blockLength).count();
      stream["block_ms"] = Json::array({length, length});
    }
    for (const double rate : flow.wire().rates) {  // the present one stands first
      if (rate != flow.about().rate) stream["rates"].push_back(rate);
    }
  }
  publishRetained("about", hubs::toJsonBytes(about));
}

void SimulatedNode::announce() {
  publishAbout();
  publishReported();
  publishState("online");
}

void SimulatedNode::handleMessages() {
  std::deque<hubs::Message> messages;
  bool cameOnline = false;
  {
    std::lock_guard lock(inbox_->mutex);
    messages.swap(inbox_->messages);
    cameOnline = inbox_->connects != inbox_->announced;
    inbox_->announced = inbox_->connects;
  }
  if (isUp() && cameOnline) {
    announce();
  }
  for (const hubs::Message& waiting : messages) {
    if (isUp()) {
      handle(waiting);
    } else if (waiting.topic.ends_with("/config/desired")) {
      inbox_->keep(waiting);  // retained: the node will find it once it has booted
    }
  }
}

void SimulatedNode::handle(const hubs::Message& received) {
  const auto parts = topics_.parse(received.topic);
  if (!parts) {
    return;
  }
  if (parts->rest == "cmd") {
    handleCommand(received);
  } else if (parts->rest == "config/desired") {
    const auto desired = hubs::parseJson(received.payload);
    if (desired && settings_.takeDesired(*desired)) {
      publishReported();
    }
  } else if (parts->rest.starts_with("set/")) {
    const std::string param(parts->rest.substr(4));
    const ParamVerdict verdict = settings_.takeText(param, received.text());
    publishReported();
    if (verdict.code >= 400) {
      publishEvent("refused", {{"param", param}, {"code", verdict.code}, {"msg", verdict.message}});
    }
  }
}

void SimulatedNode::handleCommand(const hubs::Message& received) {
  if (received.retain == hubs::Retain::Yes) {
    return;  // commands are not retained: somebody's mistake, and not for now
  }
  const auto command = hubs::parseJson(received.payload);
  CommandAnswer answer{.code = 400, .message = "not a JSON object"};
  Json id;
  if (command && command->is_object()) {
    id = command->value("id", Json());
    answer = carryOut(hubs::textField(*command, "op"), command->value("args", Json::object()));
  }
  const Json reply{
      {"id", id}, {"code", answer.code}, {"msg", answer.message}, {"result", answer.result}};
  hubs::Message out = received.responseTopic.empty()
                          ? message("cmd/reply", hubs::toJsonBytes(reply))
                          : hubs::replyTo(received, hubs::toJsonBytes(reply));
  out.delivery = hubs::Delivery::AtLeastOnce;
  (void)bus_.publish(std::move(out));
  if (upAgain_) {
    publishState("offline");  // a restart was asked for: the reply goes first
  }
}

CommandAnswer SimulatedNode::carryOut(const std::string& op, const Json& args) {
  const auto& ops = setup_.about.ops;
  if (std::find(ops.begin(), ops.end(), op) == ops.end()) {
    return {.code = 404, .message = "unknown operation"};
  }
  if (op == "lease") {
    return lease(args);
  }
  if (op == "time") {
    return {.result = {{"t", seconds()}, {"quality", kClockQuality}}};
  }
  if (op == "identify") {
    publishEvent("identify");
    return {};
  }
  if (op == "restart") {
    upAgain_ = clock_.now() + kRestart;
    return {.result = {{"seconds", base::toSeconds(kRestart)}}};
  }
  return setup_.command ? setup_.command(op, args)
                        : CommandAnswer{.code = 404, .message = "unknown operation"};
}

CommandAnswer SimulatedNode::lease(const Json& args) {
  const std::string stream = hubs::textField(args, "stream");
  const auto flow = flows_.find(stream);
  if (flow == flows_.end()) {
    return {.code = 404, .message = "unknown stream"};
  }
  const double asked = hubs::numberField(args, "seconds", -1);
  if (!(asked >= 0 && asked <= kLongestLease)) {
    return {.code = 400, .message = "seconds: 0 to " + base::toText(kLongestLease)};
  }
  const base::Time now = clock_.now();
  if (asked == 0) {
    flow->second.endLease();
  } else {
    const bool fresh = !flow->second.isLeased(now);
    flow->second.lease(now + base::fromSeconds(asked));
    if (fresh) {
      send(stream, flow->second.held(now, stamp()), 0);
    }
  }
  return {.result = {{"stream", stream}, {"seconds", asked}}};
}

bool SimulatedNode::isLeased(const std::string& stream) const {
  const auto flow = flows_.find(stream);
  return flow != flows_.end() && flow->second.isLeased(clock_.now());
}

NodeStamp SimulatedNode::stamp() const {
  return {.boot = boot_, .aboutRevision = setup_.about.revision};
}

void SimulatedNode::advance() {
  const base::Time now = clock_.now();
  if (upAgain_ && now >= *upAgain_) {
    upAgain_.reset();
    boot_ = drawnBoot();
    for (auto& [stream, flow] : flows_) {
      flow.reset();
    }
    settings_.restarted();
    announce();
  }
  if (!isUp()) {
    return;
  }
  for (auto& [stream, flow] : flows_) {
    flow.expire(now);
    if (const auto value = flow.valueDue(now)) {
      hubs::Message out = message("value/" + stream, hubs::toBytes(*value));
      out.retain = hubs::Retain::Yes;
      (void)bus_.publish(std::move(out));
    }
  }
}

void SimulatedNode::append(const std::string& stream, base::Time first,
                           std::span<const float> rows) {
  if (!isUp()) {
    return;
  }
  StreamFlow& flow = flows_.at(stream);
  for (base::Bytes& block : flow.append(first, rows, clock_.now(), stamp())) {
    const double length = base::toSeconds(flow.wire().blockLength) * flow.about().rate;
    send(stream, std::move(block), static_cast<std::uint64_t>(std::lround(length)));
  }
}

void SimulatedNode::report(const std::string& stream, base::Time time, std::span<const float> row) {
  if (isUp()) {
    send(stream, flows_.at(stream).report(time, row, clock_.now(), stamp()), 1);
  }
}

void SimulatedNode::send(const std::string& stream, std::optional<base::Bytes> block,
                         std::uint64_t rows) {
  if (!block) {
    return;
  }
  // A node has no room to keep what it cannot send.
  if (bus_.status().state != hubs::LinkState::Online ||
      !bus_.publish(message("stream/" + stream, std::move(*block)))) {
    flows_.at(stream).lose(rows, clock_.now());
  }
}

void SimulatedNode::lose(const std::string& stream, std::uint64_t rows) {
  flows_.at(stream).lose(rows, clock_.now());
}

void SimulatedNode::finishBlock(const std::string& stream) {
  send(stream, flows_.at(stream).flush(stamp()), 0);
}

void SimulatedNode::setRate(const std::string& stream, double rate) {
  finishBlock(stream);  // what was measured at the old rate goes out under it
  flows_.at(stream).setRate(rate);
  for (hubs::StreamAbout& about : setup_.about.streams) {
    if (about.id == stream) about.rate = rate;
  }
  ++setup_.about.revision;
  publishAbout();
}

void SimulatedNode::publishThumbnail(base::Bytes jpeg, int width, int height, double motion) {
  if (!isUp()) {
    return;
  }
  hubs::Message picture = message("thumb", std::move(jpeg));
  picture.retain = hubs::Retain::Yes;
  picture.contentType = "image/jpeg";
  (void)bus_.publish(std::move(picture));
  const Json meta{{"t", seconds()},
                  {"seq", thumbnails_++},
                  {"w", width},
                  {"h", height},
                  {"motion", std::round(motion * 1000) / 1000}};
  hubs::Message about = message("thumb/meta", hubs::toJsonBytes(meta));
  about.retain = hubs::Retain::Yes;
  (void)bus_.publish(std::move(about));
}

void SimulatedNode::publishEvent(const std::string& type, Json content) {
  content["event_type"] = type;
  content["t"] = seconds();
  hubs::Message out = message("event", hubs::toJsonBytes(content));
  out.delivery = hubs::Delivery::AtLeastOnce;
  (void)bus_.publish(std::move(out));
}

}  // namespace app
