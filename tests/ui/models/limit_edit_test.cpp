#include "ui/models/limit_edit.h"

#include <gtest/gtest.h>

namespace {

using ui::LimitEdit;
using Key = LimitEdit::Key;

LimitEdit twoRows() {
  LimitEdit edit;
  edit.setRows({{.label = 2, .limit = 0.6F}, {.label = 3, .limit = 0.7, .own = true}});
  return edit;
}

TEST(LimitEdit, StepsByKeyAreOneChangeThatIsAskedForWhenKept) {
  LimitEdit edit = twoRows();

  EXPECT_EQ(edit.press(Key::RaiseMuch), std::nullopt);
  EXPECT_EQ(edit.press(Key::Raise), std::nullopt);
  const auto wanted = edit.press(Key::Keep);

  ASSERT_TRUE(wanted);
  EXPECT_EQ(wanted->label, 2);
  EXPECT_NEAR(wanted->certainty.value(), 0.66, 1e-6);
  EXPECT_EQ(edit.keep(), std::nullopt) << "only once";
}

TEST(LimitEdit, ChoosingTheNextRowKeepsWhatWasMoved) {
  LimitEdit edit = twoRows();
  edit.press(Key::Lower);

  const auto wanted = edit.press(Key::Next);

  ASSERT_TRUE(wanted);
  EXPECT_NEAR(wanted->certainty.value(), 0.59, 1e-6);
  EXPECT_EQ(edit.chosen(), 3);
}

TEST(LimitEdit, TakingARowInHandMovesNothingAndKeepsWhatWasMovedOfAnother) {
  LimitEdit edit = twoRows();
  edit.press(Key::Raise);

  const auto wanted = edit.choose(3);

  ASSERT_TRUE(wanted);
  EXPECT_EQ(wanted->label, 2);
  EXPECT_EQ(edit.chosen(), 3);
  EXPECT_EQ(edit.keep(), std::nullopt);
}

TEST(LimitEdit, SeveralThatDifferAreMadeOneAlsoWhereItIsTheirMean) {
  LimitEdit edit;
  edit.setRows({{.label = -1, .limit = 0.6, .own = true, .even = false}});
  edit.drag(-1, 0.6);

  const auto wanted = edit.keep();

  ASSERT_TRUE(wanted);
  EXPECT_NEAR(wanted->certainty.value(), 0.6, 1e-6);
}

TEST(LimitEdit, LeavingForgetsWhatWasMoved) {
  LimitEdit edit = twoRows();
  edit.press(Key::RaiseMuch);

  edit.press(Key::Leave);

  EXPECT_EQ(edit.keep(), std::nullopt);
  EXPECT_FALSE(edit.isMoved());
}

TEST(LimitEdit, OnlyAPersonsOwnLimitGoesBackToTheTestedOne) {
  LimitEdit edit = twoRows();

  EXPECT_EQ(edit.press(Key::AsTested), std::nullopt) << "it is as tested";
  edit.press(Key::Next);
  const auto wanted = edit.press(Key::AsTested);

  ASSERT_TRUE(wanted);
  EXPECT_EQ(*wanted, (LimitEdit::Wanted{3, std::nullopt}));
}

TEST(LimitEdit, WhatWasJustAskedForGoesBackAsWell) {
  LimitEdit edit = twoRows();
  edit.enter();
  edit.press(Key::Raise);
  const auto asked = edit.press(Key::Keep);
  ASSERT_TRUE(asked);

  const auto back = edit.press(Key::AsTested);  // before it was seen in force

  ASSERT_TRUE(back);
  EXPECT_EQ(*back, (LimitEdit::Wanted{asked->label, std::nullopt}));
}

TEST(LimitEdit, ADraggedNotchStaysInsideTheBar) {
  LimitEdit edit = twoRows();

  edit.drag(3, 1.4);

  EXPECT_DOUBLE_EQ(edit.shown({.label = 3, .limit = 0.7, .own = true}), 1);
}

TEST(LimitEdit, ALimitNobodyCanReachComesDownIntoTheBar) {
  LimitEdit edit;
  edit.setRows({{.label = 2, .limit = 1.01}});

  edit.press(Key::LowerMuch);

  EXPECT_DOUBLE_EQ(edit.shown({.label = 2, .limit = 1.01}), 0.95);
}

TEST(LimitEdit, WhatWasAskedForIsShownUntilItIsInForce) {
  LimitEdit edit = twoRows();
  edit.press(Key::RaiseMuch);
  edit.press(Key::Keep);

  EXPECT_NEAR(edit.shown({.label = 2, .limit = 0.6}), 0.65, 1e-6);

  edit.setRows({{.label = 2, .limit = 0.65, .own = true}});
  EXPECT_NEAR(edit.shown({.label = 2, .limit = 0.5, .own = true}), 0.5, 1e-6)
      << "then what is in force";
}

}  // namespace
