#pragma once
// BrokerHouse: a real mosquitto for tests labelled "broker", one for the whole test program.

#include <gtest/gtest.h>
#include <memory>
#include <optional>

#include "hubs/mqtt_bus.h"
#include "hubs/private_broker.h"

namespace support {

/// Buses over one private broker. Needs the package mosquitto.
class BrokerHouse {
 public:
  BrokerHouse() {
    auto opened = hubs::PrivateBroker::open();
    if (opened) {
      broker_ = std::move(*opened);
    } else {
      ADD_FAILURE() << opened.error().message;
    }
  }

  hubs::PrivateBroker& broker() { return *broker_; }
  hubs::MqttOptions options(const std::string& role = "bench") const {
    return broker_->optionsFor(role);
  }

  /// Starts connecting; does not wait.
  std::unique_ptr<hubs::Bus> makeBus(std::optional<hubs::Message> will = {}) {
    hubs::MqttOptions chosen = options();
    chosen.will = std::move(will);
    return makeBus(chosen);
  }
  static std::unique_ptr<hubs::Bus> makeBus(const hubs::MqttOptions& options) {
    auto bus = hubs::makeMqttBus(options);
    if (!bus) {
      ADD_FAILURE() << bus.error().message;
      return nullptr;
    }
    return std::move(*bus);
  }

 private:
  std::unique_ptr<hubs::PrivateBroker> broker_;
};

}  // namespace support
