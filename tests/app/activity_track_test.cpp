#include "app/activity_track.h"

#include <cmath>
#include <gtest/gtest.h>

namespace app {
namespace {

base::Time at(double s) { return base::Time{} + base::fromSeconds(s); }

sensors::BlockPtr block(double begin, base::Duration step, std::size_t channels,
                        std::vector<float> values) {
  auto made = std::make_shared<sensors::Block>();
  made->source = std::make_shared<const sensors::SourceInfo>(sensors::SourceInfo{.id = "a/b"});
  made->start = at(begin);
  made->step = step;
  made->content = sensors::Samples{
      .rows = values.size() / channels, .channels = channels, .values = std::move(values)};
  return made;
}

TEST(ActivityOf, SoundIsTenDecibelsLouderWithTenTimesThePower) {
  std::vector<float> values;
  for (int i = 0; i < 8000; ++i) {
    const float gain = i < 4000 ? 0.01F : 0.01F * std::sqrt(10.F);
    values.push_back(gain * std::sin(0.7F * static_cast<float>(i)));
  }

  const auto track =
      activityOf({block(0, base::fromSeconds(1 / 8000.0), 1, values)}, {at(0), at(1)});

  ASSERT_EQ(track.steps(), 10U);
  ASSERT_EQ(track.dims, 3U);
  EXPECT_EQ(track.rising, 3U);
  for (std::size_t dim = 0; dim < 3; ++dim) {
    EXPECT_NEAR(track.at(8, dim) - track.at(2, dim), 10, 0.3) << dim;
  }
}

TEST(ActivityOf, MotionHasAgitationAndMeanOfEachChannel) {
  std::vector<float> values;
  for (int i = 0; i < 100; ++i) {
    values.push_back(i % 2 == 0 ? 1.F : 3.F);  // mean 2, variance 1
    values.push_back(5.F);
  }

  const auto track = activityOf({block(0, base::fromSeconds(0.01), 2, values)}, {at(0), at(1)});

  ASSERT_EQ(track.dims, 4U);
  EXPECT_EQ(track.rising, 2U);
  EXPECT_NEAR(track.at(5, 0), 0, 0.01);
  EXPECT_LT(track.at(5, 1), -80);
  EXPECT_FLOAT_EQ(track.at(5, 2), 2);
  EXPECT_FLOAT_EQ(track.at(5, 3), 5);
}

TEST(ActivityOf, AReadingHoldsUntilTheNextAndIsUnknownBeforeTheFirst) {
  const auto track =
      activityOf({block(0.3, base::Duration{0}, 1, {7}), block(0.8, base::Duration{0}, 1, {9})},
                 {at(0), at(1)});

  ASSERT_EQ(track.dims, 1U);
  EXPECT_EQ(track.known[1], 0);
  EXPECT_EQ(track.known[4], 1);
  EXPECT_FLOAT_EQ(track.at(5, 0), 7);
  EXPECT_FLOAT_EQ(track.at(9, 0), 9);
}

TEST(ActivityOf, ASilentStretchIsUnknown) {
  const std::vector<float> values(400, 0.5F);
  const auto step = base::fromSeconds(1 / 2000.0);

  const auto track =
      activityOf({block(0, step, 1, values), block(0.6, step, 1, values)}, {at(0), at(1)});

  EXPECT_EQ(track.known[1], 1);
  EXPECT_EQ(track.known[4], 0);
  EXPECT_EQ(track.known[7], 1);
}

TEST(ActivityOf, NothingGivesNothing) {
  EXPECT_EQ(activityOf({}, {at(0), at(1)}).dims, 0U);
  EXPECT_EQ(activityOf({block(0, base::Duration{0}, 1, {1})}, {}).dims, 0U);
}

}  // namespace
}  // namespace app
