#include <cmath>
#include <gtest/gtest.h>
#include <numbers>

#include "tests/sensors/extractors/extract.h"

namespace {

using sensors::SourceKind;
using support::Extracted;

constexpr double kPi = std::numbers::pi;

Extracted of(double rate, std::size_t rows, const std::function<double(double)>& signal,
             std::vector<std::uint8_t> missing = {}) {
  const auto source = support::sourceInfo("n/x", SourceKind::Motion, rate, 1, "m/s2");
  std::vector<float> values;
  for (std::size_t i = 0; i < rows; ++i) {
    const bool isMissing = !missing.empty() && missing[i] != 0;
    values.push_back(isMissing ? 0 : static_cast<float>(signal(static_cast<double>(i) / rate)));
  }
  return support::extract(sensors::makeSpectral, source,
                          support::windowOf(source, std::move(values), std::move(missing)));
}

double sine(double frequency, double t) { return std::sin(2 * kPi * frequency * t); }

TEST(Spectral, ASineHasItsPowerInItsBandAndItsFrequencyOnTop) {
  const Extracted f = of(100, 1'000, [](double t) { return 2 * sine(7, t); });

  // Amplitude 2: power 2, of which a Hann window leaves all within two bins of 0.1 Hz.
  EXPECT_NEAR(f["a 6-8 Hz"], 10 * std::log10(2), 0.01);
  EXPECT_LT(f["a 10-15 Hz"], -60);
  EXPECT_NEAR(f["a dominant frequency"], 7, 0.01);
  EXPECT_NEAR(f["a spectral centroid"], 7, 0.01);
  EXPECT_LT(f["a spectral entropy"], 0.25);
}

TEST(Spectral, AConstantHasNoPowerAndNoFrequency) {
  const Extracted f = of(100, 100, [](double) { return 9.81; });

  EXPECT_LT(f["a 4-6 Hz"], -100);
  EXPECT_TRUE(std::isnan(f["a dominant frequency"]));
  EXPECT_TRUE(std::isnan(f["a spectral entropy"]));
}

TEST(Spectral, AClickIsSpreadEvenly) {
  const Extracted f = of(100, 1'000, [](double t) { return std::abs(t - 5) < 1e-6 ? 1.0 : 0.0; });

  EXPECT_GT(f["a spectral entropy"], 0.99);
  EXPECT_NEAR(f["a spectral centroid"], 25, 0.3);
  // Twice the width, twice the power.
  EXPECT_NEAR(f["a 4-6 Hz"] - f["a 3-4 Hz"], 3.01, 0.05);
}

TEST(Spectral, GapsAreBridged) {
  std::vector<std::uint8_t> missing(1'000, 0);
  for (std::size_t i = 0; i < missing.size(); i += 10) missing[i] = 1;

  const Extracted f = of(
      100, 1'000, [](double t) { return sine(2.5, t); }, missing);

  EXPECT_NEAR(f["a dominant frequency"], 2.5, 0.01);
  EXPECT_NEAR(f["a 2-3 Hz"], 10 * std::log10(0.5), 0.1);
}

TEST(Spectral, BandsAreTheSameAtEveryRateAndMissingAboveHalfOfIt) {
  const Extracted slow = of(25, 100, [](double t) { return sine(3, t); });
  const Extracted fast = of(400, 1'600, [](double t) { return sine(3, t); });

  EXPECT_EQ(slow.features, fast.features);
  EXPECT_TRUE(std::isnan(slow["a 15-25 Hz"]));
  EXPECT_FALSE(std::isnan(slow["a 10-15 Hz"]));
  EXPECT_FALSE(std::isnan(fast["a 50-100 Hz"]));
  EXPECT_NEAR(slow["a 3-4 Hz"], fast["a 3-4 Hz"], 0.1);
}

TEST(Spectral, IsNotForSound) {
  const auto mic = support::sourceInfo("n/mic", SourceKind::Audio, 16'000);

  EXPECT_FALSE(sensors::makeSpectral(mic, {}));
}

}  // namespace
