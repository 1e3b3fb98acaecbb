#pragma once
// Pictures made for tests.

#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

#include "sensors/base/hash.h"

namespace support {

inline base::Bytes jpegOf(const cv::Mat& picture, int quality = 90) {
  base::Bytes jpeg;
  cv::imencode(".jpg", picture, jpeg, {cv::IMWRITE_JPEG_QUALITY, quality});
  return jpeg;
}

/// An evenly coloured picture; blue, green, red.
inline cv::Mat plain(int width, int height, const cv::Scalar& colour) {
  return cv::Mat(height, width, CV_8UC3, colour);
}

/// A grey room with a white square whose left edge is at `x`.
inline cv::Mat squareAt(int width, int height, int x, int side = 20) {
  cv::Mat picture = plain(width, height, {60, 60, 60});
  cv::rectangle(picture, {x, (height - side) / 2, side, side}, {250, 250, 250}, cv::FILLED);
  return picture;
}

}  // namespace support
