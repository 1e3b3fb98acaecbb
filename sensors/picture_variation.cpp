#include "sensors/picture_variation.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>
#include <random>

#include "sensors/jpeg_header.h"

namespace sensors {

namespace {

constexpr double kGamma = 2.2;
constexpr int kQuality = 92;

base::Bytes changedJpeg(const base::Bytes& jpeg, const PictureChange& change, int mode,
                        cv::RNG* noise) {
  if (!jpegSize(jpeg)) return jpeg;
  try {
    cv::Mat picture = cv::imdecode(jpeg, mode);
    if (picture.empty()) return jpeg;
    if (change.right != 0 || change.down != 0) {
      const cv::Mat move = (cv::Mat_<double>(2, 3) << 1, 0, change.right * picture.cols, 0, 1,
                            change.down * picture.rows);
      cv::Mat moved;
      cv::warpAffine(picture, moved, move, picture.size(), cv::INTER_LINEAR, cv::BORDER_REPLICATE);
      picture = moved;
    }
    if (change.blur > 0) {
      const double sigma = change.blur * std::max(picture.cols, picture.rows);
      if (sigma > 0.05) cv::GaussianBlur(picture, picture, {}, sigma);
    }
    if (change.stops != 0) picture.convertTo(picture, -1, std::exp2(change.stops / kGamma));
    if (noise && change.noise > 0) {
      cv::Mat grain(picture.size(), CV_16SC(picture.channels()));
      noise->fill(grain, cv::RNG::NORMAL, 0, change.noise);
      cv::add(picture, grain, picture, cv::noArray(), CV_8UC(picture.channels()));
    }
    base::Bytes made;
    cv::imencode(".jpg", picture, made, {cv::IMWRITE_JPEG_QUALITY, kQuality});
    return made;
  } catch (const cv::Exception&) {
    return jpeg;
  }
}

}  // namespace

PictureChange drawnFrom(const PictureVariation& most, std::uint64_t seed) {
  std::mt19937_64 random(seed);
  const auto between = [&](double low, double high) {
    return low + (high - low) * static_cast<double>(random() >> 11) * 0x1p-53;
  };
  PictureChange change;
  change.stops = between(-most.stops, most.stops);
  change.blur = between(0, most.blur);
  change.noise = between(0, most.noise);
  change.right = between(-most.shift, most.shift);
  change.down = between(-most.shift, most.shift);
  return change;
}

Window changed(const Window& window, const PictureChange& change, std::uint64_t seed) {
  if (change == PictureChange{}) return window;
  Window made = window;
  cv::RNG noise(seed);
  std::map<const base::Bytes*, std::shared_ptr<const base::Bytes>> backgrounds;
  const auto changedBlock = [&](const BlockPtr& block) -> BlockPtr {
    const Image* image = block ? block->image() : nullptr;
    if (!image) return block;
    auto copy = std::make_shared<Block>(*block);
    Image other{.width = image->width, .height = image->height};
    other.jpeg = changedJpeg(image->jpeg, change, cv::IMREAD_COLOR, &noise);
    if (image->background) {
      auto& background = backgrounds[image->background.get()];
      if (!background) {
        background = std::make_shared<const base::Bytes>(
            changedJpeg(*image->background, change, cv::IMREAD_GRAYSCALE, nullptr));
      }
      other.background = background;
    }
    copy->content = std::move(other);
    return copy;
  };
  made.former = changedBlock(window.former);
  for (BlockPtr& block : made.pictures) block = changedBlock(block);
  return made;
}

}  // namespace sensors
