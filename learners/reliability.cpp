#include "learners/reliability.h"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace learners {

std::vector<ReliabilityBin> reliability(const Answers& answers, int bins) {
  assert(bins > 0);
  std::vector<std::vector<std::size_t>> members(bins);
  for (std::size_t i = 0; i < answers.rows(); ++i) {
    const double at = std::ceil(static_cast<double>(answers.certainty[i]) * bins) - 1;
    members[std::clamp(static_cast<int>(at), 0, bins - 1)].push_back(i);
  }
  std::vector<ReliabilityBin> made;
  for (int b = 0; b < bins; ++b) {
    if (members[b].empty()) continue;
    std::vector<std::uint8_t> right;
    std::vector<std::int64_t> unit;
    double sum = 0;
    for (const std::size_t i : members[b]) {
      right.push_back(answers.right[i]);
      unit.push_back(answers.unit[i]);
      sum += answers.certainty[i];
    }
    made.push_back({.low = static_cast<double>(b) / bins,
                    .high = static_cast<double>(b + 1) / bins,
                    .certainty = sum / static_cast<double>(members[b].size()),
                    .accuracy = clusteredInterval(right, unit)});
  }
  return made;
}

}  // namespace learners
