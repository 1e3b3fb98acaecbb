#include "sensors/channel_noise.h"

#include <gtest/gtest.h>
#include <random>

namespace {

using sensors::Channel;
using sensors::ChannelNoise;

const Channel kTwoSided{"x", "m/s^2", -40, 40};
const Channel kPower{"power", "W", 0, 3680};

ChannelNoise of(const std::vector<float>& values) {
  ChannelNoise noise;
  for (const float value : values) noise.add(value);
  return noise;
}

std::vector<float> gaussian(std::size_t n, float mean, float deviation) {
  std::mt19937 random(3);
  std::normal_distribution<float> draw(mean, deviation);
  std::vector<float> values(n);
  for (float& value : values) value = draw(random);
  return values;
}

TEST(ChannelNoise, WhiteNoiseTurnsAtTwoOfThreeRows) {
  // Of three independent values the middle one is the largest or the smallest in 4 of 6 orders.
  EXPECT_NEAR(of(gaussian(20000, 5, 1)).restlessness(), 2.0 / 3, 0.02);
}

TEST(ChannelNoise, WhatOnlyRisesIsACounterAndHasNone) {
  std::vector<float> values;
  for (int i = 0; i < 5000; ++i) values.push_back(static_cast<float>(i / 2));
  EXPECT_EQ(of(values).restlessness(), 0);
}

TEST(ChannelNoise, ASwitchHasNoneHoweverOftenItIsSwitched) {
  std::vector<float> values;
  for (int i = 0; i < 5000; ++i) values.push_back(i / 5 % 2 == 0 ? 0.0F : 1.0F);
  EXPECT_EQ(of(values).restlessness(), 0);
}

TEST(ChannelNoise, FlickeringAtItsResolutionIsNone) {
  std::vector<float> values;
  for (int i = 0; i < 5000; ++i) values.push_back(i % 7 == 0 ? 21.5F : 21.4F);
  EXPECT_EQ(of(values).restlessness(), 0);
}

TEST(ChannelNoise, StandingStillForAnHourDoesNotWashItOut) {
  auto values = gaussian(2000, 0, 1);
  const double before = of(values).restlessness();
  values.insert(values.end(), 180'000, 0.25F);
  EXPECT_NEAR(of(values).restlessness(), before, 0.001);
  values.push_back(0.3F);
  EXPECT_NEAR(of(values).restlessness(), before, 0.1 * before);
}

TEST(ChannelNoise, SaysNothingOfWhatWasHardlySeen) {
  EXPECT_EQ(of(gaussian(30, 0, 1)).restlessness(), 0);
}

TEST(ChannelNoise, WhatHasNoSignRestsAtNothingAndAfterItWasSwitched) {
  const auto after = [](float last) {
    auto values = gaussian(500, 1000, 3);
    values.insert(values.end(), 200, last);
    return of(values);
  };

  EXPECT_TRUE(after(0).rests(kPower));
  EXPECT_TRUE(after(2.4F).rests(kPower)) << "standby, three hundred usual steps below";
  EXPECT_FALSE(after(1001).rests(kPower)) << "its noise ended where it was";
}

TEST(ChannelNoise, WhatHasASignNeverRests) {
  auto values = gaussian(500, 0, 1);
  values.insert(values.end(), 200, 0.0F);
  EXPECT_FALSE(of(values).rests(kTwoSided));
  EXPECT_FALSE(of(values).rests({"rate", "", 0, 0})) << "it was below nothing";
}

}  // namespace
