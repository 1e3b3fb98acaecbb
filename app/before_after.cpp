#include "app/before_after.h"

#include <algorithm>
#include <map>

namespace app {

Comparison compare(const learners::EnsembleReport& before, const learners::EnsembleReport& after,
                   const std::vector<learners::Demonstration>& old,
                   const std::vector<learners::Label>& labels) {
  Comparison result{.comparable = before.heldOut && after.heldOut};
  std::map<std::int64_t, bool> was, is;
  for (const auto& unit : before.units) was[unit.unit] = unit.right;
  for (const auto& unit : after.units) is[unit.unit] = unit.right;
  std::map<learners::LabelId, learners::Forgetting> perLabel;
  for (const auto& example : old) {
    const auto a = was.find(example.id), b = is.find(example.id);
    if (a == was.end() || b == is.end()) continue;
    ++result.total;
    result.before += a->second ? 1 : 0;
    result.after += b->second ? 1 : 0;
    learners::Forgetting& label = perLabel[example.label];
    ++label.demonstrations;
    label.before += a->second ? 1 : 0;
    label.after += b->second ? 1 : 0;
  }
  for (const learners::Label& label : labels) {
    const auto found = perLabel.find(label.id);
    if (found == perLabel.end()) continue;
    found->second.label = label.name;
    result.forgetting.push_back(found->second);
  }
  result.lost = std::max(0, result.before - result.after);
  return result;
}

Comparison comparisonOf(const learners::Adapted& adapted) {
  return {.total = adapted.tested,
          .before = adapted.before,
          .after = adapted.after,
          .comparable = adapted.tested > 0,
          .lost = std::max(0, adapted.before - adapted.after),
          .forgetting = adapted.forgetting};
}

bool isWorse(const Comparison& c) { return c.comparable && c.lost > 1 && c.lost > 0.02 * c.total; }

bool deservesTraining(int learnt, int adapted) { return adapted >= 10 || adapted * 10 >= learnt; }

}  // namespace app
