#pragma once
// LinearModel: one weighted sum per label, and a softmax over these. What logistic regression,
// ridge and the linear support vector machine leave behind; the slope that makes their scores
// chances is part of the weights.

#include <span>
#include <string>

#include "learners/learner.h"

namespace learners {

/// The bias of a label without rows: it is never said.
constexpr float kAbsentBias = -1e30F;

struct LinearWeights {
  std::vector<float> weights;  ///< [labels x features]
  std::vector<float> bias;     ///< [labels]
};

/// A model of learner `kind`. `weights` fit `features` and are finite.
ModelPtr makeLinearModel(std::string kind, LinearWeights weights, std::size_t features);

/// Weights of the labels in `used` to a model of all `labels`, scores scaled by `slope`.
ModelPtr makeLinearModel(std::string kind, const LinearWeights& ofUsed,
                         std::span<const std::uint16_t> used, std::size_t labels,
                         std::size_t features, double slope);

/// Reads what a linear model saved. Never trusts the bytes. Errors: Corrupt, naming `kind`.
base::Result<ModelPtr> loadLinearModel(std::string kind, ByteReader& in);

}  // namespace learners
