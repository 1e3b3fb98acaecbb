#include "app/simulator/house.h"

#include <algorithm>
#include <cmath>
#include <complex>
#include <gtest/gtest.h>
#include <numbers>

#include "app/simulator/motion_sensor.h"

namespace app {
namespace {

/// What a stretch of the house gave off.
struct Stretch {
  std::vector<float> sound;
  std::vector<float> vertical;              // vibration z
  double power = 0, light = 0, motion = 0;  // means
  double co2Rise = 0;                       // ppm
};

Stretch listen(House& house, int ticks) {
  Stretch stretch;
  const double before = house.state().co2;
  for (int i = 0; i < ticks; ++i) {
    const HouseTick& tick = house.next();
    stretch.sound.insert(stretch.sound.end(), tick.sound.begin(), tick.sound.end());
    for (std::size_t row = 0; row < kTickVibration; ++row) {
      stretch.vertical.push_back(tick.vibration[3 * row + 2]);
    }
    stretch.power += tick.power / ticks;
    stretch.light += house.state().light / ticks;
    stretch.motion += tick.motion / ticks;
  }
  stretch.co2Rise = house.state().co2 - before;
  return stretch;
}

double decibels(double power) { return 10 * std::log10(power + 1e-20); }

double level(std::span<const float> samples) {
  double sum = 0;
  for (const float x : samples) sum += static_cast<double>(x) * static_cast<double>(x);
  return decibels(sum / static_cast<double>(samples.size()));
}

/// Median power between `low` and `high` Hz: the discrete Fourier transform, by its definition, of
/// half-second pieces at 25 of their bins. The median, so that a humming fridge does not count.
double bandLevel(std::span<const float> sound, double low, double high) {
  constexpr std::size_t kPiece = kSoundRate / 2;
  std::vector<double> powers;
  for (double f = low; f <= high; f += (high - low) / 24) {
    const double w = 2 * std::numbers::pi * std::round(f / 2) * 2 / kSoundRate;
    const std::complex<double> step(std::cos(w), -std::sin(w));
    double power = 0;
    for (std::size_t at = 0; at + kPiece <= sound.size(); at += 4 * kPiece) {
      std::complex<double> sum = 0;
      std::complex<double> turn = 1;
      for (std::size_t i = 0; i < kPiece; ++i, turn *= step) {
        sum += static_cast<double>(sound[at + i]) * turn;
      }
      power += std::norm(sum) / kPiece;
    }
    powers.push_back(power / static_cast<double>(sound.size() / (4 * kPiece)));
  }
  const auto middle = powers.begin() + static_cast<std::ptrdiff_t>(powers.size() / 2);
  std::nth_element(powers.begin(), middle, powers.end());
  return decibels(*middle);
}

Stretch doing(const std::string& activity, int ticks = 300) {
  House house(7);
  listen(house, 20);
  if (!activity.empty()) {
    EXPECT_TRUE(house.act(activity, House::Act::Start).ok()) << activity;
  }
  return listen(house, ticks);
}

TEST(House, EqualSeedsAndActsGiveEqualSamples) {
  House a(5);
  House b(5);
  House other(6);

  for (House* house : {&a, &b, &other}) {
    (void)house->act("tap", House::Act::Start);
    (void)house->act("blender", House::Act::Start);
  }

  const Stretch first = listen(a, 20);
  const Stretch second = listen(b, 20);
  EXPECT_EQ(first.sound, second.sound);
  EXPECT_EQ(first.vertical, second.vertical);
  EXPECT_NE(first.sound, listen(other, 20).sound);
}

TEST(House, TwoTakesOfOneActivityDiffer) {
  House house(5);
  (void)house.act("blender", House::Act::Start);
  const Stretch first = listen(house, 30);
  (void)house.act("blender", House::Act::Stop);
  listen(house, 10);

  (void)house.act("blender", House::Act::Start);
  const Stretch second = listen(house, 30);

  EXPECT_NE(first.vertical, second.vertical);
  EXPECT_GT(std::abs(bandLevel(first.sound, 215, 235) - bandLevel(second.sound, 215, 235)), 0.5);
}

TEST(House, ActivitiesRunTogetherAndStop) {
  House house(5);
  (void)house.act("tap", House::Act::Start);
  (void)house.act("kettle", House::Act::Start);
  EXPECT_EQ(house.active(), (std::vector<std::string>{"kettle", "tap"}));

  (void)house.act("kettle", House::Act::Stop);

  EXPECT_EQ(house.active(), std::vector<std::string>{"tap"});
  EXPECT_LT(listen(house, 5).power, 200);
  EXPECT_EQ(house.act("juggling", House::Act::Start).error().code, base::ErrorCode::NotFound);
}

TEST(House, AStoppedActivityLeavesNoTraceInTheSound) {
  House house(5);
  const double before = bandLevel(listen(house, 40).sound, 2000, 4000);
  (void)house.act("tap", House::Act::Start);
  listen(house, 20);

  (void)house.act("tap", House::Act::Stop);
  listen(house, 10);

  EXPECT_NEAR(bandLevel(listen(house, 40).sound, 2000, 4000), before, 2);
}

struct Expected {
  const char* activity;
  double low, high;  ///< Hz, where it sounds
  double louder;     ///< dB over the background there, at least
  double shakes;     ///< dB over the background's vibration, at least
  double watts;      ///< more than the background, at least
  double motion;     ///< at least
};

class EachActivity : public testing::TestWithParam<Expected> {};

TEST_P(EachActivity, ChangesTheSignalsItShould) {
  const Expected expected = GetParam();
  static const Stretch kQuiet = doing("");

  const Stretch stretch = doing(expected.activity);

  EXPECT_GT(bandLevel(stretch.sound, expected.low, expected.high) -
                bandLevel(kQuiet.sound, expected.low, expected.high),
            expected.louder);
  EXPECT_GT(level(stretch.vertical) - level(kQuiet.vertical), expected.shakes);
  EXPECT_GT(stretch.power - kQuiet.power, expected.watts);
  EXPECT_GE(stretch.motion, expected.motion);
  EXPECT_LT(level(stretch.sound), -20) << "nothing is so loud that the default gain clips it";
}

constexpr double kAnyPower = -100;  // the fridge may or may not run
INSTANTIATE_TEST_SUITE_P(House, EachActivity,
                         testing::Values(Expected{"kettle", 250, 900, 10, 1, 1700, 0},
                                         Expected{"tap", 1500, 5000, 15, 2, kAnyPower, 0},
                                         Expected{"blender", 2000, 5000, 25, 25, 250, 0},
                                         Expected{"washing machine", 150, 600, 3, 12, 60, 0},
                                         Expected{"cooking", 3000, 6000, 10, 0.5, 300, 0},
                                         Expected{"walking through", 60, 120, 6, 4, kAnyPower, 0.8},
                                         Expected{"door", 50, 250, 12, 10, kAnyPower, 0.5}),
                         [](const auto& tested) {
                           std::string name = tested.param.activity;
                           std::replace(name.begin(), name.end(), ' ', '_');
                           return name;
                         });

TEST(House, SleepingIsDarkAndQuietAndTheAirGetsStale) {
  const Stretch awake = doing("", 600);

  const Stretch asleep = doing("sleeping", 600);

  EXPECT_LT(asleep.light, 10);
  EXPECT_GT(awake.light, 100);
  EXPECT_LT(level(asleep.sound), level(awake.sound) - 2);
  EXPECT_GT(asleep.co2Rise, awake.co2Rise + 15);
}

TEST(House, AnOpenDoorLetsLightAndFreshAirIn) {
  const Stretch shut = doing("", 600);

  const Stretch open = doing("door", 600);

  EXPECT_GT(open.light, shut.light + 20);
  EXPECT_LT(open.co2Rise, shut.co2Rise - 10);
}

TEST(MotionSensor, FiresMoreOftenTheMoreSensitiveItIs) {
  const auto shareOn = [](double motion, double sensitivity) {
    MotionSensor sensor(3);
    int on = 0;
    for (int i = 0; i < 20'000; ++i) {
      on += sensor.next(motion, sensitivity, std::chrono::seconds(1), 0.1) ? 1 : 0;
    }
    return on / 20'000.0;
  };

  // On with probability 1 - exp(-rate x hold), rate = 0.49 (0.05 + 0.35 s) for motion 0.7.
  EXPECT_NEAR(shareOn(0.7, 0), 1 - std::exp(-0.49 * 0.05), 0.02);
  EXPECT_NEAR(shareOn(0.7, 2), 1 - std::exp(-0.49 * 0.75), 0.04);
  EXPECT_GT(shareOn(0.7, 9), 0.75);
  EXPECT_LT(shareOn(0, 5), 0.01);
}

}  // namespace
}  // namespace app
