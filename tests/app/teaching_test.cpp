#include "app/teaching.h"

#include <gtest/gtest.h>

#include "sensors/source.h"
#include "tests/support/manual_clock.h"
#include "tests/support/temp_project.h"

namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

const sensors::SourceInfo kMotion{.id = "node/imu",
                                  .name = "Vibration",
                                  .kind = sensors::SourceKind::Motion,
                                  .channels = {{"x", "m/s2"}},
                                  .rate = 100};

/// A project, one scripted source and a clock that moves with it.
struct TeachingLoop : testing::Test {
  support::TempProject project;
  std::unique_ptr<app::ProjectStore> store = project.open();
  support::ManualClock clock{base::Time{1'000'000'000'000}};
  sensors::SourceTable sources;
  sensors::Tape tape;
  std::shared_ptr<sensors::SourceStream> stream = sources.declare(kMotion);
  app::Recorder recorder{*store, sources, tape, clock, [] {}};
  app::Teaching teaching{*store, recorder, clock};
  std::uint64_t sequence = 0;

  TeachingLoop() { EXPECT_TRUE(store->declareSource(kMotion)); }

  /// Lets `length` pass while the source sends.
  void pass(base::Duration length) {
    const base::Time end = clock.now() + length;
    while (clock.now() < end) {
      auto block = std::make_shared<sensors::Block>();
      block->source = stream->info();
      block->sequence = sequence++;
      block->start = clock.now();
      block->step = milliseconds(10);
      block->content =
          sensors::Samples{.rows = 10, .channels = 1, .values = std::vector<float>(10, 1.F)};
      clock.advance(milliseconds(100));
      tape.append(block);
      stream->publish(block, clock.now());
    }
  }
  learners::LabelId label(const std::string& name) { return teaching.addLabel(name).value(); }
  /// Two seconds of background, then a new label for two more; both go on.
  void nameKettleInTheBackground() {
    ASSERT_TRUE(teaching.start(teaching.backgroundLabel().value(), seconds(1), seconds(10)));
    pass(seconds(2));
    const auto kettle = label("Kettle");
    ASSERT_TRUE(teaching.start(kettle, seconds(1), seconds(0)));
    pass(seconds(2));
  }
  std::vector<learners::Demonstration> finish() {
    EXPECT_TRUE(teaching.finish());
    return teaching.examples();
  }
};

TEST_F(TeachingLoop, LabelsGetFreeKeysAndColours) {
  label("Kettle");
  label("Tap");

  ASSERT_EQ(teaching.labels().size(), 2U);
  EXPECT_EQ(teaching.labels()[0].key, 1);
  EXPECT_EQ(teaching.labels()[1].key, 2);
  EXPECT_NE(teaching.labels()[0].colour, teaching.labels()[1].colour);
}

TEST_F(TeachingLoop, EmptyAndTakenNamesAreRefusedWithASentence) {
  label("Kettle");

  EXPECT_FALSE(teaching.addLabel("  \t"));
  EXPECT_FALSE(teaching.addLabel(" Kettle "));
  EXPECT_EQ(teaching.labels().size(), 1U);
}

TEST_F(TeachingLoop, AHoldBecomesOneExampleFromPressToRelease) {
  const auto kettle = label("Kettle");
  pass(seconds(2));

  const base::Time pressed = clock.now();
  ASSERT_TRUE(teaching.start(kettle, seconds(1), {}));
  pass(seconds(3));
  EXPECT_TRUE(teaching.release());
  const auto examples = finish();

  ASSERT_EQ(examples.size(), 1U);
  EXPECT_EQ(examples[0].span, (base::TimeSpan{pressed, pressed + seconds(3)}));
  EXPECT_EQ(examples[0].label, kettle);
  EXPECT_FALSE(teaching.isRecording());
}

TEST_F(TeachingLoop, TheSecondBeforeTheKeyIsKeptAsSamples) {
  const auto kettle = label("Kettle");
  pass(seconds(2));

  const base::Time pressed = clock.now();
  ASSERT_TRUE(teaching.start(kettle, seconds(1), {}));
  pass(seconds(1));
  teaching.release();
  const auto examples = finish();

  const auto before =
      store->readBlocks(examples.at(0).recording, kMotion.id, {pressed - seconds(1), pressed});
  ASSERT_TRUE(before);
  std::size_t rows = 0;
  for (const auto& block : *before) rows += block->rows();
  EXPECT_EQ(rows, 100U);
}

TEST_F(TeachingLoop, AHastyTapReachesBackToOneWindow) {
  const auto kettle = label("Kettle");
  pass(seconds(2));

  ASSERT_TRUE(teaching.start(kettle, seconds(1), {}));
  pass(milliseconds(200));
  teaching.release();
  const auto examples = finish();

  EXPECT_EQ(examples.at(0).span.length(), seconds(1));
}

TEST_F(TeachingLoop, AnExampleIsInTheFileFromThePressOn) {
  const auto kettle = label("Kettle");
  pass(seconds(1));

  ASSERT_TRUE(teaching.start(kettle, seconds(1), {}));

  EXPECT_EQ(store->demonstrations().value().size(), 1U);
}

TEST_F(TeachingLoop, AKeyDuringTheBackgroundTakesItsSpanOutOfIt) {
  const auto kettle = label("Kettle");
  const auto quiet = teaching.backgroundLabel().value();
  pass(seconds(1));

  const base::Time begin = clock.now();
  ASSERT_TRUE(teaching.start(quiet, seconds(1), seconds(10)));
  pass(seconds(3));
  ASSERT_TRUE(teaching.start(kettle, seconds(1), {}));
  pass(seconds(2));
  EXPECT_FALSE(teaching.release()) << "the background goes on";
  EXPECT_TRUE(teaching.isRecording());
  pass(seconds(5));
  EXPECT_TRUE(teaching.release());
  const auto examples = finish();

  ASSERT_EQ(examples.size(), 3U);
  base::Duration background{0};
  for (const auto& example : examples) {
    if (example.label == quiet) {
      background += example.span.length();
      EXPECT_FALSE(example.span.overlaps({begin + seconds(3), begin + seconds(5)}));
    } else {
      EXPECT_EQ(example.span, (base::TimeSpan{begin + seconds(3), begin + seconds(5)}));
    }
  }
  EXPECT_EQ(background, seconds(8));
}

TEST_F(TeachingLoop, ALabelTakenBackWhileItIsRecordedLeavesTheOthersWhole) {
  nameKettleInTheBackground();

  ASSERT_TRUE(teaching.edits().undo());  // of "Label Kettle", and its row goes with it
  teaching.reload();
  teaching.release();
  pass(seconds(2));
  teaching.release();
  const auto examples = finish();

  ASSERT_EQ(examples.size(), 1U);
  EXPECT_EQ(examples[0].label, teaching.backgroundLabel().value());
  EXPECT_NEAR(base::toSeconds(examples[0].span.length()), 6, 0.01);
  ASSERT_TRUE(teaching.edits().undo());
  teaching.reload();
  EXPECT_TRUE(teaching.examples().empty());
}

TEST_F(TeachingLoop, ALabelTakenBackAndBroughtAgainWhileItIsRecordedLosesNothing) {
  nameKettleInTheBackground();

  ASSERT_TRUE(teaching.edits().undo());
  ASSERT_TRUE(teaching.edits().redo());  // the row of what is said does not come back with it
  teaching.reload();
  teaching.release();
  pass(seconds(1));
  teaching.release();
  const auto examples = finish();

  ASSERT_EQ(examples.size(), 3U) << "before, it, and after";
  ASSERT_TRUE(teaching.edits().undo());
  teaching.reload();
  EXPECT_TRUE(teaching.examples().empty()) << "one step takes all of it back";
}

TEST_F(TeachingLoop, ANewBackgroundEndsTheOneThatRunsAndWhatIsSaidInIt) {
  const auto background = teaching.backgroundLabel().value();
  const auto kettle = label("Kettle");
  ASSERT_TRUE(teaching.start(background, seconds(1), seconds(10)));
  pass(seconds(2));
  ASSERT_TRUE(teaching.start(kettle, seconds(1), seconds(0)));
  pass(seconds(2));

  ASSERT_TRUE(teaching.start(background, seconds(1), seconds(10)));

  EXPECT_EQ(teaching.recording().label, background);
  EXPECT_EQ(teaching.examples().size(), 2U);  // the kettle, and the background before it
}

TEST_F(TeachingLoop, ARecordingWithoutALabelIsKeptAndWhatIsSaidInItIsPartOfIt) {
  const auto kettle = label("Kettle");
  ASSERT_TRUE(teaching.startFree(seconds(1)));
  EXPECT_FALSE(teaching.startFree(seconds(1))) << "one at a time";
  pass(seconds(2));
  EXPECT_TRUE(teaching.recording().free);
  EXPECT_EQ(teaching.recording().labelName, "");

  ASSERT_TRUE(teaching.start(kettle, seconds(1), {}));
  pass(seconds(2));
  EXPECT_EQ(teaching.recording().labelName, "Kettle");
  EXPECT_FALSE(teaching.release()) << "the recording goes on";
  pass(seconds(1));
  EXPECT_TRUE(teaching.release());
  const auto examples = finish();

  ASSERT_EQ(examples.size(), 1U);
  EXPECT_EQ(examples[0].span.length(), seconds(2));
  const auto recordings = store->recordings().value();
  ASSERT_EQ(recordings.size(), 1U);
  EXPECT_GE(recordings[0].span.length(), seconds(5));
  EXPECT_FALSE(teaching.isRecording());
  EXPECT_EQ(teaching.edits().undoText(), "Kettle recorded");
}

TEST_F(TeachingLoop, WhatWasSaidInARunningRecordingIsInTheFileWithItsEnd) {
  const auto kettle = label("Kettle");
  ASSERT_TRUE(teaching.startFree(seconds(1)));
  pass(seconds(1));
  const base::Time pressed = clock.now();
  ASSERT_TRUE(teaching.start(kettle, seconds(1), {}));
  pass(seconds(2));

  EXPECT_FALSE(teaching.release());
  pass(seconds(5));

  const auto kept = store->demonstrations().value();  // as a crash would leave it
  ASSERT_EQ(kept.size(), 1U);
  EXPECT_EQ(kept[0].span, (base::TimeSpan{pressed, pressed + seconds(2)}));
}

TEST_F(TeachingLoop, WhatIsStillRecordedCannotBeChangedBeforeItIsAStep) {
  const auto kettle = label("Kettle");
  ASSERT_TRUE(teaching.startFree(seconds(1)));
  pass(seconds(1));
  ASSERT_TRUE(teaching.start(kettle, seconds(1), {}));
  pass(seconds(2));
  teaching.release();
  label("Tap");  // all is read anew
  const std::int64_t said = store->demonstrations().value().at(0).id;

  EXPECT_TRUE(teaching.examples().empty());
  EXPECT_FALSE(teaching.setEnabled(said, false));
  teaching.release();
  EXPECT_EQ(finish().size(), 1U);
}

TEST_F(TeachingLoop, ARecordingWithoutALabelCanBeTakenBackAndThrownAway) {
  ASSERT_TRUE(teaching.startFree(seconds(1)));
  pass(seconds(2));
  EXPECT_TRUE(teaching.release());
  finish();
  EXPECT_EQ(store->recordings().value().size(), 1U);

  ASSERT_TRUE(teaching.edits().undo());
  EXPECT_TRUE(store->recordings().value().empty()) << "it lies in the bin";
  ASSERT_TRUE(teaching.edits().redo());
  EXPECT_EQ(store->recordings().value().size(), 1U);

  ASSERT_TRUE(teaching.startFree(seconds(1)));
  pass(seconds(2));
  ASSERT_TRUE(teaching.discard());
  EXPECT_EQ(store->recordings().value().size(), 1U);
  ASSERT_TRUE(teaching.edits().undo());
  EXPECT_EQ(store->recordings().value().size(), 2U) << "thrown away can be taken back";
}

TEST_F(TeachingLoop, DiscardingIsAnEditThatCanBeTakenBack) {
  const auto kettle = label("Kettle");
  pass(seconds(1));
  ASSERT_TRUE(teaching.start(kettle, seconds(1), {}));
  pass(seconds(2));

  ASSERT_TRUE(teaching.discard());
  EXPECT_TRUE(teaching.examples().empty());

  ASSERT_TRUE(teaching.edits().undo());
  teaching.reload();
  EXPECT_EQ(teaching.examples().size(), 1U);
}

TEST_F(TeachingLoop, ASpanOfThePastBecomesAnExampleFromTheTape) {
  const auto tap = label("Tap");
  pass(seconds(5));
  const base::TimeSpan heard{clock.now() - seconds(3), clock.now() - seconds(1)};

  const auto example =
      teaching.keepSpan(tap, heard, learners::Origin::Correction, "abc", "that was Tap");

  ASSERT_TRUE(example);
  EXPECT_EQ(example->span, heard);
  EXPECT_EQ(example->modelHash, "abc");
  const auto blocks = store->readBlocks(example->recording, kMotion.id, heard);
  ASSERT_TRUE(blocks);
  EXPECT_FALSE(blocks->empty());
}

TEST_F(TeachingLoop, TheFingerprintComesBackWithUndoAndIgnoresNames) {
  const auto kettle = label("Kettle");
  pass(seconds(5));
  const app::TaskSettings task;
  ASSERT_TRUE(teaching.keepSpan(kettle, {clock.now() - seconds(4), clock.now() - seconds(2)},
                                learners::Origin::Person, {}, "one"));
  const std::string before = teaching.fingerprint(task);

  ASSERT_TRUE(teaching.keepSpan(kettle, {clock.now() - seconds(2), clock.now()},
                                learners::Origin::Person, {}, "two"));
  EXPECT_NE(teaching.fingerprint(task), before);
  ASSERT_TRUE(teaching.edits().undo());
  teaching.reload();
  EXPECT_EQ(teaching.fingerprint(task), before);

  ASSERT_TRUE(teaching.renameLabel(kettle, "Pot"));
  EXPECT_EQ(teaching.fingerprint(task), before);
  app::TaskSettings wider = task;
  wider.window.length = seconds(3);
  EXPECT_NE(teaching.fingerprint(wider), before);
}

TEST_F(TeachingLoop, ARevisionIsOneStepBothWays) {
  const auto kettle = label("Kettle"), tap = label("Tap");
  pass(seconds(8));
  const base::TimeSpan span{clock.now() - seconds(6), clock.now() - seconds(2)};
  ASSERT_TRUE(teaching.keepSpan(kettle, span, learners::Origin::Person, {}, "Kettle labelled"));
  const auto before = teaching.examples();
  ASSERT_EQ(before.size(), 1U);
  const base::Time middle = span.begin + seconds(1);
  learners::Demonstration left = before[0], right = before[0];
  left.span.end = middle;
  right.id = 0;
  right.label = tap;
  right.span.begin = middle;

  ASSERT_TRUE(teaching.revise({left.id}, {left, right}, "Label split"));

  const auto after = teaching.examples();
  ASSERT_EQ(after.size(), 2U);
  EXPECT_EQ(after[0].id, before[0].id);
  EXPECT_EQ(after[0].span.end, middle);
  EXPECT_EQ(after[1].label, tap);
  EXPECT_EQ(after[1].recording, before[0].recording);
  ASSERT_TRUE(teaching.edits().undo());
  teaching.reload();
  EXPECT_EQ(teaching.examples(), before);
  ASSERT_TRUE(teaching.edits().redo());
  teaching.reload();
  EXPECT_EQ(teaching.examples(), after);
}

TEST_F(TeachingLoop, ARevisionOfWhatIsGoneChangesNothing) {
  const auto kettle = label("Kettle");
  pass(seconds(4));
  const base::TimeSpan span{clock.now() - seconds(3), clock.now() - seconds(1)};
  ASSERT_TRUE(teaching.keepSpan(kettle, span, learners::Origin::Person, {}, "Kettle labelled"));
  const auto before = teaching.examples();
  learners::Demonstration moved = before[0];
  moved.span = {span.begin - seconds(900), span.end - seconds(900)};

  EXPECT_FALSE(teaching.revise({moved.id}, {moved}, "Label moved"));
  EXPECT_FALSE(teaching.revise({77}, {}, "Labels joined"));
  moved.span = span;
  moved.label = 77;
  EXPECT_FALSE(teaching.revise({moved.id}, {moved}, "It was that"));

  EXPECT_EQ(teaching.examples(), before);
  EXPECT_EQ(teaching.edits().undoText(), "Kettle labelled");
}

TEST_F(TeachingLoop, ANewExampleWithoutARecordingComesFromTheTape) {
  const auto kettle = label("Kettle");
  pass(seconds(5));
  const base::TimeSpan span{clock.now() - seconds(3), clock.now() - seconds(1)};

  ASSERT_TRUE(teaching.revise({}, {{.label = kettle, .span = span}}, "Kettle labelled"));

  ASSERT_EQ(teaching.examples().size(), 1U);
  const auto recorded = teaching.examples()[0].recording;
  EXPECT_EQ(store->readBlocks(recorded, "node/imu", span).value().empty(), false);
}

}  // namespace
