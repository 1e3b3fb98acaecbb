#include "app/simulator/hall_camera.h"

#include <gtest/gtest.h>

namespace app {
namespace {

constexpr double kUsual = 0.033;

TEST(HallCamera, EveryPictureIsASmallJpeg) {
  HallCamera camera(1);

  for (const double light : {0.0, 1.0, 180.0, 1000.0}) {
    const HallPicture picture = camera.take({light, 0.5, {Figure{}}}, kUsual);

    ASSERT_GT(picture.jpeg.size(), 1000);
    EXPECT_LE(picture.jpeg.size(), HallCamera::kLargest);
    // Start and end of image, ISO/IEC 10918-1 annex B.
    EXPECT_EQ(picture.jpeg[0], 0xFF);
    EXPECT_EQ(picture.jpeg[1], 0xD8);
    EXPECT_EQ(picture.jpeg[picture.jpeg.size() - 2], 0xFF);
    EXPECT_EQ(picture.jpeg.back(), 0xD9);
  }
}

TEST(HallCamera, LessLightOrAShorterExposureMakesItDarker) {
  HallCamera camera(1);
  const double usual = camera.take({}, kUsual).brightness;

  EXPECT_LT(camera.take({}, kUsual / 2).brightness, usual - 15);
  EXPECT_LT(camera.take({.light = 1}, kUsual).brightness, 20);
  EXPECT_GT(camera.take({.light = 12}, 2 * kUsual).brightness,
            camera.take({.light = 12}, kUsual / 2).brightness + 5);
  EXPECT_GT(usual, 60);
}

TEST(HallCamera, WalkersAndDoorsMoveAndAnEmptyHallDoesNot) {
  HallCamera camera(1);
  camera.take({}, kUsual);
  const double empty = camera.take({}, kUsual).motion;

  camera.take({.figures = {Figure{.across = 0.3, .near = 0.7}}}, kUsual);
  const double walker =
      camera.take({.figures = {Figure{.across = 0.6, .near = 0.7, .stride = 0.3}}}, kUsual).motion;
  camera.take({}, kUsual);
  const double door = camera.take({.doorOpen = 1}, kUsual).motion;

  EXPECT_LT(empty, 0.002);
  EXPECT_GT(walker, 0.03);
  EXPECT_GT(door, 0.01);
}

}  // namespace
}  // namespace app
