#pragma once
// CameraPasswords: user names and passwords of cameras, kept beside this computer's settings and
// never in a project, which can be given away.

#include <filesystem>
#include <mutex>
#include <string>

#include "sensors/base/result.h"

namespace sensors {

/// Thread-safe. One file that only its owner can read, a line per address.
class CameraPasswords {
 public:
  explicit CameraPasswords(std::filesystem::path file) : file_(std::move(file)) {}
  /// Of this user of this computer.
  static std::filesystem::path usualFile();

  /// The address without user name and password, which are remembered for it.
  /// Errors: Io where they cannot be kept.
  base::Result<std::string> keep(const std::string& address);
  /// The address with what is remembered for it.
  std::string complete(const std::string& address) const;

 private:
  const std::filesystem::path file_;
  mutable std::mutex mutex_;  ///< of the file
};

}  // namespace sensors
