#pragma once
// The formulas of MLIoT section 4.2.2, as plain functions, and what we add to them.

#include <span>
#include <vector>

namespace learners {

/// Eq. 4: softmax of accuracies / temperature. (0.9, 0.8, 0.7) at 1 -> (0.3672, 0.3322, 0.3006).
/// A lower temperature tells good from bad members more sharply (T2). `temperature` > 0.
std::vector<float> memberWeights(std::span<const float> accuracies, float temperature = 1);

/// Eq. 3: the label with the largest weight of votes. `memberLabel` [members].
/// Ties: the label with the larger `tieBreak` (averaged probability), then the lower index.
int weightedVote(std::span<const int> memberLabel, std::span<const float> weights,
                 std::span<const float> tieBreak);

/// Eq. 5: the weighted mean of the members' probabilities. `p` [members x labels] -> out [labels].
void averagedProbability(std::span<const float> p, std::span<const float> weights,
                         std::span<float> out);

/// T4, the literal reading: entries squared, then scaled to sum 1 again.
void squaredRenormalised(std::span<float> p);

}  // namespace learners
