#include "learners/coverage.h"

#include <gtest/gtest.h>
#include <random>

namespace learners {
namespace {

using Right = std::vector<std::uint8_t>;

TEST(CoverageCurve, GivesTheSurestAnswersFirst) {
  const std::vector<float> certainty = {0.5F, 0.9F, 0.7F, 0.9F};
  const Right right = {0, 1, 0, 1};

  const auto curve = coverageCurve(certainty, right);

  ASSERT_EQ(curve.size(), 3);  // the two of 0.9 are one point
  EXPECT_FLOAT_EQ(curve[0].limit, 0.9F);
  EXPECT_DOUBLE_EQ(curve[0].coverage, 0.5);
  EXPECT_DOUBLE_EQ(curve[0].accuracy, 1);
  EXPECT_DOUBLE_EQ(curve[1].accuracy, 2.0 / 3);
  EXPECT_DOUBLE_EQ(curve[2].coverage, 1);
  EXPECT_DOUBLE_EQ(curve[2].accuracy, 0.5);
}

TEST(CoverageCurve, IsThinnedAndStillEndsWithAllAnswers) {
  std::mt19937 random(3);
  std::uniform_real_distribution<float> unit;
  std::vector<float> certainty(5000);
  Right right(certainty.size());
  std::size_t hits = 0;
  for (std::size_t i = 0; i < certainty.size(); ++i) {
    certainty[i] = unit(random);
    right[i] = unit(random) < certainty[i] ? 1 : 0;
    hits += right[i];
  }

  const auto curve = coverageCurve(certainty, right, 50);

  ASSERT_LE(curve.size(), 50);
  EXPECT_EQ(curve.back().given, certainty.size());
  EXPECT_DOUBLE_EQ(curve.back().accuracy, static_cast<double>(hits) / 5000);
  for (std::size_t i = 1; i < curve.size(); ++i) {
    EXPECT_GT(curve[i].coverage, curve[i - 1].coverage);
    EXPECT_LT(curve[i].limit, curve[i - 1].limit);
  }
  EXPECT_GT(curve.front().accuracy, curve.back().accuracy + 0.2);
}

TEST(CoverageCurve, OfNothingIsEmpty) { EXPECT_TRUE(coverageCurve({}, {}).empty()); }

TEST(LimitFor, IsTheLowestThatKeepsThePromise) {
  const std::vector<float> certainty = {0.9F, 0.8F, 0.7F, 0.6F, 0.5F};
  const Right right = {1, 0, 1, 1, 0};

  EXPECT_FLOAT_EQ(limitFor(0.75, certainty, right), 0.6F);
  EXPECT_FLOAT_EQ(limitFor(0.9, certainty, right), 0.9F);
  EXPECT_FLOAT_EQ(limitFor(0.5, certainty, right), 0.5F);
  EXPECT_EQ(limitFor(0.9, std::vector<float>{0.9F}, Right{0}), kNeverSure);
}

TEST(LimitsFor, AreEachLabelsOwnWhereItWasSaidOftenEnough) {
  std::vector<float> certainty;
  Right right;
  std::vector<int> said;
  for (int i = 0; i < 40; ++i) {
    certainty.push_back(0.5F + 0.01F * static_cast<float>(i));
    right.push_back(1);
    said.push_back(0);  // label 0 is always right
    certainty.push_back(0.5F + 0.01F * static_cast<float>(i));
    right.push_back(i >= 20 ? 1 : 0);
    said.push_back(1);  // label 1 only where it is sure
  }
  certainty.push_back(0.4F);
  right.push_back(0);
  said.push_back(2);  // label 2 was said once

  const auto limits = limitsFor(1, certainty, right, said, 3);

  ASSERT_EQ(limits.size(), 3);
  EXPECT_FLOAT_EQ(limits[0], 0.5F);
  EXPECT_FLOAT_EQ(limits[1], 0.7F);
  EXPECT_FLOAT_EQ(limits[2], limitFor(1, certainty, right));
}

}  // namespace
}  // namespace learners
