#pragma once
// Limits of certainty: from where on an answer counts as sure enough for its label. Each label has
// one: the person's own, or the tested one of the model, which is never below the usual limit.

#include <map>
#include <optional>
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
/// Stands for all labels at once where a limit is asked for.
inline constexpr learners::LabelId kEveryLabel = -1;

/// [labels]: of each label the limit in force. `tested` may be empty; above 1 no answer is sure
/// enough.
std::vector<float> limitsInForce(const std::vector<learners::Label>& labels,
                                 std::span<const float> tested, const OwnLimits& own);

/// `own` with the limit of one of `labels`, or of every one, put to `certainty`; none: as tested.
/// Unchanged where `label` is none of them.
OwnLimits withLimit(OwnLimits own, const std::vector<learners::Label>& labels,
                    learners::LabelId label, std::optional<float> certainty);

/// Says anew whether `prediction` is below the limit of its label. [labels]
void applyLimits(std::span<const float> limits, learners::Prediction& prediction);

}  // namespace app
