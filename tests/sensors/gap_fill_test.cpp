#include "sensors/gap_fill.h"

#include <gtest/gtest.h>

namespace {

using sensors::Fill;
using sensors::SourceInfo;
using sensors::SourceKind;

constexpr std::uint8_t kGone = 1;

/// One channel; values where `missing` is 1 are 0.
sensors::Samples column(const std::vector<float>& values, const std::vector<std::uint8_t>& missing) {
  return {.rows = values.size(), .channels = 1, .values = values, .missing = missing};
}

TEST(GapFill, HoldGoesOnWithTheNumberBefore) {
  auto samples = column({1, 0, 0, 4}, {0, kGone, kGone, 0});
  EXPECT_EQ(sensors::fillGaps(samples, {Fill::Hold}), 2u);
  EXPECT_EQ(samples.values, (std::vector<float>{1, 1, 1, 4}));
  EXPECT_TRUE(samples.missing.empty());
}

TEST(GapFill, InterpolationIsAStraightLineAndHoldsWhereItLeadsNowhere) {
  auto samples = column({1, 0, 0, 4, 0}, {0, kGone, kGone, 0, kGone});
  EXPECT_EQ(sensors::fillGaps(samples, {Fill::Interpolate}), 3u);
  EXPECT_EQ(samples.values, (std::vector<float>{1, 2, 3, 4, 4}));
}

TEST(GapFill, MissingStaysMissing) {
  auto samples = column({1, 0, 3}, {0, kGone, 0});
  EXPECT_EQ(sensors::fillGaps(samples, {Fill::Missing}), 0u);
  EXPECT_TRUE(samples.isMissing(1, 0));
}

TEST(GapFill, BeforeTheFirstNumberNothingIsInvented) {
  auto samples = column({0, 0, 3}, {kGone, kGone, 0});
  EXPECT_EQ(sensors::fillGaps(samples, {Fill::Interpolate}), 0u);
  EXPECT_TRUE(samples.isMissing(0, 0));

  EXPECT_EQ(sensors::fillGaps(samples, {Fill::Hold}, {5.0F}), 2u);
  EXPECT_EQ(samples.values, (std::vector<float>{5, 5, 3}));
}

TEST(GapFill, EachChannelIsFilledAsItWasChosen) {
  sensors::Samples samples{.rows = 3,
                           .channels = 2,
                           .values = {1, 1, 0, 0, 3, 3},
                           .missing = {0, 0, kGone, kGone, 0, 0}};
  EXPECT_EQ(sensors::fillGaps(samples, {Fill::Interpolate, Fill::Missing}), 1u);
  EXPECT_EQ(samples.at(1, 0), 2);
  EXPECT_FALSE(samples.isMissing(1, 0));
  EXPECT_TRUE(samples.isMissing(1, 1));
}

TEST(GapFill, ChoicesFitTheSource) {
  const SourceInfo motion{.id = "a", .kind = SourceKind::Motion, .channels = {{"x"}, {"y"}}, .rate = 50};
  const SourceInfo slow{.id = "b", .kind = SourceKind::Slow, .channels = {{"t"}}};
  EXPECT_EQ(sensors::fillPerChannel(motion, {{"y", Fill::Hold}}),
            (std::vector{Fill::Missing, Fill::Hold}));
  EXPECT_EQ(sensors::fillPerChannel(slow, {{"t", Fill::Interpolate}}), std::vector{Fill::Hold});
  EXPECT_EQ(sensors::fillPerChannel(slow, {{"t", Fill::Missing}}), std::vector{Fill::Missing});
  EXPECT_TRUE(sensors::fillsOf({.kind = SourceKind::Picture}).empty());
}

TEST(GapFill, WordsAreReadAsTheyAreWritten) {
  for (const Fill fill : {Fill::Missing, Fill::Hold, Fill::Interpolate}) {
    EXPECT_EQ(sensors::fillFrom(sensors::toText(fill)), fill);
  }
  EXPECT_EQ(sensors::fillFrom("guess"), std::nullopt);
  EXPECT_EQ(sensors::toText(sensors::FillChoice{{"x", Fill::Hold}, {"y", Fill::Missing}}),
            "x=hold,y=missing");
}

}  // namespace
