// Pages of a project in which nothing was recorded yet.

#include <QKeyEvent>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <gtest/gtest.h>

#include "tests/ui/application.h"
#include "ui/pages/label_page.h"
#include "ui/pages/rules_page.h"
#include "ui/pages/teach_page.h"

namespace {

TEST(EmptyPages, LabelLeadsToTeachAndShowsNoButtonThatDoesNothing) {
  ui_test::Bench bench(app::Snapshot{});
  bench.window.showPage(ui::PageId::Label);
  QApplication::processEvents();
  auto* page = bench.window.findChild<ui::LabelPage*>();
  ASSERT_TRUE(page->isVisible());
  for (const auto* button : page->findChildren<QPushButton*>()) {
    EXPECT_TRUE(!button->isVisible() || button->isEnabled()) << button->text().toStdString();
  }

  QKeyEvent enter(QEvent::KeyPress, Qt::Key_Return, Qt::NoModifier);
  QApplication::sendEvent(&bench.window, &enter);

  EXPECT_TRUE(bench.window.findChild<ui::TeachPage*>()->isVisible());
}

TEST(EmptyPages, ABarWithNothingToScrollIsNotDrawn) {
  ui_test::Bench bench(app::Snapshot{});
  bench.window.resize(1440, 900);
  bench.window.showPage(ui::PageId::Rules);
  QApplication::processEvents();
  const auto* area = bench.window.findChild<ui::RulesPage*>()->findChild<QScrollArea*>();

  EXPECT_TRUE(area->verticalScrollBar()->isVisible()) << "its room is kept";
  EXPECT_FALSE(area->verticalScrollBar()->isEnabled());
}

}  // namespace
