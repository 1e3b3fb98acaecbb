// From files to recordings, by mouse and by keyboard.

#include "ui/views/import_sheet.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QDropEvent>
#include <QLineEdit>
#include <QMimeData>
#include <QPushButton>

#include "tests/ui/accessibility.h"
#include "tests/ui/sample_imports.h"
#include "tests/ui/sheet_over_window.h"
#include "ui/views/import_part_card.h"
#include "ui/views/row_table.h"

namespace {

using Stage = app::ImportView::Stage;

struct ImportSheetTest : ui_test::SheetOverWindow<ui::ImportSheet, sample::Imports,
                                                  &ui::Feed::imports, ui::ActionId::Import> {
  void openWith(const app::ImportView& view) {
    imports.view = view;
    open();
  }
  ui::ImportPartCard* card(std::size_t at) {
    return sheet()->findChildren<ui::ImportPartCard*>().at(static_cast<qsizetype>(at));
  }
  QPushButton* button(const QString& text) {
    for (auto* one : sheet()->findChildren<QPushButton*>()) {
      if (one->text() == text && one->isVisible()) return one;
    }
    return nullptr;
  }
  /// True where the window would take what is dropped.
  bool drop(const QList<QUrl>& urls) {
    QMimeData data;
    data.setUrls(urls);
    QDragEnterEvent enter({200, 200}, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    enter.ignore();
    QApplication::sendEvent(&window, &enter);
    if (!enter.isAccepted()) return false;
    QDropEvent drop({200, 200}, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(&window, &drop);
    QApplication::processEvents();
    return true;
  }

  sample::Imports& imports = core;
};

TEST_F(ImportSheetTest, FilesThatAreDroppedAreLookedAt) {
  ASSERT_TRUE(drop({QUrl::fromLocalFile("/tmp/a b.wav"), QUrl::fromLocalFile("/tmp/films")}));
  EXPECT_TRUE(sheet()->isVisible());
  EXPECT_EQ(imports.looked, (std::vector<std::filesystem::path>{"/tmp/a b.wav", "/tmp/films"}));
  EXPECT_TRUE(imports.watched);
  EXPECT_NE(button("Stop"), nullptr);
}

TEST_F(ImportSheetTest, WhatIsNoFileIsNotTaken) {
  EXPECT_FALSE(drop({QUrl("https://example.org/a.wav")}));
  EXPECT_FALSE(sheet()->isVisible());
}

TEST_F(ImportSheetTest, AProjectThatIsOnlyLookedAtTakesNothing) {
  app::Snapshot looked = sample::full();
  looked.readOnly = true;
  show(looked);
  EXPECT_FALSE(drop({QUrl::fromLocalFile("/tmp/a.wav")}));
  open();
  EXPECT_FALSE(sheet()->isVisible());
}

TEST_F(ImportSheetTest, EmptyItSaysWhatCanBeDropped) {
  open();
  ASSERT_TRUE(sheet()->isVisible());
  EXPECT_NE(button("Choose files…"), nullptr);
  EXPECT_NE(button("Choose a folder…"), nullptr);
  EXPECT_EQ(button("Bring in"), nullptr);
  EXPECT_EQ(QApplication::focusWidget(), button("Choose files…"));
}

TEST_F(ImportSheetTest, EachPartSaysWhatItIsAndOneThatIsDamagedCannotBeTicked) {
  openWith(sample::importReady());
  const auto cards = sheet()->findChildren<ui::ImportPartCard*>();
  ASSERT_EQ(cards.size(), 5);
  EXPECT_EQ(cards[1]->accessibleName(), "Film hall on sunday.mp4");
  EXPECT_TRUE(cards[0]->findChild<ui::UseBox*>()->isChecked());
  EXPECT_FALSE(cards[4]->findChild<ui::UseBox*>()->isEnabled());
}

TEST_F(ImportSheetTest, WhatAPersonTypesAndTicksIsChosen) {
  openWith(sample::importReady());

  auto* label = card(1)->findChild<QLineEdit*>();
  label->setFocus();
  QTest::keyClicks(label, "Hall");
  QTest::keyClick(label, Qt::Key_Return);
  card(0)->findChild<ui::UseBox*>()->click();
  card(2)->findChild<QDoubleSpinBox*>()->setValue(50);

  ASSERT_EQ(imports.chosen.size(), 3u);
  EXPECT_EQ(imports.chosen[0].first, 1u);
  EXPECT_EQ(imports.chosen[0].second.label, "Hall");
  EXPECT_FALSE(imports.chosen[1].second.wanted);
  EXPECT_EQ(imports.chosen[2].second.chosenRate, 50);
  EXPECT_TRUE(wanted.empty()) << "letters and Enter belong to the sheet";
}

TEST_F(ImportSheetTest, TheColumnOfLabelsIsChosenFromThoseThereAre) {
  openWith(sample::importReady());
  for (auto* box : card(3)->findChildren<QComboBox*>()) {
    if (box->accessibleName() == QLatin1String("Column of the labels")) {
      EXPECT_EQ(box->currentText(), "class");
      Q_EMIT box->activated(0);
    }
  }
  ASSERT_EQ(imports.chosen.size(), 1u);
  EXPECT_EQ(imports.chosen[0].second.labelColumn, "light");
}

TEST_F(ImportSheetTest, AListOfChoicesThatIsOpenKeepsTheKeyboard) {
  openWith(sample::importReady());
  QComboBox* box = nullptr;
  for (auto* one : card(3)->findChildren<QComboBox*>()) {
    if (one->accessibleName() == QLatin1String("Column of the labels")) box = one;
  }
  ASSERT_NE(box, nullptr);
  box->setFocus(Qt::TabFocusReason);
  box->showPopup();
  QApplication::processEvents();

  sheet()->pull();
  box->hidePopup();
  QApplication::processEvents();

  EXPECT_EQ(QApplication::focusWidget(), box);
}

TEST_F(ImportSheetTest, ItIsStartedAndStoppedByKeyboard) {
  openWith(sample::importReady());
  button("Bring in")->setFocus(Qt::TabFocusReason);
  QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
  EXPECT_EQ(imports.started, 1);

  imports.view = sample::importWorking();
  sheet()->pull();
  ASSERT_NE(button("Stop"), nullptr);
  EXPECT_FALSE(card(0)->isEnabled());
  button("Stop")->setFocus(Qt::TabFocusReason);
  QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
  EXPECT_EQ(imports.stopped, 1);
}

TEST_F(ImportSheetTest, ClosingItEndsNothingAndNobodyWatchesThen) {
  openWith(sample::importWorking());
  QTest::keyClick(QApplication::focusWidget() != nullptr ? QApplication::focusWidget() : sheet(),
                  Qt::Key_Escape);
  EXPECT_FALSE(sheet()->isVisible());
  EXPECT_EQ(imports.stopped + imports.cleared, 0);
  EXPECT_FALSE(imports.watched);
}

TEST_F(ImportSheetTest, WhatCameIsShownOnPageLabel) {
  openWith(sample::importDone());
  ASSERT_NE(button("Show them"), nullptr);
  button("Show them")->click();
  QApplication::processEvents();
  EXPECT_FALSE(sheet()->isVisible());
  EXPECT_EQ(imports.cleared, 1);
}

TEST_F(ImportSheetTest, EverybodyCanUseIt) {
  for (const app::ImportView& view :
       {app::ImportView(), sample::importReady(), sample::importWorking(), sample::importDone()}) {
    openWith(view);
    sheet()->pull();
    QApplication::processEvents();
    for (const auto& faults : {ui_test::namelessControls(*sheet()), ui_test::smallTargets(*sheet()),
                               ui_test::cutTexts(*sheet())}) {
      EXPECT_TRUE(faults.isEmpty()) << static_cast<int>(view.stage) << ": "
                                    << faults.join(QLatin1Char('\n')).toStdString();
    }
  }
}

}  // namespace
