#pragma once
// Progress: one line on standard error for work that takes longer than a second.

#include <chrono>
#include <cstdio>
#include <string>

namespace app {

/// One thread at a time. The line is removed when the object goes.
class Progress {
 public:
  Progress() = default;
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;
  ~Progress() {
    if (shown_) std::fputs("\r\033[K", stderr);
  }

  /// `done` in [0, 1]. Cheap; draws at most five times a second.
  void show(const std::string& what, double done) {
    const auto now = std::chrono::steady_clock::now();
    if (now < next_) return;
    next_ = now + std::chrono::milliseconds(200);
    std::fprintf(stderr, "\r\033[K%s: %.0f %%", what.c_str(), 100 * done);
    shown_ = true;
  }

 private:
  std::chrono::steady_clock::time_point next_ =
      std::chrono::steady_clock::now() + std::chrono::seconds(1);
  bool shown_ = false;
};

}  // namespace app
