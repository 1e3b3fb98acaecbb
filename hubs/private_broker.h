#pragma once
// PrivateBroker: a mosquitto of our own on the loopback address: free port, generated passwords for
// each role, ended with the program. Its folder is private and removed at the end.

#include <filesystem>
#include <memory>

#include "hubs/mqtt_bus.h"

namespace hubs {

/// Thread-safe after open. Destroying it ends the child process; if this process is killed, the
/// child is ended by the kernel (PR_SET_PDEATHSIG).
class PrivateBroker {
 public:
  /// Errors: NotFound if mosquitto is not installed (with the package's name); Io.
  static base::Result<std::unique_ptr<PrivateBroker>> open();
  ~PrivateBroker();

  int port() const;
  /// Ready options for one of the roles "bench", "worker", "home"; each has its own password.
  MqttOptions optionsFor(const std::string& role) const;
  /// A file (mode 0600) holding the role's password, to hand to a child process.
  std::filesystem::path passwordFile(const std::string& role) const;
  int processId() const;
  /// Starts a new child on the same port with the same passwords if the old one has died.
  /// Errors: Io.
  base::Result<void> reviveIfDead();

 private:
  struct Impl;
  explicit PrivateBroker(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace hubs
