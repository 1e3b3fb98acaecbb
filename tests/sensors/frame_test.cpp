#include "sensors/frame.h"

#include <gtest/gtest.h>
#include <limits>

#include "tests/support/scripted_source.h"

namespace {

using sensors::Feature;
using sensors::FrameLayout;

const auto kPair = support::sourceInfo("room/air", sensors::SourceKind::Features, 1, 2, "K");

TEST(Frame, CarriesTheSourceInEachName) {
  const auto extractor = sensors::makeValues(kPair, {}).value();

  const auto layout = sensors::makeLayout("room/air", *extractor);

  ASSERT_EQ(layout->features.size(), 2U);
  EXPECT_EQ(layout->features[0].name, "room/air a");
  EXPECT_EQ(layout->parts[0].source, "room/air");
  EXPECT_EQ(layout->parts[0].count, 2U);
}

TEST(Frame, WhatCannotBeToldBecomesMissingAndZero) {
  const auto extractor = sensors::makeValues(kPair, {}).value();
  sensors::Window window;
  window.span = {{0}, {10}};
  window.newestArrival = {12};
  window.samples = {.rows = 1, .channels = 2, .values = {21.5f, 0}, .missing = {0, 1}};

  const auto frame =
      sensors::makeFrame(*extractor, sensors::makeLayout("room/air", *extractor), window);

  EXPECT_EQ(frame->values, (std::vector<float>{21.5f, 0}));
  EXPECT_EQ(frame->missing, (std::vector<std::uint8_t>{0, 1}));
  EXPECT_EQ(frame->span, window.span);
  EXPECT_EQ(frame->newestArrival, base::Time{12});
}

TEST(FrameLayout, HashTellsNamesUnitsAndOrderApart) {
  const auto hashOf = [](std::vector<Feature> features) {
    FrameLayout layout;
    layout.features = std::move(features);
    return layout.hash();
  };
  const std::string hash = hashOf({{.name = "a", .unit = "K"}, {.name = "b", .unit = "K"}});

  EXPECT_EQ(hash.size(), 64U);
  EXPECT_EQ(hash, hashOf({{.name = "a", .unit = "K"}, {.name = "b", .unit = "K"}}));
  EXPECT_NE(hash, hashOf({{.name = "b", .unit = "K"}, {.name = "a", .unit = "K"}}));
  EXPECT_NE(hash, hashOf({{.name = "a", .unit = "1"}, {.name = "b", .unit = "K"}}));
  EXPECT_NE(hashOf({{.name = "ab", .unit = "c"}}), hashOf({{.name = "a", .unit = "bc"}}));
}

TEST(FrameLayout, JoiningPutsPartsSideBySide) {
  const auto extractor = sensors::makeValues(kPair, {}).value();
  const auto one = sensors::makeLayout("one", *extractor);
  const auto two = sensors::makeLayout("two", *extractor);

  const auto joined = sensors::joinLayouts({one, two});

  ASSERT_EQ(joined->features.size(), 4U);
  EXPECT_EQ(joined->features[2].name, "two a");
  EXPECT_EQ(joined->parts[1].begin, 2U);
}

TEST(FrameSpec, TextTellsSpecsApart) {
  const sensors::FrameSpec spec{"n/imu", "motion", {}};
  sensors::FrameSpec longer = spec;
  longer.window.length += base::Duration(1'000);

  EXPECT_EQ(sensors::toText(spec), "n/imu motion 1 s every 0.5 s");
  EXPECT_NE(sensors::toText(spec), sensors::toText(longer));
}

}  // namespace
