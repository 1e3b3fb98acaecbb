#include "ui/main_window.h"

#include <QAbstractButton>
#include <QAction>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPushButton>
#include <QShortcut>
#include <QTimer>
#include <ctime>
#include <gtest/gtest.h>

#include "tests/support/ui_watchdog.h"
#include "tests/ui/accessibility.h"
#include "tests/ui/application.h"
#include "tests/ui/sample_tasks.h"
#include "ui/live_strip.h"
#include "ui/pages/label_card.h"
#include "ui/views/basics.h"
#include "ui/views/certainty_view.h"
#include "ui/views/command_search.h"
#include "ui/views/key_line.h"
#include "ui/views/task_switch.h"

namespace {

using ui_test::Bench;
using ui_test::textsOf;

app::Answer kettle() { return sample::answer(sample::full(), {0.01F, 0.91F, 0.05F, 0.03F}, 1); }

QWidget* focused(Bench& bench) {
  QWidget* focus = QApplication::focusWidget();
  return focus != nullptr ? focus : &bench.window;
}

void press(Bench& bench, int key, Qt::KeyboardModifiers with = Qt::NoModifier,
           const QString& text = {}) {
  QKeyEvent event(QEvent::KeyPress, key, with, text);
  QApplication::sendEvent(focused(bench), &event);
}

void release(Bench& bench, int key) {
  QKeyEvent event(QEvent::KeyRelease, key, Qt::NoModifier);
  QApplication::sendEvent(focused(bench), &event);
}

/// A key that the field with the keyboard takes as a shortcut.
void pressShortcut(Qt::Key key) {
  for (auto* shortcut : QApplication::focusWidget()->findChildren<QShortcut*>()) {
    if (shortcut->key() == QKeySequence(key)) {
      Q_EMIT shortcut->activated();
      return;
    }
  }
  FAIL() << "the field takes no such key";
}

void trigger(Bench& bench, ui::ActionId id) {
  const QString name = nameOf(ui::actionSpec(id));
  for (QAction* action : bench.window.actions()) {
    if (action->text() == name) {
      action->trigger();
      return;
    }
  }
  FAIL() << "no action " << name.toStdString();
}

TEST(MainWindow, SaysWhatTheSnapshotSays) {
  Bench bench(sample::full(), kettle());

  const QString texts = textsOf(bench.window).replace(QChar(0x202F), QLatin1Char(' '));

  for (const char* text :
       {"Kettle", "sure", "6 of 7 models agree", "6 examples", "4 of 5 used", "Background",
        "16 104 readings/s", "0 lost", "answer 0.3 ms (p95 0.5)", "this computer 12 %",
        "disk 212 GB, about 61 days",
        "Noted: that was Tap. Learning… done, 0.8 s. Old examples: no change (23 of 23)."}) {
    EXPECT_TRUE(texts.contains(QString::fromUtf8(text))) << text << "\n" << texts.toStdString();
  }
}

TEST(MainWindow, ANewTaskIsNamedInTheTopBarAndComesToTheFrontByKey) {
  Bench bench(sample::full(), kettle());
  auto* tasks = bench.window.findChild<ui::TaskSwitch*>();
  ASSERT_FALSE(tasks->isVisible());  // one task needs no switch

  trigger(bench, ui::ActionId::NewTask);
  auto* field = tasks->findChild<QLineEdit*>();
  ASSERT_TRUE(field->isVisible());
  field->setText("Who is home");
  pressShortcut(Qt::Key_Return);
  ASSERT_NE(bench.last<ui::intent::AddTask>(), nullptr);
  EXPECT_EQ(bench.last<ui::intent::AddTask>()->name.toStdString(), "Who is home");
  EXPECT_FALSE(tasks->isVisible());

  bench.show(sample::withTasks());
  EXPECT_TRUE(tasks->isVisible());
  EXPECT_TRUE(tasks->findChild<QPushButton*>()->text().startsWith("Kitchen sounds"));
  trigger(bench, ui::ActionId::NextTask);
  ASSERT_NE(bench.last<ui::intent::BringToFront>(), nullptr);
  EXPECT_EQ(bench.last<ui::intent::BringToFront>()->task, 2);
  trigger(bench, ui::ActionId::RenameTask);
  field->setText("Noises");
  pressShortcut(Qt::Key_Return);
  ASSERT_NE(bench.last<ui::intent::RenameTask>(), nullptr);
  EXPECT_EQ(bench.last<ui::intent::RenameTask>()->task, 1);
  trigger(bench, ui::ActionId::RemoveTask);
  EXPECT_NE(bench.last<ui::intent::RemoveTask>(), nullptr);
}

TEST(MainWindow, HoldingANumberRecordsThatLabel) {
  Bench bench(sample::full(), kettle());

  press(bench, Qt::Key_2);
  ASSERT_NE(bench.last<ui::intent::StartRecording>(), nullptr);
  EXPECT_EQ(bench.last<ui::intent::StartRecording>()->label, 3);  // key 2 is Tap
  release(bench, Qt::Key_2);

  EXPECT_NE(bench.last<ui::intent::StopRecording>(), nullptr);
  EXPECT_EQ(bench.wanted.size(), 2U);
}

TEST(MainWindow, ANumberWithoutALabelDoesNothing) {
  Bench bench(sample::full(), kettle());

  press(bench, Qt::Key_9);

  EXPECT_TRUE(bench.wanted.empty());
}

TEST(MainWindow, LosingTheWindowWhileHoldingKeepsTheRecording) {
  Bench bench(sample::full(), kettle());
  press(bench, Qt::Key_1);

  QApplication::setActiveWindow(nullptr);
  QApplication::processEvents();

  EXPECT_NE(bench.last<ui::intent::StopRecording>(), nullptr);
}

TEST(MainWindow, CAndANumberCorrect) {
  Bench bench(sample::full(), kettle());

  press(bench, Qt::Key_C);
  press(bench, Qt::Key_0);

  ASSERT_NE(bench.last<ui::intent::Correct>(), nullptr);
  EXPECT_EQ(bench.last<ui::intent::Correct>()->label, 1);
}

TEST(MainWindow, CAndNCorrectToALabelThatIsNamedNow) {
  Bench bench(sample::full(), kettle());

  press(bench, Qt::Key_C);
  press(bench, Qt::Key_N);
  auto* field = qobject_cast<QLineEdit*>(QApplication::focusWidget());
  ASSERT_NE(field, nullptr);
  field->setText(QStringLiteral("Doorbell"));
  pressShortcut(Qt::Key_Return);

  ASSERT_NE(bench.last<ui::intent::CorrectToNew>(), nullptr);
  EXPECT_EQ(bench.last<ui::intent::CorrectToNew>()->name, "Doorbell");
  EXPECT_EQ(bench.last<ui::intent::CorrectToNew>()->pressed, sample::kNow);
}

TEST(MainWindow, AnArrowAfterMReachesFurtherBackAndIsRemembered) {
  Bench bench(sample::full(), kettle());

  press(bench, Qt::Key_M);
  press(bench, Qt::Key_Left);
  press(bench, Qt::Key_2);

  ASSERT_NE(bench.last<ui::intent::Missed>(), nullptr);
  EXPECT_EQ(bench.last<ui::intent::Missed>()->length, std::chrono::seconds(4));
  EXPECT_EQ(bench.window.preferences().missedFor, std::chrono::seconds(4));
}

TEST(MainWindow, FiveRecordingsEndWhereTheyAreNotSeenOrEscapeIsPressed) {
  app::Snapshot s = sample::full();
  s.recording = {
      .active = true, .label = 2, .labelName = "Kettle", .since = sample::kNow, .trouble = {}};
  Bench bench(s);
  bench.show(sample::full());
  trigger(bench, ui::ActionId::RecordFive);
  ASSERT_TRUE(textsOf(bench.window).contains("get ready"));

  press(bench, Qt::Key_Escape);
  bench.show(sample::full());
  EXPECT_FALSE(textsOf(bench.window).contains("get ready"));

  trigger(bench, ui::ActionId::RecordFive);
  bench.window.showPage(ui::PageId::House);
  bench.window.showPage(ui::PageId::Teach);
  EXPECT_FALSE(textsOf(bench.window).contains("get ready"));
}

TEST(MainWindow, RRecordsWithoutALabelUntilRAgain) {
  app::Snapshot s = sample::full();
  Bench bench(s, kettle());
  trigger(bench, ui::ActionId::RecordFree);
  EXPECT_NE(bench.last<ui::intent::RecordFree>(), nullptr);
  s.recording = {.active = true,
                 .free = true,
                 .recording = 9,
                 .label = 0,
                 .labelName = {},
                 .since = sample::kNow - sample::fromSeconds(5),
                 .trouble = {}};
  bench.show(s);
  EXPECT_TRUE(textsOf(bench.window).contains("Recording without a label"));

  press(bench, Qt::Key_1);
  EXPECT_NE(bench.last<ui::intent::StartRecording>(), nullptr) << "said in it";
  release(bench, Qt::Key_1);
  trigger(bench, ui::ActionId::RecordFree);
  EXPECT_NE(bench.last<ui::intent::StopRecording>(), nullptr);
}

TEST(MainWindow, WithoutDataNothingIsOfferedAsWrong) {
  app::Snapshot s = sample::full();
  for (app::SourceView& source : s.sources) source.silent = true;
  auto answer = kettle();
  answer.prediction.state = learners::PredictionState::NoData;
  answer.prediction.label = -1;
  Bench bench(s, answer);

  auto* bars = bench.window.findChild<ui::CertaintyView*>();
  ASSERT_NE(bars, nullptr);
  EXPECT_FALSE(bars->isVisible());
  for (auto* line : bench.window.findChildren<ui::KeyLine*>()) EXPECT_FALSE(line->isVisible());
}

TEST(MainWindow, AHouseThatOnlySeesIsNotAskedForQuiet) {
  app::Snapshot s = sample::full();
  s.cards.clear();
  s.model = {};
  s.sources = {sample::source("hall/camera", "Hall camera", sensors::SourceKind::Picture, {}, 1)};
  Bench bench(s);

  EXPECT_TRUE(textsOf(bench.window).contains("10 seconds without anything happening"));
  EXPECT_FALSE(textsOf(bench.window).contains("quiet"));
}

TEST(MainWindow, ArrowsOnTheBarsMoveTheLimitOfALabelAsOneStep) {
  Bench bench(sample::full(), kettle());
  trigger(bench, ui::ActionId::Limits);
  ASSERT_NE(qobject_cast<ui::CertaintyView*>(QApplication::focusWidget()), nullptr);

  press(bench, Qt::Key_Right, Qt::ShiftModifier);
  press(bench, Qt::Key_Right);
  EXPECT_EQ(bench.last<ui::intent::SetLimit>(), nullptr) << "not at each key";
  press(bench, Qt::Key_Return);

  ASSERT_NE(bench.last<ui::intent::SetLimit>(), nullptr);
  EXPECT_EQ(bench.last<ui::intent::SetLimit>()->label, 2);
  EXPECT_NEAR(bench.last<ui::intent::SetLimit>()->certainty.value(), 0.66, 1e-6);
}

TEST(MainWindow, NAddsALabelAndGivesTheKeyboardBack) {
  Bench bench(sample::full(), kettle());

  trigger(bench, ui::ActionId::NewLabel);
  auto* field = qobject_cast<QLineEdit*>(QApplication::focusWidget());
  ASSERT_NE(field, nullptr);
  press(bench, Qt::Key_1, Qt::NoModifier, QStringLiteral("1"));  // a digit in a name is a digit
  EXPECT_EQ(field->text(), "1");
  field->setText(QStringLiteral("Washing machine"));
  pressShortcut(Qt::Key_Return);

  ASSERT_NE(bench.last<ui::intent::AddLabel>(), nullptr);
  EXPECT_EQ(bench.last<ui::intent::AddLabel>()->name, "Washing machine");
  EXPECT_EQ(qobject_cast<QLineEdit*>(QApplication::focusWidget()), nullptr);
  press(bench, Qt::Key_1);
  EXPECT_NE(bench.last<ui::intent::StartRecording>(), nullptr);
}

TEST(MainWindow, EscapeLeavesANewLabelUnmade) {
  Bench bench(sample::full(), kettle());
  trigger(bench, ui::ActionId::NewLabel);
  qobject_cast<QLineEdit*>(QApplication::focusWidget())->setText(QStringLiteral("Wash"));

  pressShortcut(Qt::Key_Escape);

  EXPECT_TRUE(bench.wanted.empty());
}

TEST(MainWindow, EnterDoesTheNextStep) {
  app::Snapshot s = sample::full();
  s.cards.clear();
  s.model = {};
  Bench bench(s);

  press(bench, Qt::Key_Return);

  ASSERT_NE(bench.last<ui::intent::ListenToBackground>(), nullptr);
  EXPECT_EQ(bench.last<ui::intent::ListenToBackground>()->length, std::chrono::seconds(10));
}

TEST(MainWindow, DSwitchesTheFocusedExampleOffAndDelRemovesIt) {
  Bench bench(sample::full(), kettle());
  ui::ExampleButton* example = nullptr;
  for (auto* button : bench.window.findChildren<ui::ExampleButton*>()) {
    example = button->example() == 205 ? button : example;
  }
  ASSERT_NE(example, nullptr);
  example->setFocus(Qt::TabFocusReason);

  trigger(bench, ui::ActionId::DisableExample);
  ASSERT_NE(bench.last<ui::intent::SetExampleEnabled>(), nullptr);
  EXPECT_EQ(bench.last<ui::intent::SetExampleEnabled>()->demonstration, 205);
  EXPECT_FALSE(bench.last<ui::intent::SetExampleEnabled>()->enabled);
  trigger(bench, ui::ActionId::RemoveExample);

  ASSERT_NE(bench.last<ui::intent::RemoveExample>(), nullptr);
  EXPECT_EQ(bench.last<ui::intent::RemoveExample>()->demonstration, 205);
}

TEST(MainWindow, RecordingIsFramedAndSaid) {
  app::Snapshot s = sample::full();
  s.recording = {.active = true,
                 .label = 2,
                 .labelName = "Kettle",
                 .since = sample::kNow - sample::fromSeconds(7),
                 .planned = base::Duration{0},
                 .storedRows = 112000,
                 .trouble = {}};
  Bench bench(s);

  const QColor rec = ui_test::theme().tokens().rec;
  const QImage picture = bench.window.grab().toImage();

  EXPECT_EQ(picture.pixelColor(1, 450), rec);
  EXPECT_EQ(picture.pixelColor(picture.width() - 2, 450), rec);
  EXPECT_TRUE(textsOf(bench.window).contains("Recording Kettle"));
  EXPECT_TRUE(textsOf(bench.window).contains("0:07"));
}

TEST(MainWindow, ACrashIsToldOnceAndPutAway) {
  app::Snapshot s = sample::full();
  s.recovered = true;
  Bench bench(s, kettle());
  EXPECT_TRUE(textsOf(bench.window).contains("I closed unexpectedly"));

  for (auto* button : bench.window.findChildren<QPushButton*>()) {
    if (button->accessibleName() == "Put away") {
      button->click();
    }
  }
  bench.show(s);

  EXPECT_FALSE(textsOf(bench.window).contains("I closed unexpectedly"));
  EXPECT_TRUE(bench.wanted.empty());
}

TEST(MainWindow, ASilentSourceIsSaidWhileRecording) {
  app::Snapshot s = sample::full();
  s.sources[0].silent = true;
  s.recording = {.active = true,
                 .label = 2,
                 .labelName = "Kettle",
                 .since = sample::kNow - sample::fromSeconds(1),
                 .planned = base::Duration{0},
                 .storedRows = 10,
                 .trouble = {}};
  Bench bench(s, kettle());

  EXPECT_TRUE(textsOf(bench.window)
                  .contains("Kitchen mic: connected but silent. The recording goes on with the "
                            "other 3."));
}

TEST(MainWindow, AStaleAnswerIsNotShownAsTheLastLabelBeingSure) {
  auto old = kettle();
  old.stale = true;
  old.prediction.span.end = sample::kNow - sample::fromSeconds(3);
  Bench bench(sample::full(), old);

  const QString texts = textsOf(bench.window);

  EXPECT_TRUE(texts.contains("no answer for 3 s"));
  EXPECT_FALSE(texts.contains("\nsure\n"));
}

TEST(MainWindow, AKeptAsideModelIsAskedAbout) {
  app::Snapshot s = sample::full();
  s.model.keptAside = "Learning this would cost Tap 6 points. I kept it aside.";
  Bench bench(s, kettle());

  press(bench, Qt::Key_Return);

  ASSERT_NE(bench.last<ui::intent::UseKeptAside>(), nullptr);
  EXPECT_TRUE(bench.last<ui::intent::UseKeptAside>()->use);
}

TEST(MainWindow, EveryActionOfTheTableIsThere) {
  Bench bench(sample::full(), kettle());

  for (const ui::ActionSpec& spec : ui::actionTable()) {
    if (spec.owner != ui::KeyOwner::Shortcut) {
      continue;
    }
    const auto all = bench.window.actions();
    const auto found = std::find_if(all.begin(), all.end(), [&](const QAction* action) {
      return action->text() == nameOf(spec);
    });
    ASSERT_NE(found, all.end()) << spec.name;
    EXPECT_FALSE((*found)->shortcuts().isEmpty()) << spec.name;
    EXPECT_FALSE((*found)->toolTip().isEmpty()) << spec.name;
  }
}

TEST(MainWindow, CommandSearchFindsByPartsOfAName) {
  EXPECT_TRUE(ui::matchesQuery("Pause or resume training", "train pau"));
  EXPECT_FALSE(ui::matchesQuery("Pause or resume training", "train now"));
}

TEST(MainWindow, NoTextIsCutAtAnySizeBetweenTheSmallestAndTheUsual) {
  app::Snapshot busy = sample::full();
  busy.recording = {.active = true,
                    .label = 2,
                    .labelName = "The front door that is heavy",
                    .since = sample::kNow - sample::fromSeconds(61),
                    .planned = base::Duration{0},
                    .storedRows = 1'112'000,
                    .trouble = {}};
  for (const app::Snapshot& s : {sample::full(), busy}) {
    Bench bench(s, kettle());
    for (int wide = 1024; wide <= 1440; wide += 52) {
      for (const int high : {700, 780, 900}) {
        bench.window.resize(wide, high);
        bench.show(s);

        EXPECT_EQ(bench.window.size(), QSize(wide, high));
        const QStringList cut = ui_test::cutTexts(bench.window);
        EXPECT_TRUE(cut.isEmpty()) << wide << "x" << high << ": " << cut.join(" | ").toStdString();
      }
    }
  }
}

struct Stops {
  std::chrono::milliseconds longest;
  std::chrono::milliseconds picture;  ///< one picture of the whole window, laid out anew
};

/// How long the event loop stands still at most while the window resizes, records and changes
/// place, beside what the window's picture alone costs here.
Stops stopsOf() {
  Bench bench(sample::full(), kettle());
  support::UiWatchdog watchdog;
  watchdog.runFor(20);
  std::vector<std::chrono::milliseconds> pictures;
  for (int i = 0; i < 5; ++i) {
    watchdog.forget();
    QTimer::singleShot(0, &bench.window, [&bench, i] {
      bench.window.resize(1100 + 40 * i, 760 + 20 * i);
      bench.window.grab();
    });
    watchdog.runFor(3);
    pictures.push_back(watchdog.longest());
  }
  std::sort(pictures.begin(), pictures.end());
  watchdog.forget();
  for (int i = 0; i < 30; ++i) {
    QTimer::singleShot(0, &bench.window, [&bench, i] {
      bench.window.resize(1024 + (i * 137) % 416, 700 + (i * 53) % 200);
      press(bench, i % 2 == 0 ? Qt::Key_1 : Qt::Key_C);
      release(bench, Qt::Key_1);
    });
    watchdog.runFor(3);
  }
  return {.longest = watchdog.longest(), .picture = pictures[2]};
}

TEST(MainWindow, NeverStandsStillWhileItResizesRecordsAndChangesPlace) {
  // A stop that is the window's own comes each time; one of a busy machine does not. A person
  // notices 100 ms; where one picture alone takes long, a few of them are granted.
  const auto granted = [](const Stops& stops) {
    return std::max(support::UiWatchdog::kMost, 3 * stops.picture);
  };
  Stops stops = stopsOf();
  for (int i = 0; i < 2 && stops.longest > granted(stops); ++i) stops = stopsOf();
  EXPECT_LE(stops.longest.count(), granted(stops).count());
}

TEST(UiWatchdog, SeesAnEventThatTakesTooLong) {
  support::UiWatchdog watchdog;
  QTimer::singleShot(0, qApp, [] {
    const std::clock_t end = std::clock() + CLOCKS_PER_SEC * 3 / 20;
    while (std::clock() < end) {  // 150 ms of work, and nobody else gets in
    }
  });

  watchdog.runFor(3);

  EXPECT_GE(watchdog.longest().count(), 100);
  EXPECT_TRUE(watchdog.stoodStill());
}

TEST(LiveStrip, MarkingAStretchOffersLabelsForIt) {
  Bench bench(sample::full(), kettle());
  auto* strip = bench.window.findChild<ui::LiveStrip*>();
  ASSERT_NE(strip, nullptr);
  base::TimeSpan marked;
  QObject::connect(strip, &ui::LiveStrip::spanMarked,
                   [&](const base::TimeSpan& span, const QPoint&) { marked = span; });
  const double right = strip->width() - ui::LiveStrip::kValues;
  const double perSecond = (right - ui::LiveStrip::kNames) / 60;

  const auto mouse = [&](QEvent::Type type, double x) {
    const QPointF at(x, 60);
    QMouseEvent event(type, at, strip->mapToGlobal(at), Qt::LeftButton, Qt::LeftButton,
                      Qt::NoModifier);
    QApplication::sendEvent(strip, &event);
  };
  mouse(QEvent::MouseButtonPress, right - 20 * perSecond);
  mouse(QEvent::MouseMove, right - 10 * perSecond);
  mouse(QEvent::MouseButtonRelease, right - 10 * perSecond);

  EXPECT_NEAR(base::toSeconds(marked.length()), 10, 0.2);
  EXPECT_NEAR(base::toSeconds(sample::kNow - marked.end), 10, 0.3);
  if (QWidget* popover = QApplication::activePopupWidget()) {
    QKeyEvent one(QEvent::KeyPress, Qt::Key_1, Qt::NoModifier);
    QApplication::sendEvent(popover, &one);
  }
  ASSERT_NE(bench.last<ui::intent::LabelSpan>(), nullptr);
  EXPECT_EQ(bench.last<ui::intent::LabelSpan>()->label, 2);
}

TEST(LiveStrip, GoesBackTenMinutesAtMostAndReturns) {
  Bench bench(sample::full(), kettle());
  auto* strip = bench.window.findChild<ui::LiveStrip*>();

  QKeyEvent home(QEvent::KeyPress, Qt::Key_Home, Qt::NoModifier);
  QApplication::sendEvent(strip, &home);
  EXPECT_NEAR(base::toSeconds(sample::kNow - strip->shown().begin), 600, 1);
  QKeyEvent end(QEvent::KeyPress, Qt::Key_End, Qt::NoModifier);
  QApplication::sendEvent(strip, &end);

  EXPECT_NEAR(base::toSeconds(sample::kNow - strip->shown().end), 0, 0.2);
}

}  // namespace
