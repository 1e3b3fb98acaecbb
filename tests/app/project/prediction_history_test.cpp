// What the project remembers of its tasks' answers, and what it forgets.

#include "app/project/prediction_history.h"

#include <gtest/gtest.h>

#include "tests/app/project/sample_blocks.h"
#include "tests/support/temp_project.h"
#include "tests/support/wait_until.h"

namespace app {

namespace {

using learners::PredictionState;
using project_test::kStart;
using std::chrono::seconds;
using support::TempProject;

const base::TimeSpan kAll{{0}, kStart + std::chrono::hours(24 * 3000)};

PastPrediction answer(int second, const std::string& label = "Tap") {
  return {.task = {},
          .version = 7,
          .modelHash = "m7",
          .span = {kStart + seconds(second), kStart + seconds(second + 2)},
          .state = PredictionState::Known,
          .stage = learners::Stage::Ensemble,
          .label = label,
          .certainty = 0.875F,
          .disagreement = 0.25F,
          .novelty = 0.125F,
          .belowLimit = true,
          .calibrated = true,
          .imputed = false};
}

TEST(PredictionHistory, KeepsWhatWasAnswered) {
  const TempProject project;
  {
    const auto store = project.open();
    PastPrediction gate = answer(10, "");
    gate.stage = learners::Stage::Gate;
    gate.state = PredictionState::Background;
    ASSERT_TRUE(store->appendPredictions({answer(0), gate}).ok());
  }

  const auto kept = project.open()->predictions(kAll);

  ASSERT_TRUE(kept.ok()) << kept.error().message;
  ASSERT_EQ(kept->size(), 2u);
  const PastPrediction& first = kept->front();
  EXPECT_EQ(first.span, answer(0).span);
  EXPECT_EQ(first.label, "Tap");
  EXPECT_EQ(first.version, 7);
  EXPECT_EQ(first.modelHash, "m7");
  EXPECT_FLOAT_EQ(first.certainty, 0.875F);
  EXPECT_FLOAT_EQ(first.disagreement, 0.25F);
  EXPECT_FLOAT_EQ(first.novelty, 0.125F);
  EXPECT_TRUE(first.belowLimit && first.calibrated && !first.imputed);
  EXPECT_EQ(kept->back().stage, learners::Stage::Gate);
  EXPECT_EQ(kept->back().state, PredictionState::Background);
  EXPECT_EQ(kept->back().label, "");
}

TEST(PredictionHistory, AnswersForASpanWithTheNewestWhereThereAreTooMany) {
  const TempProject project;
  const auto store = project.open();
  for (int i = 0; i < 10; ++i) {
    ASSERT_TRUE(store->appendPredictions({answer(i)}).ok());
  }

  const auto some = store->predictions({kStart + seconds(4), kStart + seconds(6)});
  const auto newest = store->predictions(kAll, 3);

  ASSERT_EQ(some->size(), 3u);  // those that begin at 3, 4 and 5 s
  EXPECT_EQ(some->front().span.begin, kStart + seconds(3));
  ASSERT_EQ(newest->size(), 3u);
  EXPECT_EQ(newest->front().span.begin, kStart + seconds(7));
}

TEST(PredictionHistory, TakesTheLaterOfTwoAnswersForOneWindow) {
  const TempProject project;
  const auto store = project.open();

  ASSERT_TRUE(store->appendPredictions({answer(0), answer(0, "Kettle")}).ok());

  ASSERT_EQ(store->predictions(kAll)->size(), 1u);
  EXPECT_EQ(store->predictions(kAll)->front().label, "Kettle");
}

TEST(PredictionHistory, ForgetsByAgeAndThenBySize) {
  const TempProject project;
  const auto store = project.open();
  ASSERT_TRUE(store->setHistoryLimits({.days = 2, .megabytes = 1}).ok());
  std::vector<PastPrediction> batch;
  for (int i = 0; i < 30'000; ++i) {
    batch.push_back(answer(10 * i));  // 3.5 days
  }
  ASSERT_TRUE(store->appendPredictions(batch).ok());

  ASSERT_TRUE(store->forgetOldPredictions(kStart + seconds(300'000)).ok());
  const auto young = store->predictions(kAll);
  std::vector<PastPrediction> dense;
  for (int i = 0; i < 30'000; ++i) {
    dense.push_back(answer(300'000 + i));
  }
  ASSERT_TRUE(store->appendPredictions(dense).ok());
  ASSERT_TRUE(store->forgetOldPredictions(kStart + seconds(330'000)).ok());
  const auto few = store->predictions(kAll);

  ASSERT_FALSE(young->empty());
  EXPECT_GE(young->front().span.begin, kStart + seconds(300'000 - 2 * 86'400));
  EXPECT_NEAR(double(young->size()), 2 * 8640, 2);
  EXPECT_LT(few->size(), 22'000u);
  EXPECT_GT(few->size(), 15'000u);
  EXPECT_EQ(few->back().span, dense.back().span);
  EXPECT_EQ(*project.open(OpenMode::ReadOnly)->historyLimits(),
            (HistoryLimits{.days = 2, .megabytes = 1}));
  EXPECT_FALSE(store->setHistoryLimits({.days = 0, .megabytes = 1}).ok());
}

TEST(PredictionHistory, SavesInTheBackgroundAndWhatWaitsAtTheEnd) {
  const TempProject project;
  project_test::HandClock clock;
  const auto store = project.open();
  {
    PredictionHistory history(*store, clock);
    history.add(answer(0));
    ASSERT_TRUE(support::waitUntil([&] { return store->predictions(kAll)->size() == 1; }));
    history.add(answer(1));
    EXPECT_EQ(history.lost(), 0u);
  }

  EXPECT_EQ(store->predictions(kAll)->size(), 2u);
}

TEST(PredictionHistory, CountsWhatItLosesWhileNothingCanBeSaved) {
  const TempProject project;
  static_cast<void>(project.open());
  project_test::HandClock clock;
  const auto store = project.open(OpenMode::ReadOnly);
  PredictionHistory history(*store, clock);

  for (std::size_t i = 0; i < PredictionHistory::kCapacity + 10; ++i) {
    history.add(answer(static_cast<int>(i)));
  }

  EXPECT_TRUE(support::waitUntil([&] { return history.lost() == 10; }));
}

}  // namespace

}  // namespace app
