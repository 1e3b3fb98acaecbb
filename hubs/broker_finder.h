#pragma once
// BrokerFinder: looks for MQTT brokers when a person asks: on this computer, among what announces
// itself by multicast DNS, and at the usual ports of the local network's addresses. It logs in
// nowhere: it says hello without a name and reads whether a password is wanted.

#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <thread>
#include <vector>

#include "sensors/base/hash.h"

namespace hubs {

struct FoundBroker {
  enum class Login { Unknown, None, Password };
  std::string address;  ///< "mqtt://192.168.1.20:1883"
  std::string name;     ///< "this computer", what it announces itself as, or empty
  Login login = Login::Unknown;
  bool isEncrypted = false;
  friend bool operator==(const FoundBroker&, const FoundBroker&) = default;
};

/// One IPv4 address of this computer.
struct OwnAddress {
  std::string interface;  ///< "eth0"
  std::uint32_t address = 0;  ///< host byte order
  int prefix = 24;
};
/// Of this computer, without the loopback.
std::vector<OwnAddress> ownAddresses();

/// The addresses that are asked: of each private network the 254 around our own, of at most three
/// networks, without those of containers and tunnels.
std::vector<std::uint32_t> addressesAround(const std::vector<OwnAddress>& own);
/// "192.168.1.x", for people; one per network asked.
std::vector<std::string> networksAround(const std::vector<OwnAddress>& own);

struct FinderPlan {
  std::vector<std::uint32_t> addresses;  ///< besides this computer's loopback
  int plainPort = 1883;
  int encryptedPort = 8883;
  bool askMulticast = true;
};
/// What a person's home needs.
FinderPlan usualPlan();

struct FinderState {
  std::vector<FoundBroker> found;  ///< in order of discovery
  double progress = 0;             ///< [0, 1]
  bool done = false;
};

/// Looks once, on a thread of its own, about ten seconds at most. Thread-safe.
class BrokerFinder {
 public:
  explicit BrokerFinder(FinderPlan plan);
  ~BrokerFinder();

  FinderState state() const;

 private:
  void run(std::stop_token stop);
  void add(FoundBroker broker);

  const FinderPlan plan_;
  mutable std::mutex mutex_;
  FinderState state_;
  std::jthread thread_;
};

/// The hello that is sent, and what an answer to it says. Nothing where it is none of a broker.
base::Bytes brokerHello();
std::optional<FoundBroker::Login> loginFromAnswer(std::span<const std::uint8_t> answer);

}  // namespace hubs
