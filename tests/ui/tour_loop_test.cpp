// The guided tour by keyboard in the simulated house: it goes on by what is done, and ends.

#include "tests/ui/person_at_window.h"
#include "ui/tour.h"

namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using ui::TourStep;

struct TourLoop : ui_test::PersonAtWindow {
  ui::Tour* tour() { return window->findChild<ui::Tour*>(); }
  bool reaches(TourStep step) {
    return until([&] { return tour()->step() >= step; }, seconds(90));
  }
};

TEST_F(TourLoop, LeadsFromNothingToAnUndoneCorrection) {
  open();
  ASSERT_TRUE(until([&] { return support::waitForSource(*session, "kitchen/microphone"); },
                    seconds(60)));
  pass(milliseconds(1000));  // until the window has seen it as well, and asks for quiet
  window->startTour();
  ASSERT_TRUE(until([&] { return tour()->isVisible(); }));
  const double began = seconds_();
  EXPECT_EQ(tour()->step(), TourStep::Listen);
  picture("tour-1-listen");

  tap(Qt::Key_Return);
  ASSERT_TRUE(reaches(TourStep::Name)) << support::describe(*session);
  picture("tour-2-name");
  newLabel("Kettle");
  ASSERT_TRUE(reaches(TourStep::Record));
  picture("tour-3-record");
  demonstrate("kettle", Qt::Key_1, "Kettle");
  ASSERT_TRUE(reaches(TourStep::Second));
  picture("tour-4-second");
  newLabel("Tap");
  demonstrate("tap", Qt::Key_2, "Tap");
  ASSERT_TRUE(reaches(TourStep::Answer));
  picture("tour-5-answer");
  ASSERT_TRUE(reaches(TourStep::Correct)) << support::describe(*session);
  picture("tour-6-correct");
  ASSERT_TRUE(until([&] { return model().phase == app::ModelPhase::Ready; }, seconds(120)));
  tap(Qt::Key_C);
  tap(Qt::Key_2);
  ASSERT_TRUE(reaches(TourStep::Undo)) << support::describe(*session);
  picture("tour-7-undo");
  ASSERT_TRUE(until(
      [&] { return session->snapshot()->lesson.stage != app::LessonView::Stage::Learning; },
      seconds(60)));
  tap(Qt::Key_Z, Qt::ControlModifier);
  ASSERT_TRUE(reaches(TourStep::Done)) << support::describe(*session);
  picture("tour-8-done");
  std::printf("the tour took %.1f s\n", seconds_() - began);

  tap(Qt::Key_Escape);
  EXPECT_FALSE(tour()->isVisible());
  EXPECT_TRUE(window->preferences().tourSeen);
}

}  // namespace
