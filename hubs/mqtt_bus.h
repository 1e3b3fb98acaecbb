#pragma once
// MqttBus: a Bus over a real broker with MQTT 5, on Paho MQTT C++. Reconnects by itself with
// growing pauses (1 s to 30 s, with jitter) and subscribes again; checks the reason code of every
// answer.

#include <optional>

#include "hubs/bus.h"

namespace hubs {

struct TlsOptions {
  std::string caFile;    ///< PEM; the broker's certificate must be signed by it
  std::string certFile;  ///< PEM; empty: no client certificate
  std::string keyFile;
};

struct MqttOptions {
  std::string host = "127.0.0.1";
  int port = 1883;
  std::string user;
  std::string password;
  std::string clientId;  ///< empty: a random one
  std::optional<TlsOptions> tls;
  std::optional<Message> will;
  std::optional<std::uint32_t> willDelaySeconds;
  int keepAliveSeconds = 15;
  bool cleanStart = true;
  std::uint32_t sessionExpirySeconds = 0;
  std::uint32_t mostPacketBytes = 0;  ///< the broker keeps larger messages to itself; 0: no limit
  bool noDelay = true;  ///< set TCP_NODELAY on the socket; off only to measure its effect
};

/// "mqtt://host:1883" or "mqtts://host:8883", user and password from elsewhere.
/// Errors: InvalidArgument with what is wrong in `url`.
base::Result<MqttOptions> parseBrokerUrl(const std::string& url);
/// The inverse, without credentials.
std::string brokerUrl(const MqttOptions& options);

/// Starts connecting and returns at once; watch status(). A wrong password, a refused certificate
/// or a taken-over identity ends in Refused with the reason and is not tried again faster than
/// every 30 s. Errors: InvalidArgument for options that cannot work (files that cannot be read).
base::Result<std::unique_ptr<Bus>> makeMqttBus(const MqttOptions& options);

/// Waits for Online, at most `patience`. Errors: the link's reason; Timeout.
base::Result<void> waitOnline(Bus& bus, base::Duration patience);

}  // namespace hubs
