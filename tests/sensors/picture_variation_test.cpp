#include "sensors/picture_variation.h"

#include <gtest/gtest.h>

#include "tests/support/pictures.h"

namespace {

using sensors::changed;
using sensors::PictureChange;
using sensors::Window;

Window windowOf(const cv::Mat& picture, const cv::Mat& background) {
  auto block = std::make_shared<sensors::Block>();
  sensors::Image image{
      .width = picture.cols, .height = picture.rows, .jpeg = support::jpegOf(picture, 98)};
  image.background = std::make_shared<const base::Bytes>(support::jpegOf(background, 98));
  block->content = std::move(image);
  Window window;
  window.pictures = {block, block};
  window.former = block;
  return window;
}

cv::Mat pictureOf(const Window& window, std::size_t i = 0) {
  return cv::imdecode(window.pictures.at(i)->image()->jpeg, cv::IMREAD_COLOR);
}

const Window kGrey =
    windowOf(support::plain(80, 60, {100, 100, 100}), support::plain(80, 60, {100, 100, 100}));

TEST(PictureVariation, TwiceTheLightIsAPowerOfTwoOfLevels) {
  const Window bright = changed(kGrey, {.stops = 1}, 1);

  const double expected = 100 * std::pow(2, 1 / 2.2);
  EXPECT_NEAR(cv::mean(pictureOf(bright))[0], expected, 1.5);
  EXPECT_NEAR(
      cv::mean(cv::imdecode(*bright.pictures[0]->image()->background, cv::IMREAD_GRAYSCALE))[0],
      expected, 1.5);
  EXPECT_EQ(bright.pictures[0]->image()->background, bright.pictures[1]->image()->background);
}

TEST(PictureVariation, NoiseHasTheDeviationAskedForAndIsNewInEachPicture) {
  const Window noisy = changed(kGrey, {.noise = 10}, 1);
  cv::Scalar mean;
  cv::Scalar deviation;
  cv::meanStdDev(pictureOf(noisy), mean, deviation);

  EXPECT_NEAR(mean[0], 100, 1);
  EXPECT_GT(deviation[1], 5);  // JPEG smooths some of it away
  EXPECT_LT(deviation[1], 12);
  EXPECT_NE(noisy.pictures[0]->image()->jpeg, noisy.pictures[1]->image()->jpeg);
}

TEST(PictureVariation, ANudgeMovesWhatIsSeen) {
  const Window still = windowOf(support::squareAt(200, 100, 50), support::plain(200, 100, {}));

  const cv::Mat moved = pictureOf(changed(still, {.right = 0.1}, 1));

  EXPECT_GT(moved.at<cv::Vec3b>(50, 70 + 10)[0], 200);  // 10 % of 200 pixels further
  EXPECT_LT(moved.at<cv::Vec3b>(50, 55)[0], 100);
}

TEST(PictureVariation, IsSeededAndChangesNothingWhereNothingIsAsked) {
  const PictureChange change = sensors::drawnFrom({}, 7);

  EXPECT_EQ(change, sensors::drawnFrom({}, 7));
  EXPECT_NE(change, sensors::drawnFrom({}, 8));
  EXPECT_EQ(changed(kGrey, change, 3).pictures[0]->image()->jpeg,
            changed(kGrey, change, 3).pictures[0]->image()->jpeg);
  EXPECT_EQ(changed(kGrey, {}, 3).pictures, kGrey.pictures);
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    const PictureChange drawn = sensors::drawnFrom({}, seed);
    EXPECT_LE(std::abs(drawn.stops), 0.7);
    EXPECT_GE(drawn.blur, 0);
    EXPECT_LE(std::abs(drawn.right), 0.02);
  }
}

}  // namespace
