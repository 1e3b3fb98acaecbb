#include "ui/views/help_sheet.h"

#include <QAction>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListWidget>
#include <QTableWidget>
#include <QTextBrowser>
#include <gtest/gtest.h>

#include "tests/ui/application.h"

namespace {

using ui::ActionId;

struct Sheet : testing::Test {
  ui_test::Bench bench{sample::full()};
  ui::HelpSheet* sheet = bench.window.findChild<ui::HelpSheet*>();
  QTableWidget* table = sheet->findChild<QTableWidget*>();

  void press(QWidget* at, int key, Qt::KeyboardModifiers with = Qt::NoModifier) {
    QKeyEvent event(QEvent::KeyPress, key, with);
    QApplication::sendEvent(at, &event);
  }
  void trigger(ActionId id) { action(id)->trigger(); }
  QAction* action(ActionId id) {
    for (QAction* action : bench.window.actions()) {
      if (action->text() == nameOf(ui::actionSpec(id))) {
        return action;
      }
    }
    return nullptr;
  }
  void choose(ActionId id) {
    for (int row = 0; row < table->rowCount(); ++row) {
      if (table->item(row, 0)->text() == nameOf(ui::actionSpec(id))) {
        table->setCurrentCell(row, 0);
      }
    }
  }
};

TEST_F(Sheet, HelpOpensAtThePageOneIsOn) {
  bench.window.showPage(ui::PageId::House);

  trigger(ActionId::Help);

  EXPECT_TRUE(sheet->isVisible());
  EXPECT_TRUE(sheet->findChild<QTextBrowser*>()->toPlainText().startsWith("House"));
}

TEST_F(Sheet, EscapeLeavesItWhereverTheKeyboardIs) {
  trigger(ActionId::Help);
  bench.window.setFocus();

  press(&bench.window, Qt::Key_Escape);

  EXPECT_FALSE(sheet->isVisible());
}

TEST_F(Sheet, EveryTopicHasAText) {
  sheet->open("first-minute", {});
  auto* list = sheet->findChild<QListWidget*>();
  auto* text = sheet->findChild<QTextBrowser*>();

  for (int row = 0; row < list->count() - 1; ++row) {  // the last are the keys
    list->setCurrentRow(row);
    EXPECT_GT(text->toPlainText().size(), 200) << list->item(row)->text().toStdString();
  }
}

TEST_F(Sheet, ACommandTakesTheKeysThatArePressed) {
  trigger(ActionId::Keys);
  choose(ActionId::Undo);

  press(table, Qt::Key_Return);
  press(table, Qt::Key_J, Qt::ControlModifier);

  EXPECT_EQ(action(ActionId::Undo)->shortcut(), QKeySequence("Ctrl+J"));
  EXPECT_EQ(bench.window.preferences().keys.text(ActionId::Undo), "Ctrl+J");
}

TEST_F(Sheet, AKeySomebodyHasIsRefusedAndNothingChanges) {
  trigger(ActionId::Keys);
  choose(ActionId::Undo);

  press(table, Qt::Key_Return);
  press(table, Qt::Key_T, Qt::ControlModifier);

  EXPECT_EQ(action(ActionId::Undo)->shortcut(), QKeySequence("Ctrl+Z"));
  EXPECT_TRUE(ui_test::textsOf(*sheet).contains("taken by “Train now”"));
}

TEST_F(Sheet, TheFilterFindsByNameAndByKey) {
  trigger(ActionId::Keys);

  for (const char* query : {"undo", "Ctrl+Z"}) {
    sheet->findChild<QLineEdit*>()->setText(QLatin1String(query));
    bool found = false;
    for (int row = 0; row < table->rowCount(); ++row) {
      found = found || table->item(row, 0)->text() == "Undo";
    }
    EXPECT_TRUE(found) << query;
    EXPECT_LT(table->rowCount(), 6) << query;
  }
}

TEST_F(Sheet, EscapeGivesTheKeyboardBack) {
  trigger(ActionId::Help);

  press(sheet, Qt::Key_Escape);

  EXPECT_FALSE(sheet->isVisible());
  EXPECT_EQ(QApplication::focusWidget(), &bench.window);
}

TEST_F(Sheet, NoKeyReachesTheWindowWhileHelpIsOpen) {
  trigger(ActionId::Help);

  press(sheet->findChild<QListWidget*>(), Qt::Key_1);

  EXPECT_TRUE(bench.wanted.empty());
}

}  // namespace
