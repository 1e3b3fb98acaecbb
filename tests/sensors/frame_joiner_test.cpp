#include "sensors/frame_joiner.h"

#include <gtest/gtest.h>

#include "tests/support/scripted_source.h"

namespace {

using base::Time;
using sensors::FrameJoiner;
using sensors::FrameLayoutPtr;
using sensors::FramePtr;
using std::chrono::milliseconds;
using std::chrono::seconds;

FrameLayoutPtr layoutOf(const std::string& source, std::size_t count) {
  auto layout = std::make_shared<sensors::FrameLayout>();
  for (std::size_t i = 0; i < count; ++i) {
    layout->features.push_back({.name = source + " " + std::to_string(i), .unit = "1"});
  }
  layout->parts.push_back({.source = source, .begin = 0, .count = count});
  return layout;
}

const std::vector<FrameLayoutPtr> kLayouts{layoutOf("one", 1), layoutOf("two", 2)};

FramePtr frame(std::size_t part, int second, float value, Time arrival = {}) {
  auto made = std::make_shared<sensors::Frame>();
  made->span = {Time{0} + seconds(second), Time{0} + seconds(second + 1)};
  made->layout = kLayouts[part];
  made->values.assign(kLayouts[part]->features.size(), value);
  made->missing.assign(kLayouts[part]->features.size(), 0);
  made->newestArrival = arrival;
  return made;
}

TEST(FrameJoiner, JoinsEqualSpansSideBySide) {
  FrameJoiner joiner(kLayouts, milliseconds(500));

  const auto early = joiner.push(1, frame(1, 5, 2, {70}));
  const auto joined = joiner.push(0, frame(0, 5, 1, {90}));

  EXPECT_TRUE(early.empty());
  ASSERT_EQ(joined.size(), 1U);
  EXPECT_EQ(joined[0]->values, (std::vector<float>{1, 2, 2}));
  EXPECT_EQ(joined[0]->missing, (std::vector<std::uint8_t>{0, 0, 0}));
  EXPECT_EQ(joined[0]->newestArrival, Time{90});
  EXPECT_EQ(joined[0]->layout, joiner.layout());
}

TEST(FrameJoiner, ASilentSourceBecomesAMaskedPartAfterThePatience) {
  FrameJoiner joiner(kLayouts, milliseconds(500));
  joiner.push(0, frame(0, 5, 1));

  const auto early = joiner.advance(Time{0} + milliseconds(6'499));
  const auto due = joiner.advance(Time{0} + milliseconds(6'500));

  EXPECT_TRUE(early.empty());
  ASSERT_EQ(due.size(), 1U);
  EXPECT_EQ(due[0]->values, (std::vector<float>{1, 0, 0}));
  EXPECT_EQ(due[0]->missing, (std::vector<std::uint8_t>{0, 1, 1}));
}

TEST(FrameJoiner, NewerSpansEndThePatienceOfOlderOnes) {
  FrameJoiner joiner(kLayouts, milliseconds(500));

  joiner.push(0, frame(0, 5, 1));
  const auto joined = joiner.push(0, frame(0, 6, 2));

  ASSERT_EQ(joined.size(), 1U);
  EXPECT_EQ(joined[0]->span.begin, Time{0} + seconds(5));
}

TEST(FrameJoiner, AWholeSpanWaitsForAnOlderOneAndOrderIsKept) {
  FrameJoiner joiner(kLayouts, seconds(3));
  joiner.push(0, frame(0, 5, 1));

  const auto newer = joiner.push(0, frame(0, 6, 1));
  const auto stillNothing = joiner.push(1, frame(1, 6, 1));
  const auto both = joiner.push(1, frame(1, 5, 1));

  EXPECT_TRUE(newer.empty());
  EXPECT_TRUE(stillNothing.empty());
  ASSERT_EQ(both.size(), 2U);
  EXPECT_LT(both[0]->span.begin, both[1]->span.begin);
}

TEST(FrameJoiner, FramesOlderThanTheLastJoinedAreDropped) {
  FrameJoiner joiner(kLayouts, milliseconds(500));
  joiner.push(0, frame(0, 5, 1));
  joiner.advance(Time{0} + seconds(7));

  joiner.push(1, frame(1, 5, 1));

  EXPECT_TRUE(joiner.finish().empty());
}

TEST(FrameJoiner, FinishGivesWhatIsStillWaiting) {
  FrameJoiner joiner(kLayouts, seconds(100));
  joiner.push(1, frame(1, 5, 1));
  joiner.push(0, frame(0, 6, 1));

  EXPECT_EQ(joiner.finish().size(), 2U);
  EXPECT_TRUE(joiner.finish().empty());
}

TEST(FrameJoiner, LiveNobodyWaitsForAPartThatWasAwayInTheLastSpans) {
  FrameJoiner joiner(kLayouts, milliseconds(500), FrameJoiner::Absent::DoNotWait);
  for (int second = 5; second < 5 + FrameJoiner::kAbsentAfter; ++second) {
    EXPECT_TRUE(joiner.push(0, frame(0, second, 1)).empty());
    EXPECT_EQ(joiner.advance(Time{0} + seconds(second + 2)).size(), 1U);
  }

  const auto atOnce = joiner.push(0, frame(0, 8, 1));

  ASSERT_EQ(atOnce.size(), 1U);
  EXPECT_EQ(atOnce[0]->missing, (std::vector<std::uint8_t>{0, 1, 1}));
}

TEST(FrameJoiner, APartThatSpeaksAgainIsExpectedAgain) {
  FrameJoiner joiner(kLayouts, milliseconds(500), FrameJoiner::Absent::DoNotWait);
  for (int second = 5; second < 9; ++second) {
    joiner.push(0, frame(0, second, 1));
    joiner.advance(Time{0} + seconds(second + 2));
  }
  joiner.push(1, frame(1, 8, 2));  // too late for its span, but it is back

  EXPECT_TRUE(joiner.push(0, frame(0, 9, 1)).empty());
  const auto both = joiner.push(1, frame(1, 9, 2));

  ASSERT_EQ(both.size(), 1U);
  EXPECT_EQ(both[0]->missing, (std::vector<std::uint8_t>{0, 0, 0}));
}

TEST(FrameJoiner, OfflineEveryPartIsAlwaysExpected) {
  FrameJoiner joiner(kLayouts, base::Duration{1});
  for (int second = 5; second < 9; ++second) joiner.push(0, frame(0, second, 1));

  EXPECT_TRUE(joiner.push(0, frame(0, 9, 1)).size() == 1U) << "only what order has passed is given";
  const auto both = joiner.push(1, frame(1, 9, 2));

  ASSERT_EQ(both.size(), 1U);
  EXPECT_EQ(both[0]->missing, (std::vector<std::uint8_t>{0, 0, 0}));
}

}  // namespace
