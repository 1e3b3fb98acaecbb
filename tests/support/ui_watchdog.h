#pragma once
// UiWatchdog: tells a test for how long the event loop stood still at worst: more than 100 ms and a
// person notices. Time in which the system gave the processor to others is not counted, so that a
// busy machine fails nobody.

#include <QApplication>
#include <QElapsedTimer>
#include <QTimer>
#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <functional>

namespace support {

/// GUI thread. Watches from construction on, whenever the event loop runs.
class UiWatchdog {
 public:
  static constexpr std::chrono::milliseconds kMost{100};
  static constexpr std::chrono::milliseconds kBeat{10};

  UiWatchdog() {
    timer_.setTimerType(Qt::PreciseTimer);
    QObject::connect(&timer_, &QTimer::timeout, [this] { beat(); });
    restart();
    timer_.start(kBeat);
  }

  /// Runs the event loop until `done`, at most `patience`. Returns whether it came true.
  bool run(const std::function<bool()>& done, std::chrono::milliseconds patience) {
    QElapsedTimer all;
    all.start();
    restart();
    while (!done()) {
      if (all.elapsed() > patience.count()) {
        return false;
      }
      QApplication::processEvents(QEventLoop::AllEvents | QEventLoop::WaitForMoreEvents);
    }
    beat();
    return true;
  }

  /// Runs the event loop for `turns` beats.
  void runFor(int turns) {
    const int until = beats_ + turns;
    run([&] { return beats_ >= until; }, std::chrono::seconds(30));
  }

  /// Forgets the longest stop so far: a window's first picture is no standing still.
  void forget() { longest_ = {}; }

  /// Begins to count anew; what happens outside the event loop does not count.
  void restart() {
    wall_.start();
    queued_ = queuedNs();
  }

  std::chrono::milliseconds longest() const { return longest_; }
  bool stoodStill() const { return longest_ > kMost; }

 private:
  void beat() {
    const std::int64_t queued = queuedNs();
    const std::int64_t own = wall_.nsecsElapsed() - (queued - queued_);
    longest_ = std::max(longest_, std::chrono::milliseconds(own / 1'000'000));
    ++beats_;
    restart();
  }

  /// How long this thread waited for a processor so far, and a host took all of them away, as Linux
  /// counts it; 0 elsewhere.
  static std::int64_t queuedNs() {
    long long ran = 0;
    long long waited = 0;
    if (std::FILE* file = std::fopen("/proc/thread-self/schedstat", "r")) {
      if (std::fscanf(file, "%lld %lld", &ran, &waited) != 2) {
        waited = 0;
      }
      std::fclose(file);
    }
    long long stolen = 0;  // hundredths of a second
    if (std::FILE* file = std::fopen("/proc/stat", "r")) {
      if (std::fscanf(file, "cpu %*d %*d %*d %*d %*d %*d %*d %lld", &stolen) != 1) {
        stolen = 0;
      }
      std::fclose(file);
    }
    return waited + stolen * 10'000'000;
  }

  QTimer timer_;
  QElapsedTimer wall_;
  std::int64_t queued_ = 0;
  int beats_ = 0;
  std::chrono::milliseconds longest_{0};
};

}  // namespace support
