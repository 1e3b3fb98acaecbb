#pragma once
// ScriptedBroker: accepts connections on a loopback port and answers each packet of the client with
// bytes given by the test. For answers no well-behaved broker gives.

#include <array>
#include <atomic>
#include <cstdint>
#include <functional>
#include <netinet/in.h>
#include <poll.h>
#include <string>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>
#include <utility>

namespace support {

class ScriptedBroker {
 public:
  /// What to send back on a packet whose first byte is given; an empty text sends nothing.
  using Script = std::function<std::string(std::uint8_t packetType)>;

  explicit ScriptedBroker(Script script) : script_(std::move(script)) {
    listener_ = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t length = sizeof address;
    auto* plain = reinterpret_cast<sockaddr*>(&address);
    const bool listening = ::bind(listener_, plain, length) == 0 && ::listen(listener_, 4) == 0 &&
                           ::getsockname(listener_, plain, &length) == 0;
    port_ = listening ? ntohs(address.sin_port) : 0;
    thread_ = std::jthread([this](std::stop_token stop) { run(stop); });
  }
  ~ScriptedBroker() {
    thread_.request_stop();
    thread_.join();
    ::close(listener_);
  }

  int port() const { return port_; }
  int connections() const { return connections_; }

 private:
  static bool readable(int fd) {
    pollfd waiter{.fd = fd, .events = POLLIN, .revents = 0};
    return ::poll(&waiter, 1, 10) > 0;
  }

  void run(std::stop_token stop) {
    int client = -1;
    std::array<char, 4096> bytes{};
    while (!stop.stop_requested()) {
      if (client < 0) {
        if (!readable(listener_)) continue;
        client = ::accept(listener_, nullptr, nullptr);
        ++connections_;
      }
      if (!readable(client)) continue;
      const ssize_t count = ::recv(client, bytes.data(), bytes.size(), 0);
      if (count <= 0) {
        ::close(client);
        client = -1;
        continue;
      }
      const std::string answer = script_(static_cast<std::uint8_t>(bytes[0]));
      if (!answer.empty()) ::send(client, answer.data(), answer.size(), MSG_NOSIGNAL);
    }
    if (client >= 0) ::close(client);
  }

  Script script_;
  int listener_ = -1;
  int port_ = 0;
  std::atomic<int> connections_ = 0;
  std::jthread thread_;
};

}  // namespace support
