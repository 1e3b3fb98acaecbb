#include <cmath>
#include <complex>
#include <gtest/gtest.h>
#include <numbers>
#include <random>

#include "tests/sensors/extractors/extract.h"

namespace {

using sensors::SourceKind;
using std::chrono::milliseconds;
using support::Extracted;

constexpr double kPi = std::numbers::pi;
const auto kMic = support::sourceInfo("n/mic", SourceKind::Audio, 16'000);

std::vector<float> sound(double rate, double seconds, const std::function<double(double)>& signal) {
  std::vector<float> values;
  for (std::size_t i = 0; i < static_cast<std::size_t>(std::round(seconds * rate)); ++i) {
    values.push_back(static_cast<float>(signal(static_cast<double>(i) / rate)));
  }
  return values;
}

std::vector<float> noise(double seconds, double loudness) {
  std::mt19937 random(7);
  std::normal_distribution<double> normal(0, loudness);
  return sound(16'000, seconds, [&](double) { return normal(random); });
}

/// One log-mel frame worked out the slow way, straight from the definition, in double precision.
std::vector<double> slowLogMel(const std::vector<float>& x, std::size_t start) {
  const auto mel = [](double f) { return 1127 * std::log(1 + f / 700); };
  std::vector<double> magnitudes(257);
  for (std::size_t k = 0; k <= 256; ++k) {
    std::complex<double> sum = 0;
    for (std::size_t n = 0; n < 400; ++n) {
      const double hann = 0.5 - 0.5 * std::cos(2 * kPi * static_cast<double>(n) / 400);
      const double turn = -2 * kPi * static_cast<double>(k * n % 512) / 512;
      sum += hann * x[start + n] * std::complex<double>(std::cos(turn), std::sin(turn));
    }
    magnitudes[k] = std::abs(sum);
  }
  std::vector<double> bands;
  for (int b = 0; b < 64; ++b) {
    const double step = (mel(7'500) - mel(125)) / 65;
    const double low = mel(125) + step * b;
    double sum = 0;
    for (std::size_t k = 1; k <= 256; ++k) {
      const double at = mel(static_cast<double>(k) * 16'000 / 512);
      const double weight = std::min((at - low) / step, (low + 2 * step - at) / step);
      sum += std::max(0.0, weight) * magnitudes[k];
    }
    bands.push_back(std::log(sum + 0.01));
  }
  return bands;
}

TEST(LogMel, MatchesASlowReference) {
  const std::vector<float> x = noise(0.975, 0.1);

  const Extracted patch = support::extract(sensors::makeLogMel, kMic, support::windowOf(kMic, x));

  ASSERT_EQ(patch.values.size(), 96U * 64U);
  for (const std::size_t frame : {0U, 1U, 50U, 95U}) {
    const auto expected = slowLogMel(x, frame * 160);
    for (std::size_t b = 0; b < 64; ++b) {
      ASSERT_NEAR(patch.values[frame * 64 + b], expected[b], 1e-4) << frame << " " << b;
    }
  }
}

TEST(LogMel, OfSilenceIsTheLogarithmOfItsOffset) {
  const Extracted patch = support::extract(sensors::makeLogMel, kMic,
                                           support::windowOf(kMic, std::vector<float>(15'600, 0)));

  for (const float v : patch.values) EXPECT_FLOAT_EQ(v, std::log(0.01f));
}

TEST(LogMel, RefusesWindowsWithoutAFrame) {
  EXPECT_FALSE(sensors::makeLogMel(kMic, {milliseconds(20), milliseconds(20)}));
}

TEST(LogMel, ASecondHasAsManyFramesAtEveryRate) {
  for (const double rate : {8'000.0, 11'025.0, 22'050.0, 44'100.0, 48'000.0}) {
    const auto mic = support::sourceInfo("n/mic", SourceKind::Audio, rate);
    const auto x = sound(rate, 1, [](double t) { return std::sin(2 * kPi * 1'000 * t); });

    const Extracted patch = support::extract(sensors::makeLogMel, mic, support::windowOf(mic, x));

    ASSERT_EQ(patch.values.size(), 98U * 64U);
    const float* last = &patch.values[97 * 64];
    const auto top = std::max_element(last, last + 32) - last;
    // The band around 1000 Hz, whose mel is 999.99: (999.99 - 185.2) / 40.85 - 1 = 18.9.
    EXPECT_EQ(top, 19) << rate;
    EXPECT_EQ(std::isnan(last[63]), rate / 2 < 7'300) << rate;
  }
}

TEST(Sound, ASineIsWhereItShouldBe) {
  const auto x = sound(16'000, 1, [](double t) { return 0.5 * std::sin(2 * kPi * 1'500 * t); });

  const Extracted f = support::extract(sensors::makeSound, kMic, support::windowOf(kMic, x));

  EXPECT_NEAR(f["sound level mean"], 10 * std::log10(0.125), 0.05);
  EXPECT_NEAR(f["sound centroid mean"], 1'500, 5);
  EXPECT_NEAR(f["sound zero crossings mean"], 3'000, 50);
  EXPECT_NEAR(f["sound share of 1000-2000 Hz"], 0, 0.01);
  EXPECT_LT(f["sound share of 250-500 Hz"], -40);
  EXPECT_LT(f["sound flatness mean"], -30);
  EXPECT_NEAR(f["sound level std"], 0, 0.2);
}

TEST(Sound, LoudnessMovesLevelsAndLeavesShapesAlone) {
  const auto of = [](double loudness) {
    return support::extract(sensors::makeSound, kMic, support::windowOf(kMic, noise(1, loudness)));
  };
  const Extracted quiet = of(0.02);
  const Extracted loud = of(0.2);

  EXPECT_NEAR(loud["sound level mean"] - quiet["sound level mean"], 20, 0.01);
  for (const char* name : {"sound flatness mean", "sound share of 500-1000 Hz"}) {
    EXPECT_NEAR(loud[name], quiet[name], 0.01) << name;
  }
  EXPECT_NEAR(loud["sound centroid mean"], quiet["sound centroid mean"], 1);
  // White noise has all its power spread evenly: 4000 of 8000 Hz lie above 4000 Hz.
  EXPECT_NEAR(loud["sound share of 4000-8000 Hz"], -3.01, 0.3);
  EXPECT_NEAR(loud["sound centroid mean"], 4'000, 150);
}

TEST(Sound, AClickStandsOutAgainstTheMean) {
  auto x = noise(1, 0.001);
  x[8'000] = 1;

  const Extracted f = support::extract(sensors::makeSound, kMic, support::windowOf(kMic, x));

  EXPECT_GT(f["sound level peak above mean"], 25);
}

TEST(Sound, TheFirstCepstralCoefficientOfSilenceIsTheScaledSumOfItsBands) {
  const Extracted f = support::extract(sensors::makeSound, kMic,
                                       support::windowOf(kMic, std::vector<float>(16'000, 0)));

  // Orthonormal: sqrt(1/64) x 64 x ln 0.01.
  EXPECT_NEAR(f["sound MFCC 0 mean"], 8 * std::log(0.01), 1e-3);
  EXPECT_NEAR(f["sound MFCC 5 mean"], 0, 1e-3);
  EXPECT_NEAR(f["sound MFCC slope 0 std"], 0, 1e-6);
  EXPECT_TRUE(std::isnan(f["sound centroid mean"]));
}

TEST(Sound, ASweepHasASteadyCepstralSlope) {
  // Loudness that grows by 60 dB a second raises every log band by ln(1000) a second, so that
  // coefficient 0 rises by 8 ln(1000) a second or a hundredth of it a frame.
  std::mt19937 random(3);
  std::normal_distribution<double> normal(0, 1);
  const auto x =
      sound(16'000, 1, [&](double t) { return 10 * std::pow(1'000, t) * normal(random); });

  const Extracted f = support::extract(sensors::makeSound, kMic, support::windowOf(kMic, x));

  EXPECT_NEAR(f["sound MFCC slope 0 mean"], 8 * std::log(1'000) / 100, 0.03);
}

TEST(Sound, GapsAreBridgedAndWindowsTooShortCannotBeTold) {
  auto x = sound(16'000, 1, [](double t) { return std::sin(2 * kPi * 300 * t); });
  std::vector<std::uint8_t> missing(x.size(), 0);
  for (std::size_t i = 0; i < x.size(); i += 50) {
    missing[i] = 1;
    x[i] = 0;
  }

  const Extracted gaps =
      support::extract(sensors::makeSound, kMic, support::windowOf(kMic, x, missing));
  const Extracted brief = support::extract(sensors::makeSound, kMic,
                                           support::windowOf(kMic, std::vector<float>(300, 1)));

  EXPECT_NEAR(gaps["sound centroid mean"], 300, 15);
  for (const float v : brief.values) EXPECT_TRUE(std::isnan(v));
}

TEST(Sound, LayoutDoesNotDependOnTheRate) {
  const auto low = support::sourceInfo("n/mic", SourceKind::Audio, 8'000);
  const auto x = sound(8'000, 1, [](double t) { return std::sin(2 * kPi * 300 * t); });
  const auto wide = sensors::makeSound(kMic, {}).value();
  std::vector<float> out(wide->features().size());

  wide->extract(support::windowOf(low, x), out);

  EXPECT_EQ(wide->features(), sensors::makeSound(low, {}).value()->features());
  for (std::size_t i = 0; i < out.size(); ++i) {
    const std::string& name = wide->features()[i].name;
    if (name == "sound share of 4000-8000 Hz") {
      EXPECT_TRUE(std::isnan(out[i]));
    }
    if (name == "sound centroid mean") {
      EXPECT_NEAR(out[i], 300, 5);
    }
  }
}

TEST(Sound, NeedsAtLeastTwoThousandRowsASecond) {
  EXPECT_FALSE(sensors::makeSound(support::sourceInfo("n", SourceKind::Audio, 1'000), {}));
}

}  // namespace
