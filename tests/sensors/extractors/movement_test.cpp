#include "sensors/extractors/movement.h"

#include <cmath>
#include <gtest/gtest.h>
#include <numbers>
#include <random>

#include "tests/sensors/extractors/extract.h"

namespace {

using sensors::Movement;
using sensors::Signal;

using Path = std::function<std::array<double, 3>(double seconds)>;

support::Extracted movementOf(double rate, double seconds, const Path& path,
                              std::vector<std::uint8_t> missing = {}) {
  std::vector<Signal> axes(3, Signal{.rate = rate, .values = {}, .missing = missing});
  for (std::size_t i = 0; i < static_cast<std::size_t>(std::lround(rate * seconds)); ++i) {
    const auto v = path(static_cast<double>(i) / rate);
    for (std::size_t a = 0; a < 3; ++a) axes[a].values.push_back(static_cast<float>(v[a]));
  }
  support::Extracted result;
  Movement::name("acc", result.features);
  result.values.assign(Movement::kCount, -77);
  EXPECT_EQ(result.features.size(), Movement::kCount);
  Movement{}.write(axes, result.values);
  return result;
}

double wave(double hertz, double seconds) {
  return std::sin(2 * std::numbers::pi * hertz * seconds);
}

TEST(Movement, FindsAStepsRhythmAndAxis) {
  // 1.25 Hz along (0.6, 0.8, 0) under gravity along z.
  const auto f = movementOf(50, 8, [](double t) {
    return std::array{3 * wave(1.25, t), 4 * wave(1.25, t), 9.81};
  });

  EXPECT_NEAR(f["acc first axis rhythm strength"], 1, 0.02);
  EXPECT_NEAR(f["acc first axis rhythm frequency"], 1.25, 0.02);
  EXPECT_NEAR(f["acc first axis rhythm least"], -1, 0.02);
  EXPECT_NEAR(f["acc spread along first axis"], 20 * std::log10(5 / std::sqrt(2)), 0.01);
  EXPECT_NEAR(f["acc spread along second axis"], -60, 0.1);
  EXPECT_NEAR(f["acc share of first axis"], 1, 1e-4);
  EXPECT_NEAR(f["acc movement 99th percentile"], 20 * std::log10(5), 0.1);
  EXPECT_NEAR(f["acc drift"], 0, 0.1);
}

TEST(Movement, IsTheSameHoweverTheSensorLies) {
  std::mt19937 random(2);
  std::normal_distribution<double> noise;
  std::vector<std::array<double, 3>> path;
  for (int i = 0; i < 200; ++i)
    path.push_back({noise(random), 2 * noise(random), 9 + noise(random)});
  const auto at = [&](double t) { return path[static_cast<std::size_t>(std::lround(t * 20))]; };

  const auto upright = movementOf(20, 10, at);
  const auto turned = movementOf(20, 10, [&](double t) {
    const auto v = at(t);  // a third of a turn about (1, 1, 1), then 30 degrees about z
    return std::array{0.866025404 * v[2] - 0.5 * v[0], 0.5 * v[2] + 0.866025404 * v[0], v[1]};
  });

  for (std::size_t i = 0; i < Movement::kCount; ++i) {
    EXPECT_NEAR(upright.values[i], turned.values[i], 2e-3) << upright.features[i].name;
  }
}

TEST(Movement, TellsBurstsFromSteadyMovement) {
  const auto steady = movementOf(20, 10, [](double t) { return std::array{wave(3, t), 0.0, 1.0}; });
  const auto bursts = movementOf(20, 10, [](double t) {
    return std::array{static_cast<int>(t) % 2 == 0 ? wave(3, t) : 0.0, 0.0, 1.0};
  });

  EXPECT_NEAR(steady["acc burst std"], 0, 0.01);
  EXPECT_NEAR(bursts["acc burst max"], 20 * std::log10(std::sqrt(0.5)), 0.01);
  EXPECT_NEAR(bursts["acc burst min"], -60, 1e-4);
  EXPECT_NEAR(bursts["acc burst mean change"], 60 - 3.01, 0.02);
}

TEST(Movement, MeasuresJerkAndDrift) {
  // x rises by 2 units a second: a jerk of 2 everywhere. The mean turns from 45 to 90 degrees less
  // a little: (1, 2) over (0, 2) and (3, 2) on the other side.
  const auto f = movementOf(10, 4, [](double t) { return std::array{2 * t, 0.0, 2.0}; });

  EXPECT_NEAR(f["acc jerk mean level"], 20 * std::log10(2), 1e-3);
  EXPECT_NEAR(f["acc jerk std level"], -60, 1);
  const double before = std::atan2(1.9, 2);  // means of 0 .. 3.8 and 4 .. 7.8
  const double after = std::atan2(5.9, 2);
  EXPECT_NEAR(f["acc drift"], (after - before) * 180 / std::numbers::pi, 0.01);
  EXPECT_NEAR(f["acc turn per second mean"], 20 * std::log10(2), 1e-3);
}

TEST(Movement, IsSplitByTheDirectionOfItsMean) {
  // Mean (0, 3, 4): (3, 3, 4) lies 5 along and 3 across, (-3, 3, 4) as much.
  std::vector<Signal> axes(3, Signal{.rate = 10, .values = {}, .missing = {}});
  axes[0].values = {3, -3};
  axes[1].values = {3, 3};
  axes[2].values = {4, 4};

  const auto [along, across] = sensors::alongAndAcross(axes);

  for (std::size_t i = 0; i < 2; ++i) {
    EXPECT_NEAR(along.values[i], 5, 1e-5);
    EXPECT_NEAR(across.values[i], 3, 1e-5);
  }
}

TEST(Movement, IsDefinedForBriefWindowsGapsAndStillness) {
  const auto brief = movementOf(20, 1, [](double t) { return std::array{wave(4, t), 0.0, 1.0}; });
  const auto still = movementOf(100, 2, [](double) { return std::array{0.0, 0.0, 9.81}; });
  std::vector<std::uint8_t> gaps(200, 0);
  for (std::size_t i = 40; i < 60; ++i) gaps[i] = 1;
  const auto gap = movementOf(
      20, 10,
      [](double t) {
        return std::array{wave(1, t), 0.0, 1.0};
      },
      gaps);
  const auto none = movementOf(
      20, 10,
      [](double) {
        return std::array{0.0, 0.0, 0.0};
      },
      std::vector<std::uint8_t>(200, 1));

  EXPECT_NEAR(brief["acc first axis rhythm frequency"], 4, 0.1);
  EXPECT_TRUE(std::isnan(brief["acc burst std"]));
  EXPECT_EQ(still["acc magnitude rhythm strength"], 0);
  EXPECT_NEAR(still["acc movement median"], -60, 1e-3);
  EXPECT_NEAR(gap["acc first axis rhythm frequency"], 1, 0.05);
  for (const float value : none.values) EXPECT_TRUE(std::isnan(value));
  for (const auto* f : {&brief, &still, &gap}) {
    for (const float value : f->values) EXPECT_FALSE(std::isinf(value));
  }
}

}  // namespace
