#include "ui/models/happening_rows.h"

#include <gtest/gtest.h>

#include "tests/ui/sample_tasks.h"
#include "ui/words.h"

namespace {

std::vector<ui::HappeningRow> rowsIn(const app::Snapshot& snapshot, std::size_t most = 9) {
  return ui::happeningRows(sample::happenings(), snapshot, sample::answerOf, sample::kNow, most);
}

std::string plainText(QString text) {
  return text.replace(QChar(0x202F), QLatin1Char(' ')).toStdString();
}

TEST(HappeningRows, TheNewestComesFirstWithSinceWhenAndHowSure) {
  const auto rows = rowsIn(sample::withTasks());
  ASSERT_EQ(rows.size(), 3u);
  EXPECT_EQ(rows[0].name, "Tap");
  EXPECT_EQ(plainText(rows[0].when), "now, for 8 s");
  EXPECT_TRUE(rows[0].goesOn);
  EXPECT_EQ(plainText(rows[0].sure), "fairly sure 72 %");
  EXPECT_EQ(rows[1].name, "Door");
  EXPECT_FALSE(rows[1].goesOn);
  EXPECT_EQ(rows[1].when, ui::words::clock(sample::kNow - sample::fromSeconds(64)) + ", for " +
                              ui::words::duration(std::chrono::seconds(6)));
  EXPECT_EQ(rows[1].span, sample::happenings()[1].span);
}

TEST(HappeningRows, ViewsAreNamedByTheirTasksWhereThereAreSeveral) {
  EXPECT_EQ(rowsIn(sample::withTasks())[1].views, "Kitchen sounds, Who is home");
  EXPECT_TRUE(rowsIn(sample::full())[1].views.isEmpty()) << "one task: it was that one";
}

TEST(HappeningRows, ATaskThatIsGoneIsNamedByItsKey) {
  app::Snapshot snapshot = sample::withTasks();
  snapshot.tasks.erase(snapshot.tasks.begin() + 1);
  EXPECT_EQ(rowsIn(snapshot)[1].views, "Kitchen sounds, who-is-home");
}

TEST(HappeningRows, ColoursAreThoseOfTheLabels) {
  const auto rows = rowsIn(sample::withTasks());
  for (const app::LabelCard& card : sample::full().cards) {
    if (card.label.name == "Tap") {
      EXPECT_EQ(rows[0].colour, card.label.colour);
    }
  }
  EXPECT_EQ(rows[1].colour, 0) << "a label nobody shows now";
}

TEST(HappeningRows, NoMoreThanAreAskedFor) {
  const auto rows = rowsIn(sample::withTasks(), 2);
  ASSERT_EQ(rows.size(), 2u);
  EXPECT_EQ(rows[1].name, "Door");
}

}  // namespace
