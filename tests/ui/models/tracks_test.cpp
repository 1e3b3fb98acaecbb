#include "ui/models/tracks.h"

#include <gtest/gtest.h>

#include "tests/ui/sample_snapshot.h"

namespace {

using sensors::EnvelopeColumn;
using ui::Gap;

constexpr EnvelopeColumn kEmpty{};
constexpr EnvelopeColumn kSome{0.F, 1.F};

std::vector<EnvelopeColumn> columns(const std::string& pattern) {
  std::vector<EnvelopeColumn> all;
  for (const char c : pattern) {
    all.push_back(c == '.' ? kEmpty : kSome);
  }
  return all;
}

TEST(Tracks, OneRowPerSourceSoundFirst) {
  const auto tracks =
      ui::chooseTracks(sample::full(), [](const std::string&, std::size_t) { return 0.0; });

  ASSERT_EQ(tracks.size(), 4U);
  EXPECT_EQ(tracks[0].name, "Kitchen mic");
  EXPECT_TRUE(tracks[0].audio);
  EXPECT_EQ(tracks[0].unit, "16 kHz");
  EXPECT_EQ(tracks[1].name, "Counter");
}

TEST(Tracks, TheLiveliestChannelStandsForItsSource) {
  const auto tracks =
      ui::chooseTracks(sample::full(), [](const std::string& source, std::size_t channel) {
        return source == "kitchen/imu" && channel == 2 ? 5.0 : 1.0;
      });

  EXPECT_EQ(tracks[1].channel, 2U);
  EXPECT_EQ(tracks[1].unit, "z, m/s²");
}

TEST(Tracks, NeverMoreThanAskedFor) {
  const auto tracks = ui::chooseTracks(
      sample::full(), [](const std::string&, std::size_t) { return 0.0; }, 2);

  EXPECT_EQ(tracks.size(), 2U);
}

TEST(Extent, SkipsEmptyColumnsAndKeepsThePeaks) {
  const std::vector<EnvelopeColumn> some = {kEmpty, {-2.F, 1.F}, kEmpty, {0.F, 7.F}};

  const EnvelopeColumn all = ui::extent(some);

  EXPECT_EQ(all.min, -2.F);
  EXPECT_EQ(all.max, 7.F);
  EXPECT_TRUE(ui::extent(std::vector<EnvelopeColumn>(5)).isEmpty());
}

TEST(Gaps, AreRunsOfMissingColumnsAfterTheFirstMeasuredOne) {
  EXPECT_EQ(ui::findGaps(columns("...##...#"), 3, 9), (std::vector<Gap>{{5, 8}}));
  EXPECT_TRUE(ui::findGaps(columns("##.#..#"), 3, 9).empty());
  EXPECT_TRUE(ui::findGaps(columns("....."), 3, 3).empty());
}

TEST(Gaps, WhatHasNotComeYetIsNone) {
  EXPECT_TRUE(ui::findGaps(columns("###...."), 3, 5).empty());
  EXPECT_EQ(ui::findGaps(columns("##....."), 3, 5), (std::vector<Gap>{{2, 7}}));
}

TEST(Gaps, ShowWhatFeaturesSeeInstead) {
  std::vector<sensors::EnvelopeColumn> seen(9);
  seen[0] = seen[1] = {2, 4};
  seen[5] = seen[6] = {9, 11};
  const auto filled = [&](sensors::Fill fill, std::size_t reach = 5) {
    auto gaps = ui::findGaps(seen, 2, 2);
    ui::fillGaps(gaps, seen, fill, reach);
    return gaps;
  };
  ASSERT_EQ(filled(sensors::Fill::Hold).size(), 2u);
  EXPECT_EQ(filled(sensors::Fill::Hold)[0].filled, std::pair(3.0, 3.0));
  EXPECT_EQ(filled(sensors::Fill::Interpolate)[0].filled, std::pair(3.0, 10.0));
  EXPECT_EQ(filled(sensors::Fill::Interpolate)[1].filled, std::pair(10.0, 10.0)) << "leads nowhere yet";
  EXPECT_FALSE(filled(sensors::Fill::Missing)[0].filled);
  EXPECT_FALSE(filled(sensors::Fill::Hold, 2)[0].filled) << "too long for any window";
}

TEST(TrackRange, GrowsAtOnceAndShrinksSlowly) {
  const ui::Track plug{.source = "plug", .name = "Plug", .unit = "W", .declared = 3680};
  ui::TrackRange range;

  range.follow(plug, {0.F, 2000.F});
  EXPECT_GE(range.high(), 2000);
  range.follow(plug, {0.F, 10.F});
  EXPECT_GE(range.high(), 1800);
  for (int i = 0; i < 300; ++i) {
    range.follow(plug, {0.F, 10.F});
  }
  EXPECT_LT(range.high(), 200);
}

TEST(TrackRange, AlwaysHoldsWhatIsSeenAndNeverBlowsUpNoise) {
  const ui::Track sound{.source = "mic", .name = "Mic", .audio = true, .declared = 2};
  ui::TrackRange range;

  for (int i = 0; i < 200; ++i) {
    const auto v = static_cast<float>(std::abs(sample::noise(i, 3)) * (i % 40 == 0 ? 1 : 0.001));
    range.follow(sound, {-v, v});
    EXPECT_LE(range.low(), -v);
    EXPECT_GE(range.high(), v);
  }
  for (int i = 0; i < 500; ++i) {
    range.follow(sound, {-0.0005F, 0.0005F});
  }
  EXPECT_GE(range.high(), 0.04);  // 2 % of full scale either way
}

}  // namespace
