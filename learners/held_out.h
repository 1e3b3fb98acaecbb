#pragma once
// What learners share that fit on some rows and try themselves on the others: which labels have
// rows, which rows to hold out, and how far scores may be trusted.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "learners/dataset.h"
#include "learners/splits.h"

namespace learners {

/// So few recordings are so many that each held out would be missed.
inline constexpr std::size_t kFewRecordings = 10;

/// The labels that have rows. Models are fitted to these alone; the others would only drift.
struct UsedLabels {
  std::vector<std::uint16_t> used;  ///< labels with rows, rising
  std::vector<int> place;           ///< [rows]: where in `used` the label of a row stands
};
UsedLabels usedLabels(const Dataset& data);

/// One of `parts` parts of the rows to test and the rest to fit, recordings kept whole (or
/// demonstrations, where one recording shows a label, or where there are fewer than ten recordings,
/// of which a fit can spare none), and every label in the rest. Nothing where that cannot be.
std::optional<Split> heldOutPart(const Dataset& data, int parts, std::uint64_t seed);

/// The slope under which softmax(slope x scores) makes the truth most likely, and how likely.
struct FittedSlope {
  double slope = 1;
  double loss = 0;  ///< mean negative log likelihood
};
/// `scores` [rows x labels], `truth` [rows]. A few rows move the slope little from `expected`,
/// within a hundredfold of which it stays (Guo et al., On Calibration of Modern Neural Networks,
/// ICML 2017, with a prior).
FittedSlope fitSlope(std::span<const float> scores, std::span<const int> truth, double expected);

}  // namespace learners
