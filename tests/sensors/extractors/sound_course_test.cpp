#include "sensors/extractors/sound_course.h"

#include <cmath>
#include <gtest/gtest.h>
#include <numbers>
#include <random>

#include "tests/sensors/extractors/extract.h"

namespace {

using sensors::Mel;
using sensors::SoundCourse;

/// The course of a made-up sound: each band's log-mel and the level by frame.
support::Extracted courseOf(std::size_t frames,
                            const std::function<double(std::size_t, std::size_t)>& mel,
                            const std::function<double(std::size_t)>& level) {
  const SoundCourse course;
  std::vector<float> bands;
  std::vector<float> levels;
  for (std::size_t i = 0; i < frames; ++i) {
    for (std::size_t b = 0; b < Mel::kBands; ++b) bands.push_back(static_cast<float>(mel(i, b)));
    levels.push_back(static_cast<float>(level(i)));
  }
  support::Extracted result{course.features(), std::vector<float>(course.count(), -77)};
  course.write(bands, levels, result.values);
  return result;
}

double flat(std::size_t) { return -20; }

TEST(SoundCourse, PutsABeatIntoItsRate) {
  // 7 Hz lies between 5 and 10 Hz; a share of all is 0 dB.
  const auto f = courseOf(
      100,
      [](std::size_t i, std::size_t) {
        return std::sin(2 * std::numbers::pi * 7 * 0.01 * static_cast<double>(i));
      },
      flat);

  EXPECT_NEAR(f["sound 125-434 Hz modulation 5-10 Hz"], 0, 0.2);
  EXPECT_LT(f["sound 125-434 Hz modulation 1-2.5 Hz"], -20);
  EXPECT_LT(f["sound 125-434 Hz modulation 20-40 Hz"], -25);
}

TEST(SoundCourse, TellsWhichBandsMoveTogether) {
  // Groups of 8 bands: the second against the first, the third not at all.
  const auto f = courseOf(
      100,
      [](std::size_t i, std::size_t b) {
        const double wave = std::sin(0.3 * static_cast<double>(i));
        return b < 8 ? wave : b < 16 ? -3 * wave : 1.0;
      },
      flat);

  EXPECT_NEAR(f["sound 125-434 Hz with 394-804 Hz correlation"], -1, 1e-4);
  EXPECT_EQ(f["sound 125-434 Hz with 752-1296 Hz correlation"], 0);
}

TEST(SoundCourse, HearsOnsetsAndTheirRhythm) {
  // Every 12 frames all bands rise by 2 and fall again: 8 rises of 2 in 99 steps.
  const auto f = courseOf(
      100, [](std::size_t i, std::size_t) { return i % 12 == 6 ? 2.0 : 0.0; }, flat);

  EXPECT_NEAR(f["sound onset mean"], 8 * 2.0 / 99, 1e-5);
  EXPECT_NEAR(f["sound onset max"], 2, 1e-6);
  EXPECT_NEAR(f["sound onset rhythm period"], 0.12, 1e-6);
  EXPECT_GT(f["sound onset rhythm strength"], 0.8);
  EXPECT_EQ(f["sound onset rhythm strength"], f["sound onset rhythm strength at 50-200 ms"]);
}

TEST(SoundCourse, MeasuresAttackAndDecay) {
  // Rises by 2 dB a frame to frame 20, then falls by 0.5 dB a frame.
  const auto f = courseOf(
      100, [](std::size_t, std::size_t) { return 0.0; },
      [](std::size_t i) {
        return i <= 20 ? -60 + 2.0 * static_cast<double>(i)
                       : -20 - 0.5 * static_cast<double>(i - 20);
      });

  EXPECT_NEAR(f["sound attack"], 0.09, 1e-6);  // less than 20 dB below: 9 frames
  EXPECT_NEAR(f["sound decay"], 0.39, 1e-6);
  EXPECT_NEAR(f["sound level largest rise"], 2, 1e-5);
  EXPECT_NEAR(f["sound level largest fall"], -0.5, 1e-5);
  EXPECT_NEAR(f["sound level mean change"], (20 * 2 + 79 * 0.5) / 99, 1e-4);
  EXPECT_NEAR(f["sound share within 10 dB of peak"], (1 + 4 + 19) / 100.0, 1e-6);
}

TEST(SoundCourse, OfASteadySoundIsStill) {
  const auto f = courseOf(
      94, [](std::size_t, std::size_t) { return -1.0; }, flat);

  EXPECT_NEAR(f["sound power centre in time"], 0.5, 1e-6);
  EXPECT_NEAR(f["sound power spread in time"], std::sqrt(1 / 12.0), 1e-3);  // evenly spread
  EXPECT_EQ(f["sound onset max"], 0);
  EXPECT_EQ(f["sound level skewness"], 0);
  EXPECT_NEAR(f["sound 125-434 Hz modulation 5-10 Hz"], -30, 0.01);
}

TEST(SoundCourse, SaysWhatItCannotTellFromABriefSound) {
  for (const std::size_t frames : {1U, 2U, 5U, 12U, 998U}) {
    std::mt19937 random(static_cast<unsigned>(frames));
    std::normal_distribution<double> noise;
    const auto f = courseOf(
        frames, [&](std::size_t, std::size_t) { return noise(random); },
        [&](std::size_t) { return -30 + noise(random); });

    EXPECT_EQ(std::isnan(f["sound onset mean"]), frames < 2);
    EXPECT_EQ(std::isnan(f["sound onset rhythm strength"]), frames < 8);
    EXPECT_EQ(std::isnan(f["sound 125-434 Hz modulation 1-2.5 Hz"]), frames < 33);
    for (const float value : f.values) EXPECT_FALSE(std::isinf(value));
    EXPECT_FALSE(std::isnan(f["sound level mean change"]));
  }
}

}  // namespace
