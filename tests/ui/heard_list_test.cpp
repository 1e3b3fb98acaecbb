#include "ui/views/heard_list.h"

#include <QTest>
#include <gtest/gtest.h>

#include "tests/ui/application.h"
#include "tests/ui/sample_snapshot.h"

namespace {

constexpr base::Time kHour{std::int64_t{1'700'000'000} * 1'000'000'000};

app::RibbonSpan heardAt(int second) {
  const base::Time begin = kHour + std::chrono::seconds(second);
  return {.span = {begin, begin + std::chrono::seconds(1)},
          .text = std::to_string(second),
          .certainty = 0.9F,
          .state = learners::PredictionState::Known};
}

struct HeardListTest : testing::Test {
  HeardListTest() {
    QObject::connect(&list, &ui::HeardList::picked, &list,
                     [this](const base::TimeSpan& span, const QPoint&) { picked.push_back(span); });
    list.resize(500, 300);
    list.QWidget::show();
  }
  void hear(const std::vector<app::RibbonSpan>& heard) {
    list.show(snapshot, heard, kHour + std::chrono::minutes(1));
  }
  void press(Qt::Key key) { QTest::keyClick(&list, key); }

  app::Snapshot snapshot;
  ui::HeardList list{ui_test::theme()};
  std::vector<base::TimeSpan> picked;
};

TEST_F(HeardListTest, TheNewestStandsFirstAndEnterTakesWhatIsChosen) {
  hear({heardAt(0), heardAt(5), heardAt(10)});

  press(Qt::Key_Return);
  press(Qt::Key_Down);
  press(Qt::Key_Down);
  press(Qt::Key_Return);

  ASSERT_EQ(picked.size(), 2U);
  EXPECT_EQ(picked[0], heardAt(10).span) << "the first, where none is chosen";
  EXPECT_EQ(picked[1], heardAt(5).span);
}

TEST_F(HeardListTest, WhatIsChosenByKeyStaysChosenWhenSomethingIsHeard) {
  hear({heardAt(0), heardAt(5)});
  press(Qt::Key_Down);
  hear({heardAt(0), heardAt(5), heardAt(10)});

  press(Qt::Key_Return);

  ASSERT_EQ(picked.size(), 1U);
  EXPECT_EQ(picked[0], heardAt(5).span);
}

TEST_F(HeardListTest, WhereNothingWasHeardNothingCanBeTaken) {
  hear({});

  press(Qt::Key_Down);
  press(Qt::Key_Return);

  EXPECT_TRUE(picked.empty());
}

}  // namespace
