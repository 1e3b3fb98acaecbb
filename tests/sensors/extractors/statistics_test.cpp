#include <cmath>
#include <gtest/gtest.h>
#include <numbers>

#include "tests/sensors/extractors/extract.h"

namespace {

using sensors::SourceKind;
using support::Extracted;

constexpr double kPi = std::numbers::pi;
const auto kOne = support::sourceInfo("n/x", SourceKind::Motion, 100, 1, "m/s2");

Extracted of(std::vector<float> values, std::vector<std::uint8_t> missing = {}) {
  return support::extract(sensors::makeStatistics, kOne,
                          support::windowOf(kOne, std::move(values), std::move(missing)));
}

TEST(Statistics, OfAConstantAreItsValueAndNoSpread) {
  const Extracted f = of(std::vector<float>(100, 9.81f));

  for (const char* name : {"a mean", "a min", "a max", "a median", "a 90th percentile", "a RMS"}) {
    EXPECT_FLOAT_EQ(f[name], 9.81f) << name;
  }
  for (const char* name : {"a std", "a quartile range", "a skewness", "a kurtosis",
                           "a zero crossings", "a mean step", "a mean deviation"}) {
    EXPECT_EQ(f[name], 0) << name;
  }
}

TEST(Statistics, OfASineAreThoseOfTheTextbook) {
  std::vector<float> values;
  for (int i = 0; i < 1'000; ++i) {
    values.push_back(static_cast<float>(3 * std::sin(2 * kPi * 5 * i / 100.0 + 0.1)));
  }

  const Extracted f = of(values);

  EXPECT_NEAR(f["a mean"], 0, 1e-5);
  EXPECT_NEAR(f["a std"], 3 / std::sqrt(2), 1e-4);
  EXPECT_NEAR(f["a RMS"], 3 / std::sqrt(2), 1e-4);
  EXPECT_NEAR(f["a skewness"], 0, 1e-4);
  EXPECT_NEAR(f["a kurtosis"], -1.5, 1e-3);
  EXPECT_NEAR(f["a zero crossings"], 10, 0.15);  // two a period
  EXPECT_NEAR(f["a mean deviation"], 3 * 2 / kPi, 0.02);
}

TEST(Statistics, OfFiveNumbersAreWorkedOutByHand) {
  const Extracted f = of({1, 2, 3, 4, 10});

  EXPECT_FLOAT_EQ(f["a mean"], 4);
  EXPECT_FLOAT_EQ(f["a std"], std::sqrt((9.f + 4 + 1 + 0 + 36) / 5));
  EXPECT_FLOAT_EQ(f["a 25th percentile"], 2);
  EXPECT_FLOAT_EQ(f["a 90th percentile"], 4 + 0.6f * 6);
  EXPECT_FLOAT_EQ(f["a quartile range"], 2);
  EXPECT_FLOAT_EQ(f["a mean step"], (1 + 1 + 1 + 6) / 4.f);
  EXPECT_FLOAT_EQ(f["a mean deviation"], (3 + 2 + 1 + 0 + 6) / 5.f);
  // Third moment (-27 - 8 - 1 + 216) / 5 = 36 over 10^1.5.
  EXPECT_FLOAT_EQ(f["a skewness"], 36.f / std::pow(10.f, 1.5f));
}

TEST(Statistics, LeaveMissingRowsOut) {
  const Extracted f = of({1, 99, 2, 3, 99, 4, 10}, {0, 1, 0, 0, 1, 0, 0});

  EXPECT_FLOAT_EQ(f["a mean"], 4);
  EXPECT_FLOAT_EQ(f["a max"], 10);
}

TEST(Statistics, OfNothingCannotBeTold) {
  const Extracted f = of({1, 2}, {1, 1});

  for (const float v : f.values) EXPECT_TRUE(std::isnan(v));
}

TEST(Statistics, NeedRowsAtAnEvenRate) {
  const auto door = support::sourceInfo("n/door", SourceKind::Slow, 0);

  EXPECT_EQ(sensors::makeStatistics(door, {}).error().code, base::ErrorCode::InvalidArgument);
}

}  // namespace
