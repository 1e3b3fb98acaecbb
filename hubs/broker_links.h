#pragma once
// BrokerLinks: one connection to each broker whose topics a project listens to, shared by all its
// channels. The project's own broker is reached over the connection that is there anyway.

#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "hubs/mqtt_bus.h"

namespace hubs {

/// `options` for a connection that only listens: under a name of its own, without a will, and
/// without messages too large to hold a value.
MqttOptions listeningOptions(MqttOptions options);

/// Thread-safe.
class BrokerLinks {
 public:
  /// Where a broker is and how to log in, by its address. Any thread.
  using Credentials = std::function<base::Result<MqttOptions>(const std::string& broker)>;

  BrokerLinks(Bus& project, MqttOptions projectOptions, Credentials credentials);

  /// `broker` is kProjectBroker or an address. The connection ends when the last who has it lets go;
  /// it is made at once and may come up later. Errors: as makeMqttBus and the credentials.
  base::Result<std::shared_ptr<Bus>> link(const std::string& broker);
  /// For a connection of its own, as listeningOptions(). Errors: those of the credentials.
  base::Result<MqttOptions> optionsFor(const std::string& broker) const;
  /// Login data changed: who asks from now on gets a new connection.
  void forget(const std::string& broker);

 private:
  Bus& project_;
  const MqttOptions projectOptions_;
  const Credentials credentials_;
  std::mutex mutex_;
  std::map<std::string, std::weak_ptr<Bus>> links_;
};

}  // namespace hubs
