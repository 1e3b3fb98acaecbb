#include "learners/leak_guard.h"

#include <gtest/gtest.h>

#include "tests/support/blobs.h"

namespace learners {
namespace {

/// Recordings that differ more from each other than labels do: a random split knows them all.
support::Blobs drifting() {
  return {.features = 12, .groups = 6, .rowsPerGroup = 10, .distance = 2, .drift = 3, .seed = 5};
}

/// `content` with the rows of `group` once more under a new recording, with a little noise.
void plant(DatasetContent& content, std::int64_t group, std::int64_t copy, float noise) {
  const std::size_t features = content.layout.features.size();
  std::mt19937 random(9);
  std::normal_distribution<float> normal(0, noise);
  const std::size_t rows = content.label.size();
  for (std::size_t i = 0; i < rows; ++i) {
    if (content.group[i] != group) continue;
    for (std::size_t f = 0; f < features; ++f) {
      content.values.push_back(content.values[i * features + f] + normal(random));
    }
    content.label.push_back(content.label[i]);
    content.group.push_back(copy);
    content.unit.push_back(copy);
  }
}

TEST(LeakGuard, ShowsWhatARandomSplitWouldGiveAway) {
  const auto data = support::blobs(drifting());

  const auto report = checkLeaks(*data, groupedFolds(*data, 3, 1)).value();

  EXPECT_LT(report.honest.value, 0.8);
  EXPECT_GT(report.random.value, 0.95);
  EXPECT_GT(report.flattery(), 0.15);
  EXPECT_TRUE(report.pairs.empty());
  EXPECT_EQ(report.nearDuplicates, 0);
  EXPECT_DOUBLE_EQ(report.withoutCopies.value, report.honest.value);
}

TEST(LeakGuard, FindsARecordingThatIsThereTwice) {
  auto content = support::blobContent(drifting());
  plant(content, 4, 100, 0.01F);
  plant(content, 4, 101, 0.01F);  // three of them must not make it look usual
  const auto data = support::made(std::move(content));
  const std::vector<Split> splits = {[&] {
    Split split;
    for (std::size_t i = 0; i < data->rows(); ++i) {
      const auto group = data->content().group[i];
      (group % 3 == 1 ? split.test : split.train).push_back(i);  // 4 and 100 tested, 101 learnt
    }
    return split;
  }()};

  const auto report = checkLeaks(*data, splits).value();

  ASSERT_EQ(report.pairs.size(), 2);
  EXPECT_EQ(report.pairs[0].unitA, 4);
  EXPECT_EQ(report.pairs[0].unitB, 101);
  EXPECT_EQ(report.pairs[0].copies, 10);
  EXPECT_EQ(report.pairs[0].rows, 10);
  EXPECT_EQ(report.pairs[1].groupA, 100);
  EXPECT_EQ(report.nearDuplicates, 30);
  EXPECT_LT(report.withoutCopies.value, report.honest.value);
}

TEST(LeakGuard, FindsCopiesAmongManyFeatures) {
  auto shape = drifting();
  shape.features = 300;
  auto content = support::blobContent(shape);
  plant(content, 7, 100, 0.01F);
  const auto data = support::made(std::move(content));

  const std::size_t first = data->rows() - 10;
  Split split;
  for (std::size_t i = 0; i < data->rows(); ++i) {
    (i < first ? split.train : split.test).push_back(i);
  }

  const auto report = checkLeaks(*data, {split}).value();

  ASSERT_EQ(report.pairs.size(), 1);
  EXPECT_EQ(report.pairs[0].unitA, 7);
  EXPECT_EQ(report.pairs[0].unitB, 100);
  EXPECT_EQ(report.pairs[0].copies, 10);
}

TEST(LeakGuard, DoesNotTakeASensorAtRestForACopy) {
  auto content = support::blobContent(drifting());
  for (std::size_t i = 0; i < content.label.size(); ++i) {
    if (content.label[i] != 0) continue;
    for (std::size_t f = 0; f < 12; ++f) content.values[i * 12 + f] = 1;  // always the same
  }
  const auto data = support::made(std::move(content));

  const auto report = checkLeaks(*data, groupedFolds(*data, 3, 1)).value();

  EXPECT_TRUE(report.pairs.empty());
}

TEST(LeakGuard, GivesEqualReportsForEqualInput) {
  const auto data = support::blobs(drifting());
  const auto splits = groupedFolds(*data, 3, 1);

  const auto one = checkLeaks(*data, splits, {.seed = 3, .mostScoredRows = 100}).value();
  const auto other = checkLeaks(*data, splits, {.seed = 3, .mostScoredRows = 100}).value();

  EXPECT_LE(one.honest.n, 100);
  EXPECT_EQ(one.honest.value, other.honest.value);
  EXPECT_EQ(one.random.value, other.random.value);
}

TEST(LeakGuard, RefusesASplitThatTeachesOneLabel) {
  const auto data = support::blobs({.labels = 2, .groups = 1});
  const std::vector<Split> splits = {{.train = {0, 1, 2}, .test = {8, 9}}};

  EXPECT_FALSE(checkLeaks(*data, splits).ok());
}

}  // namespace
}  // namespace learners
