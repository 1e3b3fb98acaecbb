#include "app/simulator/fast_home.h"

#include <map>
#include <nlohmann/json.hpp>

#include "app/simulator/demo_home.h"
#include "app/simulator/routine.h"
#include "hubs/codec.h"
#include "hubs/node_streams.h"

namespace app {

namespace {

constexpr double kLeaseSeconds = 60;
constexpr int kLeaseTicks = 300;

/// Hands each message to whoever listens, at once and on the same thread.
class DirectBus final : public hubs::Bus {
 public:
  base::Result<void> publish(hubs::Message message) override {
    for (const auto& [id, listener] : listeners_) {
      if (hubs::topicMatches(listener.filter, message.topic)) listener.handler(message);
    }
    return {};
  }
  hubs::SubscriptionPtr subscribe(const std::string& filter, hubs::Delivery,
                                  Handler handler) override {
    listeners_[++last_] = {filter, std::move(handler)};
    return std::make_unique<Listening>(*this, last_);
  }
  hubs::LinkStatus status() const override {
    return {.state = hubs::LinkState::Online, .reason = {}, .since = {}, .nextTry = {}, .connects = 1};
  }
  hubs::SubscriptionPtr onStatus(std::function<void(const hubs::LinkStatus&)> watcher) override {
    watcher(status());
    return std::make_unique<hubs::Subscription>();
  }
  bool flush(base::Duration) override { return true; }

 private:
  struct Listener {
    std::string filter;
    Handler handler;
  };
  struct Listening final : hubs::Subscription {
    Listening(DirectBus& ofBus, int which) : bus(ofBus), id(which) {}
    ~Listening() override { bus.listeners_.erase(id); }
    DirectBus& bus;
    int id;
  };
  std::map<int, Listener> listeners_;
  int last_ = 0;
};

/// The bench's side: what nodes say becomes blocks of sources.
class Listener {
 public:
  Listener(DirectBus& bus, const hubs::Topics& topics, sensors::SourceTable& sources,
           const base::Clock& clock)
      : topics_(topics), bus_(bus), streams_(sources, clock) {
    subscription_ = bus.subscribe(topics.node("+", "#"), hubs::Delivery::AtMostOnce,
                                  [this](const hubs::Message& message) { take(message); });
  }

  /// Asks every stream for another minute.
  void lease() {
    for (const auto& [node, stream] : leased_) {
      const nlohmann::json command{{"id", "1"},
                                   {"op", "lease"},
                                   {"args", {{"stream", stream}, {"seconds", kLeaseSeconds}}}};
      (void)bus_.publish(
          {.topic = topics_.node(node, "cmd"), .payload = hubs::toJsonBytes(command)});
    }
  }

 private:
  void take(const hubs::Message& message) {
    const auto parts = topics_.parse(message.topic);
    if (!parts) return;
    const std::string node(parts->id);
    constexpr std::string_view kStream = "stream/";
    if (parts->rest == "about") {
      if (const auto json = hubs::parseJson(message.payload)) declare(node, *json);
    } else if (parts->rest.starts_with(kStream)) {
      (void)streams_.takeBlock(node, std::string(parts->rest.substr(kStream.size())),
                               message.payload);
    } else if (parts->rest == "thumb/meta") {
      if (const auto json = hubs::parseJson(message.payload)) {
        (void)streams_.takeMotion(node, *json);
      }
    }
  }

  void declare(const std::string& node, const nlohmann::json& json) {
    const auto about = hubs::parseAbout(json);
    if (!about) return;
    streams_.declare(node, *about, {});
    for (const hubs::StreamAbout& stream : about->streams) {
      if (stream.kind != sensors::SourceKind::Picture) leased_.emplace_back(node, stream.id);
    }
  }

  const hubs::Topics& topics_;
  DirectBus& bus_;
  hubs::NodeStreams streams_;
  std::vector<std::pair<std::string, std::string>> leased_;
  hubs::SubscriptionPtr subscription_;
};

/// Puts what the sources sent on the tape.
class Taping {
 public:
  Taping(sensors::SourceTable& sources, sensors::Tape& tape) : sources_(sources), tape_(tape) {}

  void follow() {
    for (const auto& stream : sources_.list()) {
      readers_.push_back(stream->subscribe(1000));
    }
  }
  void take() {
    for (const auto& reader : readers_) {
      while (const auto block = reader->poll()) tape_.append(*block);
    }
  }

 private:
  sensors::SourceTable& sources_;
  sensors::Tape& tape_;
  std::vector<std::shared_ptr<sensors::Reader<sensors::Block>>> readers_;
};

}  // namespace

base::Result<std::vector<PlayedAct>> playFast(const FastHomeOptions& options, FastClock& clock,
                                              sensors::SourceTable& sources, sensors::Tape& tape,
                                              std::stop_token stop) {
  DirectBus bus;
  const hubs::Topics topics("home");
  Listener listener(bus, topics, sources, clock);
  DemoHome home(options.seed, bus, topics, clock, [] {}, options.activities);
  std::map<std::string, base::Time> begun;
  std::vector<PlayedAct> acts;
  home.onRoutine([&](const std::string& activity, bool on, base::Time at) {
    if (on) {
      begun[activity] = at;
    } else if (const auto began = begun.find(activity); began != begun.end()) {
      acts.push_back({activity, {began->second, at}});
      begun.erase(began);
    }
  });
  home.handleMessages();  // the nodes say what they are
  Taping taping(sources, tape);
  taping.follow();
  const auto ticks = options.length / kHouseTick;
  for (std::int64_t tick = 0; tick < ticks; ++tick) {
    if (stop.stop_requested()) {
      return base::Error{base::ErrorCode::Cancelled, "making the project was stopped"};
    }
    if (tick % kLeaseTicks == 0) listener.lease();
    home.handleMessages();
    const base::Time start = clock.now();
    clock.set(start + kHouseTick);
    home.playTick(start);
    taping.take();
  }
  return acts;
}

}  // namespace app
