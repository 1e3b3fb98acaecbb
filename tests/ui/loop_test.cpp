// The first minute, by keyboard alone: the window, a real broker, the demonstration home and a
// worker process. What the person does in the house is done to the house; everything else is keys.

#include <QDir>
#include <QElapsedTimer>
#include <QTest>
#include <gtest/gtest.h>

#include "tests/support/home_session.h"
#include "tests/support/ui_watchdog.h"
#include "tests/ui/application.h"
#include "ui/session_bridge.h"

namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

/// A window on a living house, and the fingers of a person.
struct FirstMinute : testing::Test {
  support::TempFolder folder;
  QElapsedTimer sinceStart;
  std::unique_ptr<app::Session> session;
  std::unique_ptr<ui::SessionBridge> bridge;
  std::unique_ptr<ui::MainWindow> window;
  support::UiWatchdog watchdog;
  int actions = 0;

  void open() {
    sinceStart.start();
    session = support::openSession(support::homeOptions(folder.path()));
    ASSERT_TRUE(session);
    bridge = std::make_unique<ui::SessionBridge>(*session);
    window = std::make_unique<ui::MainWindow>(ui_test::theme(), bridge->feed());
    QObject::connect(bridge.get(), &ui::SessionBridge::changed, window.get(),
                     [this] { window->showSnapshot(bridge->snapshot()); });
    QObject::connect(window.get(), &ui::MainWindow::wanted, bridge.get(),
                     &ui::SessionBridge::carryOut);
    window->resize(1440, 900);
    window->show();
    QApplication::setActiveWindow(window.get());
    window->showSnapshot(bridge->snapshot());
  }
  void TearDown() override {
    window.reset();
    session.reset();
    bridge.reset();
  }

  bool until(const std::function<bool()>& done, milliseconds patience = seconds(10)) {
    return watchdog.run(done, patience);
  }
  void pass(milliseconds time) {
    const base::Time end = session->now() + time;
    until([&] { return session->now() >= end; }, time + seconds(5));
  }
  QWidget* focus() const {
    QWidget* widget = QApplication::focusWidget();
    return widget ? widget : window.get();
  }
  void tap(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier) {
    QTest::keyClick(focus(), key, modifiers);
  }
  void hold(Qt::Key key, milliseconds time) {
    ++actions;
    QTest::keyPress(focus(), key);
    pass(time);
    QTest::keyRelease(focus(), key);
  }
  void newLabel(const char* name) {
    ++actions;
    tap(Qt::Key_N);
    QApplication::processEvents();
    QTest::keyClicks(focus(), QString::fromLatin1(name));
    tap(Qt::Key_Return);
    ASSERT_TRUE(until([&] { return support::labelId(*session, name) != 0; })) << name;
  }
  void demonstrate(const char* activity, Qt::Key key, const char* label) {
    for (int i = 1; i <= 3; ++i) {
      session->act("house", activity, true);
      pass(milliseconds(900));
      hold(key, milliseconds(1700));
      session->act("house", activity, false);
      ASSERT_TRUE(until([&] { return support::enabledOf(*session, label) == i; }))
          << label << " " << i;
    }
  }
  /// Keeps a picture where somebody wants to look at them.
  void picture(const char* name) const {
    const QString to = qEnvironmentVariable("MIMOSA_PICTURES");
    if (to.isEmpty()) return;
    QDir().mkpath(to);
    window->grab().save(to + QLatin1Char('/') + QLatin1String(name) + QStringLiteral(".png"));
  }
  double seconds_() const { return static_cast<double>(sinceStart.elapsed()) / 1e3; }
  const app::ModelView model() const { return session->snapshot()->model; }
};

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
  EXPECT_LE(lesson.seconds, 3.0);
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
