#include "app/flag_filter.h"

#include <gtest/gtest.h>

namespace {

using sensors::Fault;
using sensors::Finding;

constexpr base::Time at(int seconds) { return {seconds * std::int64_t{1'000'000'000}}; }

struct Filter : testing::Test {
  app::FlagFilter filter;
  sensors::SourceInfo motion{.id = "a", .kind = sensors::SourceKind::Motion};
  sensors::SourceInfo sound{.id = "b", .kind = sensors::SourceKind::Audio};

  std::vector<Finding> saturated(int last, int now) {
    return filter.pass(motion,
                       {{.fault = Fault::Saturated, .channel = "x", .since = at(1), .last = at(last)}},
                       at(now));
  }
};

TEST_F(Filter, AClapMayClip) {
  EXPECT_TRUE(saturated(10, 10).empty());
  EXPECT_TRUE(saturated(10, 12).empty()) << "remembered, not there";
  EXPECT_TRUE(saturated(20, 20).empty()) << "twice in ten seconds";
}

TEST_F(Filter, ASignalStuckAtItsEndIsFlaggedFromWhenItGotStuck) {
  for (int second = 20; second < 22; ++second) EXPECT_TRUE(saturated(second, second).empty());
  const auto found = saturated(22, 22);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].since, at(20));
}

TEST_F(Filter, OneSourceAtItsEndSaysNothingAboutAnother) {
  for (int second = 20; second < 24; ++second) {
    saturated(second, second);
    EXPECT_TRUE(filter.pass(sound, {}, at(second)).empty());
  }
  EXPECT_EQ(saturated(24, 24).size(), 1u);
}

TEST_F(Filter, TheSilenceOfALineWithoutNoiseIsNoFault) {
  const Finding silence{.fault = Fault::Frozen, .channel = "x", .since = at(1), .last = at(40)};
  Finding stuck = silence;
  stuck.value = 0.3;
  EXPECT_TRUE(filter.pass(sound, {silence}, at(40)).empty());
  EXPECT_EQ(filter.pass(sound, {stuck}, at(40)).size(), 1u);
  EXPECT_EQ(filter.pass(motion, {silence}, at(40)).size(), 1u);
}

}  // namespace
