#pragma once
// Children: the programs this one starts and ends: the worker on this computer, the demonstration
// home.

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "sensors/base/result.h"
#include "sensors/base/time.h"

namespace app {

/// One child process. It is started again with growing pauses when it ends by itself, and is ended
/// with this object; the kernel ends it if this program is killed. One thread at a time.
class Child {
 public:
  Child(std::filesystem::path program, std::vector<std::string> arguments);
  ~Child();
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  /// Starts it where it should run and does not. Call it now and then. Errors: Io, once per cause.
  base::Result<void> keepAlive(base::Time now);
  int processId() const { return pid_; }
  int starts() const { return starts_; }

 private:
  base::Result<void> start();

  std::filesystem::path program_;
  std::vector<std::string> arguments_;
  int pid_ = -1;
  int starts_ = 0;
  base::Time nextTry_;
};

/// Writes `text` into a file only its owner can read. False where that failed.
bool writeSecretFile(const std::filesystem::path& file, const std::string& text);

}  // namespace app
