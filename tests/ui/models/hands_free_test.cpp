#include "ui/models/hands_free.h"

#include <gtest/gtest.h>

namespace {

using ui::HandsFree;

base::Time at(double seconds) { return base::Time{} + base::fromSeconds(seconds); }

TEST(HandsFree, CountsDownAndRecordsFiveTimes) {
  HandsFree handsFree;
  handsFree.start(7, at(0));
  int recordings = 0;

  double t = 0;
  for (; handsFree.isRunning() && t < 60; t += 0.1) {
    recordings += handsFree.tick(at(t)) ? 1 : 0;
  }

  EXPECT_EQ(recordings, 5);
  EXPECT_NEAR(t, 5 * (3 + 3), 1.0);
}

TEST(HandsFree, ShowsTheSecondsLeftRoundedUp) {
  HandsFree handsFree;
  handsFree.start(7, at(0));

  EXPECT_EQ(handsFree.countdown(at(0.01)), 3);
  EXPECT_EQ(handsFree.countdown(at(2.5)), 1);
  EXPECT_TRUE(handsFree.tick(at(3)));
  EXPECT_EQ(handsFree.countdown(at(3.1)), 0);
  EXPECT_EQ(handsFree.round(), 1);
}

TEST(HandsFree, StopsWhenToldTo) {
  HandsFree handsFree;
  handsFree.start(7, at(0));

  handsFree.stop();

  EXPECT_FALSE(handsFree.tick(at(10)));
  EXPECT_FALSE(handsFree.isRunning());
}

}  // namespace
