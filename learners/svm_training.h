#pragma once
// The training behind the support vector learner: one machine for each pair of labels, by libsvm,
// on a kernel made by one matrix product; and the flat content that its model answers from.

#include <span>
#include <vector>

#include "learners/learner.h"

namespace learners {

/// All that a model of support vectors needs.
struct SvmContent {
  std::size_t features = 0;
  std::size_t labels = 0;
  float gamma = 0;
  float slope = 1;                   ///< of the sigmoid over decision values
  std::vector<std::uint16_t> used;   ///< labels with rows, rising
  std::vector<float> support;        ///< [count x features]
  std::vector<float> offset;         ///< [pairs], pairs (0,1), (0,2), ... of `used`
  std::vector<std::uint32_t> begin;  ///< [pairs + 1], into the next two
  std::vector<std::uint32_t> index;  ///< which support vector
  std::vector<float> coefficient;
};

struct SvmSettings {
  double cost = 10;
  double gamma = 1;  ///< in units of 1 / (features x variance)
};

/// Deterministic. Errors: Cancelled.
base::Result<SvmContent> trainSvm(const Dataset& data, const SvmSettings& settings,
                                  const TrainingContext& context);

}  // namespace learners
