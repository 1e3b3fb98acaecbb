// What a person does on the page Teach after the first minute, by keyboard alone, with a real
// session behind the window: a limit of one label, and three corrections of which two are taken
// back.

#include "tests/ui/person_at_window.h"
#include "ui/pages/check_page.h"
#include "ui/views/certainty_view.h"

namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr milliseconds kPatience = seconds(90);

struct TeachScript : ui_test::PersonAtWindow {
  /// A house that knows a kettle and a tap; the kettle boils.
  void teach() {
    open();
    ASSERT_TRUE(
        until([&] { return support::waitForSource(*session, "kitchen/microphone"); }, kPatience));
    pass(milliseconds(1000));  // until the window has seen it as well, and asks for quiet
    tap(Qt::Key_Return);       // ten quiet seconds
    ASSERT_TRUE(until([&] { return support::enabledOf(*session, "Background") >= 1; }, kPatience))
        << support::describe(*session);
    newLabel("Kettle");
    demonstrate("kettle", Qt::Key_1, "Kettle");
    newLabel("Tap");
    demonstrate("tap", Qt::Key_2, "Tap");
    ASSERT_TRUE(until([&] { return model().phase == app::ModelPhase::Ready; }, kPatience))
        << support::describe(*session);
    session->act("house", "kettle", true);
    ASSERT_TRUE(until([&] { return support::heardNow(*session) == "Kettle"; }, kPatience))
        << support::describe(*session);
  }
  bool sureOfKettle(bool sure) const {
    const auto answer = session->latest();
    return answer && !answer->stale && support::heardNow(*session) == "Kettle" &&
           answer->prediction.stage != learners::Stage::Gate &&
           answer->prediction.belowLimit != sure;
  }
  int examples() const {
    int all = 0;
    for (const app::LabelCard& card : session->snapshot()->cards) all += card.enabled;
    return all;
  }
};

TEST_F(TeachScript, ALimitOfOneLabelMakesItsAnswersUnsureUntilItIsTakenBack) {
  teach();
  const learners::LabelId kettle = support::labelId(*session, "Kettle");
  const auto limit = [&]() -> std::optional<float> {
    const auto snapshot = session->snapshot();
    const auto own = snapshot->task.limits.find(kettle);
    return own == snapshot->task.limits.end() ? std::nullopt : std::optional(own->second);
  };
  const auto atBars = [&] {
    tap(Qt::Key_L);  // the bars are away for a moment where nothing is heard
    return qobject_cast<ui::CertaintyView*>(focus()) != nullptr;
  };
  const auto move = [&](Qt::Key key) {
    ASSERT_TRUE(until(atBars, kPatience));
    for (int i = 0; i < 20; ++i) tap(key, Qt::ShiftModifier);
  };

  move(Qt::Key_Left);
  tap(Qt::Key_Return);
  ASSERT_TRUE(until([&] { return limit() == 0.0F; }, kPatience));
  EXPECT_TRUE(until([&] { return sureOfKettle(true); }, kPatience)) << support::describe(*session);

  move(Qt::Key_Right);
  picture("limit-moving");
  tap(Qt::Key_Return);
  ASSERT_TRUE(until([&] { return limit() == 1.0F; }, kPatience));
  EXPECT_EQ(session->snapshot()->undoText, "Kettle is sure enough from 100 % on");
  EXPECT_TRUE(until([&] { return sureOfKettle(false); }, kPatience)) << support::describe(*session);
  picture("limit");

  tap(Qt::Key_Z, Qt::ControlModifier);
  EXPECT_TRUE(until([&] { return limit() == 0.0F; }, kPatience));
  EXPECT_TRUE(until([&] { return sureOfKettle(true); }, kPatience));
  tap(Qt::Key_Z, Qt::ControlModifier);
  EXPECT_TRUE(until([&] { return !limit(); }, kPatience)) << "as tested";
}

TEST_F(TeachScript, WhatIsHeardNowIsATrailOnTheMapOfTheCheck) {
  teach();

  tap(Qt::Key_3, Qt::ControlModifier);

  const auto drawn = [&] {
    const auto report = bridge->feed().check.view().report;
    return report && !report->maps.empty() &&
           window->findChild<ui::ScatterChart*>()->marks() > report->maps.front().points.size();
  };
  EXPECT_TRUE(until(drawn, kPatience)) << support::describe(*session);
  picture("trail");
}

TEST_F(TeachScript, ThreeCorrectionsOfWhichTwoAreTakenBack) {
  teach();
  const int before = examples();
  std::vector<std::string> served{model().hash};

  for (int i = 1; i <= 3; ++i) {
    ++actions;
    tap(Qt::Key_C);
    tap(Qt::Key_2);
    ASSERT_TRUE(until(
        [&] {
          const auto s = session->snapshot();
          return examples() == before + i && s->lesson.stage != app::LessonView::Stage::Learning &&
                 s->model.phase == app::ModelPhase::Ready;
        },
        kPatience))
        << i << "\n"
        << support::describe(*session);
    served.push_back(model().hash);
    pass(milliseconds(1200));  // another moment is another example
  }
  for (int i = 2; i >= 1; --i) {
    ++actions;
    tap(Qt::Key_Z, Qt::ControlModifier);
    ASSERT_TRUE(until([&] { return examples() == before + i; }, kPatience)) << i;
    EXPECT_TRUE(
        until([&] { return model().hash == served[static_cast<std::size_t>(i)]; }, kPatience))
        << i << "\n"
        << support::describe(*session);
  }

  EXPECT_EQ(support::enabledOf(*session, "Tap"), 4) << "three shown, one correction stands";
  EXPECT_NE(session->snapshot()->redoText.find("Tap"), std::string::npos);
  EXPECT_EQ(actions, 3 + 3 + 2 + 3 + 2) << "labels and examples, three corrections, two undos";
}

}  // namespace
