// The guided first tour over the window.

#include "ui/tour.h"

#include <QAction>
#include <QKeyEvent>
#include <QPushButton>
#include <gtest/gtest.h>

#include "tests/ui/accessibility.h"
#include "tests/ui/application.h"
#include "tests/ui/sample_house.h"
#include "ui/live_strip.h"
#include "ui/pages/now_panel.h"
#include "ui/views/help_sheet.h"

namespace {

using ui::TourStep;

struct TourTest : testing::Test {
  TourTest() {
    bench.window.resize(1024, 700);
    QObject::connect(&bench.window, &ui::MainWindow::preferencesChanged, [this] { ++kept; });
  }
  static app::Snapshot empty() {
    app::Snapshot snapshot = sample::house();
    snapshot.cards.clear();
    snapshot.model = {};
    return snapshot;
  }
  void press(int key, Qt::KeyboardModifiers with = Qt::NoModifier) {
    QWidget* focus = QApplication::focusWidget();
    QKeyEvent event(QEvent::KeyPress, key, with);
    QApplication::sendEvent(focus ? focus : &bench.window, &event);
    QApplication::processEvents();
  }
  void trigger(ui::ActionId id) {
    for (QAction* action : bench.window.actions()) {
      if (action->text() == nameOf(ui::actionSpec(id))) action->trigger();
    }
    QApplication::processEvents();
  }
  ui::Tour* tour() { return bench.window.findChild<ui::Tour*>(); }

  ui_test::Bench bench{empty()};
  int kept = 0;
};

TEST_F(TourTest, IsNotThereUntilItIsStarted) { EXPECT_FALSE(tour()->isVisible()); }

TEST_F(TourTest, PointsAtOneThingAndLeavesTheKeyboardWhereItIs) {
  QWidget* before = QApplication::focusWidget();

  bench.window.startTour();
  bench.show(empty());

  EXPECT_TRUE(tour()->isVisible());
  EXPECT_TRUE(ui_test::textsOf(*tour()).contains("Ten quiet seconds"));
  EXPECT_TRUE(tour()->accessibleName().contains("Ten quiet seconds"));
  EXPECT_FALSE(tour()->accessibleDescription().isEmpty());
  EXPECT_EQ(QApplication::focusWidget(), before);
  press(Qt::Key_Return);  // what it says still works while it is there
  EXPECT_NE(bench.last<ui::intent::ListenToBackground>(), nullptr);
}

TEST_F(TourTest, GoesOnWhenItWasDone) {
  bench.window.startTour();
  app::Snapshot snapshot = empty();
  snapshot.cards = {sample::card(sample::label(1, "Background", 0), 1, 10, 100)};

  bench.show(snapshot);

  EXPECT_EQ(tour()->step(), TourStep::Name);
  EXPECT_TRUE(ui_test::textsOf(*tour()).contains("Name something"));
}

TEST_F(TourTest, EscLeavesItForGoodAndACommandBringsItBack) {
  bench.window.startTour();
  bench.show(empty());

  press(Qt::Key_Escape);
  bench.show(empty());
  EXPECT_FALSE(tour()->isVisible());
  EXPECT_TRUE(bench.window.preferences().tourSeen);
  EXPECT_EQ(kept, 1);

  trigger(ui::ActionId::Tour);
  bench.show(empty());
  EXPECT_TRUE(tour()->isVisible());
}

TEST_F(TourTest, EscStopsARecordingFirst) {
  bench.window.startTour();
  app::Snapshot recording = empty();
  recording.recording = {.active = true, .label = 1, .labelName = "Kettle", .since = sample::kNow};
  bench.show(recording);

  press(Qt::Key_Escape);

  EXPECT_TRUE(tour()->isRunning());
}

TEST_F(TourTest, WaitsUnderHelpAndOnOtherPagesPointsBack) {
  bench.window.startTour();
  bench.show(empty());

  bench.window.showPage(ui::PageId::House);
  bench.show(empty());
  EXPECT_TRUE(ui_test::textsOf(*tour()).contains("Ctrl+1"));

  trigger(ui::ActionId::Help);
  bench.show(empty());
  EXPECT_FALSE(tour()->isVisible());
}

TEST_F(TourTest, IsNamedLargeEnoughAndWholeInBothDirectionsAndTwiceAsLarge) {
  for (const auto direction : {Qt::LeftToRight, Qt::RightToLeft}) {
    for (const double scale : {1.0, 2.0}) {
      qApp->setLayoutDirection(direction);
      const QString sheet = qApp->styleSheet();
      if (scale > 1) qApp->setStyleSheet(sheet + QStringLiteral("* { font-size: 26px; }"));
      bench.window.startTour();
      for (int step = 0; step < 4; ++step) {
        app::Snapshot snapshot = empty();
        if (step > 0) {
          snapshot.cards = {sample::card(sample::label(1, "Background", 0), 1, 10, 100)};
        }
        if (step > 1) {
          snapshot.cards.push_back(sample::card(sample::label(2, "Kettle", 1), step, 3, 300));
        }
        bench.show(snapshot);
        bench.show(snapshot);
        EXPECT_TRUE(bench.window.rect().contains(tour()->geometry()));
        EXPECT_EQ(ui_test::namelessControls(*tour()), QStringList());
        EXPECT_EQ(ui_test::smallTargets(*tour()), QStringList());
        EXPECT_EQ(ui_test::cutTexts(*tour()), QStringList());
      }
      if (scale > 1) qApp->setStyleSheet(sheet);
    }
  }
  qApp->setLayoutDirection(Qt::LeftToRight);
}

TEST_F(TourTest, NoStepHidesWhatItSpeaksOfOrTheNamesOfTheStrip) {
  const auto quiet = sample::card(sample::label(1, "Background", 0), 1, 10, 100);
  const auto kettle = sample::card(sample::label(2, "Kettle", 1), 3, 3, 300);
  const auto tap = sample::card(sample::label(3, "Tap", 2), 3, 3, 600);
  for (const QSize& size : {QSize(1024, 700), QSize(1440, 900)}) {
    bench.window.resize(size);
    bench.window.startTour();
    app::Snapshot taught = empty();
    taught.cards = {quiet, kettle, tap};
    app::Snapshot named = empty();
    named.cards = {quiet, sample::card(sample::label(2, "Kettle", 1), 1, 3, 300)};
    app::Snapshot shown = empty();
    shown.cards = {quiet, kettle};
    for (const app::Snapshot& snapshot : {empty(), named, shown, taught}) {
      bench.show(snapshot);
      bench.show(snapshot);
      const QRect card = tour()->geometry();
      auto* strip = bench.window.findChild<ui::LiveStrip*>();
      const QRect names(strip->mapTo(&bench.window, QPoint(0, 0)),
                        QSize(ui::LiveStrip::kNames, strip->height()));
      EXPECT_FALSE(card.intersects(names)) << static_cast<int>(tour()->step());
      if (tour()->step() == TourStep::Answer) {
        const auto* now = bench.window.findChild<ui::NowPanel*>();
        EXPECT_FALSE(card.intersects(QRect(now->mapTo(&bench.window, QPoint(0, 0)), now->size())));
      }
    }
    EXPECT_EQ(tour()->step(), TourStep::Answer);
  }
}

}  // namespace
