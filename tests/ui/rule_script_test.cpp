// Writing an automation and trying it on recordings, by keyboard alone, with a real project, a real
// model and a real session behind the window.

#include <QLineEdit>
#include <QPushButton>
#include <set>

#include "tests/support/sounding_project.h"
#include "tests/ui/window_on_session.h"

namespace {

constexpr int kPatience = 120'000;  ///< milliseconds; far more than an unhurried machine needs

struct RuleScript : ui_test::WindowOnSession {
  support::SoundingProject house{7};

  void open() {
    house.store.reset();
    WindowOnSession::open({.project = house.project.file(),
                           .workFolder = house.project.folder() / "work",
                           .settingsFolder = house.project.folder() / "settings",
                           .startWorker = false,
                           .startDemoHome = false});
  }
  bool until(const std::function<bool()>& done) { return QTest::qWaitFor(done, kPatience); }
  QPushButton* button(const char* text) {
    for (auto* found : window->findChildren<QPushButton*>()) {
      if (found->isVisible() && found->text() == QLatin1String(text)) return found;
    }
    return nullptr;
  }
};

TEST_F(RuleScript, AnAutomationIsTypedAndTriedOnTheRecordings) {
  open();  // which trains by itself what nobody has trained yet
  ASSERT_TRUE(until([&] {
    return model().version == 1 && model().phase == app::ModelPhase::Ready;
  }));

  tap(Qt::Key_6, Qt::ControlModifier);
  tap(Qt::Key_A);
  ASSERT_NE(qobject_cast<QLineEdit*>(focus()), nullptr);
  QTest::keyClicks(focus(), QStringLiteral("When Hum is at least fairly sure for 0.5 s, say \"It hums\"; "
                                           "when not sure do nothing; when no data do nothing."));
  tap(Qt::Key_Return);
  ASSERT_TRUE(until([&] { return session->rules()->rules.size() == 1; }))
      << ui_test::textsOf(*window).toStdString();
  ASSERT_TRUE(until([&] { return button("Try on recordings") != nullptr; }));
  ASSERT_TRUE(tabTo(button("Try on recordings")));
  tap(Qt::Key_Return);

  using State = app::TrialView::State;
  ASSERT_TRUE(until([&] {
    const State state = session->rules()->trial.state;
    return state == State::Done || state == State::Failed;
  }));
  const app::TrialView trial = session->rules()->trial;
  ASSERT_EQ(trial.state, State::Done) << trial.trouble;
  EXPECT_EQ(trial.recordings, 21);
  std::set<int> told;  // recordings
  for (const auto& decision : trial.decisions) {
    if (decision.action == "say \"It hums\"") told.insert(house.recordingAt(decision.at));
  }
  EXPECT_EQ(told, (std::set<int>{1, 4, 7, 10, 13, 16, 19})) << "those that hum, and no other";
  ASSERT_TRUE(until([&] {
    return ui_test::textsOf(*window).contains(QStringLiteral("21 recordings"));
  })) << ui_test::textsOf(*window).toStdString();
  EXPECT_TRUE(session->rules()->decisions.empty()) << "a trial sends nothing";
}

}  // namespace
