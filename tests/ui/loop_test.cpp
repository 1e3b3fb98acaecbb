// The first minute, by keyboard alone: the window, a real broker, the demonstration home and a
// worker process. What the person does in the house is done to the house; everything else is keys.

#include "tests/ui/person_at_window.h"

namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

using FirstMinute = ui_test::PersonAtWindow;

TEST_F(FirstMinute, FromNothingToALiveAnswerACorrectionAndItsUndo) {
  open();
  ASSERT_TRUE(until([&] {
    for (const auto& source : session->snapshot()->sources) {
      if (source.info.id == "kitchen/microphone" && source.counts.blocks > 5) return true;
    }
    return false;
  })) << support::describe(*session);
  picture("1-first-start");
  pass(milliseconds(300));
  watchdog.forget();  // from here on the window is in use

  ++actions;
  tap(Qt::Key_Return);
  pass(seconds(5));
  EXPECT_TRUE(session->snapshot()->recording.active);
  picture("2-background");
  ASSERT_TRUE(until([&] { return support::enabledOf(*session, "Background") >= 1; }, seconds(12)))
      << support::describe(*session);
  EXPECT_GE(support::cardOf(*session->snapshot(), "Background")->seconds, 9.5);

  newLabel("Kettle");
  demonstrate("kettle", Qt::Key_1, "Kettle");
  newLabel("Tap");
  session->act("house", "tap", true);
  pass(milliseconds(900));
  QTest::keyPress(focus(), Qt::Key_2);
  pass(milliseconds(1200));
  picture("3-recording");
  QTest::keyRelease(focus(), Qt::Key_2);
  ++actions;
  ASSERT_TRUE(until([&] { return support::enabledOf(*session, "Tap") == 1; }));
  for (int i = 2; i <= 3; ++i) {
    pass(milliseconds(300));
    hold(Qt::Key_2, milliseconds(1700));
    ASSERT_TRUE(until([&] { return support::enabledOf(*session, "Tap") == i; })) << i;
  }
  session->act("house", "tap", false);

  ASSERT_TRUE(until([&] { return model().version >= 1; })) << support::describe(*session);
  std::printf("first model after %.1f s\n", seconds_());
  session->act("house", "kettle", true);
  ASSERT_TRUE(until([&] { return support::heardNow(*session) == "Kettle"; }))
      << support::describe(*session);
  std::printf("live answer after %.1f s\n", seconds_());
  pass(milliseconds(700));
  picture("4-live-answer");

  ASSERT_TRUE(until([&] { return model().phase == app::ModelPhase::Ready; }));
  const std::string before = model().hash;
  ++actions;
  tap(Qt::Key_C);
  tap(Qt::Key_2);
  ASSERT_TRUE(until([&] {
    const auto stage = session->snapshot()->lesson.stage;
    return stage == app::LessonView::Stage::Done || stage == app::LessonView::Stage::KeptAside;
  })) << support::describe(*session);
  const app::LessonView lesson = session->snapshot()->lesson;
  EXPECT_EQ(lesson.what, "that was Tap");
  std::printf("correction learnt in %.2f s, old examples %d of %d, were %d\n", lesson.seconds,
              lesson.oldRightAfter, lesson.oldTotal, lesson.oldRightBefore);
  pass(milliseconds(400));
  picture("5-correction");
  const bool changed = lesson.stage == app::LessonView::Stage::Done;
  EXPECT_EQ(model().hash != before, changed);

  ++actions;
  tap(Qt::Key_Z, Qt::ControlModifier);
  ASSERT_TRUE(
      until([&] { return session->snapshot()->redoText.find("Tap") != std::string::npos; }));
  EXPECT_TRUE(until([&] { return model().hash == before; }));
  std::printf("script done after %.1f s, %d actions\n", seconds_(), actions);
  EXPECT_LE(actions, 12);
  EXPECT_FALSE(watchdog.stoodStill())
      << "the event loop stopped for " << watchdog.longest().count() << " ms";
}

TEST_F(FirstMinute, EscapeTwiceLeavesNoExampleHoweverFast) {
  open();
  ASSERT_TRUE(until([&] { return support::waitForSource(*session, "kitchen/microphone"); }));
  newLabel("Kettle");
  pass(milliseconds(200));

  for (const milliseconds between : {milliseconds(120), milliseconds(600)}) {
    QTest::keyPress(focus(), Qt::Key_1);
    ASSERT_TRUE(until([&] { return session->snapshot()->recording.active; }));
    pass(milliseconds(1500));
    tap(Qt::Key_Escape);
    QTest::keyRelease(focus(), Qt::Key_1);
    pass(between);
    tap(Qt::Key_Escape);
    pass(milliseconds(1500));

    EXPECT_FALSE(session->snapshot()->recording.active);
    EXPECT_EQ(support::enabledOf(*session, "Kettle"), 0) << between.count() << " ms apart";
    EXPECT_NE(support::labelId(*session, "Kettle"), 0) << "the label stays";
  }
}

}  // namespace
