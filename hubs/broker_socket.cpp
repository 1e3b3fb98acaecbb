#include "hubs/broker_socket.h"

#include <arpa/inet.h>
#include <charconv>
#include <cstring>
#include <filesystem>
#include <memory>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>
#include <vector>

namespace hubs {

namespace {

struct Endpoint {
  sockaddr_storage address{};
  socklen_t length = 0;
};

std::vector<Endpoint> resolved(const std::string& host, int port) {
  addrinfo hints{};
  hints.ai_family = AF_UNSPEC;
  hints.ai_socktype = SOCK_STREAM;
  addrinfo* first = nullptr;
  if (getaddrinfo(host.c_str(), std::to_string(port).c_str(), &hints, &first) != 0) {
    return {};
  }
  const std::unique_ptr<addrinfo, decltype(&freeaddrinfo)> owner(first, freeaddrinfo);
  std::vector<Endpoint> endpoints;
  for (const addrinfo* entry = first; entry != nullptr; entry = entry->ai_next) {
    Endpoint endpoint;
    std::memcpy(&endpoint.address, entry->ai_addr, entry->ai_addrlen);
    endpoint.length = entry->ai_addrlen;
    endpoints.push_back(endpoint);
  }
  return endpoints;
}

/// Equal address and port; an IPv4 address mapped into IPv6 counts as the IPv4 address.
bool samePeer(const sockaddr_storage& a, const sockaddr_storage& b) {
  const auto key = [](const sockaddr_storage& storage) {
    std::string bytes;
    if (storage.ss_family == AF_INET) {
      const auto& v4 = reinterpret_cast<const sockaddr_in&>(storage);
      bytes.assign(reinterpret_cast<const char*>(&v4.sin_addr), 4);
      bytes.append(reinterpret_cast<const char*>(&v4.sin_port), 2);
    } else if (storage.ss_family == AF_INET6) {
      const auto& v6 = reinterpret_cast<const sockaddr_in6&>(storage);
      const bool mapped = IN6_IS_ADDR_V4MAPPED(&v6.sin6_addr);
      bytes.assign(reinterpret_cast<const char*>(&v6.sin6_addr) + (mapped ? 12 : 0),
                   mapped ? 4 : 16);
      bytes.append(reinterpret_cast<const char*>(&v6.sin6_port), 2);
    }
    return bytes;
  };
  const std::string left = key(a);
  return !left.empty() && left == key(b);
}

std::vector<int> openDescriptors() {
  std::vector<int> descriptors;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator("/proc/self/fd", error)) {
    const std::string name = entry.path().filename();
    int descriptor = -1;
    std::from_chars(name.data(), name.data() + name.size(), descriptor);
    if (descriptor >= 0) descriptors.push_back(descriptor);
  }
  return descriptors;
}

/// A connected socket with time limits, or -1.
int connectedSocket(const MqttOptions& options) {
  const timeval limit{.tv_sec = 2, .tv_usec = 500'000};
  for (const Endpoint& endpoint : resolved(options.host, options.port)) {
    const int fd = ::socket(endpoint.address.ss_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0) continue;
    setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    if (::connect(fd, reinterpret_cast<const sockaddr*>(&endpoint.address), endpoint.length) == 0) {
      return fd;
    }
    ::close(fd);
  }
  return -1;
}

}  // namespace

int setNoDelayTowards(const std::string& host, int port) {
  const std::vector<Endpoint> brokers = resolved(host, port);
  int found = 0;
  for (const int fd : openDescriptors()) {
    sockaddr_storage peer{};
    socklen_t length = sizeof peer;
    if (getpeername(fd, reinterpret_cast<sockaddr*>(&peer), &length) != 0) continue;
    for (const Endpoint& broker : brokers) {
      const int on = 1;
      if (samePeer(peer, broker.address) &&
          setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on) == 0) {
        ++found;
        break;
      }
    }
  }
  return found;
}

std::string certificateTrouble(const MqttOptions& options) {
  if (!options.tls) return {};
  const std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> context(SSL_CTX_new(TLS_client_method()),
                                                                  SSL_CTX_free);
  const std::string broker = "The broker " + options.host + ":" + std::to_string(options.port);
  if (!context ||
      SSL_CTX_load_verify_locations(context.get(), options.tls->caFile.c_str(), nullptr) != 1) {
    ERR_clear_error();
    return "The file of trusted certificates " + options.tls->caFile + " cannot be used.";
  }
  const int fd = connectedSocket(options);
  if (fd < 0) return {};
  const std::unique_ptr<SSL, decltype(&SSL_free)> tls(SSL_new(context.get()), SSL_free);
  SSL_set_fd(tls.get(), fd);
  SSL_set_verify(tls.get(), SSL_VERIFY_PEER, nullptr);
  in6_addr ignored{};
  const bool isAddress = inet_pton(AF_INET, options.host.c_str(), &ignored) == 1 ||
                         inet_pton(AF_INET6, options.host.c_str(), &ignored) == 1;
  if (isAddress) {
    X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(tls.get()), options.host.c_str());
  } else {
    SSL_set_tlsext_host_name(tls.get(), options.host.c_str());
    SSL_set1_host(tls.get(), options.host.c_str());
  }
  const int done = SSL_connect(tls.get());
  const long verdict = SSL_get_verify_result(tls.get());
  ERR_clear_error();
  ::close(fd);
  if (verdict != X509_V_OK) {
    return broker +
           " has a certificate we do not trust: " + X509_verify_cert_error_string(verdict) + ".";
  }
  return done == 1 ? std::string() : broker + " does not speak TLS, or refuses our certificate.";
}

}  // namespace hubs
