#include <gtest/gtest.h>

#include "app/snapshot.h"

namespace {

using Kind = app::NextStep::Kind;

app::LabelCard card(learners::LabelId id, const std::string& name, int enabled,
                    double seconds = 6) {
  return {.label = {.id = id, .name = name, .colour = 1, .key = static_cast<int>(id)},
          .enabled = enabled,
          .seconds = seconds};
}

app::LabelCard background(double seconds) {
  app::LabelCard made = card(9, "Background", seconds > 0 ? 1 : 0, seconds);
  made.label.background = true;
  made.label.key = 0;
  return made;
}

app::Snapshot listening() {
  app::Snapshot snapshot;
  snapshot.sources.push_back({.counts = {.blocks = 5}});
  return snapshot;
}

TEST(NextStep, WithoutASourceAsksToConnect) {
  EXPECT_EQ(app::nextStep(app::Snapshot{}).kind, Kind::Connect);
}

TEST(NextStep, FollowsTheLoopFromBackgroundToTrying) {
  app::Snapshot snapshot = listening();
  EXPECT_EQ(app::nextStep(snapshot).kind, Kind::ListenBackground);

  snapshot.cards = {background(10)};
  EXPECT_EQ(app::nextStep(snapshot).kind, Kind::AddLabel);

  snapshot.cards.push_back(card(1, "Kettle", 0));
  EXPECT_EQ(app::nextStep(snapshot).kind, Kind::RecordFirst);

  snapshot.cards[1].enabled = 1;
  const app::NextStep more = app::nextStep(snapshot);
  EXPECT_EQ(more.kind, Kind::RecordMore);
  EXPECT_EQ(more.count, 2);
  EXPECT_EQ(more.labelName, "Kettle");

  snapshot.cards[1].enabled = 3;
  EXPECT_EQ(app::nextStep(snapshot).kind, Kind::AddSecondLabel);

  snapshot.cards.push_back(card(2, "Tap", 3));
  EXPECT_EQ(app::nextStep(snapshot).kind, Kind::WaitForModel);

  snapshot.model.version = 1;
  EXPECT_EQ(app::nextStep(snapshot).kind, Kind::TryIt);
}

TEST(NextStep, AModelKeptAsideComesFirst) {
  app::Snapshot snapshot = listening();
  snapshot.model.keptAside = "Learning this would cost Tap.";

  EXPECT_EQ(app::nextStep(snapshot).kind, Kind::DecideKeptAside);
}

TEST(NextStep, AWeakModelAsksForMoreOfTheLabelWithFewest) {
  app::Snapshot snapshot = listening();
  snapshot.cards = {background(10), card(1, "Kettle", 5), card(2, "Tap", 3)};
  snapshot.model.version = 2;
  snapshot.model.heldOut = true;
  snapshot.model.heldOutAccuracy = 0.7;

  const app::NextStep step = app::nextStep(snapshot);

  EXPECT_EQ(step.kind, Kind::ImproveWeakest);
  EXPECT_EQ(step.labelName, "Tap");
}

TEST(NextStep, ShortBackgroundAsksForMoreOfIt) {
  app::Snapshot snapshot = listening();
  snapshot.cards = {background(3)};

  EXPECT_EQ(app::nextStep(snapshot).kind, Kind::ListenBackground);
}

}  // namespace
