#include "learners/label_check.h"

#include <gtest/gtest.h>
#include <set>

#include "tests/support/blobs.h"

namespace learners {
namespace {

LearnerMap twoLearners() { return {{"logistic", makeLogistic()}, {"knn", makeKnn()}}; }

std::vector<SuspiciousUnit> checked(const Dataset& data) {
  const auto answers =
      outOfFold(data, groupedFolds(data, 4, 1), {"logistic", "knn"}, twoLearners(), {});
  EXPECT_TRUE(answers.ok());
  return checkLabels(data, *answers);
}

/// Gives a tenth of the demonstrations another label; which they are.
std::set<std::int64_t> flip(DatasetContent& content, std::uint64_t seed) {
  std::set<std::int64_t> all(content.unit.begin(), content.unit.end());
  std::vector<std::int64_t> units(all.begin(), all.end());
  std::mt19937_64 random(seed);
  std::shuffle(units.begin(), units.end(), random);
  units.resize(units.size() / 10);
  const std::set<std::int64_t> flipped(units.begin(), units.end());
  const auto labels = static_cast<int>(content.labels.size());
  for (std::size_t i = 0; i < content.unit.size(); ++i) {
    if (flipped.contains(content.unit[i])) {
      content.label[i] =
          static_cast<int>((content.label[i] + 1 + content.unit[i] % (labels - 1)) % labels);
    }
  }
  return flipped;
}

TEST(LabelCheck, HasMostFlippedLabelsInTheFirstFifthOfTheList) {
  std::size_t found = 0;
  std::size_t flippedInAll = 0;
  for (std::uint64_t seed = 1; seed <= 5; ++seed) {
    auto content = support::blobContent({.labels = 5,
                                         .features = 8,
                                         .groups = 20,
                                         .rowsPerGroup = 4,
                                         .distance = 3,
                                         .drift = 1,
                                         .seed = seed});
    const auto flipped = flip(content, seed);
    const auto list = checked(*support::made(std::move(content)));

    ASSERT_EQ(list.size(), 100);
    for (std::size_t i = 0; i < 20; ++i) found += flipped.contains(list[i].unit) ? 1 : 0;
    flippedInAll += flipped.size();
  }

  EXPECT_EQ(flippedInAll, 50);
  EXPECT_GE(found, 45) << "where labels are told apart in nine of ten cases";
}

TEST(LabelCheck, SuggestsWhatTheExampleIs) {
  auto content = support::blobContent({.groups = 6});
  for (std::size_t i = 0; i < content.unit.size(); ++i) {
    if (content.unit[i] == 3) content.label[i] = 2;  // was 0
  }

  const auto list = checked(*support::made(std::move(content)));

  EXPECT_EQ(list[0].unit, 3);
  EXPECT_EQ(list[0].label, 2);
  EXPECT_EQ(list[0].suggested, 0);
  EXPECT_GT(list[0].neighbours, 0.9);
  EXPECT_LT(list[0].margin, -0.5);
  EXPECT_LT(list[1].suspicion, 0.5 * list[0].suspicion);
}

TEST(LabelCheck, OfNothingIsEmpty) {
  const auto data = support::blobs();

  EXPECT_TRUE(checkLabels(*data, {.labels = 3}).empty());
}

}  // namespace
}  // namespace learners
