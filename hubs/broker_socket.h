#pragma once
// What can be done about a broker's socket from outside the MQTT library. Only for MqttBus.

#include <string>

#include "hubs/mqtt_bus.h"

namespace hubs {

/// Sets TCP_NODELAY on every socket of this process whose peer is the broker. Paho leaves Nagle's
/// algorithm on and offers no option: small messages then wait for an acknowledgement, up to 40 ms.
/// Returns how many sockets were found.
int setNoDelayTowards(const std::string& host, int port);

/// Connects once more on its own to find out which check of the broker's certificate failed.
/// Returns a sentence, or nothing where the certificate is fine. Waits at most about 5 s.
std::string certificateTrouble(const MqttOptions& options);

}  // namespace hubs
