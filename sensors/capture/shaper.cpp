#include "sensors/capture/shaper.h"

#include <algorithm>
#include <opencv2/core.hpp>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

namespace sensors::capture {

namespace {

constexpr double kRefresh = 2;      ///< seconds between backgrounds that are sent
constexpr double kLongestStep = 5;  ///< seconds: a pause longer than this teaches no more
constexpr int kBackgroundQuality = 85;
constexpr int kMeasureEvery = 50;  ///< pictures between measurements of the whole one's bytes

base::Result<base::Bytes> encoded(const cv::Mat& picture, int quality) {
  base::Bytes jpeg;
  if (!cv::imencode(".jpg", picture, jpeg,
                    {cv::IMWRITE_JPEG_QUALITY, std::clamp(quality, 30, 95)})) {
    return base::Error{base::ErrorCode::Internal, "a picture could not be encoded"};
  }
  return jpeg;
}

cv::Mat middleSquare(const cv::Mat& picture) {
  const int side = std::min(picture.cols, picture.rows);
  return picture({(picture.cols - side) / 2, (picture.rows - side) / 2, side, side});
}

cv::Mat shrunk(const cv::Mat& picture, int longest) {
  const int longer = std::max(picture.cols, picture.rows);
  if (longest <= 0 || longer <= longest) return picture;
  const double factor = static_cast<double>(longest) / longer;
  cv::Mat small;
  cv::resize(
      picture, small,
      {std::max(1, cvRound(picture.cols * factor)), std::max(1, cvRound(picture.rows * factor))}, 0,
      0, cv::INTER_AREA);
  return small;
}

}  // namespace

struct Shaper::Impl {
  cv::Mat background;  ///< float, grey
  std::int64_t learntNs = 0;
  std::int64_t sentNs = 0;
  bool sent = false;
  cv::Size inputSize;
  Shape shape;
  std::uint32_t wholeBytes = 0;
  int untilMeasured = 0;

  void learn(const cv::Mat& picture, std::int64_t now);
  base::Result<Taken> take(const cv::Mat& picture, std::int64_t now, const Shape& wanted);
};

void Shaper::Impl::learn(const cv::Mat& picture, std::int64_t now) {
  cv::Mat grey;
  cv::cvtColor(shrunk(picture, kBackgroundWidth), grey, cv::COLOR_BGR2GRAY);
  grey.convertTo(grey, CV_32F);
  if (background.size() != grey.size()) {
    background = grey;
    sent = false;
  } else {
    const double seconds =
        std::clamp(static_cast<double>(now - learntNs) * 1e-9, 0.0, kLongestStep);
    const double step = kLevelsPerSecond * seconds;
    cv::Mat change = grey - background;
    cv::min(change, step, change);
    cv::max(change, -step, change);
    background += change;
  }
  learntNs = now;
}

base::Result<Taken> Shaper::Impl::take(const cv::Mat& picture, std::int64_t now,
                                       const Shape& wanted) {
  if (picture.empty() || picture.type() != CV_8UC3) {
    return base::Error{base::ErrorCode::Corrupt, "a picture has no pixels"};
  }
  if (picture.size() != inputSize || wanted != shape) {
    inputSize = picture.size();
    shape = wanted;
    untilMeasured = 0;
  }
  const cv::Mat made = wanted.square ? shrunk(middleSquare(picture), wanted.longest)
                                     : shrunk(picture, wanted.longest);
  auto jpeg = encoded(made, wanted.quality);
  if (!jpeg) return jpeg.error();
  if (untilMeasured-- <= 0) {
    const auto whole = encoded(picture, wanted.quality);
    wholeBytes = whole ? static_cast<std::uint32_t>(whole->size()) : 0;
    untilMeasured = kMeasureEvery;
  }
  Taken taken{.steadyNs = now,
              .width = static_cast<std::uint32_t>(made.cols),
              .height = static_cast<std::uint32_t>(made.rows),
              .wholeBytes = wholeBytes,
              .jpeg = *std::move(jpeg)};
  learn(made, now);
  if (!sent || static_cast<double>(now - sentNs) * 1e-9 >= kRefresh) {
    cv::Mat levels;
    background.convertTo(levels, CV_8U);
    if (auto grey = encoded(levels, kBackgroundQuality)) taken.background = *std::move(grey);
    sent = true;
    sentNs = now;
  }
  return taken;
}

Shaper::Shaper() : impl_(std::make_unique<Impl>()) {}
Shaper::~Shaper() = default;

base::Result<Taken> Shaper::shape(const cv::Mat& picture, std::int64_t steadyNs,
                                  const Shape& shape) {
  try {
    return impl_->take(picture, steadyNs, shape);
  } catch (const cv::Exception& e) {
    return base::Error{base::ErrorCode::Internal, e.what()};
  }
}

base::Result<Taken> Shaper::shape(std::span<const std::uint8_t> jpeg, std::int64_t steadyNs,
                                  const Shape& shape) {
  try {
    const cv::Mat bytes(1, static_cast<int>(jpeg.size()), CV_8U,
                        const_cast<std::uint8_t*>(jpeg.data()));  // NOLINT: only read
    const cv::Mat picture = cv::imdecode(bytes, cv::IMREAD_COLOR);
    if (picture.empty()) {
      return base::Error{base::ErrorCode::Corrupt, "a picture could not be decoded"};
    }
    return impl_->take(picture, steadyNs, shape);
  } catch (const cv::Exception& e) {
    return base::Error{base::ErrorCode::Corrupt, e.what()};
  }
}

}  // namespace sensors::capture
