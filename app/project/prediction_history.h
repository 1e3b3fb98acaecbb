#pragma once
// PredictionHistory: brings a task's answers into the project file, once a second, on a thread of
// its own, and forgets what is older or more than the project's limits allow.

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <mutex>
#include <thread>

#include "app/project/past_predictions.h"
#include "app/project/store.h"

namespace app {

/// `prediction` as it is remembered. `labels`: names of its indices.
PastPrediction pastOf(const learners::Prediction& prediction,
                      const std::vector<learners::Label>& labels, int version,
                      const std::string& modelHash);

/// Thread-safe. Destroying it saves what is waiting.
class PredictionHistory {
 public:
  /// Predictions that wait while the disk does not take them; the oldest are lost, and counted.
  static constexpr std::size_t kCapacity = 4096;

  PredictionHistory(ProjectStore& store, const base::Clock& clock);
  ~PredictionHistory();

  /// Never waits for the disk.
  void add(PastPrediction prediction);
  std::uint64_t lost() const;

 private:
  void work(std::stop_token stop);
  bool save();

  ProjectStore& store_;
  const base::Clock& clock_;
  mutable std::mutex mutex_;
  std::condition_variable_any ready_;
  std::deque<PastPrediction> waiting_;
  std::uint64_t lost_ = 0;
  std::jthread thread_;
};

}  // namespace app
