#include "hubs/broker_finder.h"

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <bit>
#include <chrono>
#include <fcntl.h>
#include <functional>
#include <ifaddrs.h>
#include <net/if.h>
#include <netinet/in.h>
#include <poll.h>
#include <set>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>
#include <utility>

#include "hubs/mdns.h"

namespace hubs {

namespace {

using namespace std::chrono_literals;
using SteadyClock = std::chrono::steady_clock;

constexpr std::size_t kAtOnce = 64;
constexpr auto kConnectPatience = 400ms;
constexpr auto kHelloPatience = 1000ms;
constexpr auto kMulticastPatience = 1500ms;
constexpr std::size_t kMostNetworks = 3;
constexpr std::size_t kMostFound = 64;
constexpr std::array<std::string_view, 8> kNotHome{"docker", "br-",  "veth", "virbr",
                                                   "tun",    "wg",   "cni",  "lxc"};
constexpr const char* kPlainService = "_mqtt._tcp.local";
constexpr const char* kEncryptedService = "_secure-mqtt._tcp.local";

class Socket {
 public:
  explicit Socket(int fd = -1) : fd_(fd) {}
  Socket(Socket&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  Socket& operator=(Socket&& other) noexcept {
    std::swap(fd_, other.fd_);
    return *this;
  }
  ~Socket() {
    if (fd_ >= 0) ::close(fd_);
  }
  int get() const { return fd_; }

 private:
  int fd_;
};

std::string textOf(std::uint32_t address) {
  return std::to_string(address >> 24) + "." + std::to_string(address >> 16 & 255) + "." +
         std::to_string(address >> 8 & 255) + "." + std::to_string(address & 255);
}

std::string brokerAddress(const std::string& host, int port, bool isEncrypted) {
  return (isEncrypted ? "mqtts://" : "mqtt://") + host + ":" + std::to_string(port);
}

bool isPrivate(std::uint32_t a) {
  return a >> 24 == 10 || a >> 20 == 0xAC1 || a >> 16 == 0xC0A8 || a >> 16 == 0xA9FE;
}

bool isHome(const OwnAddress& own) {
  const bool skipped = std::any_of(kNotHome.begin(), kNotHome.end(), [&](std::string_view begin) {
    return own.interface.starts_with(begin);
  });
  return !skipped && isPrivate(own.address) && own.prefix < 31;
}

/// The networks of 256 addresses around our own; each once.
std::vector<std::uint32_t> homeNetworks(const std::vector<OwnAddress>& own) {
  std::vector<std::uint32_t> networks;
  for (const OwnAddress& one : own) {
    const std::uint32_t network = one.address & 0xFFFFFF00;
    const bool known = std::find(networks.begin(), networks.end(), network) != networks.end();
    if (isHome(one) && !known && networks.size() < kMostNetworks) networks.push_back(network);
  }
  return networks;
}

/// Waits on sockets and wakes early when asked to stop.
class Waiter {
 public:
  explicit Waiter(std::stop_token stop)
      : wake_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)), stop_(stop), onStop_(stop, [this] {
          const std::uint64_t one = 1;
          [[maybe_unused]] const auto written = ::write(wake_.get(), &one, sizeof one);
        }) {}

  bool stopped() const { return stop_.stop_requested(); }

  /// False when time ran out or somebody wants an end.
  bool wait(std::vector<pollfd>& sockets, SteadyClock::time_point deadline) {
    const auto left =
        std::chrono::duration_cast<std::chrono::milliseconds>(deadline - SteadyClock::now());
    if (left.count() <= 0 || stopped()) return false;
    sockets.push_back({wake_.get(), POLLIN, 0});
    const int ready = ::poll(sockets.data(), sockets.size(), static_cast<int>(left.count()) + 1);
    sockets.pop_back();
    return ready > 0 && !stopped();
  }

 private:
  Socket wake_;
  std::stop_token stop_;
  std::stop_callback<std::function<void()>> onStop_;
};

struct Attempt {
  std::uint32_t address = 0;
  int port = 0;
  Socket socket;
};

Socket beginConnect(std::uint32_t address, int port) {
  Socket socket(::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
  if (socket.get() < 0) return Socket();
  sockaddr_in to{};
  to.sin_family = AF_INET;
  to.sin_addr.s_addr = htonl(address);
  to.sin_port = htons(static_cast<std::uint16_t>(port));
  const int begun = ::connect(socket.get(), reinterpret_cast<const sockaddr*>(&to), sizeof to);
  return begun == 0 || errno == EINPROGRESS ? std::move(socket) : Socket();
}

/// Those of `attempts` that came up in time.
std::vector<Attempt> connected(std::vector<Attempt> attempts, Waiter& waiter) {
  std::vector<Attempt> up;
  const auto deadline = SteadyClock::now() + kConnectPatience;
  while (!attempts.empty()) {
    std::vector<pollfd> sockets;
    for (const Attempt& attempt : attempts) sockets.push_back({attempt.socket.get(), POLLOUT, 0});
    if (!waiter.wait(sockets, deadline)) break;
    std::vector<Attempt> open;
    for (std::size_t i = 0; i < attempts.size(); ++i) {
      if (sockets[i].revents == 0) {
        open.push_back(std::move(attempts[i]));
        continue;
      }
      int error = 0;
      socklen_t length = sizeof error;
      ::getsockopt(attempts[i].socket.get(), SOL_SOCKET, SO_ERROR, &error, &length);
      if (error == 0) up.push_back(std::move(attempts[i]));
    }
    attempts = std::move(open);
  }
  return up;
}

std::optional<FoundBroker::Login> sayHello(const Socket& socket, Waiter& waiter) {
  const base::Bytes hello = brokerHello();
  if (::send(socket.get(), hello.data(), hello.size(), MSG_NOSIGNAL) < 0) return std::nullopt;
  base::Bytes answer;
  const auto deadline = SteadyClock::now() + kHelloPatience;
  while (answer.size() < 64) {
    std::vector<pollfd> sockets{{socket.get(), POLLIN, 0}};
    if (!waiter.wait(sockets, deadline)) break;
    std::array<std::uint8_t, 64> bytes{};
    const auto got = ::recv(socket.get(), bytes.data(), bytes.size(), 0);
    if (got <= 0) break;
    answer.insert(answer.end(), bytes.begin(), bytes.begin() + got);
    if (loginFromAnswer(answer)) break;
  }
  constexpr std::array<std::uint8_t, 2> goodbye{0xE0, 0};
  ::send(socket.get(), goodbye.data(), goodbye.size(), MSG_NOSIGNAL);
  return loginFromAnswer(answer);
}

/// Asks once over every network and collects what is answered.
std::vector<Announced> askMulticast(const std::vector<OwnAddress>& own, Waiter& waiter) {
  const Socket socket(::socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
  if (socket.get() < 0) return {};
  const base::Bytes question = serviceQuestion({kPlainService, kEncryptedService});
  sockaddr_in to{};
  to.sin_family = AF_INET;
  to.sin_port = htons(5353);
  ::inet_pton(AF_INET, "224.0.0.251", &to.sin_addr);
  for (const OwnAddress& one : own) {
    in_addr from{htonl(one.address)};
    ::setsockopt(socket.get(), IPPROTO_IP, IP_MULTICAST_IF, &from, sizeof from);
    ::sendto(socket.get(), question.data(), question.size(), 0,
             reinterpret_cast<const sockaddr*>(&to), sizeof to);
  }
  std::vector<Announced> all;
  const auto deadline = SteadyClock::now() + kMulticastPatience;
  base::Bytes packet(9000);
  while (all.size() < kMostFound) {
    std::vector<pollfd> sockets{{socket.get(), POLLIN, 0}};
    if (!waiter.wait(sockets, deadline)) break;
    const auto got = ::recv(socket.get(), packet.data(), packet.size(), 0);
    if (got <= 0) continue;
    const auto heard = announcedIn(std::span(packet).first(static_cast<std::size_t>(got)));
    all.insert(all.end(), heard.begin(), heard.end());
  }
  return all;
}

}  // namespace

std::vector<OwnAddress> ownAddresses() {
  std::vector<OwnAddress> all;
  ifaddrs* first = nullptr;
  if (::getifaddrs(&first) != 0) return all;
  for (const ifaddrs* one = first; one != nullptr; one = one->ifa_next) {
    if (one->ifa_addr == nullptr || one->ifa_addr->sa_family != AF_INET) continue;
    if ((one->ifa_flags & IFF_LOOPBACK) != 0 || (one->ifa_flags & IFF_UP) == 0) continue;
    const auto& address = *reinterpret_cast<const sockaddr_in*>(one->ifa_addr);
    const auto* mask = reinterpret_cast<const sockaddr_in*>(one->ifa_netmask);
    all.push_back({one->ifa_name, ntohl(address.sin_addr.s_addr),
                   mask ? std::popcount(ntohl(mask->sin_addr.s_addr)) : 24});
  }
  ::freeifaddrs(first);
  return all;
}

std::vector<std::uint32_t> addressesAround(const std::vector<OwnAddress>& own) {
  std::vector<std::uint32_t> all;
  for (const std::uint32_t network : homeNetworks(own)) {
    for (std::uint32_t i = 1; i < 255; ++i) all.push_back(network + i);
  }
  return all;
}

std::vector<std::string> networksAround(const std::vector<OwnAddress>& own) {
  std::vector<std::string> all;
  for (const std::uint32_t network : homeNetworks(own)) {
    const std::string text = textOf(network);
    all.push_back(text.substr(0, text.rfind('.')) + ".x");
  }
  return all;
}

FinderPlan usualPlan() { return {.addresses = addressesAround(ownAddresses())}; }

base::Bytes brokerHello() {
  const std::string name = "mimosa-looks-around";
  base::Bytes packet = {0x10, static_cast<std::uint8_t>(13 + name.size()),
                        0,    4,
                        'M',  'Q',
                        'T',  'T',
                        5,    2 /* clean start */,
                        0,    10 /* s keep alive */,
                        0 /* no properties */,
                        0,    static_cast<std::uint8_t>(name.size())};
  packet.insert(packet.end(), name.begin(), name.end());
  return packet;
}

std::optional<FoundBroker::Login> loginFromAnswer(std::span<const std::uint8_t> answer) {
  if (answer.size() < 4 || answer[0] != 0x20 || answer[1] < 2 || (answer[1] & 0x80) != 0) {
    return std::nullopt;
  }
  switch (answer[3]) {
    case 0:
      return FoundBroker::Login::None;
    case 4:     // not authorised, as older brokers say it
    case 5:
    case 0x86:  // bad user name or password
    case 0x87:
    case 0x8C:
      return FoundBroker::Login::Password;
    default:
      return FoundBroker::Login::Unknown;
  }
}

BrokerFinder::BrokerFinder(FinderPlan plan) : plan_(std::move(plan)) {
  thread_ = std::jthread([this](std::stop_token stop) { run(stop); });
}

BrokerFinder::~BrokerFinder() = default;

FinderState BrokerFinder::state() const {
  std::lock_guard lock(mutex_);
  return state_;
}

void BrokerFinder::add(FoundBroker broker) {
  std::lock_guard lock(mutex_);
  for (FoundBroker& known : state_.found) {
    if (known.address != broker.address) continue;
    if (known.name.empty()) known.name = broker.name;
    if (known.login == FoundBroker::Login::Unknown) known.login = broker.login;
    return;
  }
  if (state_.found.size() < kMostFound) state_.found.push_back(std::move(broker));
}

void BrokerFinder::run(std::stop_token stop) {
  Waiter waiter(stop);
  std::vector<Attempt> all;
  for (const int port : {plan_.plainPort, plan_.encryptedPort}) {
    all.push_back({INADDR_LOOPBACK, port, Socket()});
  }
  std::set<std::uint32_t> own;
  for (const OwnAddress& one : ownAddresses()) own.insert(one.address);
  for (const std::uint32_t address : plan_.addresses) {
    if (own.contains(address)) continue;  // the loopback stands for this computer
    for (const int port : {plan_.plainPort, plan_.encryptedPort}) {
      all.push_back({address, port, Socket()});
    }
  }
  if (plan_.askMulticast) {
    for (const Announced& one : askMulticast(ownAddresses(), waiter)) {
      const bool isEncrypted = one.service == kEncryptedService;
      const std::string host = one.address.empty() ? one.host : one.address;
      add({.address = brokerAddress(host, one.port, isEncrypted),
           .name = one.name,
           .isEncrypted = isEncrypted});
    }
  }
  for (std::size_t begin = 0; begin < all.size() && !waiter.stopped(); begin += kAtOnce) {
    const std::size_t end = std::min(all.size(), begin + kAtOnce);
    std::vector<Attempt> some;
    for (std::size_t i = begin; i < end; ++i) {
      Socket socket = beginConnect(all[i].address, all[i].port);
      if (socket.get() >= 0) some.push_back({all[i].address, all[i].port, std::move(socket)});
    }
    for (const Attempt& up : connected(std::move(some), waiter)) {
      const bool isEncrypted = up.port == plan_.encryptedPort;
      const auto login = isEncrypted ? FoundBroker::Login::Unknown : sayHello(up.socket, waiter);
      if (!login) continue;  // something else lives at that port
      const bool isHere = up.address == INADDR_LOOPBACK;
      add({.address = brokerAddress(textOf(up.address), up.port, isEncrypted),
           .name = isHere ? "this computer" : "",
           .login = *login,
           .isEncrypted = isEncrypted});
    }
    std::lock_guard lock(mutex_);
    state_.progress = static_cast<double>(end) / static_cast<double>(all.size());
  }
  std::lock_guard lock(mutex_);
  state_.progress = 1;
  state_.done = true;
}

}  // namespace hubs
