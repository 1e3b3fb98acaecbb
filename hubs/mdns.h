#pragma once
// What is needed of multicast DNS (RFC 6762, 6763) to hear brokers announce themselves: one question
// and the answers to it, as bytes. Nothing here touches the network.

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "sensors/base/hash.h"

namespace hubs {

/// A question for all instances of each of `services`, "_mqtt._tcp.local"; answers come back to the
/// port that asked.
base::Bytes serviceQuestion(const std::vector<std::string>& services);

/// A service somebody announces.
struct Announced {
  std::string service;  ///< "_mqtt._tcp.local"
  std::string name;     ///< "Mosquitto on attic"
  std::string host;     ///< "attic.local"
  std::string address;  ///< "192.168.1.20" where the answer named it, or empty
  int port = 0;
};

/// What one answer announces; nothing where it is no answer or does not hold together.
std::vector<Announced> announcedIn(std::span<const std::uint8_t> packet);

}  // namespace hubs
