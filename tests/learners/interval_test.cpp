#include "learners/interval.h"

#include <gtest/gtest.h>
#include <random>
#include <vector>

namespace learners {
namespace {

TEST(Wilson, IsTheKnownOne) {
  // 8 of 10 at 95 %: (0.4902, 0.9433), as in Newcombe, Statistics in Medicine 17 (1998).
  const Interval interval = wilson(0.8, 10);

  EXPECT_NEAR(interval.low, 0.4902, 1e-4);
  EXPECT_NEAR(interval.high, 0.9433, 1e-4);
}

TEST(ClusteredInterval, SaysNothingAboutNothingAndOneDemonstration) {
  const std::vector<std::uint8_t> right = {1, 1, 1, 0};
  const std::vector<std::int64_t> one = {5, 5, 5, 5};

  for (const Interval& interval : {clusteredInterval({}, {}), clusteredInterval(right, one)}) {
    EXPECT_EQ(interval.low, 0);
    EXPECT_EQ(interval.high, 1);
  }
}

TEST(ClusteredInterval, CountsDemonstrationsWhoseRowsAllAgreeOnce) {
  std::vector<std::uint8_t> right;
  std::vector<std::int64_t> unit;
  for (int u = 0; u < 200; ++u) {
    for (int r = 0; r < 10; ++r) {
      right.push_back(u % 5 == 0 ? 0 : 1);
      unit.push_back(u);
    }
  }

  const Interval rows = wilson(0.8, 2000);
  const Interval interval = clusteredInterval(right, unit);

  EXPECT_NEAR(interval.effectiveN, 200, 4);  // 2000 rows are worth 200
  EXPECT_EQ(interval.clusters, 200);
  EXPECT_GT(interval.high - interval.low, 3 * (rows.high - rows.low));
}

TEST(ClusteredInterval, OfFlawlessAnswersIsAsWideAsThereAreFewDemonstrations) {
  const std::vector<std::uint8_t> right(100, 1);
  std::vector<std::int64_t> unit;
  for (int i = 0; i < 100; ++i) unit.push_back(i / 10);

  EXPECT_NEAR(clusteredInterval(right, unit).low, wilson(1, 10).low, 1e-9);
}

TEST(ClusteredInterval, HoldsTheTruthAsOftenAsItSays) {
  // Demonstrations whose own chance of being right differs: mean 0.75.
  std::mt19937_64 random(11);
  std::uniform_real_distribution<double> unit(0, 1);
  int held = 0;
  for (int trial = 0; trial < 1000; ++trial) {
    std::vector<std::uint8_t> right;
    std::vector<std::int64_t> cluster;
    for (int u = 0; u < 15; ++u) {
      const double chance = 0.5 + 0.5 * unit(random);
      for (int r = 0; r < 8; ++r) {
        right.push_back(unit(random) < chance ? 1 : 0);
        cluster.push_back(u);
      }
    }
    const Interval interval = clusteredInterval(right, cluster);
    if (interval.low <= 0.75 && interval.high >= 0.75) ++held;
  }

  EXPECT_GE(held, 930);
}

}  // namespace
}  // namespace learners
