#include <cmath>
#include <functional>
#include <gtest/gtest.h>

#include "tests/sensors/extractors/extract.h"

namespace {

using sensors::SourceKind;

sensors::SourceInfo pictures(std::size_t width, std::size_t height) {
  sensors::SourceInfo source{
      .id = "t/picture", .kind = SourceKind::Features, .channels = {}, .rate = 1};
  for (std::size_t p = 0; p < width * height; ++p) {
    source.channels.push_back(
        {.id = "row " + std::to_string(p / width) + " column " + std::to_string(p % width),
         .min = 0,
         .max = 255});
  }
  return source;
}

support::Extracted featuresOf(std::size_t width, std::size_t height,
                              const std::function<float(std::size_t, std::size_t)>& pixel) {
  const auto source = pictures(width, height);
  std::vector<float> values;
  for (std::size_t p = 0; p < width * height; ++p) values.push_back(pixel(p % width, p / width));
  return support::extract(sensors::makeGradients, source, support::windowOf(source, values));
}

TEST(Gradients, OfALevelPictureAreNone) {
  const auto f = featuresOf(28, 28, [](std::size_t, std::size_t) { return 51.0F; });

  EXPECT_EQ(f.features.size(), 7U * 7U * 9U);
  EXPECT_EQ(f["cell 3 3 edges at 0 degrees"], 0);
  EXPECT_EQ(f["cell 6 0 brightness"], 51);
}

TEST(Gradients, OfARampPointUpItsSlope) {
  // Each pixel 4 brighter than the one to its left: a difference of 8 over two pixels. A cell well
  // inside gathers 16 pixels of it, as do the 9 around; faint edges are 0.05 x 255 x 16.
  const auto f =
      featuresOf(28, 28, [](std::size_t x, std::size_t) { return 4 * static_cast<float>(x); });

  const double cell = 16 * 8;
  const double faint = 0.05 * 255 * 16;
  EXPECT_NEAR(f["cell 3 3 edges at 0 degrees"],
              std::sqrt(cell / std::sqrt(9 * cell * cell + faint * faint)), 1e-4);
  EXPECT_EQ(f["cell 3 3 edges at 90 degrees"], 0);
  EXPECT_EQ(f["cell 3 3 edges at 180 degrees"], 0);
  EXPECT_NEAR(f["cell 2 0 brightness"], 6, 1e-4);  // 0, 4, 8, 12
}

TEST(Gradients, AreSharedByTheTwoNearestDirections) {
  // Down and right alike by tan 22.5 degrees: halfway between 0 and 45 degrees.
  const float slope = std::tan(std::acos(-1.0F) / 8);
  const auto f = featuresOf(28, 28, [&](std::size_t x, std::size_t y) {
    return 4 * (static_cast<float>(x) + slope * static_cast<float>(y));
  });

  EXPECT_GT(f["cell 3 3 edges at 0 degrees"], 0.3);
  EXPECT_NEAR(f["cell 3 3 edges at 0 degrees"], f["cell 3 3 edges at 45 degrees"], 1e-3);
  EXPECT_EQ(f["cell 3 3 edges at 315 degrees"], 0);
}

TEST(Gradients, StayTheSameInOtherLight) {
  const auto picture = [](float gain, float offset) {
    return featuresOf(40, 22, [=](std::size_t x, std::size_t y) {
      return offset + gain * static_cast<float>((x * x + 3 * y) % 17);
    });
  };
  const auto dark = picture(7, 0);
  const auto bright = picture(14, 17);

  for (std::size_t i = 0; i < 7U * 7U * 8U; ++i) {
    EXPECT_NEAR(dark.values[i], bright.values[i], 0.05) << dark.features[i].name;
  }
}

TEST(Gradients, NeedAPictureWithoutGaps) {
  const auto table = support::sourceInfo("t", SourceKind::Features, 1, 196, "1");
  const auto source = pictures(14, 14);
  std::vector<std::uint8_t> missing(196, 0);
  missing[77] = 1;

  const auto f = support::extract(sensors::makeGradients, source,
                                  support::windowOf(source, std::vector<float>(196, 1), missing));

  for (const float value : f.values) EXPECT_TRUE(std::isnan(value));
  EXPECT_FALSE(sensors::makeGradients(table, {}).ok());
  EXPECT_FALSE(sensors::makeGradients(pictures(13, 20), {}).ok());
  EXPECT_EQ(sensors::defaultExtractor(source), "gradients");
}

}  // namespace
