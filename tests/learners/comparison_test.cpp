#include "learners/comparison.h"

#include <gtest/gtest.h>

#include "tests/support/blobs.h"

namespace learners {
namespace {

/// `both` demonstrations right for both, then those one alone recognised, then `neither`.
std::pair<std::vector<UnitOutcome>, std::vector<UnitOutcome>> outcomes(int both, int onlyA,
                                                                       int onlyB, int neither) {
  std::pair<std::vector<UnitOutcome>, std::vector<UnitOutcome>> made;
  const auto add = [&](int count, bool a, bool b) {
    for (int i = 0; i < count; ++i) {
      const auto unit = static_cast<std::int64_t>(made.first.size());
      made.first.push_back({.unit = unit, .label = "x", .right = a});
      made.second.push_back({.unit = unit, .label = "x", .right = b});
    }
  };
  add(both, true, true);
  add(onlyA, true, false);
  add(onlyB, false, true);
  add(neither, false, false);
  return made;
}

TEST(ComparePaired, CountsWhereTheTwoDiffer) {
  const auto [a, b] = outcomes(60, 2, 10, 8);

  const auto made = comparePaired(a, b).value();

  EXPECT_EQ(made.onlyA, 2);
  EXPECT_EQ(made.onlyB, 10);
  EXPECT_DOUBLE_EQ(made.accuracyA, 62.0 / 80);
  EXPECT_DOUBLE_EQ(made.difference, 0.1);
  // Two or fewer of twelve throws, twice: 2 (1 + 12 + 66) / 4096.
  EXPECT_NEAR(made.chance, 158.0 / 4096, 1e-9);
  EXPECT_TRUE(made.differ());
  EXPECT_GT(made.low, 0);
  EXPECT_GT(made.high, made.difference);
}

TEST(ComparePaired, DoesNotCallLuckADifference) {
  const auto [a, b] = outcomes(60, 5, 8, 8);

  const auto made = comparePaired(a, b).value();

  EXPECT_FALSE(made.differ());
  EXPECT_LT(made.low, 0);
  EXPECT_GT(made.high, 0);
}

TEST(ComparePaired, OfEqualAnswersIsNoDifference) {
  const auto [a, b] = outcomes(10, 0, 0, 2);

  const auto made = comparePaired(a, b).value();

  EXPECT_DOUBLE_EQ(made.chance, 1);
  EXPECT_EQ(made.low, 0);
  EXPECT_EQ(made.high, 0);
}

TEST(ComparePaired, IsRefusedForOtherRecordingsOrLabels) {
  const auto [a, b] = outcomes(10, 1, 1, 1);
  auto fewer = b;
  fewer.pop_back();
  auto relabelled = b;
  relabelled[3].label = "y";

  for (const auto& other : {fewer, relabelled, std::vector<UnitOutcome>{}}) {
    const auto made = comparePaired(a, other);
    ASSERT_FALSE(made.ok());
    EXPECT_EQ(made.error().code, base::ErrorCode::InvalidArgument);
  }
  EXPECT_FALSE(comparePaired({}, {}).ok());
}

TEST(PersonalVariants, HelpWhomTheOthersDoNotSpeakFor) {
  // Person 3 does everything the other way round.
  auto content = support::blobContent({.labels = 2, .groups = 24, .rowsPerGroup = 4});
  for (std::size_t i = 0; i < content.label.size(); ++i) {
    content.group[i] %= 4;
    if (content.group[i] != 3) continue;
    std::swap(content.values[6 * i], content.values[6 * i + 1]);
    content.values[6 * i + 2] += 8;
  }
  const auto data = support::made(std::move(content));

  const auto made = personalVariants(*data, {"knn"}, {{"knn", makeKnn()}}, {}).value();

  ASSERT_EQ(made.size(), 4);
  EXPECT_EQ(made[0].group, 3);
  EXPECT_EQ(made[0].comparison.units, 12);
  EXPECT_LT(made[0].comparison.accuracyA, 0.3);
  EXPECT_GT(made[0].comparison.accuracyB, 0.9);
  EXPECT_TRUE(made[0].comparison.differ());
  EXPECT_FALSE(made[3].comparison.differ());
}

TEST(PersonalVariants, NeedTwoDemonstrationsOfTwoLabels) {
  const auto data = support::blobs();  // every recording is one demonstration

  EXPECT_TRUE(personalVariants(*data, {"knn"}, {{"knn", makeKnn()}}, {}).value().empty());
}

}  // namespace
}  // namespace learners
