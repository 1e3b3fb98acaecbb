#include "learners/splits.h"

#include <gtest/gtest.h>
#include <map>
#include <random>
#include <set>

#include "learners/ensemble_training.h"
#include "tests/support/blobs.h"

namespace learners {
namespace {

DatasetContent randomContent(std::mt19937_64& random) {
  DatasetContent content;
  content.layout.features = {{"x", "1", 0}};
  const int labels = 2 + static_cast<int>(random() % 4);
  for (int c = 0; c < labels; ++c) content.labels.push_back({.id = c, .name = "l"});
  const std::size_t rows = 5 + random() % 80;
  const std::int64_t groups = 1 + static_cast<std::int64_t>(random() % 9);
  for (std::size_t i = 0; i < rows; ++i) {
    content.values.push_back(0);
    content.label.push_back(static_cast<int>(random() % labels));
    content.group.push_back(static_cast<std::int64_t>(random() % groups));
    content.unit.push_back(content.group.back() * 10 + content.label.back());
  }
  return content;
}

TEST(GroupedFolds, NeverPutOneRecordingOnBothSides) {
  std::mt19937_64 random(5);
  for (int i = 0; i < 300; ++i) {
    const auto data = support::made(randomContent(random));
    std::set<std::size_t> testedRows;
    for (const Split& split : groupedFolds(*data, 4, random())) {
      std::set<std::int64_t> learnt;
      std::set<int> labelsLearnt;
      for (const std::size_t row : split.train) {
        learnt.insert(data->content().group[row]);
        labelsLearnt.insert(data->label(row));
      }
      EXPECT_FALSE(split.test.empty());
      for (const std::size_t row : split.test) {
        ASSERT_EQ(learnt.count(data->content().group[row]), 0);
        ASSERT_EQ(labelsLearnt.count(data->label(row)), 1) << "a label nobody could learn";
        ASSERT_TRUE(testedRows.insert(row).second) << "tested twice";
      }
    }
  }
}

TEST(GroupedFolds, TestEveryRowWhereEachLabelHasSeveralRecordings) {
  const auto data = support::blobs({.labels = 3, .groups = 4});

  const auto folds = groupedFolds(*data, 4, 1);

  ASSERT_EQ(folds.size(), 4);
  for (const Split& fold : folds) {
    std::map<int, int> perLabel;
    for (const std::size_t row : fold.test) ++perLabel[data->label(row)];
    EXPECT_EQ(perLabel, (std::map<int, int>{{0, 8}, {1, 8}, {2, 8}}));  // one recording each
    EXPECT_EQ(fold.train.size() + fold.test.size(), data->rows());
  }
}

TEST(GroupedFolds, AreEmptyWhereNoLabelHasTwoRecordings) {
  EXPECT_TRUE(groupedFolds(*support::blobs({.groups = 1}), 4, 1).empty());
}

TEST(GroupedFolds, EqualSeedGivesEqualFolds) {
  const auto data = support::blobs({.groups = 7});

  const auto first = groupedFolds(*data, 4, 9);
  const auto again = groupedFolds(*data, 4, 9);

  ASSERT_EQ(first.size(), again.size());
  for (std::size_t i = 0; i < first.size(); ++i) EXPECT_EQ(first[i].test, again[i].test);
}

TEST(GroupedFolds, LeaveOutTrainingRowsNextToATestRow) {
  // Two recordings that follow each other without a pause, one row a second, each a second long.
  auto content = support::blobContent({.labels = 2, .groups = 2, .rowsPerGroup = 5});
  for (std::size_t i = 0; i < content.label.size(); ++i) {
    const auto begin = static_cast<std::int64_t>(i) * 1'000'000'000;
    content.span.push_back({{begin}, {begin + 1'000'000'000}});
  }
  const auto data = support::made(std::move(content));

  const auto folds = groupedFolds(*data, 2, 1, std::chrono::milliseconds(1500));

  ASSERT_EQ(folds.size(), 2);
  for (const Split& fold : folds) {
    for (const std::size_t tested : fold.test) {
      for (const std::size_t learnt : fold.train) {
        const auto between = tested > learnt ? tested - learnt : learnt - tested;
        EXPECT_GT(between, 2U);  // a second to the next row, half of the second one
      }
    }
  }
}

TEST(GroupedFolds, DoNotCompareRecordingsThatAllStartAtZero) {
  auto content = support::blobContent({.labels = 2, .groups = 3, .rowsPerGroup = 5});
  for (std::size_t i = 0; i < content.label.size(); ++i) {
    const auto begin = static_cast<std::int64_t>(i % 5) * 1'000'000'000;
    content.span.push_back({{begin}, {begin + 1'000'000'000}});
  }
  const auto data = support::made(std::move(content));

  for (const Split& fold : groupedFolds(*data, 3, 1)) {
    EXPECT_EQ(fold.train.size() + fold.test.size(), data->rows());
  }
}

TEST(DemonstrationFolds, HoldOutByDemonstrationWhatOnlyOneRecordingShows) {
  auto content = support::blobContent({.labels = 2, .groups = 4});
  std::fill(content.group.begin(), content.group.end(), 1);
  const auto data = support::made(std::move(content));

  const auto folds = demonstrationFolds(*data, 4, 1);

  ASSERT_TRUE(groupedFolds(*data, 4, 1).empty());
  ASSERT_EQ(folds.size(), 4);
  for (const Split& fold : folds) {
    std::set<std::int64_t> learnt;
    for (const std::size_t row : fold.train) learnt.insert(data->content().unit[row]);
    for (const std::size_t row : fold.test) {
      EXPECT_EQ(learnt.count(data->content().unit[row]), 0);
    }
  }
}

/// One demonstration of each of `labels` labels, a row a second, each row two seconds long.
DatasetPtr shownOnce(int labels, int rows) {
  auto content = support::blobContent({.labels = labels, .groups = 1, .rowsPerGroup = rows});
  for (std::size_t i = 0; i < content.label.size(); ++i) {
    content.group[i] = 1;
    content.unit[i] = content.label[i];
    const base::Time begin{static_cast<std::int64_t>(i) * 1'000'000'000LL};
    content.span.push_back({begin, begin + std::chrono::seconds(2)});
  }
  return support::made(std::move(content));
}

TEST(StretchFolds, HoldOutStretchesOfALabelShownOnce) {
  const auto data = shownOnce(2, 40);

  const auto folds = stretchFolds(*data, 4, 1, std::chrono::seconds(10));

  ASSERT_TRUE(demonstrationFolds(*data, 4, 1).empty());
  ASSERT_EQ(folds.size(), 4);
  std::vector<int> tested(data->rows());
  for (const Split& fold : folds) {
    EXPECT_EQ(fold.test.size(), 20);
    for (const std::size_t row : fold.test) ++tested[row];
    for (const std::size_t row : fold.train) {
      for (const std::size_t other : fold.test) {
        EXPECT_FALSE(data->content().span[row].overlaps(data->content().span[other]));
      }
    }
  }
  EXPECT_EQ(std::count(tested.begin(), tested.end(), 1), std::ssize(tested));
}

TEST(StretchFolds, AreDemonstrationFoldsWhereLabelsWereShownMoreThanOnce) {
  const auto data = support::blobs({.groups = 5, .rowsPerGroup = 6});
  const auto folds = stretchFolds(*data, 5, 3, std::chrono::seconds(10));
  const auto same = demonstrationFolds(*data, 5, 3);
  ASSERT_EQ(folds.size(), same.size());
  for (std::size_t i = 0; i < folds.size(); ++i) {
    EXPECT_EQ(folds[i].train, same[i].train);
    EXPECT_EQ(folds[i].test, same[i].test);
  }
}

TEST(LaterSplit, AsksAboutTheLastThirdOfEachDemonstrationAWindowLater) {
  const auto data = shownOnce(2, 30);

  const auto split = laterSplit(*data);

  ASSERT_EQ(split.test.size(), 20);
  for (const std::size_t row : split.test) EXPECT_GE(row % 30, 20);
  for (const std::size_t row : split.train) {
    EXPECT_LT(row % 30, 20);
    for (const std::size_t other : split.test) {
      const auto& a = data->content().span[row];
      const auto& b = data->content().span[other];
      EXPECT_TRUE(a.end + std::chrono::seconds(2) <= b.begin ||
                  b.end + std::chrono::seconds(2) <= a.begin);
    }
  }
}

TEST(LaterSplit, GoesByPositionWhereNothingTellsTheTime) {
  const auto data = support::blobs({.labels = 1, .groups = 2, .rowsPerGroup = 6});
  const auto split = laterSplit(*data);
  EXPECT_EQ(split.test, (std::vector<std::size_t>{4, 5, 10, 11}));
  EXPECT_EQ(split.train, (std::vector<std::size_t>{0, 1, 2, 3, 6, 7, 8, 9}));
}

TEST(LaterSplit, LearnsFromNoCopyOfWhatItAsksAbout) {
  auto content = support::blobContent({.labels = 1, .groups = 1, .rowsPerGroup = 8});
  content.copied = {0, 0, 0, 0, 0, 0, 1, 1};
  const auto split = laterSplit(*support::made(std::move(content)));
  EXPECT_EQ(split.train, (std::vector<std::size_t>{0, 1, 2, 3}));
  EXPECT_EQ(split.test, (std::vector<std::size_t>{4, 5}));
}

TEST(SplitByTags, PutsTheNamedTagsIntoTheTestPart) {
  auto content = support::blobContent({.labels = 2, .groups = 1, .rowsPerGroup = 2});
  content.splitTag = {"monday", "tuesday", "monday", "friday"};

  const auto split = splitByTags(*support::made(std::move(content)), {"friday", "tuesday"});

  EXPECT_EQ(split.train, (std::vector<std::size_t>{0, 2}));
  EXPECT_EQ(split.test, (std::vector<std::size_t>{1, 3}));
}

TEST(TrainEnsemble, IsNotFooledByAPlantedLeak) {
  // Labels are drawn per recording and features tell the recording only: whoever splits by window
  // sees neighbours of test rows and seems perfect; split by recording, nothing can be known.
  auto content = support::blobContent(
      {.labels = 2, .features = 12, .groups = 12, .rowsPerGroup = 6, .distance = 0, .drift = 8});
  const auto data = support::made(std::move(content));
  EnsembleRecipe recipe;
  recipe.learners = {"knn"};

  const auto trained = trainEnsemble(*data, recipe, {{"knn", makeKnn()}}, {});

  ASSERT_TRUE(trained.ok());
  EXPECT_TRUE(trained->report.heldOut);
  EXPECT_LT(trained->report.accuracy, 0.75);  // chance is 0.5; by window it would be 1
}

TEST(Splits, NeverTestACopyAndLearnFromThoseOfTheirTrainingRows) {
  auto content = support::blobContent({.labels = 3, .groups = 5, .rowsPerGroup = 6});
  const std::size_t rows = content.label.size();
  for (std::size_t i = 0; i < rows; ++i) content.splitTag.push_back(i % 2 == 0 ? "a" : "b");
  content.copied.assign(rows, 0);
  for (std::size_t i = 0; i < rows; i += 3) content.copied[i] = 1;
  const auto data = support::made(std::move(content));
  std::vector<Split> splits = groupedFolds(*data, 4, 1);
  const auto more = demonstrationFolds(*data, 3, 2);
  splits.insert(splits.end(), more.begin(), more.end());
  splits.push_back(splitByTags(*data, {"a"}));

  ASSERT_GE(splits.size(), 8);
  for (const Split& split : splits) {
    std::size_t copies = 0;
    for (const std::size_t i : split.test) EXPECT_FALSE(data->isCopy(i));
    for (const std::size_t i : split.train) copies += data->isCopy(i) ? 1 : 0;
    EXPECT_GT(split.test.size(), 0);
    EXPECT_GT(copies, 0);
  }
  for (const std::size_t i : planHeldOut(*data, 4, 3000, 1).rows) EXPECT_FALSE(data->isCopy(i));
}

}  // namespace
}  // namespace learners
