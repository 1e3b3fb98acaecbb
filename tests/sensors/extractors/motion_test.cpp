#include <cmath>
#include <gtest/gtest.h>
#include <numbers>
#include <random>
#include <thread>

#include "tests/sensors/extractors/extract.h"

namespace {

using sensors::SourceInfo;
using sensors::SourceKind;
using support::Extracted;

SourceInfo imu(double rate = 100) {
  SourceInfo info = support::sourceInfo("n/imu", SourceKind::Motion, rate, 3, "m/s2");
  info.channels[0].id = "accel_x";
  info.channels[1].id = "accel_y";
  info.channels[2].id = "accel_z";
  return info;
}

Extracted of(const SourceInfo& info, const std::function<std::array<double, 3>(double)>& signal,
             std::vector<std::uint8_t> missing = {}) {
  std::vector<float> values;
  for (std::size_t i = 0; i < static_cast<std::size_t>(info.rate * 4); ++i) {
    for (const double v : signal(static_cast<double>(i) / info.rate)) {
      values.push_back(static_cast<float>(v));
    }
  }
  missing.resize(missing.empty() ? 0 : values.size());
  return support::extract(sensors::makeMotion, info, support::windowOf(info, values, missing));
}

TEST(Motion, HasTheMagnitudeOfAThreeAxisSensor) {
  const Extracted f = of(imu(), [](double) { return std::array{3.0, 4.0, 12.0}; });

  EXPECT_FLOAT_EQ(f["accel_y mean"], 4);
  EXPECT_FLOAT_EQ(f["accel magnitude mean"], 13);
  EXPECT_EQ(f["accel jerk mean"], 0);
  EXPECT_EQ(f["accel_x accel_y correlation"], 0);
}

TEST(Motion, AxesThatMoveTogetherCorrelate) {
  const Extracted f = of(imu(), [](double t) {
    const double s = std::sin(2 * std::numbers::pi * 2 * t);
    return std::array{s, -3 * s + 1, std::cos(2 * std::numbers::pi * 2 * t)};
  });

  EXPECT_NEAR(f["accel_x accel_y correlation"], -1, 1e-5);
  EXPECT_NEAR(f["accel_x accel_z correlation"], 0, 1e-5);
  EXPECT_NEAR(f["accel_x dominant frequency"], 2, 0.02);
}

TEST(Motion, ASteadyRampHasAJerkOfItsSlopeAtAnyRate) {
  for (const double rate : {50.0, 200.0}) {
    const Extracted f = of(imu(rate), [](double t) { return std::array{3 * t, 4 * t, 0.0}; });

    EXPECT_NEAR(f["accel jerk mean"], 5, 0.01);
    EXPECT_NEAR(f["accel jerk max"], 5, 0.01);
  }
}

TEST(Motion, LayoutDoesNotDependOnTheRate) {
  const auto slow = sensors::makeMotion(imu(20), {}).value();
  const auto fast = sensors::makeMotion(imu(833), {}).value();

  EXPECT_EQ(slow->features(), fast->features());
}

TEST(Motion, AnExtractorMadeForOneRateWorksAtAnother) {
  const auto extractor = sensors::makeMotion(imu(100), {std::chrono::seconds(4), {}}).value();
  std::vector<float> values;
  for (int i = 0; i < 800; ++i) {
    const auto v = static_cast<float>(std::sin(2 * std::numbers::pi * 6 * i / 200.0));
    values.insert(values.end(), {v, v, v});
  }
  std::vector<float> out(extractor->features().size());

  extractor->extract(support::windowOf(imu(200), values), out);

  for (std::size_t i = 0; i < out.size(); ++i) {
    if (extractor->features()[i].name == "accel_x dominant frequency") {
      EXPECT_NEAR(out[i], 6, 0.02);
    }
  }
}

TEST(Motion, GroupsOnlyAxesOfOneUnit) {
  SourceInfo mixed = support::sourceInfo("n/m", SourceKind::Motion, 100, 6, "m/s2");
  for (std::size_t c = 3; c < 6; ++c) mixed.channels[c].unit = "rad/s";
  SourceInfo odd = support::sourceInfo("n/o", SourceKind::Motion, 100, 3, "m/s2");
  odd.channels[1].unit = "K";
  const auto namesOf = [](const SourceInfo& info) {
    std::string all;
    const auto extractor = sensors::makeMotion(info, {}).value();
    for (const auto& feature : extractor->features()) all += feature.name + ";";
    return all;
  };

  EXPECT_NE(namesOf(mixed).find("a b c magnitude mean"), std::string::npos);
  EXPECT_NE(namesOf(mixed).find("d e f magnitude mean"), std::string::npos);
  EXPECT_EQ(namesOf(odd).find("magnitude"), std::string::npos);
}

TEST(Motion, AMissingAxisLeavesTheOthersAsTheyAre) {
  std::vector<std::uint8_t> missing(1'200, 0);
  for (std::size_t i = 0; i < missing.size(); i += 3) missing[i] = 1;

  const Extracted f = of(
      imu(),
      [](double) {
        return std::array{1.0, 4.0, 3.0};
      },
      missing);

  EXPECT_TRUE(std::isnan(f["accel_x mean"]));
  EXPECT_FLOAT_EQ(f["accel_y mean"], 4);
  EXPECT_TRUE(std::isnan(f["accel magnitude mean"]));
  EXPECT_TRUE(std::isnan(f["accel_x accel_y correlation"]));
}

TEST(Motion, ManyThreadsMayAskOneExtractor) {
  const auto extractor = sensors::makeMotion(imu(), {}).value();
  std::mt19937 random(1);
  std::vector<float> values;
  for (int i = 0; i < 300; ++i) values.push_back(static_cast<float>(random() % 100));
  const auto window = support::windowOf(imu(), values);
  std::vector<std::vector<float>> results(8, std::vector<float>(extractor->features().size()));
  {
    std::vector<std::jthread> threads;
    for (auto& result : results) {
      threads.emplace_back([&] {
        for (int i = 0; i < 20; ++i) extractor->extract(window, result);
      });
    }
  }

  for (const auto& result : results) {
    for (std::size_t i = 0; i < result.size(); ++i) {
      EXPECT_TRUE(result[i] == results[0][i] ||
                  (std::isnan(result[i]) && std::isnan(results[0][i])));
    }
  }
}

}  // namespace
