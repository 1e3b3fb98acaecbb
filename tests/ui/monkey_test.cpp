// A seeded monkey at the window of a living house: random keys, presses, drags and names, with undo
// at random moments. Nothing it does may crash the program or lose what a person said: undoing all
// gives the state of the start, doing all again the state of the end.
//   MIMOSA_MONKEY_ACTIONS  how many actions (600 where unset)
//   MIMOSA_MONKEY_SEED     1 where unset

#include <QAbstractButton>
#include <QLineEdit>
#include <QMenu>
#include <QMouseEvent>
#include <QTimer>
#include <QWindow>
#include <memory>
#include <random>

#include "app/edits.h"
#include "tests/ui/person_at_window.h"
#include "ui/live_strip.h"
#include "ui/models/actions.h"

namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

/// Everything an undo list must bring back, as text.
std::string stateOf(const app::Snapshot& snapshot) {
  std::string state = app::toJson(snapshot.task) + "\n";
  for (const app::LabelCard& card : snapshot.cards) {
    if (card.label.background && card.examples.empty()) {
      continue;  // made when first needed, as the empty card that is always there
    }
    state += std::to_string(card.label.id) + " " + card.label.name + " key " +
             std::to_string(card.label.key) + "\n";
    for (const app::Example& example : card.examples) {
      const auto& d = example.demonstration;
      state += "  " + std::to_string(d.id) + " " + std::to_string(d.span.begin.ns) + " " +
               std::to_string(d.span.end.ns) + (d.enabled ? " on" : " off") + "\n";
    }
  }
  return state;
}

struct Monkey : ui_test::PersonAtWindow {
  std::mt19937_64 random;
  QTimer closer;

  int upTo(int n) { return std::uniform_int_distribution<int>(0, n - 1)(random); }

  /// Questions of the system (which file?) are answered with "none", menus with one of their rows
  /// or none.
  void closeDialogs() {
    QObject::connect(&closer, &QTimer::timeout, [this] {
      if (auto* menu = qobject_cast<QMenu*>(QApplication::activePopupWidget())) {
        QTest::keyClick(menu, Qt::Key_Down);
        QTest::keyClick(menu, upTo(2) == 0 ? Qt::Key_Return : Qt::Key_Escape);
      } else if (QWidget* modal = QApplication::activeModalWidget()) {
        modal->close();
      }
    });
    closer.start(20);
  }

  void anyKey() {
    static constexpr Qt::Key kKeys[] = {Qt::Key_C,
                                        Qt::Key_M,
                                        Qt::Key_N,
                                        Qt::Key_R,
                                        Qt::Key_P,
                                        Qt::Key_D,
                                        Qt::Key_W,
                                        Qt::Key_X,
                                        Qt::Key_J,
                                        Qt::Key_T,
                                        Qt::Key_S,
                                        Qt::Key_Tab,
                                        Qt::Key_Return,
                                        Qt::Key_Escape,
                                        Qt::Key_Delete,
                                        Qt::Key_Backspace,
                                        Qt::Key_Left,
                                        Qt::Key_Right,
                                        Qt::Key_Up,
                                        Qt::Key_Down,
                                        Qt::Key_Home,
                                        Qt::Key_End,
                                        Qt::Key_Space,
                                        Qt::Key_F1,
                                        Qt::Key_F2,
                                        Qt::Key_Plus,
                                        Qt::Key_Minus,
                                        Qt::Key_BracketLeft,
                                        Qt::Key_BracketRight,
                                        Qt::Key_Comma,
                                        Qt::Key_Period,
                                        Qt::Key_PageUp,
                                        Qt::Key_0,
                                        Qt::Key_1,
                                        Qt::Key_2,
                                        Qt::Key_3,
                                        Qt::Key_9};
    static constexpr Qt::KeyboardModifiers kWith[] = {Qt::NoModifier,    Qt::NoModifier,
                                                      Qt::NoModifier,    Qt::NoModifier,
                                                      Qt::ShiftModifier, Qt::AltModifier};
    tap(kKeys[upTo(std::size(kKeys))], kWith[upTo(std::size(kWith))]);
  }

  void anyButton() {
    QList<QAbstractButton*> buttons;
    for (auto* button : window->findChildren<QAbstractButton*>()) {
      if (button->isVisible() && button->isEnabled()) {
        buttons << button;
      }
    }
    if (!buttons.isEmpty()) {
      QTest::mouseClick(buttons[upTo(static_cast<int>(buttons.size()))], Qt::LeftButton);
    }
  }

  void anyCommand() {
    const auto table = ui::actionTable();
    const QString name =
        nameOf(table[static_cast<std::size_t>(upTo(static_cast<int>(table.size())))]);
    for (QAction* action : window->actions()) {
      if (action->text() == name && action->isEnabled()) {
        action->trigger();
        return;
      }
    }
  }

  void anyText() {
    tap(Qt::Key_N);
    QApplication::processEvents();
    if (auto* field = qobject_cast<QLineEdit*>(QApplication::focusWidget())) {
      static const QStringList kNames = {
          "Kettle", "Tap", "1", "Wäsche", "", "  ", "Tür auf/zu", QString(300, QLatin1Char('x'))};
      field->insert(kNames[upTo(static_cast<int>(kNames.size()))]);
      tap(upTo(4) == 0 ? Qt::Key_Escape : Qt::Key_Return);
    }
  }

  void anyDrag() {
    auto* strip = window->findChild<ui::LiveStrip*>();
    const QPoint from(upTo(strip->width()), 20 + upTo(60));
    const QPoint to(upTo(strip->width()), 20 + upTo(60));
    QTest::mousePress(strip, Qt::LeftButton, Qt::NoModifier, from);
    QTest::mouseMove(strip, to);
    QTest::mouseRelease(strip, Qt::LeftButton, Qt::NoModifier, to);
    QApplication::processEvents();
    if (QWidget* popover = QApplication::activePopupWidget()) {
      QTest::keyClick(popover, upTo(2) == 0 ? Qt::Key_1 : Qt::Key_Escape);
    }
  }

  void act() {
    switch (upTo(16)) {
      case 0:
      case 1:
      case 2:
        return anyKey();
      case 3: {
        const auto key = static_cast<Qt::Key>(Qt::Key_0 + upTo(5));
        QTest::keyPress(focus(), key);
        pass(milliseconds(20 + upTo(400)));
        QTest::keyRelease(focus(), key);
        return;
      }
      case 4:
      case 5:
      case 6:
        return anyButton();
      case 7:
        return anyText();
      case 8:
        return anyDrag();
      case 9:
        return window->resize(1024 + upTo(500), 700 + upTo(300));
      case 10:
      case 11:
        return tap(Qt::Key_Z, Qt::ControlModifier);
      case 12:
        return tap(Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
      case 13:
        return anyCommand();
      case 14:
        session->act("house", upTo(2) == 0 ? "kettle" : "tap", upTo(2) == 0);
        return;
      default:
        return tap(static_cast<Qt::Key>(Qt::Key_1 + upTo(8)), Qt::ControlModifier);
    }
  }

  /// A snapshot that was made when all that was asked for so far was done.
  std::shared_ptr<const app::Snapshot> fresh() {
    session->settle();
    const auto before = session->snapshot();
    EXPECT_TRUE(until([&] { return session->snapshot() != before; }));
    return session->snapshot();
  }

  /// Waits until nothing changes the examples any more, and gives what there is.
  std::string settled() {
    while (QWidget* popup = QApplication::activePopupWidget()) {
      popup->close();
    }
    for (int i = 0; i < 5; ++i) {
      tap(Qt::Key_Escape);  // out of sheets and fields, and no countdown goes on
    }
    until([&] {
      session->stopRecording();  // once for what is said inside a background recording, once for it
      return !session->snapshot()->recording.active;
    });
    pass(milliseconds(900));
    for (const app::SettingTrial& trial : fresh()->trials) {
      session->endTrial(trial.node, trial.param);  // undo would do so, and that is no step to redo
    }
    std::string state;
    for (const app::TaskView& task : fresh()->tasks) {
      session->bringToFront(task.id);
      state += stateOf(*fresh());
    }
    return state;
  }

  /// Takes `steps` steps through the undo list, as far as it goes. Returns how many there were.
  int step(bool undo, int steps) {
    for (int i = 0; i < steps; ++i) {
      const auto now = fresh();
      if (undo ? !now->canUndo : !now->canRedo) {
        return i;
      }
      undo ? session->undo() : session->redo();
    }
    return steps;
  }
};

TEST_F(Monkey, CrashesNothingAndLosesNothing) {
  bool given = false;
  const int wanted = qEnvironmentVariableIntValue("MIMOSA_MONKEY_ACTIONS", &given);
  const int count = given ? wanted : 600;
  const int seed = std::max(1, qEnvironmentVariableIntValue("MIMOSA_MONKEY_SEED"));
  random.seed(static_cast<std::uint64_t>(seed));
  QApplication::setAttribute(Qt::AA_DontUseNativeDialogs);
  open();
  ASSERT_TRUE(until([&] { return support::waitForSource(*session, "kitchen/microphone"); }));
  const std::string start = settled();
  closeDialogs();

  for (int i = 0; i < count; ++i) {
    act();
    QApplication::processEvents();
    if (i % 200 == 199) {
      std::printf("%d actions, %zu labels\n", i + 1, session->snapshot()->cards.size());
      std::fflush(stdout);
    }
  }

  const std::string end = settled();
  const int steps = step(true, 1'000'000);
  EXPECT_EQ(settled(), start) << "seed " << seed;
  EXPECT_EQ(step(false, steps), steps);
  EXPECT_EQ(settled(), end) << "seed " << seed;
  std::printf("%d actions left %d steps to take back\n", count, steps);
}

}  // namespace
