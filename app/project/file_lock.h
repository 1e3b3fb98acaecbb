#pragma once
// FileLock: says that one program controls a project file. The lock lies on a companion ("-lock")
// that names its holder; the system lets go of it however the holder ends, so nothing is ever left
// to repair.

#include <filesystem>

#include "sensors/base/result.h"

namespace app {

class FileLock {
 public:
  /// Takes the lock of `file` at once or not at all.
  /// Errors: Unavailable, with the holder's computer, process and time, or with the reason why
  /// nobody can lock in that folder.
  static base::Result<FileLock> take(const std::filesystem::path& file);
  FileLock() = default;
  FileLock(FileLock&& other) noexcept;
  FileLock& operator=(FileLock&& other) noexcept;
  ~FileLock();  ///< lets go and removes the companion

 private:
  std::filesystem::path companion_;
  int descriptor_ = -1;
};

}  // namespace app
