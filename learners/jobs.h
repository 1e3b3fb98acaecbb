#pragma once
// Work done side by side: a list of jobs on all processors, and one progress for them together.

#include <functional>
#include <mutex>
#include <vector>

namespace learners {

/// Runs jobs on as many threads as there are processors, the calling one among them, and returns
/// when all are done. Jobs are taken in order; what they leave behind must not depend on it.
void runAll(const std::vector<std::function<void()>>& jobs);

/// Adds up the shares of jobs that run side by side. Thread-safe.
class Progress {
 public:
  /// `report` may be empty; it is called from whichever thread adds.
  explicit Progress(std::function<void(double)> report) : report_(std::move(report)) {}

  void add(double share);

 private:
  std::function<void(double)> report_;
  std::mutex mutex_;
  double done_ = 0;
};

}  // namespace learners
