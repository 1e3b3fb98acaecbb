#include "learners/skew.h"

#include <gtest/gtest.h>
#include <random>

namespace {

using learners::worstSkew;

const std::vector<sensors::Feature> kTwo = {{.name = "a", .unit = "1"}, {.name = "b", .unit = "1"}};

TEST(Skew, OfFourNumbersIsWorkedOutByHand) {
  // Cumulative shares of a: then 1 2 3 4, now 3 4 5 6: apart by a half below 3. b is the same.
  const std::vector<float> then = {1, 7, 2, 8, 3, 9, 4, 10};
  const std::vector<float> now = {3, 7, 4, 8, 5, 9, 6, 10};

  const auto worst = worstSkew(kTwo, {then, {}}, {now, {}}, 5);

  ASSERT_EQ(worst.size(), 2u);
  EXPECT_EQ(worst[0].name, "a");
  EXPECT_DOUBLE_EQ(worst[0].distance, 0.5);
  EXPECT_DOUBLE_EQ(worst[0].trainedMedian, 2.5);
  EXPECT_DOUBLE_EQ(worst[0].nowMedian, 4.5);
  EXPECT_FALSE(worst[0].isNotable) << "four rows prove nothing";
  EXPECT_DOUBLE_EQ(worst[1].distance, 0);
}

TEST(Skew, FindsTheFeatureThatMovedAndLeavesTheOthersAlone) {
  constexpr std::size_t kFeatures = 50;
  std::vector<sensors::Feature> features;
  for (std::size_t f = 0; f < kFeatures; ++f) features.push_back({.name = std::to_string(f)});
  std::mt19937 random(3);
  std::normal_distribution<float> normal;
  const auto rows = [&](std::size_t n, float moved) {
    std::vector<float> values(n * kFeatures);
    for (std::size_t i = 0; i < values.size(); ++i) {
      values[i] = normal(random) + (i % kFeatures == 17 ? moved : 0);
    }
    return values;
  };
  const auto then = rows(800, 0);
  const auto now = rows(400, 1);

  const auto worst = worstSkew(features, {then, {}}, {now, {}}, kFeatures);

  EXPECT_EQ(worst[0].name, "17");
  EXPECT_NEAR(worst[0].distance, 0.383, 0.06) << "2 Phi(1/2) - 1";
  EXPECT_TRUE(worst[0].isNotable);
  for (std::size_t i = 1; i < worst.size(); ++i) EXPECT_FALSE(worst[i].isNotable) << worst[i].name;
}

TEST(Skew, AFeatureThatIsNowMissingIsFarAway) {
  const std::vector<float> values(200, 1);
  std::vector<std::uint8_t> gone(200);
  for (std::size_t i = 1; i < gone.size(); i += 2) gone[i] = 1;

  const auto worst = worstSkew(kTwo, {values, {}}, {values, gone}, 1);

  ASSERT_EQ(worst.size(), 1u);
  EXPECT_EQ(worst[0].name, "b");
  EXPECT_DOUBLE_EQ(worst[0].distance, 1);
  EXPECT_DOUBLE_EQ(worst[0].nowMissing, 1);
  EXPECT_TRUE(worst[0].isNotable);
}

TEST(Skew, NothingIsComparedWithNothing) {
  const std::vector<float> values = {1, 2};
  EXPECT_TRUE(worstSkew(kTwo, {values, {}}, {}, 5).empty());
  EXPECT_TRUE(worstSkew({}, {}, {}, 5).empty());
}

}  // namespace
