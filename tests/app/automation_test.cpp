#include "app/automation.h"

#include <gtest/gtest.h>

#include "sensors/base/time.h"

namespace {

using app::Action;
using app::Automation;
using app::AutomationRule;
using app::Decision;
using app::HeardAnswer;
using base::fromSeconds;
using State = learners::PredictionState;
using Why = Decision::Why;

constexpr learners::LabelId kKettle = 2, kTap = 3, kBackground = 1;
constexpr base::Duration kHop = std::chrono::milliseconds(500);

base::Time at(double seconds) { return base::Time{1'000'000'000'000} + fromSeconds(seconds); }

/// The window of one second that ends at `end`.
HeardAnswer heard(double end, learners::LabelId label, float certainty, State state = State::Known) {
  return {.span = {at(end - 1), at(end)}, .state = state, .label = label, .certainty = certainty};
}

AutomationRule rule() {
  return {.label = kKettle,
          .dwell = std::chrono::seconds(5),
          .then = {.kind = Action::Kind::Announce, .value = "on"},
          .unsure = {.kind = Action::Kind::Announce, .value = "unsure"},
          .noData = {.kind = Action::Kind::Announce, .value = "away"},
          .warnAfter = std::chrono::minutes(1)};
}

/// Everything decided while `label` is heard from `from` to `to` seconds.
std::vector<Decision> hear(Automation& automation, double from, double to, learners::LabelId label,
                           float certainty, State state = State::Known,
                           const app::Levels& levels = {}) {
  std::vector<Decision> all;
  for (double end = from; end <= to + 1e-9; end += 0.5) {
    for (Decision& d : automation.decide(heard(end, label, certainty, state), levels)) {
      all.push_back(std::move(d));
    }
  }
  return all;
}

TEST(Automation, ActsOnceWhenTheLabelWasSureForLongEnough) {
  Automation automation(rule(), kHop);

  EXPECT_TRUE(hear(automation, 1, 4.5, kKettle, 0.9F).empty());
  const auto decided = hear(automation, 5, 30, kKettle, 0.9F);

  ASSERT_EQ(decided.size(), 1U);
  EXPECT_EQ(decided[0].why, Why::Sure);
  EXPECT_EQ(decided[0].action.value, "on");
  EXPECT_EQ(decided[0].at, at(5));  // windows from 0 s on
  EXPECT_EQ(decided[0].heard.span, (base::TimeSpan{at(4), at(5)}));
}

TEST(Automation, ABreakBeginsTheTimeAnewAndMayActAgain) {
  Automation automation(rule(), kHop);

  EXPECT_TRUE(hear(automation, 1, 4, kKettle, 0.9F).empty());
  EXPECT_TRUE(hear(automation, 4.5, 5, kTap, 0.9F).empty());
  EXPECT_TRUE(hear(automation, 5.5, 9, kKettle, 0.9F).empty());
  EXPECT_EQ(hear(automation, 9.5, 12, kKettle, 0.9F).size(), 1U);
  EXPECT_TRUE(hear(automation, 12.5, 14, kBackground, 0.9F, State::Background).empty());
  EXPECT_EQ(hear(automation, 14.5, 25, kKettle, 0.9F).size(), 1U);
}

TEST(Automation, WhatIsNotSureIsTheUnsureCase) {
  const std::pair<HeardAnswer, bool> cases[] = {
      {heard(1, kKettle, 0.70F), true},                // fairly sure is not sure
      {heard(1, kKettle, 0.40F), true},                //
      {heard(1, 0, 0.0F, State::Novel), true},         // unknown
      {heard(1, kTap, 0.99F), false},                  // surely something else
      {heard(1, kKettle, 0.95F), false},               //
  };
  for (const auto& [first, unsure] : cases) {
    Automation automation(rule(), kHop);
    std::vector<Decision> all;
    for (double end = 1; end < 8; end += 0.5) {
      HeardAnswer h = first;
      h.span = {at(end - 1), at(end)};
      for (Decision& d : automation.decide(h, {})) all.push_back(std::move(d));
    }
    const bool said = all.size() == 1 && all[0].why == Why::Unsure;
    EXPECT_EQ(said, unsure) << first.certainty;
  }
}

TEST(Automation, BelowItsLimitALabelIsNotSureHoweverHighTheNumber) {
  Automation automation(rule(), kHop);
  for (double end = 1; end < 9; end += 0.5) {
    HeardAnswer h = heard(end, kKettle, 0.95F);
    h.belowLimit = true;
    for (const Decision& d : automation.decide(h, {})) EXPECT_EQ(d.why, Why::Unsure);
  }
}

TEST(Automation, FairlySureIsEnoughWhereTheRuleSaysSo) {
  AutomationRule easy = rule();
  easy.needs = AutomationRule::Needs::FairlySure;
  Automation automation(easy, kHop);

  const auto decided = hear(automation, 1, 8, kKettle, 0.7F);

  ASSERT_EQ(decided.size(), 1U);
  EXPECT_EQ(decided[0].why, Why::Sure);
}

TEST(Automation, EveryLevelOfItsConditionsHasToHold) {
  AutomationRule both = rule();
  both.also = {{.source = "hall/motion", .is = app::LevelCondition::Is::On},
               {.source = "plug", .is = app::LevelCondition::Is::AtLeast, .value = 1000}};
  Automation automation(both, kHop);

  EXPECT_TRUE(hear(automation, 1, 8, kKettle, 0.9F, State::Known,
                   {{"hall/motion", 1}, {"plug", 900}})
                  .empty());
  EXPECT_TRUE(hear(automation, 8.5, 9, kKettle, 0.9F, State::Known,
                   {{"hall/motion", std::nullopt}, {"plug", 2000}})
                  .empty());
  const auto decided = hear(automation, 9.5, 10, kKettle, 0.9F, State::Known,
                            {{"hall/motion", 1}, {"plug", 1000}});

  ASSERT_EQ(decided.size(), 1U);
  EXPECT_EQ(decided[0].at, at(9.5));
  EXPECT_EQ(decided[0].levels.size(), 2U);  // its inputs are on record
}

TEST(Automation, DataThatStopAreACaseOfTheirOwnAndWarnLater) {
  Automation automation(rule(), kHop);
  hear(automation, 1, 3, kKettle, 0.9F);

  EXPECT_TRUE(automation.elapse(at(5.4)).empty());  // three hops and a second are no silence
  const auto gone = automation.elapse(at(5.5));
  ASSERT_EQ(gone.size(), 1U);
  EXPECT_EQ(gone[0].why, Why::NoData);
  EXPECT_EQ(gone[0].action.value, "away");
  EXPECT_TRUE(automation.elapse(at(62)).empty());
  const auto warned = automation.elapse(at(63));
  ASSERT_EQ(warned.size(), 1U);
  EXPECT_EQ(warned[0].why, Why::Warn);
  EXPECT_TRUE(automation.elapse(at(500)).empty());
}

TEST(Automation, ASourceThatSaysNoDataIsTheSame) {
  Automation automation(rule(), kHop);

  const auto decided = hear(automation, 1, 70, 0, 0, State::NoData);

  ASSERT_EQ(decided.size(), 2U);
  EXPECT_EQ(decided[0].why, Why::NoData);
  EXPECT_EQ(decided[1].why, Why::Warn);
  EXPECT_EQ(decided[1].at, at(60));
}

TEST(Automation, OldAnswersAreIgnored) {
  Automation automation(rule(), kHop);
  hear(automation, 1, 20, kKettle, 0.9F);

  EXPECT_TRUE(automation.decide(heard(10, kTap, 0.99F), {}).empty());

  EXPECT_TRUE(automation.holding().has_value());
}

TEST(Automation, ALostFrameDelaysAndDoesNotDistort) {
  Automation whole(rule(), kHop);
  Automation holed(rule(), kHop);
  const auto all = hear(whole, 1, 8, kKettle, 0.9F);
  std::vector<Decision> some;
  for (double end = 1; end <= 8; end += 1.5) {
    for (Decision& d : holed.decide(heard(end, kKettle, 0.9F), {})) some.push_back(std::move(d));
  }

  ASSERT_EQ(all.size(), 1U);
  ASSERT_EQ(some.size(), 1U);
  EXPECT_LE(some[0].at - all[0].at, fromSeconds(1.5));
}

/// A recording that is replayed decides what was decided live: nothing but the data's time counts.
TEST(Automation, DecidesTheSameHoweverFastItIsFed) {
  std::vector<HeardAnswer> day;
  unsigned state = 7;
  double end = 1;
  for (int i = 0; i < 2000; ++i) {
    state = state * 1664525U + 1013904223U;
    const unsigned kind = (state >> 16) % 5;
    const int run = 1 + static_cast<int>((state >> 20) % 20);
    for (int k = 0; k < run; ++k, end += 0.5) {
      day.push_back(kind == 0   ? heard(end, 0, 0, State::NoData)
                    : kind == 1 ? heard(end, kBackground, 0.9F, State::Background)
                    : kind == 2 ? heard(end, kKettle, 0.5F)
                                : heard(end, kKettle, 0.95F));
    }
  }
  Automation replayed(rule(), kHop);
  Automation live(rule(), kHop);
  std::vector<base::Time> fast;
  std::vector<base::Time> slow;
  for (const HeardAnswer& h : day) {
    for (const Decision& d : replayed.decide(h, {})) fast.push_back(d.at);
    live.elapse(h.span.end - fromSeconds(0.4));  // a clock that ticks beside it
    for (const Decision& d : live.decide(h, {})) slow.push_back(d.at);
  }
  EXPECT_GT(fast.size(), 100U);
  EXPECT_EQ(fast, slow);
}

}  // namespace
