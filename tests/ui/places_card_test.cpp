#include "ui/views/places_card.h"

#include <QComboBox>
#include <QKeyEvent>
#include <gtest/gtest.h>

#include "tests/ui/accessibility.h"
#include "tests/ui/application.h"
#include "tests/ui/sample_house.h"
#include "ui/charts/chart_card.h"
#include "ui/charts/places_chart.h"

namespace {

struct PlacesCardTest : testing::Test {
  explicit PlacesCardTest() {
    card.resize(1000, 400);
    card.QWidget::show();
    show(sample::house());
  }
  void show(const app::Snapshot& snapshot, double later = 0) {
    card.show(std::make_shared<const app::Snapshot>(snapshot),
              sample::kNow + sample::fromSeconds(later));
    QApplication::processEvents();
  }
  void press(int key) {
    QKeyEvent down(QEvent::KeyPress, key, Qt::NoModifier);
    QApplication::sendEvent(card.chart(), &down);
  }
  std::string texts() { return ui_test::textsOf(card).toStdString(); }
  bool says(const char* text) { return texts().find(text) != std::string::npos; }

  ui::PlacesCard card{ui_test::theme()};
};

TEST_F(PlacesCardTest, StatesWhatMovedAndWhyWhoAnswersNowDoes) {
  EXPECT_TRUE(says("moved to Attic Pi at")) << texts();
  EXPECT_TRUE(says("Attic Pi answered for Kitchen sounds")) << texts();
  EXPECT_TRUE(says("The rule in force decided: Attic Pi: load 12 %."));
  EXPECT_TRUE(says("answers within 40 ms: 61 ms"));
}

TEST_F(PlacesCardTest, AStretchThatIsChosenByKeysSaysWhyItWasThereThen) {
  press(Qt::Key_Home);
  press(Qt::Key_Return);

  EXPECT_TRUE(says("Attic Pi learnt Kitchen sounds")) << texts();
  EXPECT_TRUE(says("You chose it"));
  show(sample::house(), 120);
  EXPECT_TRUE(says("Attic Pi learnt Kitchen sounds")) << "though time went on";
  EXPECT_EQ(card.chart()->cursor(), 0);
}

TEST_F(PlacesCardTest, PlusAndMinusChangeTheTimeShown) {
  auto* window = card.findChild<QComboBox*>();
  const std::size_t hour = card.chart()->marks();

  press(Qt::Key_Plus);
  EXPECT_EQ(window->currentText(), "last 10 minutes");
  EXPECT_LT(card.chart()->marks(), hour);
  for (int i = 0; i < 5; ++i) press(Qt::Key_Minus);
  EXPECT_EQ(window->currentText(), "last week");
}

TEST_F(PlacesCardTest, HasATableTwinWithARowForEachStretch) {
  const ui::ChartTable table = card.chart()->table();

  ASSERT_EQ(table.rows.size(), card.chart()->marks());
  EXPECT_TRUE(table.columns.contains("computer"));
  EXPECT_EQ(table.rows[1][2], "This computer");
  EXPECT_EQ(table.rows[1][5], "no rule says otherwise");
  for (const QStringList& row : table.rows) EXPECT_EQ(row.size(), table.columns.size());
}

TEST_F(PlacesCardTest, SaysWhatWillBeHereWhileNothingWasLearnt) {
  app::Snapshot empty = sample::house();
  empty.places = std::make_shared<const app::PlaceStretches>();

  show(empty);

  EXPECT_TRUE(says("Nothing has been learnt yet")) << texts();
  EXPECT_FALSE(says("Attic Pi"));
  show(sample::house());
  EXPECT_TRUE(says("moved to Attic Pi at")) << "as soon as there is something";
}

TEST_F(PlacesCardTest, EverythingHasANameAndNothingIsCutAtBothWidths) {
  for (const int width : {1000, 620}) {
    card.resize(width, 700);
    QApplication::processEvents();
    EXPECT_EQ(ui_test::namelessControls(card), QStringList());
    EXPECT_EQ(ui_test::cutTexts(card), QStringList()) << width;
  }
}

}  // namespace
