#include <cmath>
#include <gtest/gtest.h>

#include "tests/sensors/extractors/extract.h"

namespace {

using sensors::SourceKind;
using sensors::Window;
using std::chrono::milliseconds;
using std::chrono::seconds;
using support::Extracted;

sensors::SourceInfo air() {
  auto info = support::sourceInfo("n/air", SourceKind::Slow, 0, 1, "K");
  info.channels[0].min = 250;
  info.channels[0].max = 350;
  return info;
}

/// A window of ten seconds with rows at the given seconds.
Window window(const std::vector<std::pair<double, float>>& rows) {
  Window window;
  window.source = support::shared(air());
  window.span = {{0}, base::Time{0} + seconds(10)};
  window.samples.channels = 1;
  for (const auto& [second, value] : rows) {
    window.offsets.push_back(base::fromSeconds(second));
    window.samples.values.push_back(value);
    ++window.samples.rows;
  }
  return window;
}

Extracted of(const Window& window) { return support::extract(sensors::makeLevel, air(), window); }

TEST(Level, AHeldValueIsLevelAndUnchanged) {
  Window held = window({{0, 293}});
  held.sinceChange = seconds(60);

  const Extracted f = of(held);

  for (const char* name : {"a last", "a mean", "a min", "a max"}) EXPECT_EQ(f[name], 293) << name;
  for (const char* name : {"a range", "a slope", "a changes"}) EXPECT_EQ(f[name], 0) << name;
  EXPECT_FLOAT_EQ(f["time since change"], std::log(61.0f));
}

TEST(Level, TheMeanWeighsEachValueByHowLongItHeld) {
  const Extracted f = of(window({{0, 10}, {2, 20}, {8, 0}}));

  EXPECT_FLOAT_EQ(f["a mean"], (10 * 2 + 20 * 6 + 0 * 2) / 10.0f);
  EXPECT_EQ(f["a last"], 0);
  EXPECT_EQ(f["a range"], 20);
  EXPECT_EQ(f["a changes"], 2);
}

TEST(Level, TheSlopeIsOfReadingsAndNotOfWhatHeldBefore) {
  const Extracted straight = of(window({{0, 500}, {2, 10}, {4, 14}, {8, 22}}));
  const Extracted single = of(window({{0, 500}, {5, 10}}));

  EXPECT_NEAR(straight["a slope"], 2, 1e-5);
  EXPECT_EQ(single["a slope"], 0);
}

TEST(Level, MissingReadingsAreLeftOut) {
  Window gaps = window({{0, 10}, {3, 77}, {5, 20}});
  gaps.samples.missing = {0, 1, 0};

  const Extracted f = of(gaps);

  EXPECT_FLOAT_EQ(f["a mean"], 15);
  EXPECT_EQ(f["a max"], 20);
}

TEST(Level, AChannelWithoutAnyReadingCannotBeTold) {
  Window nothing = window({{0, 10}});
  nothing.samples.missing = {1};

  EXPECT_TRUE(std::isnan(of(nothing)["a last"]));
}

TEST(Level, DriftBelowAHundredthOfTheDeclaredRangeMeansNothing) {
  const auto extractor = sensors::makeLevel(air(), {}).value();
  auto unknown = air();
  unknown.channels[0].min = unknown.channels[0].max = 0;

  EXPECT_DOUBLE_EQ(extractor->features()[0].resolution, 1.0);
  EXPECT_EQ(sensors::makeLevel(unknown, {}).value()->features()[0].resolution, 0);
}

TEST(Level, IsNotForPictures) {
  const auto camera = support::sourceInfo("cam", SourceKind::Picture, 5);

  EXPECT_FALSE(sensors::makeLevel(camera, {}));
}

}  // namespace
