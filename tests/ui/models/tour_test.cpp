#include "ui/models/tour.h"

#include <gtest/gtest.h>

#include "tests/ui/sample_house.h"

namespace {

using ui::TourStep;

app::Snapshot with(std::vector<app::LabelCard> cards) {
  app::Snapshot snapshot = sample::full();
  snapshot.cards = std::move(cards);
  snapshot.model = {};
  return snapshot;
}
app::LabelCard background() { return sample::card(sample::label(1, "Background", 0), 1, 10, 100); }
app::LabelCard label(int id, const char* name, int examples) {
  return sample::card(sample::label(id, name, id - 1), examples, 3, 200 + 100 * id);
}
app::Snapshot corrected(app::Snapshot snapshot) {
  snapshot.cards.back().examples.back().demonstration.origin = learners::Origin::Correction;
  return snapshot;
}

TEST(TourProgress, GoesOnWithWhatWasReallyDone) {
  ui::TourProgress tour;
  const auto at = [&](const app::Snapshot& snapshot,
                      const std::optional<app::Answer>& answer = std::nullopt) {
    tour.follow(snapshot, answer);
    return tour.step();
  };
  EXPECT_EQ(at(with({})), TourStep::Listen);
  EXPECT_EQ(at(with({background()})), TourStep::Name);
  EXPECT_EQ(at(with({background(), label(2, "Kettle", 2)})), TourStep::Record);
  EXPECT_EQ(at(with({background(), label(2, "Kettle", 3)})), TourStep::Second);
  app::Snapshot two = with({background(), label(2, "Kettle", 3), label(3, "Tap", 3)});
  EXPECT_EQ(at(two), TourStep::Answer);
  two.model.version = 1;
  const auto answer = sample::answer(two, {0.1F, 0.8F, 0.1F}, 1);
  EXPECT_EQ(at(two, answer), TourStep::Correct);
  EXPECT_EQ(at(two, answer), TourStep::Correct);
  EXPECT_EQ(at(corrected(two), answer), TourStep::Undo);
  EXPECT_EQ(at(two, answer), TourStep::Done);
  EXPECT_EQ(at(two, answer), TourStep::Done);
}

TEST(TourProgress, WhatWasDoneBeforeIsPassed) {
  app::Snapshot two = with({background(), label(2, "Kettle", 3), label(3, "Tap", 3)});
  two.model.version = 1;
  ui::TourProgress tour;

  tour.follow(corrected(two), sample::answer(two, {0.1F, 0.8F, 0.1F}, 1));

  EXPECT_EQ(tour.step(), TourStep::Correct) << "a correction of before is not this one";
}

TEST(TourProgress, AStaleAnswerIsNone) {
  app::Snapshot two = with({background(), label(2, "Kettle", 3), label(3, "Tap", 3)});
  two.model.version = 1;
  auto answer = sample::answer(two, {0.1F, 0.8F, 0.1F}, 1);
  answer.stale = true;
  ui::TourProgress tour;

  tour.follow(two, answer);

  EXPECT_EQ(tour.step(), TourStep::Answer);
}

TEST(TourWords, NameThePersonsOwnKeysAndTheWayBack) {
  ui::KeyMap keys;
  ASSERT_FALSE(keys.change(ui::ActionId::NewLabel, QKeySequence(Qt::CTRL | Qt::Key_J)));
  const app::Snapshot snapshot = with({});

  EXPECT_TRUE(ui::tourWords(TourStep::Name, snapshot, keys, true).text.contains("Ctrl+J"));
  EXPECT_TRUE(ui::tourWords(TourStep::Name, snapshot, keys, false).text.contains("Ctrl+1"));
  for (int i = 0; i < ui::kTourSteps; ++i) {
    const auto words = ui::tourWords(static_cast<TourStep>(i), snapshot, keys, true);
    EXPECT_FALSE(words.title.isEmpty());
    EXPECT_FALSE(words.text.isEmpty());
    EXPECT_EQ(words.place, QStringLiteral("Step %1 of 8").arg(i + 1));
  }
}

TEST(TourPlace, ACardStandsBesideWhatItPointsAtAndInsideTheWindow) {
  const QSize card(320, 160);
  for (const QRect& room : {QRect(12, 12, 1416, 876), QRect(12, 12, 1000, 676)}) {
    for (const auto direction : {Qt::LeftToRight, Qt::RightToLeft}) {
      for (int x = 0; x < room.width(); x += 53) {
        for (int y = 0; y < room.height(); y += 47) {
          const QRect anchor(x, y, 180, 90);
          const QRect at(ui::placeBeside(anchor, card, room, direction), card);
          EXPECT_TRUE(room.contains(at)) << x << " " << y;
          EXPECT_FALSE(at.intersects(anchor)) << x << " " << y;
        }
      }
    }
  }
}

TEST(TourPlace, WhatIsNeededForTheStepStaysInSight) {
  const QRect room(0, 0, 1024, 700);
  const QRect card(97, 121, 236, 112);
  const QRect newLabel(593, 121, 236, 112);
  const QRect act(97, 243, 903, 32);

  const QRect at(ui::placeBeside(card, {320, 172}, room, Qt::LeftToRight, {newLabel, act}),
                 QSize(320, 172));

  EXPECT_TRUE(room.contains(at));
  EXPECT_FALSE(at.intersects(card) || at.intersects(newLabel) || at.intersects(act));
}

TEST(TourPlace, WithoutRoomBesideItTheCardStandsWhereItHidesNothingThatIsRead) {
  const QRect room(12, 12, 1000, 676);
  const QRect now(97, 290, 915, 130);  // as wide as the page
  const QRect above(97, 60, 915, 215);
  const QRect names(0, 422, 146, 250);
  const QRect newest(674, 422, 350, 250);

  const QRect at(ui::placeBeside(now, {320, 172}, room, Qt::LeftToRight, {above, names, newest}),
                 QSize(320, 172));

  EXPECT_TRUE(room.contains(at));
  for (const QRect& rect : {now, above, names, newest}) EXPECT_FALSE(at.intersects(rect));
}

TEST(TourPlace, BesideSomethingThatFillsTheWindowItHidesLittle) {
  const QRect room(0, 0, 1000, 700);
  const QRect anchor(50, 60, 900, 600);
  const QRect at(ui::placeBeside(anchor, {320, 160}, room, Qt::LeftToRight), QSize(320, 160));
  EXPECT_TRUE(room.contains(at));
}

}  // namespace
