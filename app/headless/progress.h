#pragma once
// Progress: says on standard error how far work is that takes longer than a second: one line that
// renews itself on a terminal, now and then a line elsewhere.

#include <chrono>
#include <cstdio>
#include <string>
#include <unistd.h>

namespace app {

/// One thread at a time. On a terminal the line is removed when the object goes.
class Progress {
 public:
  Progress() = default;
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;
  ~Progress() {
    if (shown_ && terminal_) std::fputs("\r\033[K", stderr);
  }

  /// `done` in [0, 1]. Cheap; writes five times a second at most, every ten seconds to a file.
  void show(const std::string& what, double done) {
    const auto now = std::chrono::steady_clock::now();
    if (now < next_) return;
    next_ = now + (terminal_ ? std::chrono::milliseconds(200) : std::chrono::seconds(10));
    std::fprintf(stderr, terminal_ ? "\r\033[K%s: %.0f %%" : "%s: %.0f %%\n", what.c_str(),
                 100 * done);
    shown_ = true;
  }

 private:
  const bool terminal_ = isatty(STDERR_FILENO) != 0;
  std::chrono::steady_clock::time_point next_ =
      std::chrono::steady_clock::now() + std::chrono::seconds(1);
  bool shown_ = false;
};

}  // namespace app
