#include "app/event_finder.h"

#include <gtest/gtest.h>
#include <random>

namespace app {
namespace {

base::Time at(double s) { return base::Time{} + base::fromSeconds(s); }
base::TimeSpan between(double begin, double end) { return {at(begin), at(end)}; }

/// Noise of 1 dB around -60 dB for `seconds`, raised by 15 dB in each of `events`.
ActivityTrack track(double seconds, const std::vector<base::TimeSpan>& events, unsigned seed = 1) {
  std::mt19937 random(seed);
  std::normal_distribution<float> noise(-60, 1);
  ActivityTrack made{.source = "a", .dims = 1, .rising = 1};
  for (int s = 0; s < seconds * 10; ++s) {
    float value = noise(random);
    for (const auto& event : events) value += event.contains(at(s * 0.1 + 0.05)) ? 15.F : 0.F;
    made.values.push_back(value);
    made.known.push_back(1);
  }
  return made;
}

TEST(FindEvents, FindsItsEdgesWithinATenthOfASecond) {
  const auto found = findEvents({.span = between(0, 90), .tracks = {track(90, {between(60, 65)})}});

  ASSERT_FALSE(found.empty());
  EXPECT_NEAR(base::toSeconds(found.front().span.begin - at(60)), 0, 0.11);
  EXPECT_NEAR(base::toSeconds(found.front().span.end - at(65)), 0, 0.11);
}

TEST(FindEvents, TheRecentOneIsMeantRatherThanTheOldOne) {
  const auto found = findEvents(
      {.span = between(0, 300), .tracks = {track(300, {between(20, 25), between(270, 275)})}});

  ASSERT_GE(found.size(), 2U);
  EXPECT_GT(found[0].span.begin, at(200));
  EXPECT_LT(found[1].span.begin, at(30));
}

TEST(FindEvents, WhatWasHeardAsThatLabelIsMeantAndWhatWasSaidAlreadyIsNot) {
  EventQuestion question{.span = between(0, 120),
                         .tracks = {track(120, {between(40, 45), between(90, 95)})}};
  for (int s = 0; s < 120; ++s) {
    question.heard.push_back({between(s, s + 1), s >= 40 && s < 45 ? 0.9F : 0.05F});
  }
  EXPECT_LT(findEvents(question).front().span.begin, at(50));

  question.heard.clear();
  question.said = {between(90, 95)};
  EXPECT_LT(findEvents(question).front().span.begin, at(50));
}

TEST(FindEvents, TheUsualLengthTellsTheShortFromTheLong) {
  EventQuestion question{.span = between(0, 120),
                         .tracks = {track(120, {between(60, 80), between(95, 97)})},
                         .usual = std::chrono::seconds(20)};
  EXPECT_NEAR(base::toSeconds(findEvents(question).front().span.length()), 20, 1);

  question.usual = std::chrono::seconds(2);
  EXPECT_NEAR(base::toSeconds(findEvents(question).front().span.length()), 2, 0.5);
}

TEST(FindEvents, SomethingThatRunsAllTheTimeDoesNotHideWhatHappensMeanwhile) {
  ActivityTrack fridge = track(120, {});
  for (int s = 400; s < 1000; ++s) fridge.values[s] += 30;

  const auto found = findEvents(
      {.span = between(0, 120), .tracks = {std::move(fridge), track(120, {between(80, 86)}, 2)}});

  EXPECT_NEAR(base::toSeconds(found.front().span.begin - at(80)), 0, 0.21);
  EXPECT_NEAR(base::toSeconds(found.front().span.end - at(86)), 0, 0.21);
}

TEST(FindEvents, ShortPausesBelongToIt) {
  const auto found =
      findEvents({.span = between(0, 90),
                  .tracks = {track(90, {between(60, 61), between(61.8, 63), between(64, 65)})}});

  EXPECT_NEAR(base::toSeconds(found.front().span.length()), 5, 0.3);
}

TEST(FindEvents, WhereNothingWasRememberedNothingIsFound) {
  EXPECT_TRUE(findEvents({}).empty());
  EXPECT_TRUE(findEvents({.span = between(0, 60), .tracks = {ActivityTrack{}}}).empty());
}

}  // namespace
}  // namespace app
