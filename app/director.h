#pragma once
// Director: runs functions one after another on a thread of its own, at once or at a given time.
// What belongs to "the session's thread" belongs to a Director.

#include <condition_variable>
#include <functional>
#include <map>
#include <mutex>
#include <stop_token>
#include <thread>

#include "sensors/base/time.h"

namespace app {

/// post(), postAt() and settle() are thread-safe. What is still waiting at destruction is not run.
class Director {
 public:
  using Work = std::function<void()>;

  explicit Director(const base::Clock& clock);

  void post(Work work);
  /// Runs `work` once `time` has come.
  void postAt(base::Time time, Work work);
  /// Waits until everything that was due when called was run. Never call it from the director.
  void settle();
  /// Stops the thread; nothing runs afterwards.
  void stop();

 private:
  void run(std::stop_token stop);

  const base::Clock& clock_;
  std::mutex mutex_;
  std::condition_variable_any wake_;
  std::multimap<base::Time, Work> queue_;  // equal times keep their order
  std::jthread thread_;
};

}  // namespace app
