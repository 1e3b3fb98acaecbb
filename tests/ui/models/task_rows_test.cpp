#include "ui/models/task_rows.h"

#include <gtest/gtest.h>

#include "tests/ui/sample_tasks.h"

namespace {

TEST(TaskRows, SayWhatEachTaskAnswersNow) {
  const auto rows = ui::taskRows(sample::withTasks(), sample::answerOf);

  ASSERT_EQ(rows.size(), 3U);
  EXPECT_TRUE(rows[0].front);
  EXPECT_EQ(rows[1].state.toStdString(), "Anna, sure 88\u202F%");
  EXPECT_EQ(rows[2].state.toStdString(), "nothing learnt yet");
  EXPECT_EQ(ui::otherAnswers(rows),
            QStringList({"Who is home: Anna, sure 88\u202F%", "Is the laundry done: nothing learnt yet"}));
}

TEST(TaskRows, StatesThatAreNoPercentagesAreWords) {
  using State = learners::PredictionState;
  app::Snapshot snapshot = sample::withTasks();
  const auto said = [&](State state, bool stale = false) {
    return ui::taskRows(snapshot,
                        [&](app::TaskId) {
                          auto answer = *sample::answerOf(2);
                          answer.prediction.state = state;
                          answer.stale = stale;
                          return std::optional(answer);
                        })[1]
        .state.toStdString();
  };

  EXPECT_EQ(said(State::Background), "nothing happening");
  EXPECT_EQ(said(State::Novel), "not something I know");
  EXPECT_EQ(said(State::NoData), "no data");
  EXPECT_EQ(said(State::Known, true), "no answer");
  snapshot.tasks[1].version = 0;
  snapshot.tasks[1].phase = app::ModelPhase::Training;
  EXPECT_EQ(said(State::Known), "learning");
}

TEST(TaskRows, TheNextTaskComesRoundAndRound) {
  app::Snapshot snapshot = sample::withTasks();

  EXPECT_EQ(ui::taskAfterFront(snapshot), 2);
  snapshot.tasks[0].front = false;
  snapshot.tasks[2].front = true;
  EXPECT_EQ(ui::taskAfterFront(snapshot), 1);
  snapshot.tasks.resize(1);
  EXPECT_EQ(ui::taskAfterFront(snapshot), std::nullopt);
}

TEST(TaskRows, TheFirstTaskHasWordsBeforeItHasAName) {
  EXPECT_EQ(ui::taskName({}).toStdString(), "First task");
}

}  // namespace
