#pragma once
// Limits of certainty: from where on an answer counts as sure enough for its label. Each label has
// one: the person's own, or the tested one of the model, which is never below the usual limit.

#include <map>
#include <span>
#include <vector>

#include "learners/ensemble.h"
#include "learners/label.h"
#include "learners/prediction.h"

namespace app {

/// "Fairly sure" and "sure" begin here where nobody says otherwise.
inline constexpr float kFairlySureFrom = 0.60F, kSureFrom = 0.85F;

/// A person's own limits, each [0, 1]; labels that are not in it have the tested one.
using OwnLimits = std::map<learners::LabelId, float>;

/// [labels]: of each label the limit in force. `tested` may be empty; above 1 no answer is sure
/// enough.
std::vector<float> limitsInForce(const std::vector<learners::Label>& labels,
                                 std::span<const float> tested, const OwnLimits& own);

/// Says anew whether `prediction` is below the limit of its label. [labels]
void applyLimits(std::span<const float> limits, learners::Prediction& prediction);

}  // namespace app
