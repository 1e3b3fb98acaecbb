#include "app/lessons.h"

#include <algorithm>
#include <gtest/gtest.h>

#include "tests/app/scripted_lesson.h"

namespace {

using app_test::Lesson;
using support::waitUntil;

TEST_F(Lesson, StartsByItselfAtTwoLabelsWithThreeExamplesAndNotBefore) {
  const auto quiet = teaching.addLabel("Quiet").value();
  const auto loud = teaching.addLabel("Loud").value();
  for (int i = 0; i < 3; ++i) record(quiet, 0.1F);
  for (int i = 0; i < 2; ++i) record(loud, 3.F);
  onDirector([&] { lessons->taught(); });
  EXPECT_EQ(lessons->model().phase, app::ModelPhase::None);

  record(loud, 3.F);
  onDirector([&] { lessons->taught(); });

  EXPECT_TRUE(waitUntil([&] { return trainer.count() == 1; }));
  EXPECT_EQ(lessons->model().phase, app::ModelPhase::Training);
}

TEST_F(Lesson, AFinishedTrainingServesAndIsKeptForTheNextStart) {
  teachTwoLabels();
  onDirector([&] { lessons->taught(); });

  const std::string hash = finishJob();

  EXPECT_EQ(served(), hash);
  EXPECT_EQ(lessons->model().version, 1);
  ASSERT_EQ(store->deployments().value().size(), 1U);
  EXPECT_TRUE(store->blob(hash));
}

TEST_F(Lesson, TheServedModelIsServedAgainAfterReopening) {
  teachTwoLabels();
  onDirector([&] { lessons->taught(); });
  const std::string hash = finishJob();
  servedHash.clear();

  onDirector([&] { lessons->resume(); });

  EXPECT_EQ(served(), hash);
  EXPECT_EQ(trainer.count(), 1U) << "what was learnt is not learnt again";
}

TEST_F(Lesson, UndoingACorrectionServesTheVerySameModel) {
  teachTwoLabels();
  onDirector([&] { lessons->taught(); });
  const std::string before = finishJob();
  const auto old = teaching.examples();

  onDirector([&] {
    record(teaching.labels().front().id, 0.5F);
    lessons->corrected("that was Quiet", teaching.edits().newest(), clock.now(), old);
  });
  ASSERT_TRUE(waitUntil([&] { return trainer.count() == 2; }));
  const std::string after = finishJob();
  EXPECT_EQ(served(), after);
  EXPECT_NE(after, before);
  EXPECT_EQ(lessons->lesson().stage, app::LessonView::Stage::Done);
  EXPECT_EQ(lessons->lesson().oldTotal, 6);

  onDirector([&] {
    ASSERT_TRUE(teaching.edits().undo());
    teaching.reload();
    lessons->restored();
  });

  EXPECT_EQ(served(), before);
  EXPECT_EQ(lessons->servingHash(), before);

  onDirector([&] {
    ASSERT_TRUE(teaching.edits().redo());
    teaching.reload();
    lessons->restored();
  });
  EXPECT_EQ(served(), after) << "doing it again finds its model too";
  EXPECT_EQ(trainer.count(), 2U);
}

TEST_F(Lesson, AModelThatIsWorseOnOldExamplesIsKeptAsideUntilSomebodyDecides) {
  teachTwoLabels();
  onDirector([&] { lessons->taught(); });
  const std::string good = finishJob();
  const auto old = teaching.examples();
  onDirector([&] {
    record(teaching.labels().front().id, 3.F);
    lessons->corrected("that was Quiet", 1, clock.now(), old);
  });
  ASSERT_TRUE(waitUntil([&] { return trainer.count() == 2; }));

  const std::string bad = finishJob(false);

  EXPECT_EQ(served(), good);
  EXPECT_FALSE(lessons->model().keptAside.empty());
  EXPECT_EQ(lessons->lesson().stage, app::LessonView::Stage::KeptAside);
  onDirector([&] { lessons->useKeptAside(true); });
  EXPECT_EQ(served(), bad);
}

TEST_F(Lesson, UndoDuringTrainingDropsItsResult) {
  teachTwoLabels();
  onDirector([&] { lessons->taught(); });
  ASSERT_TRUE(waitUntil([&] { return trainer.count() == 1; }));

  onDirector([&] {
    ASSERT_TRUE(teaching.edits().undo());
    teaching.reload();
    lessons->restored();
  });
  finishJob();

  EXPECT_EQ(served(), "");
  EXPECT_EQ(trainer.cancelled, 1);
}

TEST_F(Lesson, AFailedTrainingKeepsTheFormerModelAndSaysWhy) {
  teachTwoLabels();
  onDirector([&] { lessons->taught(); });
  const std::string good = finishJob();
  record(teaching.labels().front().id, 0.1F);
  onDirector([&] { lessons->taught(); });
  ASSERT_TRUE(waitUntil([&] { return trainer.count() == 2; }));

  trainer.last().callbacks.done(base::Error{base::ErrorCode::Unavailable, "Attic Pi vanished"});
  director.settle();
  director.settle();

  EXPECT_EQ(served(), good);
  EXPECT_EQ(lessons->model().trouble, "Attic Pi vanished");
  EXPECT_FALSE(notices.empty());
}

TEST_F(Lesson, WhilePausedNothingIsTrained) {
  onDirector([&] { lessons->setPaused(true); });
  teachTwoLabels();
  onDirector([&] { lessons->taught(); });
  EXPECT_EQ(trainer.count(), 0U);
  EXPECT_EQ(lessons->model().phase, app::ModelPhase::Paused);

  onDirector([&] { lessons->setPaused(false); });

  EXPECT_TRUE(waitUntil([&] { return trainer.count() == 1; }));
}

TEST_F(Lesson, ACorrectionIsLearntByTheModelThatServesWithoutATraining) {
  const std::string before = teachMany();

  correct(teaching.labels()[0].id, 0.5F);
  ASSERT_TRUE(learnt());

  EXPECT_EQ(lessons->lesson().stage, app::LessonView::Stage::Done);
  EXPECT_NE(served(), before);
  EXPECT_EQ(served(), lessons->servingHash());
  EXPECT_EQ(adaptations, 1);
  EXPECT_EQ(trainer.count(), 1U);
  EXPECT_EQ(lessons->model().learntFrom, 25);
  EXPECT_EQ(lessons->lesson().trouble, "") << "nothing was forgotten";
}

TEST_F(Lesson, UndoOfAdaptedCorrectionsGoesBackThroughTheVeryModels) {
  const std::string before = teachMany();
  correct(teaching.labels()[0].id, 0.5F);
  ASSERT_TRUE(learnt());
  const std::string first = served();
  correct(teaching.labels()[0].id, 0.6F);
  ASSERT_TRUE(learnt());
  ASSERT_NE(served(), first);

  undo();
  EXPECT_EQ(served(), first);
  undo();
  EXPECT_EQ(served(), before);
  EXPECT_EQ(trainer.count(), 1U);
}

TEST_F(Lesson, UndoServesTheNewestModelThatKnowsNothingTakenBack) {
  const std::string before = teachMany();
  record(teaching.labels()[0].id, 0.2F);  // not learnt when the correction comes
  correct(teaching.labels()[0].id, 0.5F);
  ASSERT_TRUE(learnt());
  ASSERT_NE(served(), before);

  undo();

  EXPECT_EQ(served(), before);
  EXPECT_TRUE(waitUntil([&] { return trainer.count() == 2; })) << "and learns the rest";
}

TEST_F(Lesson, WhatCannotBeAdaptedIsTrained) {
  teachMany();
  adapt = [](const app::AdaptationJob&) { return base::invalid("the child crashed"); };

  correct(teaching.labels()[0].id, 0.5F);
  ASSERT_TRUE(waitUntil([&] { return trainer.count() == 2; }));
  const std::string after = finishJob();

  EXPECT_EQ(served(), after);
  EXPECT_EQ(lessons->lesson().stage, app::LessonView::Stage::Done);
}

TEST_F(Lesson, AnAdaptedModelThatForgotIsKeptAside) {
  const std::string good = teachMany();
  adapt = [this, careful = adapt](const app::AdaptationJob& job) {
    auto made = careful(job);
    made->tested = 8;
    made->before = 8;
    made->after = 4;
    made->forgetting = {{.label = "Quiet", .demonstrations = 4, .before = 4, .after = 4},
                        {.label = "Loud", .demonstrations = 4, .before = 4, .after = 0}};
    return made;
  };

  correct(teaching.labels()[0].id, 3.F);
  ASSERT_TRUE(learnt());

  EXPECT_EQ(lessons->lesson().stage, app::LessonView::Stage::KeptAside);
  EXPECT_EQ(lessons->lesson().trouble, "Loud: 0 of 4 right, it was 4.");
  EXPECT_EQ(served(), good);
  onDirector([&] { lessons->useKeptAside(true); });
  EXPECT_NE(served(), good);
}

TEST_F(Lesson, ANewLabelFromCorrectionsIsHeardFromTheThirdExampleOn) {
  teachMany();
  learners::LabelId tap = 0;
  onDirector([&] { tap = teaching.addLabel("Tap").value(); });
  const auto knowsTap = [&] {
    const auto& labels = lessons->serving()->labels();
    return std::any_of(labels.begin(), labels.end(), [&](const auto& l) { return l.id == tap; });
  };

  correct(tap, 20.F);
  ASSERT_TRUE(learnt());
  EXPECT_EQ(lessons->lesson().trouble, "I know Tap when you show it twice more.");
  correct(tap, 21.F);
  ASSERT_TRUE(learnt());
  EXPECT_EQ(lessons->lesson().trouble, "I know Tap when you show it once more.");
  EXPECT_FALSE(knowsTap());
  correct(tap, 22.F);
  ASSERT_TRUE(learnt());

  EXPECT_EQ(lessons->lesson().stage, app::LessonView::Stage::Done);
  EXPECT_TRUE(knowsTap()) << "whatever is trained anew meanwhile";
}

TEST_F(Lesson, AnAdaptedModelServesAgainAfterReopening) {
  teachMany();
  correct(teaching.labels()[0].id, 0.5F);
  ASSERT_TRUE(learnt());
  const std::string adapted = served();
  servedHash.clear();

  onDirector([&] { lessons->resume(); });

  EXPECT_EQ(served(), adapted);
  EXPECT_EQ(trainer.count(), 1U);
}

TEST_F(Lesson, EverythingIsTrainedAnewOnceCorrectionsAreATenth) {
  teachMany();
  correct(teaching.labels()[0].id, 0.5F);
  ASSERT_TRUE(learnt());
  correct(teaching.labels()[0].id, 0.6F);
  ASSERT_TRUE(learnt());
  EXPECT_EQ(trainer.count(), 1U);
  correct(teaching.labels()[0].id, 0.7F);
  ASSERT_TRUE(learnt());
  const std::string adapted = served();

  ASSERT_TRUE(waitUntil([&] { return trainer.count() == 2; }));
  const std::string whole = finishJob();

  EXPECT_NE(whole, adapted);
  EXPECT_EQ(served(), whole);
  EXPECT_EQ(lessons->model().learntFrom, 27);
}

TEST_F(Lesson, ATrainingNobodyAskedForNeverBringsAWorseModelNorAQuestion) {
  teachMany();
  for (const float amplitude : {0.5F, 0.6F, 0.7F}) {
    correct(teaching.labels()[0].id, amplitude);
    ASSERT_TRUE(learnt());
  }
  const std::string adapted = served();

  ASSERT_TRUE(waitUntil([&] { return trainer.count() == 2; }));
  finishJob(false);

  EXPECT_EQ(served(), adapted);
  EXPECT_EQ(lessons->model().keptAside, "");
}

}  // namespace
