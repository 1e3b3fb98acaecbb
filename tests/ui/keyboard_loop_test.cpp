// The loop by keyboard alone, as a person does it, in the real window on the real demonstration
// home: listen, name, hold, watch, correct, undo. Where MIMOSA_PICTURES names a folder, a picture
// of each step is left there.

#include <QAction>
#include <QKeyEvent>
#include <QLineEdit>
#include <QShortcut>
#include <gtest/gtest.h>

#include "tests/support/home_session.h"
#include "tests/support/ui_watchdog.h"
#include "tests/ui/application.h"
#include "ui/models/actions.h"
#include "ui/session_bridge.h"

namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

class KeyboardLoop : public testing::Test {
 protected:
  void SetUp() override {
    session_ = support::openSession(support::homeOptions(folder_.path()));
    ASSERT_TRUE(session_);
    bridge_ = std::make_unique<ui::SessionBridge>(*session_);
    window_ = std::make_unique<ui::MainWindow>(ui_test::theme(), bridge_->feed());
    QObject::connect(bridge_.get(), &ui::SessionBridge::changed, window_.get(),
                     [this] { window_->showSnapshot(bridge_->snapshot()); });
    QObject::connect(window_.get(), &ui::MainWindow::wanted, bridge_.get(),
                     &ui::SessionBridge::carryOut);
    window_->resize(1440, 900);
    window_->show();
    QApplication::setActiveWindow(window_.get());
  }

  void TearDown() override {
    window_.reset();
    session_.reset();
    bridge_.reset();
  }

  bool until(const std::function<bool()>& done, milliseconds patience = seconds(20)) {
    return watchdog_.run(done, patience);
  }
  void live(milliseconds length) {
    const base::Time end = session_->now() + length;
    until([&] { return session_->now() >= end; }, length + seconds(5));
  }
  app::SnapshotPtr now() const { return session_->snapshot(); }

  QWidget* focused() const {
    QWidget* focus = QApplication::focusWidget();
    return focus != nullptr ? focus : window_.get();
  }
  void down(int key) {
    QKeyEvent event(QEvent::KeyPress, key, Qt::NoModifier);
    QApplication::sendEvent(focused(), &event);
  }
  void up(int key) {
    QKeyEvent event(QEvent::KeyRelease, key, Qt::NoModifier);
    QApplication::sendEvent(focused(), &event);
  }
  void press(int key) {
    ++actions_;
    down(key);
    up(key);
  }
  void shortcut(ui::ActionId id) {
    ++actions_;
    for (QAction* action : window_->actions()) {
      if (action->text() == nameOf(ui::actionSpec(id))) {
        action->trigger();
      }
    }
  }
  void hold(int key, milliseconds length) {
    ++actions_;
    down(key);
    live(length);
    up(key);
  }
  void typeName(const QString& name) {
    auto* field = qobject_cast<QLineEdit*>(QApplication::focusWidget());
    ASSERT_NE(field, nullptr);
    field->setText(name);
    for (auto* enter : field->findChildren<QShortcut*>()) {
      if (enter->key() == QKeySequence(Qt::Key_Return)) {
        Q_EMIT enter->activated();
      }
    }
  }
  void teach(const QString& name, const std::string& activity, int key) {
    shortcut(ui::ActionId::NewLabel);
    typeName(name);
    ASSERT_TRUE(until([&] { return support::labelId(*session_, name.toStdString()) != 0; }));
    for (int i = 1; i <= 3; ++i) {
      session_->act("house", activity, true);
      live(milliseconds(1300));
      hold(key, milliseconds(1800));
      session_->act("house", activity, false);
      ASSERT_TRUE(until([&] { return support::enabledOf(*session_, name.toStdString()) == i; }));
      live(milliseconds(500));
    }
  }
  void picture(const QString& name) {
    std::fprintf(stderr, "DBG %s %lld\n", qPrintable(name), (long long)watchdog_.longest().count());
    const QString folder = qEnvironmentVariable("MIMOSA_PICTURES");
    if (!folder.isEmpty()) {
      live(milliseconds(300));
      window_->grab().save(QStringLiteral("%1/loop-%2.png").arg(folder, name));
      watchdog_.restart();
    }
  }

  support::TempFolder folder_;
  std::unique_ptr<ui::SessionBridge> bridge_;
  std::unique_ptr<app::Session> session_;
  std::unique_ptr<ui::MainWindow> window_;
  support::UiWatchdog watchdog_;
  int actions_ = 0;
};

TEST_F(KeyboardLoop, TeachesTwoLabelsCorrectsAndTakesItBack) {
  ASSERT_TRUE(until([&] { return support::waitForSource(*session_, "kitchen/microphone"); }));
  ASSERT_TRUE(
      until([&] { return ui_test::textsOf(*window_).contains("First, 10 quiet seconds"); }));
  live(milliseconds(300));
  watchdog_.forget();  // from here on the window is in use
  const base::Time begin = session_->now();

  press(Qt::Key_Return);
  ASSERT_TRUE(until([&] { return now()->recording.active; }));
  picture("1-listening");
  ASSERT_TRUE(until([&] { return support::enabledOf(*session_, "Background") > 0; }));
  teach(QStringLiteral("Kettle"), "kettle", Qt::Key_1);
  picture("2-one-label");
  teach(QStringLiteral("Tap"), "tap", Qt::Key_2);
  ASSERT_TRUE(until([&] { return now()->model.version > 0; })) << now()->model.trouble;
  const base::Time firstModel = session_->now();

  session_->act("house", "kettle", true);
  ASSERT_TRUE(until([&] { return support::heardNow(*session_) == "Kettle"; }))
      << support::describe(*session_);
  picture("3-answer");
  ASSERT_TRUE(until([&] { return now()->model.phase == app::ModelPhase::Ready; }));

  const std::string before = now()->model.hash;
  press(Qt::Key_C);
  picture("4-correcting");
  press(Qt::Key_2);
  ASSERT_TRUE(until([&] {
    const auto stage = now()->lesson.stage;
    return stage == app::LessonView::Stage::Done || stage == app::LessonView::Stage::KeptAside;
  })) << now()->model.trouble;
  live(milliseconds(200));
  EXPECT_TRUE(ui_test::textsOf(*window_).contains("Noted: that was Tap."));
  picture("5-lesson");
  shortcut(ui::ActionId::Undo);
  EXPECT_TRUE(until([&] { return now()->model.hash == before; }));
  picture("6-undone");

  std::printf("first model after %.1f s, whole script %.1f s, %d actions, longest stop %lld ms\n",
              base::toSeconds(firstModel - begin), base::toSeconds(session_->now() - begin),
              actions_, static_cast<long long>(watchdog_.longest().count()));
  EXPECT_LE(actions_, 12);
  EXPECT_FALSE(watchdog_.stoodStill()) << watchdog_.longest().count() << " ms";
}

TEST_F(KeyboardLoop, EscapeTwiceLeavesNoExample) {
  ASSERT_TRUE(until([&] { return support::waitForSource(*session_, "kitchen/microphone"); }));
  shortcut(ui::ActionId::NewLabel);
  typeName(QStringLiteral("Kettle"));
  ASSERT_TRUE(until([&] { return support::labelId(*session_, "Kettle") != 0; }));
  live(milliseconds(200));

  for (const milliseconds pause : {milliseconds(120), milliseconds(600)}) {
    down(Qt::Key_1);
    ASSERT_TRUE(until([&] { return now()->recording.active; }));
    live(milliseconds(1500));
    press(Qt::Key_Escape);
    up(Qt::Key_1);
    live(pause);
    press(Qt::Key_Escape);
    live(milliseconds(1500));

    EXPECT_FALSE(now()->recording.active);
    EXPECT_EQ(support::enabledOf(*session_, "Kettle"), 0) << pause.count() << " ms apart";
    EXPECT_NE(support::labelId(*session_, "Kettle"), 0) << "the label stays";
  }
}

}  // namespace
