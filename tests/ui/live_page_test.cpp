#include "ui/pages/live_page.h"

#include <QAction>
#include <QKeyEvent>
#include <QPushButton>
#include <gtest/gtest.h>

#include "tests/ui/application.h"
#include "tests/ui/sample_tasks.h"
#include "ui/pages/label_page.h"
#include "ui/rail.h"
#include "ui/top_bar.h"
#include "ui/views/happening_view.h"

namespace {

using ui_test::Bench;

app::Answer kettle() { return sample::answer(sample::full(), {0.01F, 0.91F, 0.05F, 0.03F}, 1); }

ui::LiveFace& face(Bench& bench) { return *bench.window.findChild<ui::LiveFace*>(); }

QString said(Bench& bench) {
  return face(bench).accessibleDescription().replace(QChar(0x202F), QLatin1Char(' '));
}

void trigger(Bench& bench, ui::ActionId id) {
  for (QAction* action : bench.window.actions()) {
    if (action->text() == nameOf(ui::actionSpec(id))) {
      action->trigger();
    }
  }
  QApplication::processEvents();
}

TEST(LivePage, SaysTheWordHowSureAndSinceWhen) {
  Bench bench(sample::full(), kettle());
  bench.window.showPage(ui::PageId::Live);

  EXPECT_EQ(said(bench), "Kettle sure · 91 % · for 4 s");
}

TEST(LivePage, StatesThatAreNoPercentageHaveNone) {
  using State = learners::PredictionState;
  const std::pair<State, const char*> cases[] = {{State::Background, "nothing happening for 4 s"},
                                                 {State::Novel, "not something I know for 4 s"},
                                                 {State::NoData, "no data for 4 s"}};
  for (const auto& [state, text] : cases) {
    app::Answer answer = kettle();
    answer.prediction.state = state;
    Bench bench(sample::full(), answer);
    bench.window.showPage(ui::PageId::Live);
    EXPECT_EQ(said(bench), text);
  }
}

TEST(LivePage, NamesTheSourceThatIsSilent) {
  app::Snapshot snapshot = sample::full();
  snapshot.sources[3].silent = true;
  app::Answer answer = kettle();
  answer.prediction.state = learners::PredictionState::NoData;
  Bench bench(snapshot, answer);
  bench.window.showPage(ui::PageId::Live);

  EXPECT_EQ(said(bench), "no data from Hall motion for 4 s");
}

TEST(LivePage, AnOldAnswerSaysThatItIsOld) {
  app::Answer answer = kettle();
  answer.stale = true;
  Bench bench(sample::full(), answer);
  bench.window.showPage(ui::PageId::Live);

  EXPECT_TRUE(said(bench).contains("no answer for"));
  EXPECT_FALSE(said(bench).contains("%"));
}

TEST(LivePage, TheWordIsTwelveMillimetresHighAtAnySize) {
  Bench bench(sample::full(), kettle());
  bench.window.showPage(ui::PageId::Live);
  for (const QSize size : {QSize(1024, 700), QSize(1440, 900), QSize(1920, 1200)}) {
    bench.window.resize(size);
    QApplication::processEvents();
    EXPECT_GE(face(bench).capitalsMillimetres(), 12 - 1e-6) << size.width();
  }
}

TEST(LivePage, WithoutAModelItSaysSoAndLeadsToTeach) {
  app::Snapshot snapshot = sample::full();
  snapshot.model = {};
  Bench bench(snapshot);
  bench.window.showPage(ui::PageId::Live);
  QApplication::processEvents();
  EXPECT_FALSE(face(bench).isVisible());
  EXPECT_TRUE(ui_test::textsOf(bench.window)
                  .contains("I can show the signal, but I have not learnt anything yet."));

  QKeyEvent enter(QEvent::KeyPress, Qt::Key_Return, Qt::NoModifier);
  QApplication::sendEvent(&bench.window, &enter);

  EXPECT_EQ(bench.window.findChild<ui::Rail*>()->current(), 0);
}

TEST(LivePage, F11LeavesNothingButTheAnswerAndEscComesBack) {
  Bench bench(sample::full(), kettle());
  auto* bar = bench.window.findChild<ui::TopBar*>();

  trigger(bench, ui::ActionId::WholeScreen);
  EXPECT_TRUE(face(bench).isVisible());
  EXPECT_FALSE(bar->isVisible());
  EXPECT_TRUE(bench.window.isFullScreen());

  QKeyEvent escape(QEvent::KeyPress, Qt::Key_Escape, Qt::NoModifier);
  QApplication::sendEvent(&bench.window, &escape);
  EXPECT_TRUE(bar->isVisible());
  EXPECT_FALSE(bench.window.isFullScreen());
  EXPECT_EQ(bench.window.findChild<ui::Rail*>()->current(), 0);  // where the person was
}

TEST(LivePage, AnotherPageEndsTheWholeScreen) {
  Bench bench(sample::full(), kettle());
  trigger(bench, ui::ActionId::WholeScreen);

  bench.window.showPage(ui::PageId::House);

  EXPECT_FALSE(bench.window.isFullScreen());
  EXPECT_TRUE(bench.window.findChild<ui::TopBar*>()->isVisible());
}

struct Happened : testing::Test {
  ui::Feed feed() {
    ui::Feed all = sample::feedWithTasks(kettle());
    all.happenings = [this](const base::TimeSpan& span) {
      asked = span;
      return happenings;
    };
    return all;
  }
  void open() {
    window.resize(1024, 700);
    window.show();
    QApplication::setActiveWindow(&window);
    window.showSnapshot(std::make_shared<const app::Snapshot>(sample::withTasks()));
    window.showPage(ui::PageId::Live);
    QApplication::processEvents();
    list = window.findChild<ui::HappeningView*>();
    window.findChild<ui::LivePage*>()->tick(sample::kNow);
  }
  std::vector<app::Happening> happenings = sample::happenings();
  base::TimeSpan asked;
  ui::MainWindow window{ui_test::theme(), feed()};
  ui::HappeningView* list = nullptr;
};

TEST_F(Happened, WhatHappenedIsListedOnceWithWhoSawIt) {
  open();
  ASSERT_TRUE(list->isVisible());
  EXPECT_EQ(asked.length(), std::chrono::minutes(10));
  const QString said = list->accessibleDescription().replace(QChar(0x202F), QLatin1Char(' '));
  EXPECT_EQ(said.count("Door"), 1);
  EXPECT_TRUE(said.startsWith("Tap, fairly sure 72 %, now, for 8 s, seen by Kitchen sounds; Door"))
      << said.toStdString();
  EXPECT_TRUE(said.contains("seen by Kitchen sounds, Who is home"));
}

TEST_F(Happened, WhereNothingDidItSaysSo) {
  happenings.clear();
  open();
  EXPECT_EQ(list->accessibleDescription(), "Nothing in the last ten minutes.");
}

TEST_F(Happened, OneIsOpenedOnPageLabelByKey) {
  std::vector<base::TimeSpan> moments;
  open();
  QObject::connect(list, &ui::HappeningView::picked, list,
                   [&](const base::TimeSpan& span) { moments.push_back(span); });
  list->setFocus(Qt::TabFocusReason);
  for (const int key : {Qt::Key_Down, Qt::Key_Down, Qt::Key_Return}) {
    QKeyEvent down(QEvent::KeyPress, key, Qt::NoModifier);
    QApplication::sendEvent(list, &down);
  }
  QApplication::processEvents();
  ASSERT_EQ(moments.size(), 1u);
  EXPECT_EQ(moments[0], happenings[1].span);
  EXPECT_TRUE(window.findChild<ui::LabelPage*>()->isVisible());
}

TEST_F(Happened, WhatIsChosenByKeyStaysChosenWhenSomethingNewComesAboveIt) {
  std::vector<base::TimeSpan> moments;
  open();
  QObject::connect(list, &ui::HappeningView::picked, list,
                   [&](const base::TimeSpan& span) { moments.push_back(span); });
  list->setFocus(Qt::TabFocusReason);
  const auto press = [&](int key) {
    QKeyEvent down(QEvent::KeyPress, key, Qt::NoModifier);
    QApplication::sendEvent(list, &down);
  };
  press(Qt::Key_Down);
  press(Qt::Key_Down);
  EXPECT_TRUE(list->accessibleDescription().startsWith("Door")) << "the one that is chosen is said";
  const app::Happening door = happenings[1];
  app::Happening fresh = happenings[2];
  fresh.span.begin = sample::kNow - std::chrono::seconds(1);
  happenings.push_back(fresh);

  window.findChild<ui::LivePage*>()->tick(sample::kNow);
  press(Qt::Key_Return);

  ASSERT_EQ(moments.size(), 1u);
  EXPECT_EQ(moments[0], door.span);
}

TEST_F(Happened, OnTheWholeScreenTheWordStandsAlone) {
  open();
  window.setWindowState(Qt::WindowFullScreen);
  window.findChild<ui::LivePage*>()->tick(sample::kNow);
  EXPECT_FALSE(list->isVisible());
}

}  // namespace
