#pragma once
// Past predictions: what the project remembers of the answers of its tasks, so that yesterday can
// be looked at. Bounded by age and size, both settings of the project; the oldest are forgotten.

#include <cstdint>
#include <string>

#include "learners/prediction.h"

namespace app {

/// One answer as it is remembered. Shares are kept to 1/10000.
struct PastPrediction {
  std::string task;  ///< empty: the project's first task
  int version = 0;   ///< "Model 7"
  std::string modelHash;
  base::TimeSpan span;  ///< the window it speaks about
  learners::PredictionState state = learners::PredictionState::NoData;
  learners::Stage stage = learners::Stage::Ensemble;
  std::string label;  ///< name of the headline; empty with NoData
  float certainty = 0;
  float disagreement = 0;
  float novelty = 0;
  bool belowLimit = false;
  bool calibrated = false;
  bool imputed = false;
};

/// How much of the past is kept.
struct HistoryLimits {
  std::int64_t days = 30;       ///< [1, 3650]
  std::int64_t megabytes = 200;  ///< [1, 100000]
  friend bool operator==(const HistoryLimits&, const HistoryLimits&) = default;
};

}  // namespace app
