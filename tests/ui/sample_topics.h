#pragma once
// Topics: brokers and topics as a home may have them, for tests and pictures; what is asked is
// written down.

#include <memory>

#include "tests/ui/sample_snapshot.h"
#include "ui/topics_feed.h"

namespace sample {

class Topics {
 public:
  /// `listening`: a broker was chosen already and has sent something.
  explicit Topics(bool listening = false) : state_(std::make_shared<State>()) {
    app::TopicDeskView& view = state_->view;
    view.networks = {"192.168.1.x"};
    view.looked = true;
    view.progress = 1;
    view.brokers = {
        {.broker = "mqtt://192.168.1.20:1883",
         .address = "mqtt://192.168.1.20:1883",
         .name = "",
         .login = hubs::FoundBroker::Login::Password,
         .isKnown = true,
         .user = "anna"},
        {.broker = "mqtt://127.0.0.1:1883",
         .address = "mqtt://127.0.0.1:1883",
         .name = "this computer",
         .login = hubs::FoundBroker::Login::None},
        {.broker = "mqtts://192.168.1.20:8883",
         .address = "mqtts://192.168.1.20:8883",
         .isEncrypted = true}};
    if (listening) listen("mqtt://192.168.1.20:1883");
  }

  void listen(const std::string& broker) { state_->listen(broker); }
  void say(const std::string& topic, const std::string& text,
           hubs::Retain retain = hubs::Retain::No, double ago = 1) {
    state_->say(topic, text, retain, ago);
  }
  app::TopicDeskView& view() { return state_->view; }
  const std::vector<std::string>& asked() const { return state_->asked; }

  ui::TopicsFeed feed() const {
    const auto state = state_;
    return {.view =
                [state] {
                  state->view.totals = state->tree.totals();
                  return state->view;
                },
            .look = [state] { state->asked.push_back("look"); },
            .listenWith =
                [state](const app::BrokerLogin& login, const std::string&) {
                  state->asked.push_back("with " + login.url + " " + login.user + " " +
                                         login.password);
                  state->listen(login.url);
                },
            .listenTo =
                [state](const std::string& broker, const std::string&) {
                  state->asked.push_back("to " + broker);
                  state->listen(broker);
                },
            .leave =
                [state] {
                  state->asked.push_back("leave");
                  state->view.browsing.clear();
                },
            .changedSince =
                [state](std::uint64_t revision, std::size_t most) {
                  return state->tree.changedSince(revision, most);
                }};
  }

 private:
  struct State {
    app::TopicDeskView view;
    hubs::TopicTree tree;
    std::vector<std::string> asked;

    void say(const std::string& topic, const std::string& text, hubs::Retain retain, double ago) {
      tree.take({.topic = topic, .payload = hubs::toBytes(text), .retain = retain},
                kNow - fromSeconds(ago));
    }
    void listen(const std::string& broker) {
      view.browsing = broker;
      view.link.state = hubs::LinkState::Online;
      for (int i = 8; i > 0; --i) {
        say("zigbee2mqtt/kitchen_plug",
            R"({"power": )" + std::to_string(1700 + 20 * i) +
                R"(, "voltage": 231, "energy": 14.2, "state": "ON", "linkquality": 96})",
            hubs::Retain::No, i * 2.0);
      }
      say("zigbee2mqtt/hall_motion",
          R"({"occupancy": false, "illuminance": 41, "battery": 87, "update": {"state": "idle"}})",
          hubs::Retain::No, 74);
      say("zigbee2mqtt/front_door", R"({"contact": true})", hubs::Retain::Yes, 200);
      say("tele/boiler/SENSOR", R"({"Time": "2026-01-01T12:00:00", "DS18B20": {"Temperature": 20.6}})",
          hubs::Retain::No, 12);
      say("frigate/front_door/person", "0", hubs::Retain::Yes, 200);
      say("frigate/front_door/person/snapshot", "\xFF\xD8\xFF\xE0 and so on", hubs::Retain::Yes, 200);
      say("garage/sensor/temperature/state", "21.4", hubs::Retain::No, 3);
      say("garage/status", "online", hubs::Retain::Yes, 200);
    }
  };
  std::shared_ptr<State> state_;
};

}  // namespace sample
