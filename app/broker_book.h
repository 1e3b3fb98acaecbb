#pragma once
// BrokerBook: the brokers a person used and how to log in to them, kept beside this computer's
// settings and never in a project, which can be given away.

#include <filesystem>
#include <mutex>
#include <string>
#include <vector>

#include "hubs/mqtt_bus.h"

namespace app {

struct BrokerLogin {
  std::string url;  ///< "mqtt://host:1883" or "mqtts://host:8883"
  std::string user;
  std::string password;
  std::string certificate;  ///< PEM file of the authority; empty: the system's
  friend bool operator==(const BrokerLogin&, const BrokerLogin&) = default;
};

/// Errors: InvalidArgument with what is wrong in its address.
base::Result<hubs::MqttOptions> mqttOptionsOf(const BrokerLogin& login);

/// Thread-safe. One file that only its owner can read; at most 100 brokers, the newest first.
class BrokerBook {
 public:
  explicit BrokerBook(std::filesystem::path file) : file_(std::move(file)) {}
  /// Of this user of this computer.
  static std::filesystem::path usualFile();

  /// Remembers it in place of what was known of the same address. Errors: as mqttOptionsOf; Io.
  base::Result<void> keep(const BrokerLogin& login);
  std::vector<BrokerLogin> all() const;
  /// An address nobody was told of is tried without a name. Errors: as mqttOptionsOf.
  base::Result<hubs::MqttOptions> optionsFor(const std::string& url) const;

 private:
  std::vector<BrokerLogin> read() const;

  const std::filesystem::path file_;
  mutable std::mutex mutex_;  ///< of the file
};

}  // namespace app
