#include "app/simulator/hall_camera.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <opencv2/core.hpp>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

namespace app {
namespace {

constexpr int kWidth = HallCamera::kWidth;
constexpr int kHeight = HallCamera::kHeight;
constexpr double kFullTurn = 2 * std::numbers::pi;
constexpr double kExposureScale = 0.19;  // k, 1/(lx s)
constexpr double kGamma = 1.8;           // between light and grey levels
constexpr double kMotionLevels = 14;     // grey levels by which a moved point differs

// Colours of things in usual light as blue, green, red; 100 is white paper.
const cv::Scalar kWall(68, 78, 82);
const cv::Scalar kSideWall(58, 68, 73);
const cv::Scalar kFloor(38, 55, 72);
const cv::Scalar kCeiling(86, 88, 88);
const cv::Scalar kDoor(45, 62, 84);
const cv::Scalar kOutside(100, 98, 92);
const cv::Scalar kFrame(90, 92, 92);

void fill(cv::Mat& picture, std::vector<cv::Point> corners, const cv::Scalar& colour) {
  cv::fillConvexPoly(picture, corners, colour, cv::LINE_AA);
}

/// The empty hall in one-point perspective.
cv::Mat emptyHall() {
  cv::Mat hall(kHeight, kWidth, CV_8UC3, kWall);
  fill(hall, {{0, 0}, {320, 0}, {225, 55}, {95, 55}}, kCeiling);
  fill(hall, {{0, 240}, {320, 240}, {225, 165}, {95, 165}}, kFloor);
  fill(hall, {{0, 0}, {95, 55}, {95, 165}, {0, 240}}, kSideWall);
  fill(hall, {{320, 0}, {225, 55}, {225, 165}, {320, 240}}, kSideWall);
  for (int plank = 1; plank < 8; ++plank) {  // floor boards meet at the vanishing point
    cv::line(hall, {plank * 40, 240}, {95 + plank * 130 / 8, 165}, kFloor * 0.8, 1, cv::LINE_AA);
  }
  fill(hall, {{22, 75}, {60, 84}, {60, 125}, {22, 134}}, cv::Scalar(62, 50, 40));   // a picture
  cv::rectangle(hall, {262, 150}, {296, 214}, cv::Scalar(35, 45, 60), cv::FILLED);  // a cupboard
  cv::line(hall, {279, 150}, {279, 214}, cv::Scalar(25, 33, 45), 1, cv::LINE_AA);
  cv::rectangle(hall, {136, 82}, {184, 166}, kFrame, 3, cv::LINE_AA);
  return hall;
}

/// The door at the far end: outside shows where it has swung away.
void drawDoor(cv::Mat& picture, double open) {
  cv::rectangle(picture, {138, 84}, {182, 165}, open > 0.02 ? kOutside : kDoor, cv::FILLED);
  const int edge = 182 - static_cast<int>(std::lround(44 * std::cos(open * std::numbers::pi / 2)));
  const int drop = static_cast<int>(std::lround(9 * open));
  fill(picture, {{182, 84}, {edge, 84 - drop / 2}, {edge, 165 + drop}, {182, 165}}, kDoor);
  cv::circle(picture, {edge + 5, 126 + drop / 2}, 2, cv::Scalar(70, 85, 90), cv::FILLED,
             cv::LINE_AA);
}

/// A person of ellipses and swinging limbs, standing on the floor at `near`.
void drawFigure(cv::Mat& picture, const Figure& figure) {
  const double size = (60 + 95 * figure.near) * figure.height;
  const double foot = 170 + 62 * figure.near;
  const double x = 160 + (figure.across - 0.5) * (130 + 150 * figure.near);
  const auto at = [&](double dx, double up) {
    return cv::Point(static_cast<int>(std::lround(x + dx * size)),
                     static_cast<int>(std::lround(foot - up * size)));
  };
  const auto limb = [&](cv::Point from, cv::Point to, const cv::Scalar& colour, double width) {
    cv::line(picture, from, to, colour, std::max(1, static_cast<int>(width * size)), cv::LINE_AA);
  };
  const auto axes = [&](double w, double h) {
    return cv::Size(static_cast<int>(w * size), static_cast<int>(h * size));
  };
  const cv::Scalar trousers(48, 34, 30);
  const cv::Scalar pullover(40, 48, 88);
  const cv::Scalar skin(60, 72, 88);
  const double swing = 0.17 * std::sin(kFullTurn * figure.stride);
  const double bob = 0.012 * std::abs(std::cos(kFullTurn * figure.stride));
  limb(at(0, 0.47 + bob), at(swing, 0.02), trousers, 0.075);
  limb(at(0, 0.47 + bob), at(-swing, 0.02), trousers, 0.075);
  limb(at(0, 0.76 + bob), at(-0.8 * swing, 0.45), pullover * 0.85, 0.055);
  cv::ellipse(picture, at(0, 0.63 + bob), axes(0.1, 0.2), 0, 0, 360, pullover, cv::FILLED,
              cv::LINE_AA);
  limb(at(0, 0.76 + bob), at(0.8 * swing, 0.45), pullover, 0.055);
  cv::ellipse(picture, at(0, 0.91 + bob), axes(0.065, 0.085), 0, 0, 360, skin, cv::FILLED,
              cv::LINE_AA);
  cv::ellipse(picture, at(0, 0.95 + bob), axes(0.067, 0.055), 0, 180, 360, cv::Scalar(20, 24, 30),
              cv::FILLED, cv::LINE_AA);
}

}  // namespace

struct HallCamera::Impl {
  explicit Impl(std::uint64_t seed) : random(seed), empty(emptyHall()) {}

  cv::RNG random;
  cv::Mat empty;
  cv::Mat former;  // grey, smoothed
};

HallCamera::HallCamera(std::uint64_t seed) : impl_(std::make_unique<Impl>(seed)) {}
HallCamera::~HallCamera() = default;

HallPicture HallCamera::take(const HallScene& scene, double exposure) {
  cv::Mat reflectance = impl_->empty.clone();
  drawDoor(reflectance, std::clamp(scene.doorOpen, 0.0, 1.0));
  for (const Figure& figure : scene.figures) {
    drawFigure(reflectance, figure);
  }

  const double light = kExposureScale * std::max(scene.light, 0.0) * exposure;
  cv::Mat table(1, 256, CV_8U);
  for (int level = 0; level < 256; ++level) {
    const double reflected = std::pow(std::min(level, 110) / 100.0, kGamma);
    const double seen = 255 * std::pow(1 - std::exp(-light * reflected), 1 / kGamma);
    table.at<std::uint8_t>(level) = static_cast<std::uint8_t>(std::lround(seen));
  }
  cv::Mat picture;
  cv::LUT(reflectance, table, picture);
  const double noise = 1.5 + 2.5 / (1 + 4 * light);
  cv::Mat grain(kHeight, kWidth, CV_16SC3);
  impl_->random.fill(grain, cv::RNG::NORMAL, 0, noise);
  cv::add(picture, grain, picture, cv::noArray(), CV_8UC3);

  HallPicture taken;
  cv::Mat grey;
  cv::cvtColor(picture, grey, cv::COLOR_BGR2GRAY);
  taken.brightness = cv::mean(grey)[0];
  cv::GaussianBlur(grey, grey, {7, 7}, 0);
  if (!impl_->former.empty()) {
    cv::Mat difference;
    cv::absdiff(grey, impl_->former, difference);
    taken.motion = cv::countNonZero(difference > kMotionLevels) / double{kWidth * kHeight};
  }
  impl_->former = grey;
  for (int quality = 80; quality >= 20; quality -= 15) {
    cv::imencode(".jpg", picture, taken.jpeg, {cv::IMWRITE_JPEG_QUALITY, quality});
    if (taken.jpeg.size() <= kLargest) {
      break;
    }
  }
  return taken;
}

}  // namespace app
