#include "learners/ensemble_math.h"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace learners {

std::vector<float> memberWeights(std::span<const float> accuracies, float temperature) {
  assert(temperature > 0);
  if (accuracies.empty()) return {};
  const float best = *std::max_element(accuracies.begin(), accuracies.end());
  std::vector<double> raised;
  double sum = 0;
  for (const float accuracy : accuracies) {
    raised.push_back(std::exp((static_cast<double>(accuracy) - best) / temperature));
    sum += raised.back();
  }
  std::vector<float> weights;
  for (const double value : raised) weights.push_back(static_cast<float>(value / sum));
  return weights;
}

int weightedVote(std::span<const int> memberLabel, std::span<const float> weights,
                 std::span<const float> tieBreak) {
  assert(memberLabel.size() == weights.size());
  int best = -1;
  double bestVotes = -1;
  for (int label = 0; label < static_cast<int>(tieBreak.size()); ++label) {
    double votes = 0;
    for (std::size_t m = 0; m < memberLabel.size(); ++m) {
      if (memberLabel[m] == label) votes += weights[m];
    }
    const bool wins =
        best < 0 || votes > bestVotes || (votes == bestVotes && tieBreak[label] > tieBreak[best]);
    if (wins) {
      best = label;
      bestVotes = votes;
    }
  }
  return best;
}

void averagedProbability(std::span<const float> p, std::span<const float> weights,
                         std::span<float> out) {
  assert(p.size() == weights.size() * out.size());
  for (std::size_t label = 0; label < out.size(); ++label) {
    double sum = 0;
    for (std::size_t m = 0; m < weights.size(); ++m) {
      sum += static_cast<double>(weights[m]) * p[m * out.size() + label];
    }
    out[label] = static_cast<float>(sum);
  }
}

void squaredRenormalised(std::span<float> p) {
  double sum = 0;
  for (const float value : p) sum += static_cast<double>(value) * value;
  if (sum <= 0) return;
  for (float& value : p) value = static_cast<float>(static_cast<double>(value) * value / sum);
}

}  // namespace learners
