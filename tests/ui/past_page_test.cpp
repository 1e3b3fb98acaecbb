#include "ui/pages/past_page.h"

#include <QKeyEvent>
#include <QListWidget>
#include <QPushButton>
#include <gtest/gtest.h>

#include "tests/ui/application.h"
#include "tests/ui/sample_past.h"
#include "ui/pages/past_facts_panel.h"

namespace {

/// The window on page Past over a made-up week.
struct PastBench {
  explicit PastBench(const app::Snapshot& snapshot, const ui::LibraryFeed& library)
      : window(ui_test::theme(), feed(library)) {
    QObject::connect(&window, &ui::MainWindow::wanted,
                     [this](const ui::Intent& intent) { wanted.push_back(intent); });
    window.show();
    QApplication::setActiveWindow(&window);
    window.showSnapshot(std::make_shared<const app::Snapshot>(snapshot));
    window.showPage(ui::PageId::Past);
    QApplication::processEvents();
  }
  static ui::Feed feed(const ui::LibraryFeed& library) {
    ui::Feed feed = sample::feed(std::nullopt);
    feed.library = library;
    return feed;
  }
  QListWidget* list(const char* name) {
    for (auto* found : window.findChildren<QListWidget*>()) {
      if (found->accessibleName() == QLatin1String(name)) {
        return found;
      }
    }
    return nullptr;
  }
  void press(int key) {
    QKeyEvent down(QEvent::KeyPress, key, Qt::NoModifier);
    QApplication::sendEvent(QApplication::focusWidget(), &down);
    QApplication::processEvents();
  }
  QString texts() { return ui_test::textsOf(window); }

  std::vector<ui::Intent> wanted;
  ui::MainWindow window;
};

TEST(PastPage, EveryEmptyListSaysWhatWillBeThere) {
  app::Snapshot nothing;
  PastBench bench(nothing, {});

  EXPECT_TRUE(bench.texts().contains("Nothing was done yet"));
  EXPECT_TRUE(bench.texts().contains("No model has served yet"));
  EXPECT_TRUE(bench.texts().contains("Nothing is recorded yet"));
  EXPECT_TRUE(bench.texts().contains("Nothing went wrong"));
}

TEST(PastPage, AFullWeekIsListedAndNoEmptySentenceStays) {
  PastBench bench(sample::pastSnapshot(), sample::pastLibrary());

  EXPECT_EQ(bench.list("What was done")->count(), 23);
  EXPECT_EQ(bench.list("Models")->count(), 7);
  EXPECT_EQ(bench.list("Recordings")->count(), 17);
  EXPECT_EQ(bench.list("What went wrong")->count(), 4);
  EXPECT_FALSE(bench.texts().contains("Nothing is recorded yet"));
}

TEST(PastPage, EnterOnARecordingLeadsToForgettingIt) {
  PastBench bench(sample::pastSnapshot(), sample::pastLibrary());
  bench.list("Recordings")->setFocus();
  bench.press(Qt::Key_Down);

  bench.press(Qt::Key_Return);

  auto* button = qobject_cast<QPushButton*>(QApplication::focusWidget());
  ASSERT_NE(button, nullptr);
  EXPECT_EQ(button->text(), QStringLiteral("Forget this recording"));
  EXPECT_TRUE(bench.wanted.empty()) << "one Enter forgets nothing";
  bench.press(Qt::Key_Return);
  ASSERT_FALSE(bench.wanted.empty());
  EXPECT_TRUE(std::holds_alternative<ui::intent::ForgetRecording>(bench.wanted.back()));
}

TEST(PastPage, EnterActsOnTheChosenRowAndNotOnWhatWasFollowedFromIt) {
  PastBench bench(sample::pastSnapshot(), sample::pastLibrary());
  bench.list("Models")->setFocus();
  bench.press(Qt::Key_Down);
  bench.press(Qt::Key_Down);
  auto* panel = bench.window.findChild<ui::PastFactsPanel*>();
  const QString model = bench.texts();
  ui::PastTarget recording{.kind = ui::PastTarget::Kind::Recording, .id = 1};
  Q_EMIT panel->followed(recording);
  panel->takeFocus(ui::PastFactsPanel::First::Rows);
  ASSERT_NE(bench.texts(), model);

  bench.press(Qt::Key_Left);
  EXPECT_EQ(QApplication::focusWidget(), bench.list("Models"));
  bench.press(Qt::Key_Return);

  ASSERT_FALSE(bench.wanted.empty());
  EXPECT_TRUE(std::holds_alternative<ui::intent::GoBackToModel>(bench.wanted.back()));
  EXPECT_EQ(bench.texts(), model) << "the facts are about the chosen row again";
}

TEST(PastPage, WhereTheFactsAreHiddenChoosingSomethingBringsThem) {
  PastBench bench(sample::pastSnapshot(), sample::pastLibrary());
  bench.window.resize(1024, 700);
  QApplication::processEvents();
  auto* panel = bench.window.findChild<ui::PastFactsPanel*>();
  ASSERT_FALSE(panel->isVisible());

  bench.list("Models")->setFocus();
  bench.press(Qt::Key_Down);

  EXPECT_TRUE(panel->isVisible());
}

}  // namespace
