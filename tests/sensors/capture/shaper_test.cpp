#include "sensors/capture/shaper.h"

#include <gtest/gtest.h>

#include "sensors/capture/decoder.h"
#include "sensors/jpeg_header.h"
#include "tests/support/pictures.h"

namespace {

using sensors::PictureSize;
using sensors::capture::Shape;
using sensors::capture::Shaper;
using support::plain;

constexpr std::int64_t kSecond = 1'000'000'000;

double meanOf(const base::Bytes& jpeg) {
  return cv::mean(cv::imdecode(jpeg, cv::IMREAD_GRAYSCALE))[0];
}

TEST(Shaper, MakesPicturesAsSmallAsAskedAndNeverLarger) {
  Shaper shaper;
  const auto sizeOf = [&](int width, int height, const Shape& shape) {
    const auto taken = shaper.shape(plain(width, height, {1, 2, 3}), 0, shape).value();
    const PictureSize size = sensors::jpegSize(taken.jpeg).value();
    EXPECT_EQ(size, (PictureSize{static_cast<int>(taken.width), static_cast<int>(taken.height)}));
    return size;
  };

  EXPECT_EQ(sizeOf(640, 480, {.longest = 320}), (PictureSize{320, 240}));
  EXPECT_EQ(sizeOf(480, 640, {.longest = 320}), (PictureSize{240, 320}));
  EXPECT_EQ(sizeOf(200, 100, {.longest = 320}), (PictureSize{200, 100}));
  EXPECT_EQ(sizeOf(640, 480, {.longest = 0}), (PictureSize{640, 480}));
  EXPECT_EQ(sizeOf(640, 480, {.longest = 224, .square = true}), (PictureSize{224, 224}));
}

TEST(Shaper, ItsSquareIsTheMiddle) {
  cv::Mat picture = plain(300, 100, {0, 0, 0});
  picture(cv::Rect(100, 0, 100, 100)).setTo(cv::Scalar(200, 200, 200));
  Shaper shaper;

  const auto taken = shaper.shape(picture, 0, {.longest = 100, .square = true}).value();

  EXPECT_NEAR(meanOf(taken.jpeg), 200, 2);
}

TEST(Shaper, TheBackgroundFollowsAtTwoLevelsASecond) {
  Shaper shaper;
  const auto first = shaper.shape(plain(160, 120, {100, 100, 100}), 0, {}).value();
  base::Bytes newest = first.background;
  for (int i = 1; i <= 40; ++i) {  // brighter from now on, for ten seconds
    const auto taken = shaper.shape(plain(160, 120, {200, 200, 200}), i * kSecond / 4, {}).value();
    if (!taken.background.empty()) newest = taken.background;
  }

  EXPECT_NEAR(meanOf(first.background), 100, 1);
  EXPECT_NEAR(meanOf(newest), 100 + 10 * Shaper::kLevelsPerSecond, 1.5);
}

TEST(Shaper, RefusesWhatIsNoPicture) {
  Shaper shaper;
  const base::Bytes jpeg = support::jpegOf(plain(64, 64, {9, 9, 9}));
  const std::string text = "no picture at all";

  EXPECT_FALSE(shaper.shape(cv::Mat(), 0, {}).ok());
  EXPECT_FALSE(
      shaper.shape({reinterpret_cast<const std::uint8_t*>(text.data()), text.size()}, 0, {}).ok());
  EXPECT_TRUE(shaper.shape(jpeg, 0, {}).ok());
}

TEST(Decoder, GivesWhatTheShaperGives) {
  const base::Bytes jpeg = support::jpegOf(support::squareAt(400, 200, 50));
  Shaper shaper;
  sensors::capture::Decoder decoder;

  const auto inside = shaper.shape(jpeg, 5, {}).value();
  const auto outside = decoder.decode(jpeg, 5, {});

  ASSERT_TRUE(outside.ok()) << outside.error().message;
  EXPECT_EQ(outside->jpeg, inside.jpeg);
  EXPECT_EQ(outside->background, inside.background);
  EXPECT_EQ(outside->steadyNs, 5);
}

}  // namespace
