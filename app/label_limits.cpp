#include "app/label_limits.h"

#include <algorithm>

namespace app {

std::vector<float> limitsInForce(const std::vector<learners::Label>& labels,
                                 std::span<const float> tested, const OwnLimits& own) {
  std::vector<float> limits(labels.size(), kFairlySureFrom);
  for (std::size_t i = 0; i < labels.size(); ++i) {
    const auto found = own.find(labels[i].id);
    if (found != own.end()) {
      limits[i] = found->second;
    } else if (i < tested.size()) {
      limits[i] = std::max(limits[i], tested[i]);
    }
  }
  return limits;
}

OwnLimits withLimit(OwnLimits own, const std::vector<learners::Label>& labels,
                    learners::LabelId label, std::optional<float> certainty) {
  for (const learners::Label& one : labels) {
    if (label != kEveryLabel && label != one.id) continue;
    own.erase(one.id);
    if (certainty) own[one.id] = std::clamp(*certainty, 0.0F, 1.0F);
  }
  return own;
}

void applyLimits(std::span<const float> limits, learners::Prediction& prediction) {
  const bool known =
      prediction.label >= 0 && static_cast<std::size_t>(prediction.label) < limits.size();
  // The gate's own threshold decides what is background.
  if (!known || prediction.stage == learners::Stage::Gate) return;
  prediction.belowLimit = prediction.certainty < limits[static_cast<std::size_t>(prediction.label)];
}

}  // namespace app
