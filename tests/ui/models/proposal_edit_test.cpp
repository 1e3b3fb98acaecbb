#include "ui/models/proposal_edit.h"

#include <gtest/gtest.h>

namespace ui {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using Result = ProposalEdit::Result;

base::TimeSpan span(int begin, int end) {
  return {base::Time{} + seconds(begin), base::Time{} + seconds(end)};
}

ProposalEdit edit() {
  return {{.id = 1, .label = 3, .labelName = "Kettle", .spans = {span(20, 24), span(3, 9)}},
          base::Time{} + seconds(40)};
}

TEST(ProposalEdit, ArrowsMoveItShiftItsBeginAndControlItsEnd) {
  ProposalEdit one = edit();

  EXPECT_EQ(one.press(Qt::Key_Left, Qt::NoModifier), Result::Changed);
  EXPECT_EQ(one.span().begin, span(20, 24).begin - milliseconds(100));
  EXPECT_EQ(one.span().end, span(20, 24).end - milliseconds(100));
  one.press(Qt::Key_Right, Qt::ShiftModifier);
  EXPECT_EQ(one.span().begin, span(20, 24).begin);
  one.press(Qt::Key_Right, Qt::ControlModifier);
  EXPECT_EQ(one.span(), span(20, 24));
}

TEST(ProposalEdit, NeverEndsInTheFutureNorVanishes) {
  ProposalEdit one = edit();

  for (int i = 0; i < 1000; ++i) one.press(Qt::Key_Right, Qt::NoModifier);
  EXPECT_EQ(one.span().end, base::Time{} + seconds(40));
  for (int i = 0; i < 1000; ++i) one.press(Qt::Key_Right, Qt::ShiftModifier);
  EXPECT_EQ(one.span().length(), ProposalEdit::kShortest);
}

TEST(ProposalEdit, UpAndDownGoThroughTheCandidates) {
  ProposalEdit one = edit();

  one.press(Qt::Key_Down, Qt::NoModifier);
  EXPECT_EQ(one.span(), span(3, 9));
  one.press(Qt::Key_Down, Qt::NoModifier);
  EXPECT_EQ(one.place(), 1U);
  one.press(Qt::Key_Up, Qt::NoModifier);
  EXPECT_EQ(one.span(), span(20, 24));
}

TEST(ProposalEdit, EnterAcceptsEscapeDropsAndOtherKeysAreNotItsOwn) {
  ProposalEdit one = edit();

  EXPECT_EQ(one.press(Qt::Key_Return, Qt::NoModifier), Result::Accepted);
  EXPECT_EQ(one.press(Qt::Key_Escape, Qt::NoModifier), Result::Dropped);
  EXPECT_EQ(one.press(Qt::Key_A, Qt::NoModifier), Result::NotMine);
}

}  // namespace
}  // namespace ui
