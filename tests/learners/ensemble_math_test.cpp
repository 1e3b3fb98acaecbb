#include "learners/ensemble_math.h"

#include <gtest/gtest.h>
#include <map>
#include <random>

namespace learners {
namespace {

TEST(EnsembleMath, WeightsAreThePapersAtTemperatureOne) {
  const std::vector<float> accuracies{0.9F, 0.8F, 0.7F};

  const auto weights = memberWeights(accuracies);

  EXPECT_NEAR(weights[0], 0.3672, 5e-5);
  EXPECT_NEAR(weights[1], 0.3322, 5e-5);
  EXPECT_NEAR(weights[2], 0.3006, 5e-5);
}

TEST(EnsembleMath, ABadMemberKeepsATenthOfThePapersVoteAndLittleOfOurs) {
  const std::vector<float> accuracies{0.89F, 0.89F, 0.89F, 0.89F, 0.89F, 0.89F, 0.52F};

  const auto paper = memberWeights(accuracies, 1);
  const auto sharp = memberWeights(accuracies, 0.1F);

  EXPECT_NEAR(paper[0], 0.1495, 5e-5);
  EXPECT_NEAR(paper[6], 0.1032, 1e-4);  // exp(-0.37) / (6 + exp(-0.37)) = 0.10325
  // exp(-3.7) / (6 + exp(-3.7)) = 0.0041
  EXPECT_NEAR(sharp[6], 0.0041, 5e-5);
}

TEST(EnsembleMath, TheVoteAndTheAverageCanDiffer) {
  const auto weights = memberWeights(std::vector<float>{0.9F, 0.8F, 0.7F});
  const std::vector<float> p{0.6F, 0.3F, 0.1F, 0.2F, 0.7F, 0.1F, 0.5F, 0.4F, 0.1F};
  std::vector<float> average(3);

  averagedProbability(p, weights, average);
  const int voted = weightedVote(std::vector<int>{0, 1, 0}, weights, average);

  EXPECT_EQ(voted, 0);
  EXPECT_NEAR(weights[0] + weights[2], 0.668, 5e-4);
  EXPECT_NEAR(average[0], 0.437, 5e-4);
  EXPECT_NEAR(average[1], 0.463, 5e-4);
}

TEST(EnsembleMath, SquaresAreScaledBackToSumOne) {
  // (0.6, 0.3, 0.1) squared: (0.36, 0.09, 0.01) / 0.46.
  std::vector<float> p{0.6F, 0.3F, 0.1F};

  squaredRenormalised(p);

  EXPECT_NEAR(p[0], 0.36 / 0.46, 1e-6);
  EXPECT_NEAR(p[1], 0.09 / 0.46, 1e-6);
  EXPECT_NEAR(p[2], 0.01 / 0.46, 1e-6);
}

TEST(EnsembleMath, TiesGoToTheLargerAverageThenToTheLowerIndex) {
  const std::vector<int> said{2, 1};
  const std::vector<float> weights{0.5F, 0.5F};

  EXPECT_EQ(weightedVote(said, weights, std::vector<float>{0.2F, 0.3F, 0.5F}), 2);
  EXPECT_EQ(weightedVote(said, weights, std::vector<float>{0.2F, 0.4F, 0.4F}), 1);
}

/// Eq. 3 as it is written: sum the weights of each label's voters, take the largest.
int referenceVote(const std::vector<int>& said, const std::vector<float>& weights,
                  const std::vector<float>& average) {
  std::map<int, double> votes;
  for (std::size_t m = 0; m < said.size(); ++m) votes[said[m]] += weights[m];
  double most = 0;
  for (const auto& [label, sum] : votes) most = std::max(most, sum);
  int best = -1;
  for (const auto& [label, sum] : votes) {
    if (sum == most && (best < 0 || average[label] > average[best])) best = label;
  }
  return best;
}

TEST(EnsembleMath, VoteMatchesThePlainReferenceOnTenThousandCases) {
  std::mt19937_64 random(11);
  std::uniform_real_distribution<float> uniform(0, 1);
  for (int i = 0; i < 10000; ++i) {
    const std::size_t members = 1 + random() % 8;
    const std::size_t labels = 2 + random() % 9;
    std::vector<int> said;
    std::vector<float> weights;
    std::vector<float> average;
    const bool coarse = random() % 2 == 0;  // coarse weights tie often
    for (std::size_t m = 0; m < members; ++m) {
      said.push_back(static_cast<int>(random() % labels));
      weights.push_back(coarse ? 0.25F * static_cast<float>(1 + random() % 3) : uniform(random));
    }
    for (std::size_t c = 0; c < labels; ++c) {
      average.push_back(coarse ? 0.5F * static_cast<float>(random() % 3) : uniform(random));
    }
    ASSERT_EQ(weightedVote(said, weights, average), referenceVote(said, weights, average));
  }
}

}  // namespace
}  // namespace learners
