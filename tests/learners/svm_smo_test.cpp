#include "learners/svm_smo.h"

#include <cmath>
#include <gtest/gtest.h>
#include <random>

#include "learners/matrix.h"

namespace learners {
namespace {

TEST(SolveTwoLabels, FindsTheKnownMachineOfTwoRows) {
  // Rows +1 and -1 under the linear kernel: the multipliers are both a, w = 2 a, and 2 a - 2 a^2 is
  // largest at a = 1/2, or at the cost where that is less.
  const std::vector<float> kernel{1, -1, -1, 1};

  const auto hard = solveTwoLabels(kernel, 2, 1, 10);
  const auto soft = solveTwoLabels(kernel, 2, 1, 0.1);

  EXPECT_NEAR(hard.coefficient[0], 0.5, 1e-5);
  EXPECT_NEAR(hard.coefficient[1], -0.5, 1e-5);
  EXPECT_NEAR(hard.offset, 0, 1e-5);
  EXPECT_FLOAT_EQ(soft.coefficient[0], 0.1F);
}

TEST(SolveTwoLabels, LeavesNoRowThatWouldGainFromAnotherCoefficient) {
  // Conditions of Karush, Kuhn and Tucker: rows without coefficient lie beyond the margin, those at
  // the cost within it, the others on it.
  constexpr std::size_t kRows = 101;
  constexpr std::size_t kPositives = 43;
  constexpr float kCost = 2;
  std::mt19937_64 random(3);
  std::normal_distribution<float> normal;
  std::vector<float> values(2 * kRows);
  for (std::size_t i = 0; i < values.size(); ++i) {
    values[i] = normal(random) + (i < 2 * kPositives ? 1.0F : 0.0F);
  }
  std::vector<float> kernel(kRows * kRows);
  for (std::size_t i = 0; i < kRows; ++i) {
    for (std::size_t j = 0; j < kRows; ++j) {
      kernel[i * kRows + j] = std::exp(-squaredDistance(&values[2 * i], &values[2 * j], 2));
    }
  }

  const auto machine = solveTwoLabels(kernel, kRows, kPositives, kCost);

  double sum = 0;
  for (std::size_t i = 0; i < kRows; ++i) {
    const float sign = i < kPositives ? 1.0F : -1.0F;
    const float own = sign * machine.coefficient[i];
    double decision = -machine.offset;
    for (std::size_t j = 0; j < kRows; ++j) {
      decision += machine.coefficient[j] * kernel[i * kRows + j];
    }
    sum += machine.coefficient[i];
    EXPECT_GE(own, 0);
    EXPECT_LE(own, kCost);
    if (own < kCost) {
      EXPECT_GE(sign * decision, 1 - 2e-3) << i;
    }
    if (own > 0) {
      EXPECT_LE(sign * decision, 1 + 2e-3) << i;
    }
  }
  EXPECT_NEAR(sum, 0, 1e-4);
}

TEST(ToGaussian, IsTheExponentialOfTheDistance) {
  for (const std::size_t count : {1, 8, 13}) {
    std::vector<float> norms;
    std::vector<float> values;
    for (std::size_t i = 0; i < count; ++i) {
      norms.push_back(static_cast<float>(i * i));
      values.push_back(static_cast<float>(2 * i));  // products of 2 and i
    }

    toGaussian(norms.data(), count, 4, 0.7F, values.data());

    for (std::size_t i = 0; i < count; ++i) {
      const double distance = static_cast<double>(i) - 2;
      EXPECT_NEAR(values[i], std::exp(-0.7F * distance * distance), 1e-6);
    }
  }
}

}  // namespace
}  // namespace learners
