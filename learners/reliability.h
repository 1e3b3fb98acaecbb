#pragma once
// Reliability: whether answers that call themselves 80 % certain are right in 80 % of all cases.

#include <vector>

#include "learners/answers.h"

namespace learners {

/// Answers whose certainty lies above `low` and not above `high`.
struct ReliabilityBin {
  double low = 0;
  double high = 0;
  double certainty = 0;  ///< on average
  Interval accuracy;     ///< by demonstrations
};

/// `bins` equal bins of the certainty, those without answers left out. Weighted by their rows, the
/// distances between certainty and accuracy sum to expectedCalibrationError().
std::vector<ReliabilityBin> reliability(const Answers& answers, int bins = 10);

}  // namespace learners
