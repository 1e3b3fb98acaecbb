#include "app/setting_trial.h"

#include <gtest/gtest.h>

namespace {

using app::SettingTrial;
using app::SettingTrials;
using State = SettingTrial::State;

constexpr base::Time kStart{1'000'000'000};

SettingTrial trial(std::int64_t tried, base::Time until, std::int64_t before = 25) {
  return {.node = "hall", .param = "imu.rate", .before = before, .tried = tried, .until = until};
}

TEST(SettingTrials, OneThatNobodyKeepsIsDueWhenItsTimeIsOverAndOnlyOnce) {
  SettingTrials trials;
  ASSERT_TRUE(trials.start(trial(50, kStart + SettingTrials::kLength)));

  EXPECT_TRUE(trials.due(kStart + std::chrono::seconds(29)).empty());
  const auto due = trials.due(kStart + std::chrono::seconds(30));

  ASSERT_EQ(due.size(), 1U);
  EXPECT_EQ(std::get<std::int64_t>(due[0].before.value()), 25);
  EXPECT_TRUE(trials.due(kStart + std::chrono::seconds(31)).empty());
  EXPECT_EQ(trials.all().at(0).state, State::GoingBack) << "until the device says so";
}

TEST(SettingTrials, OneThatWasKeptNeverGoesBack) {
  SettingTrials trials;
  ASSERT_TRUE(trials.start(trial(50, kStart)));

  EXPECT_TRUE(trials.end("hall", "imu.rate"));

  EXPECT_TRUE(trials.due(kStart + std::chrono::hours(1)).empty());
  EXPECT_EQ(trials.next(), std::nullopt);
}

TEST(SettingTrials, AnotherValueOnTrialStillGoesBackToWhatWasThereFirst) {
  SettingTrials trials;
  ASSERT_TRUE(trials.start(trial(50, kStart)));
  ASSERT_TRUE(trials.start(trial(100, kStart + std::chrono::seconds(9), 50)));

  const auto due = trials.due(kStart + std::chrono::seconds(9));

  ASSERT_EQ(due.size(), 1U);
  EXPECT_EQ(std::get<std::int64_t>(due[0].before.value()), 25);
  EXPECT_EQ(std::get<std::int64_t>(due[0].tried), 100);
}

TEST(SettingTrials, TheNewestThatRunsIsTheOneToTakeBack) {
  SettingTrials trials;
  ASSERT_TRUE(trials.start(trial(50, kStart)));
  SettingTrial light = trial(1, kStart + std::chrono::seconds(5));
  light.param = "light";
  ASSERT_TRUE(trials.start(light));

  EXPECT_EQ(trials.newest()->param, "light");
  EXPECT_TRUE(trials.goBack("hall", "light"));
  EXPECT_EQ(trials.newest()->param, "imu.rate");
}

TEST(SettingTrials, WhatWasKeptOfThemIsOnItsWayBackWhenReadAgain) {
  SettingTrial light = trial(1, kStart);
  light.before = std::string("off");
  SettingTrial first = trial(2, kStart);
  first.param = "gain";
  first.before.reset();

  const auto read = app::settingTrialsFrom(app::toJson({trial(50, kStart), light, first}));

  ASSERT_TRUE(read);
  ASSERT_EQ(read->size(), 3U);
  EXPECT_EQ(read->at(0).state, State::GoingBack);
  EXPECT_EQ(std::get<std::int64_t>(read->at(0).before.value()), 25);
  EXPECT_EQ(std::get<std::string>(read->at(1).before.value()), "off");
  EXPECT_FALSE(read->at(2).before) << "was not asked for before";
}

TEST(SettingTrials, DamagedTextIsRefused) {
  for (const char* text : {"{}", "[1]", "[{\"node\":\"a\"}]", "[",
                           "[{\"node\":\"\",\"param\":\"x\","
                           "\"tried\":1}]"}) {
    EXPECT_FALSE(app::settingTrialsFrom(text)) << text;
  }
  EXPECT_TRUE(app::settingTrialsFrom("").value().empty());
}

}  // namespace
