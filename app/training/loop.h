#pragma once
// Loop: one thread that runs what is posted to it, in order, and what has become due. State that
// only posted work touches needs no lock.

#include <condition_variable>
#include <deque>
#include <functional>
#include <map>
#include <mutex>
#include <thread>

#include "sensors/base/time.h"

namespace app {

/// Thread-safe. Work may post more work; it must not throw.
class Loop {
 public:
  using Work = std::function<void()>;

  Loop();
  /// As finish().
  ~Loop();

  void post(Work work);
  /// For what comes from outside: false, and counted, where 1024 pieces of work already wait.
  bool offer(Work work);
  void postAfter(base::Duration delay, Work work);
  /// Runs `work` every `period` from now on, until the loop ends.
  void every(base::Duration period, Work work);

  /// Runs what was posted before, drops what is not yet due, and ends the thread. Later posts do
  /// nothing. Not from the loop's own thread.
  void finish();
  std::uint64_t dropped() const;

 private:
  using Moment = std::chrono::steady_clock::time_point;
  void run(std::stop_token stop);

  mutable std::mutex mutex_;
  std::condition_variable_any wake_;
  std::deque<Work> queue_;
  std::multimap<Moment, Work> due_;
  std::uint64_t dropped_ = 0;
  bool closed_ = false;
  std::jthread thread_;
};

}  // namespace app
