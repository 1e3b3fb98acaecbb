#include "app/before_after.h"

#include <gtest/gtest.h>

namespace {

learners::EnsembleReport reportOf(std::vector<std::pair<std::int64_t, bool>> units) {
  learners::EnsembleReport report{.heldOut = true};
  for (const auto& [unit, right] : units) report.units.push_back({.unit = unit, .right = right});
  return report;
}

std::vector<learners::Demonstration> examples(int n) {
  std::vector<learners::Demonstration> all;
  for (int i = 1; i <= n; ++i) all.push_back({.id = i});
  return all;
}

TEST(Compare, CountsOnlyOldExamplesBothModelsWereAskedAbout) {
  const auto before = reportOf({{1, true}, {2, false}, {3, true}});
  const auto after = reportOf({{1, true}, {2, true}, {4, false}});

  const app::Comparison c = app::compare(before, after, examples(3), {});

  EXPECT_TRUE(c.comparable);
  EXPECT_EQ(c.total, 2);
  EXPECT_EQ(c.before, 1);
  EXPECT_EQ(c.after, 2);
  EXPECT_EQ(c.lost, 0);
}

TEST(Compare, IsSilentWhereNothingWasHeldOut) {
  EXPECT_FALSE(app::compare({}, reportOf({{1, true}}), examples(1), {}).comparable);
}

TEST(IsWorse, OneLostExampleIsChanceTwoAreNot) {
  EXPECT_FALSE(app::isWorse({.total = 8, .before = 8, .after = 7, .comparable = true, .lost = 1}));
  EXPECT_TRUE(app::isWorse({.total = 8, .before = 8, .after = 6, .comparable = true, .lost = 2}));
  EXPECT_FALSE(
      app::isWorse({.total = 200, .before = 190, .after = 187, .comparable = true, .lost = 3}));
  EXPECT_FALSE(app::isWorse({.total = 8, .before = 8, .after = 0, .comparable = false, .lost = 8}));
}

TEST(Compare, SaysPerOldLabelWhatWasForgotten) {
  const auto before = reportOf({{1, true}, {2, true}, {3, true}});
  const auto after = reportOf({{1, false}, {2, true}, {3, true}});
  std::vector<learners::Demonstration> old = examples(3);
  old[0].label = old[1].label = 7;
  old[2].label = 8;

  const auto c =
      app::compare(before, after, old, {{.id = 8, .name = "Tap"}, {.id = 7, .name = "Kettle"}});

  ASSERT_EQ(c.forgetting.size(), 2U);
  EXPECT_EQ(c.forgetting[0].label, "Tap");
  EXPECT_EQ(c.forgetting[0].after, c.forgetting[0].before);
  EXPECT_EQ(c.forgetting[1].label, "Kettle");
  EXPECT_EQ(c.forgetting[1].demonstrations, 2);
  EXPECT_EQ(c.forgetting[1].before, 2);
  EXPECT_EQ(c.forgetting[1].after, 1);
}

TEST(ComparisonOf, AnAdaptationThatTestedNothingIsNotComparable) {
  EXPECT_FALSE(app::comparisonOf({}).comparable);
  EXPECT_TRUE(app::isWorse(app::comparisonOf({.tested = 10, .before = 9, .after = 6})));
}

TEST(DeservesTraining, WhereCorrectionsAreATenthOrTen) {
  EXPECT_TRUE(app::deservesTraining(24, 3));
  EXPECT_FALSE(app::deservesTraining(24, 2));
  EXPECT_FALSE(app::deservesTraining(1000, 9));
  EXPECT_TRUE(app::deservesTraining(1000, 10));
}

}  // namespace
