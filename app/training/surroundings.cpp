#include "app/training/surroundings.h"

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <cstring>
#include <ifaddrs.h>
#include <memory>
#include <net/if.h>
#include <netdb.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace app {

namespace {

constexpr std::array<const char*, 7> kVirtual = {"bochs-drm", "cirrus",    "simpledrm", "vgem",
                                                 "vkms",      "vboxvideo", "vmwgfx"};

/// An address as bytes, 4 or 16.
struct Address {
  std::array<std::uint8_t, 16> bytes{};
  std::size_t size = 0;
  friend bool operator==(const Address&, const Address&) = default;
};

std::optional<Address> addressOf(const sockaddr* from) {
  Address address;
  if (from == nullptr) return std::nullopt;
  if (from->sa_family == AF_INET) {
    address.size = 4;
    std::memcpy(address.bytes.data(), &reinterpret_cast<const sockaddr_in*>(from)->sin_addr, 4);
  } else if (from->sa_family == AF_INET6) {
    address.size = 16;
    std::memcpy(address.bytes.data(), &reinterpret_cast<const sockaddr_in6*>(from)->sin6_addr, 16);
  } else {
    return std::nullopt;
  }
  return address;
}

bool isLoopback(const Address& a) {
  if (a.size == 4) return a.bytes[0] == 127;
  return std::all_of(a.bytes.begin(), a.bytes.begin() + 15, [](auto b) { return b == 0; }) &&
         a.bytes[15] == 1;
}

/// Addresses that mean the same thing in one network only.
bool isPrivate(const Address& a) {
  const auto& b = a.bytes;
  if (a.size == 4) {
    return b[0] == 10 || (b[0] == 172 && (b[1] & 0xF0U) == 16) || (b[0] == 192 && b[1] == 168) ||
           (b[0] == 169 && b[1] == 254);
  }
  return (b[0] & 0xFEU) == 0xFC || (b[0] == 0xFE && (b[1] & 0xC0U) == 0x80);
}

/// Addresses of the internet itself.
bool isPublic(const Address& a) {
  const auto& b = a.bytes;
  if (a.size == 16) return (b[0] & 0xE0U) == 0x20;
  const bool carrier = b[0] == 100 && (b[1] & 0xC0U) == 64;  // shared by a provider's customers
  return !isPrivate(a) && !isLoopback(a) && !carrier && b[0] != 0 && b[0] < 224;
}

bool sameNetwork(const Address& a, const Address& b, const Address& mask) {
  if (a.size != b.size || a.size != mask.size) return false;
  for (std::size_t i = 0; i < a.size; ++i) {
    if ((a.bytes[i] & mask.bytes[i]) != (b.bytes[i] & mask.bytes[i])) return false;
  }
  return true;
}

/// The own address from which `to` is reached; nothing is sent.
std::optional<Address> ownAddressTowards(const addrinfo& to) {
  const int handle = ::socket(to.ai_family, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  if (handle < 0) return std::nullopt;
  std::optional<Address> own;
  sockaddr_storage name{};
  socklen_t size = sizeof name;
  if (::connect(handle, to.ai_addr, to.ai_addrlen) == 0 &&
      ::getsockname(handle, reinterpret_cast<sockaddr*>(&name), &size) == 0) {
    own = addressOf(reinterpret_cast<const sockaddr*>(&name));
  }
  ::close(handle);
  return own;
}

std::optional<bool> isNear(const addrinfo& to) {
  const auto peer = addressOf(to.ai_addr);
  const auto own = ownAddressTowards(to);
  if (!peer || !own) return std::nullopt;
  if (isLoopback(*peer) || *own == *peer) return true;
  ifaddrs* first = nullptr;
  if (::getifaddrs(&first) != 0) return std::nullopt;
  const std::unique_ptr<ifaddrs, decltype(&::freeifaddrs)> all(first, &::freeifaddrs);
  for (const ifaddrs* one = first; one != nullptr; one = one->ifa_next) {
    const auto address = addressOf(one->ifa_addr);
    if (!address || *address != *own) continue;
    if ((one->ifa_flags & IFF_POINTOPOINT) != 0) return std::nullopt;  // a tunnel
    const auto mask = addressOf(one->ifa_netmask);
    if (mask && sameNetwork(*own, *peer, *mask)) return true;
  }
  return isPublic(*peer) ? std::optional(false) : std::nullopt;
}

}  // namespace

std::optional<bool> hasGpu(const std::filesystem::path& sys) {
  std::error_code error;
  const std::filesystem::directory_iterator list(sys / "class" / "drm", error);
  if (error) return std::nullopt;
  for (const auto& entry : list) {
    if (!entry.path().filename().string().starts_with("renderD")) continue;
    const auto driver = std::filesystem::read_symlink(entry.path() / "device" / "driver", error);
    const std::string name = driver.filename().string();
    if (error || std::find(kVirtual.begin(), kVirtual.end(), name) == kVirtual.end()) return true;
  }
  return false;
}

std::optional<bool> isNear(const std::string& host) {
  addrinfo hints{};
  hints.ai_socktype = SOCK_DGRAM;
  addrinfo* found = nullptr;
  // Some port: nothing is sent to it.
  if (::getaddrinfo(host.c_str(), "1883", &hints, &found) != 0) return std::nullopt;
  const std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)> all(found, &::freeaddrinfo);
  std::optional<bool> near;
  for (const addrinfo* one = found; one != nullptr; one = one->ai_next) {
    const auto answer = isNear(*one);
    if (answer && *answer) return true;
    if (answer) near = answer;
  }
  return near;
}

std::optional<bool> inHouse(const std::string& place, std::optional<bool> benchNear) {
  if (place == "house") return true;
  if (place == "elsewhere") return false;
  if (!benchNear || !*benchNear) return std::nullopt;  // the broker is no measure of the house
  if (place == "near") return true;
  return place == "far" ? std::optional(false) : std::nullopt;
}

}  // namespace app
