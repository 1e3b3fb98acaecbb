#pragma once
// Steadier: lets neighbouring answers hold each other up, live and where a recording is heard again.

#include <optional>
#include <string>

#include "learners/ensemble.h"
#include "learners/novelty_memory.h"
#include "learners/smoother.h"

namespace app {

/// One thread at a time; answers in time order.
class Steadier {
 public:
  /// 0: not at all .. 1. A new value begins anew.
  void set(float steadiness);
  /// Whether something is new is told by the last seconds together; then answers with a percentage
  /// hold each other up: what is new or missing says nothing about the labels. Another ensemble
  /// begins anew.
  void apply(learners::Prediction& prediction, const learners::Ensemble& ensemble,
             base::Duration hop);

 private:
  void rememberNovelty(learners::Prediction& prediction, const learners::Ensemble& ensemble);

  float steadiness_ = 0;
  std::optional<learners::Smoother> smoother_;  ///< of the labels in service
  std::string smoothed_;                        ///< hash of the ensemble it belongs to
  std::optional<learners::NoveltyMemory> noveltyMemory_;
  std::string remembered_;  ///< hash of the ensemble whose scores it holds
};

}  // namespace app
