#include "sensors/block.h"

#include <gtest/gtest.h>

#include "tests/support/scripted_source.h"

namespace {

using std::chrono::milliseconds;

TEST(Block, EvenRowsFollowEachOtherByTheStep) {
  const auto source =
      support::shared(support::sourceInfo("n/imu", sensors::SourceKind::Motion, 100));
  const auto block = support::block(source, {1'000}, {1, 2, 3});

  EXPECT_EQ(block->timeOf(2), base::Time{1'000} + milliseconds(20));
  EXPECT_EQ(block->end(), base::Time{1'000} + milliseconds(30));
}

TEST(Block, ScatteredRowsCarryTheirOwnTimesAndEndWithTheLast) {
  sensors::Block block;
  block.start = {500};
  block.offsets = {milliseconds(0), milliseconds(7)};
  block.content = sensors::Samples{.rows = 2, .channels = 1, .values = {1, 2}, .missing = {}};

  EXPECT_EQ(block.timeOf(1), base::Time{500} + milliseconds(7));
  EXPECT_EQ(block.end(), block.timeOf(1));
}

TEST(Block, APictureIsOneRow) {
  sensors::Block block;
  block.start = {500};
  block.content = sensors::Image{.width = 2, .height = 2, .jpeg = {1}};

  EXPECT_EQ(block.rows(), 1U);
  EXPECT_EQ(block.samples(), nullptr);
}

}  // namespace
