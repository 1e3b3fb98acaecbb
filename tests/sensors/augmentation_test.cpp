#include "sensors/augmentation.h"

#include <cmath>
#include <gtest/gtest.h>
#include <numbers>

namespace sensors {
namespace {

constexpr SourceKind kKinds[] = {SourceKind::Motion, SourceKind::Audio, SourceKind::Slow,
                                 SourceKind::Picture, SourceKind::Features};

/// Three axes at 50 rows a second, each a wave of its own around gravity's share.
Window wave(std::size_t rows = 128, double range = 0) {
  SourceInfo source{.id = "wrist/imu", .name = "Wrist", .kind = SourceKind::Motion, .rate = 50};
  for (const char* axis : {"x", "y", "z"})
    source.channels.push_back({axis, "m/s^2", -range, range});
  Window window{.source = std::make_shared<const SourceInfo>(source), .rate = 50};
  window.span = {{0}, {2'560'000'000}};
  window.samples = {.rows = rows, .channels = 3};
  for (std::size_t row = 0; row < rows; ++row) {
    const double t = static_cast<double>(row) / 50;
    for (std::size_t c = 0; c < 3; ++c) {
      window.samples.values.push_back(static_cast<float>(
          (c == 2 ? 9.8 : 0) + std::sin(2 * std::numbers::pi * (1 + static_cast<double>(c)) * t)));
    }
  }
  return window;
}

double power(const Samples& samples, std::size_t channel) {
  double mean = 0;
  double squares = 0;
  const auto n = static_cast<double>(samples.rows);
  for (std::size_t row = 0; row < samples.rows; ++row) mean += samples.at(row, channel) / n;
  for (std::size_t row = 0; row < samples.rows; ++row) {
    squares += std::pow(samples.at(row, channel) - mean, 2) / n;
  }
  return squares;
}

Samples difference(const Samples& a, const Samples& b) {
  Samples d = a;
  for (std::size_t i = 0; i < d.values.size(); ++i) d.values[i] -= b.values[i];
  return d;
}

TEST(Augmentation, EqualSeedsGiveEqualValuesAndOthersOthers) {
  const Window origin = wave();
  const auto spec = usualAugmentation(SourceKind::Motion);

  const Window copy = augmented(origin, spec, 7);

  EXPECT_EQ(copy.samples.values, augmented(origin, spec, 7).samples.values);
  EXPECT_NE(copy.samples.values, augmented(origin, spec, 8).samples.values);
  EXPECT_EQ(copy.span, origin.span);
  EXPECT_EQ(copy.samples.rows, origin.samples.rows);
  for (const float value : copy.samples.values) EXPECT_TRUE(std::isfinite(value));
}

TEST(Augmentation, OnlySoundAndMotionVary) {
  for (const SourceKind kind : kKinds) {
    const bool varies = kind == SourceKind::Motion || kind == SourceKind::Audio;
    EXPECT_EQ(usualAugmentation(kind).changesNothing(), !varies) << toText(kind);
  }
  EXPECT_EQ(usualAugmentation(SourceKind::Audio).turn, 0);
  EXPECT_EQ(usualAugmentation(SourceKind::Audio).warp, 0);
  EXPECT_EQ(augmented(wave(), {}, 1).samples.values, wave().samples.values);
}

TEST(Augmentation, AShiftReadsWholeRowsElsewhere) {
  const Window origin = wave();

  const Window copy = augmented(origin, {.shift = 0.2}, 3);

  int best = 0;
  for (int shift = -26; shift <= 26; ++shift) {
    bool same = true;
    for (int row = 30; row < 90; ++row) {
      same &= copy.samples.at(row, 0) == origin.samples.at(row + shift, 0) &&
              copy.samples.at(row, 1) == origin.samples.at(row + shift, 1);
    }
    if (same) best = shift;
  }
  EXPECT_NE(best, 0);
}

TEST(Augmentation, AWarpedWaveHasAnotherFrequencyWithinTheLimit) {
  for (std::uint64_t seed = 1; seed < 20; ++seed) {
    const Window copy = augmented(wave(), {.warp = 0.1}, seed);
    // The middle of the window stays; there the slope of a wave tells its frequency.
    std::vector<double> crossings;
    for (std::size_t row = 11; row < 118; ++row) {
      const double a = copy.samples.at(row - 1, 1);
      const double b = copy.samples.at(row, 1);
      if (a < 0 && b >= 0) crossings.push_back(static_cast<double>(row) - b / (b - a));
    }
    ASSERT_GE(crossings.size(), 3U);
    const double periods = static_cast<double>(crossings.size() - 1);
    const double hz = 50 * periods / (crossings.back() - crossings.front());
    EXPECT_GT(hz, 2 * 0.895) << seed;
    EXPECT_LT(hz, 2 * 1.105) << seed;
    EXPECT_GT(std::abs(hz - 2), 1e-4) << seed;
  }
}

TEST(Augmentation, GainChangesTheMovementAndNotTheMean) {
  const Window origin = wave(100);  // whole periods

  const Window copy = augmented(origin, {.gain = 3}, 5);

  const double gain = 10 * std::log10(power(copy.samples, 2) / power(origin.samples, 2));
  EXPECT_LE(std::abs(gain), 3.001);
  EXPECT_GT(std::abs(gain), 0.01);
  double mean = 0;
  for (std::size_t row = 0; row < 100; ++row) mean += copy.samples.at(row, 2) / 100;
  EXPECT_NEAR(mean, 9.8, 1e-4);
}

TEST(Augmentation, NoiseHasTheRatioAskedFor) {
  const Window origin = wave(4096);
  for (const NoiseColour colour : {NoiseColour::White, NoiseColour::Pink}) {
    const Window copy = augmented(origin, {.noise = colour, .leastSnr = 20, .mostSnr = 20}, 11);
    const Samples noise = difference(copy.samples, origin.samples);
    EXPECT_NEAR(10 * std::log10(power(origin.samples, 1) / power(noise, 1)), 20, 0.01);
    // Steps from row to row: twice the power where neighbours know nothing of each other.
    Samples steps = noise;
    for (std::size_t i = 3; i < steps.values.size(); ++i) steps.values[i] -= noise.values[i - 3];
    const double roughness = power(steps, 1) / power(noise, 1);
    if (colour == NoiseColour::White) {
      EXPECT_NEAR(roughness, 2, 0.2);
    } else {
      EXPECT_LT(roughness, 1.2);
    }
  }
}

TEST(Augmentation, ATurnKeepsLengthsAndStaysWithinItsAngle) {
  const Window origin = wave();
  double largest = 0;
  for (std::uint64_t seed = 1; seed < 50; ++seed) {
    const Window copy = augmented(origin, {.turn = 15}, seed);
    for (std::size_t row = 0; row < origin.samples.rows; row += 16) {
      double was = 0;
      double is = 0;
      double both = 0;
      for (std::size_t c = 0; c < 3; ++c) {
        was += std::pow(origin.samples.at(row, c), 2);
        is += std::pow(copy.samples.at(row, c), 2);
        both += static_cast<double>(origin.samples.at(row, c)) * copy.samples.at(row, c);
      }
      EXPECT_NEAR(is, was, 1e-3);
      const double cosine = std::min(1.0, both / std::sqrt(was * is));
      largest = std::max(largest, std::acos(cosine) * 180 / std::numbers::pi);
    }
  }
  EXPECT_LT(largest, 15.1);
  EXPECT_GT(largest, 8);
}

TEST(Augmentation, GapsStayGapsAndValuesStayInRange) {
  Window origin = wave(128, 10);
  origin.samples.missing.assign(origin.samples.values.size(), 0);
  for (std::size_t i = 60; i < 90; ++i) {
    origin.samples.missing[i] = 1;
    origin.samples.values[i] = 0;
  }

  const Window copy = augmented(origin, usualAugmentation(SourceKind::Motion), 2);

  int gaps = 0;
  for (std::size_t row = 0; row < copy.samples.rows; ++row) {
    EXPECT_EQ(copy.samples.isMissing(row, 0), copy.samples.isMissing(row, 2));
    gaps += copy.samples.isMissing(row, 0) ? 1 : 0;
    if (copy.samples.isMissing(row, 2)) continue;
    EXPECT_LE(copy.samples.at(row, 2), 10);
    EXPECT_GT(copy.samples.at(row, 2), 6) << "the gap's zero came in at row " << row;
  }
  EXPECT_GE(gaps, 8);
  EXPECT_LE(gaps, 14);
}

TEST(Augmentation, WindowsOfScatteredRowsAndOfOneRowDoNotBreak) {
  Window slow = wave(3);
  slow.rate = 0;
  slow.offsets.resize(3);
  const auto spec = usualAugmentation(SourceKind::Motion);
  EXPECT_EQ(augmented(slow, spec, 1).samples.values, slow.samples.values);

  const Window one = augmented(wave(1), spec, 1);
  ASSERT_EQ(one.samples.values.size(), 3U);
  for (const float value : one.samples.values) EXPECT_TRUE(std::isfinite(value));
}

TEST(Noise, HasMeanZeroAndDeviationOneInEveryColour) {
  for (const NoiseColour colour : {NoiseColour::White, NoiseColour::Pink}) {
    const auto values = noise(colour, 5000, 3);
    double sum = 0;
    double squares = 0;
    for (const float value : values) {
      sum += static_cast<double>(value);
      squares += static_cast<double>(value) * static_cast<double>(value);
    }
    EXPECT_NEAR(sum / 5000, 0, 1e-4);
    EXPECT_NEAR(squares / 5000, 1, 1e-3);
    EXPECT_EQ(values, noise(colour, 5000, 3));
    EXPECT_NE(values, noise(colour, 5000, 4));
  }
}

}  // namespace
}  // namespace sensors
