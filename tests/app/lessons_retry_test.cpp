// Lessons that were interrupted, failed, or came back late.

#include <gtest/gtest.h>

#include "app/lessons.h"
#include "tests/app/scripted_lesson.h"

namespace {

using app_test::Lesson;
using support::waitUntil;

TEST_F(Lesson, AFirstTrainingThatWasCutOffByClosingBeginsAgainAtTheNextStart) {
  teachTwoLabels();

  onDirector([&] { lessons->resume(); });

  EXPECT_TRUE(waitUntil([&] { return trainer.count() == 1; }));
}

TEST_F(Lesson, WhatNobodyCouldTrainIsTrainedOnceSomebodyIsThere) {
  nobody = true;
  teachTwoLabels();
  onDirector([&] { lessons->taught(); });
  ASSERT_TRUE(waitUntil([&] {
    std::string trouble;
    onDirector([&] { trouble = lessons->model().trouble; });
    return trouble == "There is nobody to train.";
  }));

  nobody = false;
  onDirector([&] { lessons->taskChanged(); });

  EXPECT_TRUE(waitUntil([&] { return trainer.count() == 1; }));
}

TEST_F(Lesson, WhoWasWaitedForAndDoesNotComeIsSaidSo) {
  nobody = awaited = true;
  teachTwoLabels();
  onDirector([&] { lessons->taught(); });
  ASSERT_TRUE(waitUntil([&] { return waits > 0; }));

  awaited = false;
  std::string trouble;
  onDirector([&] {
    lessons->lookForTrainer();
    trouble = lessons->model().trouble;
  });

  EXPECT_EQ(trouble, "There is nobody to train.");
}

TEST_F(Lesson, WhatWasSaidDuringATrainingThatFailedIsLearntAfterIt) {
  teachTwoLabels();
  onDirector([&] { lessons->taught(); });
  ASSERT_TRUE(waitUntil([&] { return trainer.count() == 1; }));
  onDirector([&] {
    record(teaching.labels().front().id, 0.1F);
    lessons->taught();
  });

  trainer.last().callbacks.done(base::Error{base::ErrorCode::Internal, "it crashed"});

  EXPECT_TRUE(waitUntil([&] { return trainer.count() == 2; }));
}

TEST_F(Lesson, AModelSaysWhereItWasTrainedThoughAnotherComputerIsNextByThen) {
  teachTwoLabels();
  trainer.name = "Attic Pi";
  onDirector([&] { lessons->taught(); });
  ASSERT_TRUE(waitUntil([&] { return trainer.count() == 1; }));

  trainer.name = "NUC";
  finishJob();

  EXPECT_EQ(lessons->model().trainedOn, "Attic Pi");
  EXPECT_EQ(store->deployments().value().back().worker, "Attic Pi");
}

TEST_F(Lesson, AResultThatComesWhenTheLessonsAreGoneIsDropped) {
  teachTwoLabels();
  onDirector([&] { lessons->taught(); });
  ASSERT_TRUE(waitUntil([&] { return trainer.count() == 1; }));
  const auto callbacks = trainer.last().callbacks;
  onDirector([&] { lessons.reset(); });

  callbacks.progress({.stage = "training", .done = 0.5});
  callbacks.done(base::Error{base::ErrorCode::Cancelled, "the workbench was closed"});

  director.settle();
  EXPECT_EQ(served(), "");
}

}  // namespace
