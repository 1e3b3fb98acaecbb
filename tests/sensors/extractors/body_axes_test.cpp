#include "sensors/extractors/body_axes.h"

#include <cmath>
#include <functional>
#include <gtest/gtest.h>
#include <numbers>
#include <random>

#include "tests/sensors/extractors/extract.h"

namespace {

using sensors::BodyAxes;
using sensors::Signal;

constexpr double kRate = 50;
constexpr sensors::WindowSpec kFourSeconds{.length = std::chrono::seconds(4),
                                           .hop = std::chrono::seconds(1)};

using Walk = std::function<std::array<double, 3>(double seconds)>;

std::vector<Signal> axesOf(const Walk& walk, std::vector<std::uint8_t> missing = {}) {
  std::vector<Signal> axes(3, Signal{.rate = kRate, .values = {}, .missing = missing});
  for (int i = 0; i < 200; ++i) {
    const auto v = walk(i / kRate);
    for (std::size_t a = 0; a < 3; ++a) axes[a].values.push_back(static_cast<float>(v[a]));
  }
  return axes;
}

support::Extracted bodyOf(const std::vector<Signal>& axes) {
  const BodyAxes body(kFourSeconds);
  support::Extracted result;
  body.name("acc", "m/s^2", result.features);
  EXPECT_EQ(result.features.size(), body.count());
  result.values.assign(body.count(), -77);
  body.write(axes, result.values);
  return result;
}

double tone(double hertz, double seconds) {
  return std::sin(2 * std::numbers::pi * hertz * seconds);
}

TEST(BodyAxes, FindUpForwardAndSidewaysBySize) {
  // Gravity along y; 2 Hz up and down, 5 Hz along z, 7 Hz along x.
  const auto f = bodyOf(axesOf([](double t) {
    return std::array{0.5 * tone(7, t), 9.81 + tone(2.5, t), 2 * tone(5, t)};
  }));

  EXPECT_NEAR(f["acc up 2-3 Hz"], 10 * std::log10(0.5), 0.1);
  EXPECT_NEAR(f["acc forward 4-6 Hz"], 10 * std::log10(2), 0.1);
  EXPECT_NEAR(f["acc sideways 6-8 Hz"], 10 * std::log10(0.125), 0.1);
  EXPECT_NEAR(f["acc forward level"], 20 * std::log10(2 / std::sqrt(2)), 0.05);
  EXPECT_NEAR(f["acc forward kurtosis"], 1.5, 0.02);
  EXPECT_NEAR(f["acc change upwards 99th percentile"], 2 * std::numbers::pi * 2.5, 0.3);
}

TEST(BodyAxes, HearNothingBelowASensorsOwnNoise) {
  const auto f = bodyOf(axesOf([](double t) { return std::array{1e-4 * tone(5, t), 9.81, 0.0}; }));

  EXPECT_EQ(f["acc forward 4-6 Hz"], -40);
  EXPECT_EQ(f["acc up 2-3 Hz"], -40);
  EXPECT_NEAR(f["acc forward level"], -60, 1e-4);
}

TEST(BodyAxes, AreTheSameHoweverTheSensorLies) {
  std::mt19937 random(5);
  std::normal_distribution<double> noise;
  std::vector<std::array<double, 3>> path;
  for (int i = 0; i < 200; ++i) {
    const double step = std::pow(noise(random), 2);  // with a sign one can tell
    path.push_back({noise(random), 3 * step, 9 + noise(random)});
  }
  const auto at = [&](double t) { return path[static_cast<std::size_t>(std::lround(t * kRate))]; };
  const auto upright = bodyOf(axesOf(at));
  const auto turned = bodyOf(axesOf([&](double t) {
    const auto v = at(t);
    return std::array{0.866025404 * v[2] - 0.5 * v[0], 0.5 * v[2] + 0.866025404 * v[0], v[1]};
  }));

  for (std::size_t i = 0; i < upright.values.size(); ++i) {
    if (std::isnan(upright.values[i])) continue;
    const double close = 1e-3 * std::max(1.0F, std::abs(upright.values[i]));
    EXPECT_NEAR(upright.values[i], turned.values[i], close) << upright.features[i].name;
  }
}

TEST(BodyAxes, LeaveGapsOutAndSayNothingOfAnEmptyWindow) {
  const Walk walk = [](double t) { return std::array{tone(5, t), 9.81, 0.0}; };
  std::vector<std::uint8_t> gap(200);
  std::fill(gap.begin() + 60, gap.begin() + 70, 1);
  auto torn = axesOf(walk, gap);
  for (int i = 60; i < 70; ++i) torn[0].values[static_cast<std::size_t>(i)] = 500;

  EXPECT_NEAR(bodyOf(torn)["acc forward level"], bodyOf(axesOf(walk))["acc forward level"], 0.2);
  for (const float value : bodyOf(axesOf(walk, std::vector<std::uint8_t>(200, 1))).values) {
    EXPECT_TRUE(std::isnan(value));
  }
}

}  // namespace
