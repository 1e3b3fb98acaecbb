#include "ui/views/ribbon.h"

#include <QPainter>
#include <gtest/gtest.h>

#include "tests/ui/application.h"

namespace {

using State = learners::PredictionState;

app::RibbonSpan block(double from, double to, int label, State state = State::Known,
                      float certainty = 0.9F) {
  return {.span = {base::Time{} + base::fromSeconds(from), base::Time{} + base::fromSeconds(to)},
          .label = label,
          .text = {},
          .certainty = certainty,
          .state = state,
          .imputed = false};
}

TEST(Mismatches, AreWhereWhatWasSaidContradictsWhatWasHeard) {
  const auto found = ui::mismatches({block(0, 10, 1), block(10, 20, 2)}, {block(8, 15, 2)});

  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0], base::Time{} + std::chrono::seconds(8));
}

TEST(Mismatches, OneIsEnoughForOneThingSaid) {
  const auto found =
      ui::mismatches({block(0, 2, 0), block(2, 4, 1), block(4, 6, 0)}, {block(0, 6, 2)});

  EXPECT_EQ(found.size(), 1U);
}

TEST(Mismatches, UnknownMissingAndBriefOnesAreNone) {
  const auto found = ui::mismatches(
      {block(0, 5, -1, State::Novel), block(5, 10, -1, State::NoData), block(10, 10.4, 1)},
      {block(0, 10.4, 2)});

  EXPECT_TRUE(found.empty());
}

/// Rows that hold the block's own colour, in a picture of one block.
int filledRows(const app::RibbonSpan& span) {
  QImage picture(200, 22, QImage::Format_RGB32);
  picture.fill(ui_test::theme().tokens().surface);
  QPainter painter(&picture);
  ui::paintRibbonBlock(painter, ui_test::theme(), QRectF(0, 0, 200, 22), span, sample::full().cards,
                       ui::RibbonKind::Heard);
  painter.end();
  int rows = 0;
  for (int y = 0; y < picture.height(); ++y) {
    rows += picture.pixelColor(150, y) == ui_test::theme().labelColour(1) ? 1 : 0;
  }
  return rows;
}

TEST(RibbonBlock, IsAsHighAsItIsCertain) {
  EXPECT_GT(filledRows(block(0, 10, 1, State::Known, 0.98F)),
            filledRows(block(0, 10, 1, State::Known, 0.65F)));
}

TEST(RibbonBlock, IsAnOutlineBelowTheLimit) {
  EXPECT_LE(filledRows(block(0, 10, 1, State::Known, 0.55F)), 2);
  EXPECT_GT(filledRows(block(0, 10, 1, State::Known, 0.61F)), 8);
}

}  // namespace
