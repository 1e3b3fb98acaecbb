#pragma once
// Between our words and those of Paho MQTT: messages, options, reason codes. Only for MqttBus.

#include <cstdint>
#include <mqtt/async_client.h>
#include <string>
#include <vector>

#include "hubs/mqtt_bus.h"

namespace hubs {

mqtt::message_ptr toPaho(const Message& message);

struct Received {
  Message message;
  std::vector<std::uint32_t> subscriptions;  ///< subscription identifiers, as the broker says
};
Received fromPaho(const mqtt::message& message);

/// "host:port" as people read it.
std::string addressText(const MqttOptions& options);
/// What Paho connects to. Throws what Paho throws.
std::string serverUri(const MqttOptions& options);
mqtt::connect_options connectOptions(const MqttOptions& options);

/// A sentence for a CONNACK or DISCONNECT code of 0x80 and above.
std::string reasonSentence(int code, const MqttOptions& options);
/// The reason's bare words for SUBACK and PUBACK: "not authorised".
std::string reasonWords(int code);
/// Is it of no use to try again soon?
bool isRefusal(int code);

}  // namespace hubs
