#include "ui/models/key_map.h"

#include <gtest/gtest.h>

namespace {

using ui::ActionId;
using ui::KeyMap;

TEST(KeyMap, BeginsWithTheKeysOfTheTable) {
  const KeyMap map;

  EXPECT_EQ(map.keys(ActionId::Undo), QList<QKeySequence>{QKeySequence("Ctrl+Z")});
  EXPECT_FALSE(map.isChanged(ActionId::Undo));
}

TEST(KeyMap, AnActionTakesAFreeKeyAndGivesItBack) {
  KeyMap map;

  EXPECT_EQ(map.change(ActionId::Undo, QKeySequence("Ctrl+J")), std::nullopt);
  EXPECT_EQ(map.keys(ActionId::Undo), QList<QKeySequence>{QKeySequence("Ctrl+J")});
  EXPECT_EQ(map.text(ActionId::Undo), "Ctrl+J");

  EXPECT_EQ(map.reset(ActionId::Undo), std::nullopt);
  EXPECT_EQ(map.keys(ActionId::Undo), QList<QKeySequence>{QKeySequence("Ctrl+Z")});
}

TEST(KeyMap, AKeySomebodyHasIsRefusedWithTheNameOfItsOwner) {
  KeyMap map;

  const auto why = map.change(ActionId::Undo, QKeySequence("Ctrl+T"));

  ASSERT_TRUE(why);
  EXPECT_TRUE(why->contains("Train now")) << why->toStdString();
  EXPECT_EQ(map.keys(ActionId::Undo), QList<QKeySequence>{QKeySequence("Ctrl+Z")});
}

TEST(KeyMap, AStandardKeyThatWentToSomebodyElseDoesNotComeBack) {
  KeyMap map;
  ASSERT_EQ(map.change(ActionId::TrainNow, QKeySequence("Ctrl+J")), std::nullopt);
  ASSERT_EQ(map.change(ActionId::Undo, QKeySequence("Ctrl+T")), std::nullopt);

  const auto why = map.reset(ActionId::TrainNow);

  ASSERT_TRUE(why);
  EXPECT_TRUE(why->contains("Undo")) << why->toStdString();
}

TEST(KeyMap, KeysWithAMeaningOfTheirOwnAreNeverGivenAway) {
  KeyMap map;

  for (const char* keys : {"1", "Shift+2", "Ctrl+Alt+3", "Esc", "Return", "Tab", "Left", "Space"}) {
    EXPECT_TRUE(map.change(ActionId::Undo, QKeySequence(QLatin1String(keys)))) << keys;
  }
  EXPECT_TRUE(map.change(ActionId::Undo, QKeySequence()));
  EXPECT_TRUE(map.change(ActionId::StopRecording, QKeySequence("Ctrl+J")));
}

TEST(KeyMap, TheFirstOfTwoKeysMayBeAnotherPlainKey) {
  KeyMap map;

  EXPECT_TRUE(map.change(ActionId::Correct, QKeySequence("Ctrl+J")));
  EXPECT_EQ(map.change(ActionId::Correct, QKeySequence("V")), std::nullopt);

  EXPECT_EQ(map.plainKey(ActionId::Correct), Qt::Key_V);
  EXPECT_EQ(map.text(ActionId::Correct), "V, then 1–9 or 0");
  EXPECT_EQ(map.plainKey(ActionId::Undo), 0);
}

TEST(KeyMap, IsKeptAsTextAndNonsenseIsLeftOut) {
  KeyMap map;
  ASSERT_EQ(map.change(ActionId::Undo, QKeySequence("Ctrl+J")), std::nullopt);

  QStringList texts = map.toTexts();
  texts << "Fly=Ctrl+F"
        << ""
        << "="
        << "Train now=Ctrl+J"
        << "New label=";
  const KeyMap again = KeyMap::fromTexts(texts);

  EXPECT_EQ(again.text(ActionId::Undo), "Ctrl+J");
  EXPECT_FALSE(again.isChanged(ActionId::TrainNow));  // its key was taken first
  EXPECT_FALSE(again.isChanged(ActionId::NewLabel));
}

}  // namespace
