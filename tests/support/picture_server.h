#pragma once
// PictureServer: a network camera for tests: a small HTTP server on this computer that sends
// pictures as a multipart stream ("/stream") or one by one ("/still"), and misbehaves when told to.

#include <arpa/inet.h>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <list>
#include <mutex>
#include <netinet/in.h>
#include <poll.h>
#include <string>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>
#include <utility>

#include "sensors/base/hash.h"

namespace support {

/// `picture` is called with a rising number for each picture, from several threads.
class PictureServer {
 public:
  using Picture = std::function<base::Bytes(std::uint64_t number)>;

  PictureServer(Picture picture, double rate) : picture_(std::move(picture)), rate_(rate) {
    listen(0);
  }
  ~PictureServer() { unplug(); }
  PictureServer(const PictureServer&) = delete;
  PictureServer& operator=(const PictureServer&) = delete;

  int port() const { return port_; }
  std::string url(const std::string& path) const {
    return "http://127.0.0.1:" + std::to_string(port_) + path;
  }
  /// Closes all connections and answers no more.
  void unplug() {
    acceptor_ = {};
    connections_.clear();
    if (socket_ >= 0) ::close(std::exchange(socket_, -1));
  }
  /// Answers again, at the same address.
  void plugIn() { listen(port_); }
  std::uint64_t sent() const { return sent_; }

 private:
  void listen(int port) {
    socket_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const int yes = 1;
    ::setsockopt(socket_, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    if (::bind(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) std::abort();
    ::listen(socket_, 8);
    socklen_t length = sizeof address;
    ::getsockname(socket_, reinterpret_cast<sockaddr*>(&address), &length);
    port_ = ntohs(address.sin_port);
    acceptor_ = std::jthread([this](std::stop_token stop) {
      while (!stop.stop_requested()) {
        pollfd one{socket_, POLLIN, 0};
        if (::poll(&one, 1, 50) <= 0) continue;
        const int client = ::accept4(socket_, nullptr, nullptr, SOCK_CLOEXEC);
        if (client < 0) continue;
        connections_.emplace_back([this, client](std::stop_token end) {
          serve(client, end);
          ::close(client);
        });
      }
    });
  }

  static bool send(int client, const std::string& text) {
    std::size_t done = 0;
    while (done < text.size()) {
      const ssize_t n = ::send(client, text.data() + done, text.size() - done, MSG_NOSIGNAL);
      if (n <= 0) return false;
      done += static_cast<std::size_t>(n);
    }
    return true;
  }

  std::string nextPicture() {
    const base::Bytes jpeg = picture_(sent_++);
    return {jpeg.begin(), jpeg.end()};
  }

  void serve(int client, std::stop_token stop) {
    std::string request;
    char buffer[2048];
    while (request.find("\r\n\r\n") == std::string::npos) {
      pollfd one{client, POLLIN, 0};
      if (stop.stop_requested()) return;
      if (::poll(&one, 1, 50) <= 0) continue;
      const ssize_t n = ::recv(client, buffer, sizeof buffer, 0);
      if (n <= 0) return;
      request.append(buffer, static_cast<std::size_t>(n));
    }
    const std::string path = request.substr(4, request.find(' ', 4) - 4);
    if (path == "/stream") {
      stream(client, stop);
    } else if (path == "/still") {
      const std::string jpeg = nextPicture();
      send(client,
           "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Type: image/jpeg\r\nContent-Length: " +
               std::to_string(jpeg.size()) + "\r\n\r\n" + jpeg);
    } else if (path == "/page") {
      send(client,
           "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Type: text/html\r\nContent-Length: "
           "5\r\n\r\nhello");
    } else if (path == "/locked") {
      send(client, "HTTP/1.1 401 Unauthorized\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
    } else {
      send(client, "HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
    }
  }

  void stream(int client, std::stop_token stop) {
    if (!send(client,
              "HTTP/1.1 200 OK\r\nContent-Type: multipart/x-mixed-replace; boundary=pic\r\n\r\n")) {
      return;
    }
    std::mutex mutex;
    std::condition_variable_any wake;
    auto next = std::chrono::steady_clock::now();
    while (!stop.stop_requested()) {
      const std::string jpeg = nextPicture();
      if (!send(client, "--pic\r\nContent-Type: image/jpeg\r\nContent-Length: " +
                            std::to_string(jpeg.size()) + "\r\n\r\n" + jpeg + "\r\n")) {
        return;
      }
      next += std::chrono::duration_cast<std::chrono::steady_clock::duration>(
          std::chrono::duration<double>(1 / rate_));
      std::unique_lock lock(mutex);
      wake.wait_until(lock, stop, next, [] { return false; });
    }
  }

  const Picture picture_;
  const double rate_;
  int socket_ = -1;
  int port_ = 0;
  std::atomic<std::uint64_t> sent_ = 0;
  std::list<std::jthread> connections_;
  std::jthread acceptor_;  // last: it starts connections
};

}  // namespace support
