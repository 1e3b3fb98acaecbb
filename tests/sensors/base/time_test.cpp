#include "sensors/base/time.h"

#include <gtest/gtest.h>

namespace {

using base::Time;
using base::TimeSpan;
using std::chrono::milliseconds;
using std::chrono::seconds;

TEST(Time, FloorsToTheGridAlsoBefore1970) {
  EXPECT_EQ(base::floorTo(Time{1'700}, base::Duration(500)).ns, 1'500);
  EXPECT_EQ(base::floorTo(Time{1'500}, base::Duration(500)).ns, 1'500);
  EXPECT_EQ(base::floorTo(Time{-1}, base::Duration(500)).ns, -500);
  EXPECT_EQ(base::floorTo(Time{-500}, base::Duration(500)).ns, -500);
}

TEST(Time, SpansAreHalfOpen) {
  const TimeSpan span{{10}, {20}};

  EXPECT_TRUE(span.contains({10}));
  EXPECT_FALSE(span.contains({20}));
  EXPECT_FALSE(span.overlaps({{20}, {30}}));
  EXPECT_TRUE(span.overlaps({{19}, {30}}));
}

TEST(Time, IntersectionOfSpansThatDoNotMeetIsEmpty) {
  EXPECT_EQ(base::intersection({{0}, {10}}, {{5}, {20}}), (TimeSpan{{5}, {10}}));
  EXPECT_TRUE(base::intersection({{0}, {10}}, {{30}, {40}}).isEmpty());
}

TEST(Time, SecondsRoundToTheNearestNanosecond) {
  EXPECT_EQ(base::fromSeconds(0.1), milliseconds(100));
  EXPECT_EQ(base::fromSeconds(-0.1), milliseconds(-100));
  EXPECT_DOUBLE_EQ(base::toSeconds(milliseconds(250)), 0.25);
}

TEST(Time, TheSystemClockNeverRunsBackwardsAndKnowsTheYear) {
  const base::SystemClock clock;

  const Time first = clock.now();
  const Time second = clock.now();

  EXPECT_LE(first, second);
  const Time year2020{std::chrono::nanoseconds(seconds(1'577'836'800)).count()};
  EXPECT_GT(first, year2020);
}

TEST(Time, TextOfADayHasItsParts) {
  EXPECT_EQ(base::clockText({0}).size(), std::string("14:02:11").size());
  EXPECT_EQ(base::dateTimeText({0}).size(), std::string("1970-01-01 00:00:00").size());
}

}  // namespace
