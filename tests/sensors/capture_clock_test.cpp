#include "sensors/capture_clock.h"

#include <cmath>
#include <gtest/gtest.h>
#include <random>

namespace {

using base::toSeconds;
using sensors::CaptureClock;
using std::chrono::milliseconds;

constexpr double kRate = 16000;
constexpr std::size_t kRows = 320;

/// Stretches of 20 ms from a device whose clock runs `drift` fast, each told of `late(rng)` seconds
/// after it was captured. Returns the largest error of a stamped start from minute one on, seconds.
double worstError(double drift, double seconds, const std::function<double(std::mt19937&)>& late,
                  CaptureClock& clock) {
  std::mt19937 rng(7);
  double worst = 0;
  base::Time end;
  for (int i = 0; i < seconds * kRate / kRows; ++i) {
    const double truth = 100 + i * 0.02 / (1 + drift);
    const auto made = clock.stamp(base::Time{} + base::fromSeconds(truth + late(rng)), kRows);
    EXPECT_GE(made.start, end) << "time ran backwards at " << truth;
    end = made.start + made.step * kRows;
    if (truth > 160) worst = std::max(worst, std::abs(toSeconds(made.start - base::Time{}) - truth));
  }
  return worst;
}

TEST(CaptureClock, AnExactDeviceIsStampedExactly) {
  CaptureClock clock(kRate);
  for (int i = 0; i < 100; ++i) {
    const base::Time t{1'000'000'000 + i * 20'000'000LL};
    const auto made = clock.stamp(t, kRows);
    EXPECT_EQ(made.start, t);
    EXPECT_EQ(made.step, base::Duration(62'500));
    EXPECT_EQ(made.anew, i == 0);
  }
}

TEST(CaptureClock, StaysWithinTwentyMillisecondsOfADriftingDeviceThatIsHeardLate) {
  for (const double drift : {0.0, 3e-4, -3e-4, 1e-3, -1e-3}) {
    CaptureClock clock(kRate);
    const double worst = worstError(
        drift, 600,
        [](std::mt19937& rng) { return std::exponential_distribution<double>(1 / 0.01)(rng); },
        clock);
    EXPECT_LT(worst, 0.020) << drift;
    EXPECT_NEAR(toSeconds(clock.jitter()), 0.010, 0.006) << drift;
  }
}

TEST(CaptureClock, OneLateStretchMovesNothing) {
  CaptureClock clock(kRate);
  for (int i = 0; i < 200; ++i) {
    const base::Time t{1'000'000'000 + i * 20'000'000LL};
    const auto made = clock.stamp(t + (i == 100 ? milliseconds(400) : milliseconds(0)), kRows);
    EXPECT_EQ(made.start, t) << i;
  }
}

TEST(CaptureClock, WhatIsMissingForGoodBeginsAnew) {
  CaptureClock clock(kRate);
  base::Time t{1'000'000'000};
  for (int i = 0; i < 200; ++i, t += milliseconds(20)) clock.stamp(t, kRows);
  t += milliseconds(700);
  bool anew = false;
  base::Time start;
  for (int i = 0; i < 150; ++i, t += milliseconds(20)) {
    const auto made = clock.stamp(t, kRows);
    anew = anew || made.anew;
    start = made.start;
  }
  EXPECT_TRUE(anew);
  EXPECT_EQ(start, t - milliseconds(20));
}

TEST(CaptureClock, AnInterruptionBeginsAnewAtOnceAndNeverInThePast) {
  CaptureClock clock(kRate);
  const auto first = clock.stamp(base::Time{1'000'000'000}, kRows);
  clock.interrupt();

  const auto second = clock.stamp(base::Time{1'000'000'000}, kRows);

  EXPECT_TRUE(second.anew);
  EXPECT_EQ(second.start, first.start + milliseconds(20));
}

}  // namespace
