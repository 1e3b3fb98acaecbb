#include "sensors/extractors/pictures.h"

#include <algorithm>
#include <array>
#include <limits>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

#include "sensors/jpeg_header.h"

namespace sensors {

namespace {

constexpr JpegLimits kLimits{};

/// The decoded picture; empty where it is none.
cv::Mat decoded(const base::Bytes& jpeg, int mode) {
  if (!jpegSize(jpeg, kLimits)) return {};
  try {
    return cv::imdecode(jpeg, mode);
  } catch (const cv::Exception&) {
    return {};
  }
}

cv::Mat regionOf(const cv::Mat& picture, const Region& region) {
  const auto at = [](double share, int pixels) {
    return std::clamp(cvRound(share * pixels), 0, pixels);
  };
  const int left = std::min(at(region.left, picture.cols), picture.cols - 1);
  const int top = std::min(at(region.top, picture.rows), picture.rows - 1);
  const int right = std::max(at(region.left + region.width, picture.cols), left + 1);
  const int bottom = std::max(at(region.top + region.height, picture.rows), top + 1);
  return picture({left, top, right - left, bottom - top});
}

std::optional<Look> lookAt(const Block& block, const Region& region) {
  const Image* image = block.image();
  if (!image) return {};
  const cv::Mat whole = decoded(image->jpeg, cv::IMREAD_COLOR);
  if (whole.empty()) return {};
  const cv::Mat part = regionOf(whole, region);
  const double factor = std::min(1.0, double{kLookWidth} / std::max(part.cols, part.rows));
  const cv::Size size(std::max(1, cvRound(part.cols * factor)),
                      std::max(1, cvRound(part.rows * factor)));
  Look look{.time = block.start};
  cv::resize(part, look.colour, size, 0, 0, cv::INTER_AREA);
  cv::cvtColor(look.colour, look.grey, cv::COLOR_BGR2GRAY);
  if (image->background) {
    const cv::Mat background = decoded(*image->background, cv::IMREAD_GRAYSCALE);
    if (!background.empty()) {
      cv::resize(regionOf(background, region), look.background, size, 0, 0, cv::INTER_AREA);
    }
  }
  return look;
}

/// Several families side by side. `name` as in the registry.
class PictureExtractor final : public FeatureExtractor {
 public:
  PictureExtractor(std::string name, std::vector<PictureFamily> families)
      : name_(std::move(name)), families_(std::move(families)) {
    for (const PictureFamily& family : families_) {
      features_.insert(features_.end(), family.features.begin(), family.features.end());
    }
  }

  std::string id() const override { return name_; }
  const std::vector<Feature>& features() const override { return features_; }
  void extract(const Window& window, std::span<float> out) const override {
    std::fill(out.begin(), out.end(), std::numeric_limits<float>::quiet_NaN());
    const Looks looks = looksOf(window);
    if (looks.own().empty()) return;
    std::size_t at = 0;
    for (const PictureFamily& family : families_) {
      family.compute(looks, out.subspan(at, family.features.size()));
      at += family.features.size();
    }
  }

 private:
  const std::string name_;
  const std::vector<PictureFamily> families_;
  std::vector<Feature> features_;
};

base::Result<FeatureExtractorPtr> make(const SourceInfo& source, std::string name,
                                       std::vector<PictureFamily> families) {
  if (source.kind != SourceKind::Picture) {
    return base::invalid(source.name + " sends no pictures, which " + name + " is about");
  }
  return FeatureExtractorPtr(
      std::make_shared<PictureExtractor>(std::move(name), std::move(families)));
}

}  // namespace

Looks looksOf(const Window& window) {
  Looks all;
  if (window.former) {
    if (auto look = lookAt(*window.former, window.region)) {
      all.looks.push_back(*std::move(look));
      all.hasFormer = true;
    }
  }
  for (const BlockPtr& block : window.pictures) {
    auto look = lookAt(*block, window.region);
    // A camera that was given another size begins anew.
    if (look && !all.looks.empty() && all.looks.back().grey.size() != look->grey.size()) {
      all = {};
    }
    if (look) all.looks.push_back(*std::move(look));
  }
  return all;
}

cv::Rect cellOf(const cv::Mat& picture, int row, int column) {
  const int left = picture.cols * column / kLookCells;
  const int top = picture.rows * row / kLookCells;
  return {left, top, picture.cols * (column + 1) / kLookCells - left,
          picture.rows * (row + 1) / kLookCells - top};
}

std::string cellName(int row, int column) {
  constexpr std::array<const char*, kLookCells> kRows = {"top", "middle", "bottom"};
  constexpr std::array<const char*, kLookCells> kColumns = {"left", "middle", "right"};
  if (row == 1 && column == 1) return "centre";
  return std::string(kRows[static_cast<std::size_t>(row)]) + " " +
         kColumns[static_cast<std::size_t>(column)];
}

base::Result<FeatureExtractorPtr> makeScene(const SourceInfo& source, const WindowSpec&) {
  return make(
      source, "scene",
      {colourFamily(), textureFamily(), edgesFamily(), movementFamily(), foregroundFamily()});
}
base::Result<FeatureExtractorPtr> makeColour(const SourceInfo& source, const WindowSpec&) {
  return make(source, "colour", {colourFamily()});
}
base::Result<FeatureExtractorPtr> makeTexture(const SourceInfo& source, const WindowSpec&) {
  return make(source, "texture", {textureFamily(), edgesFamily()});
}
base::Result<FeatureExtractorPtr> makeMoving(const SourceInfo& source, const WindowSpec&) {
  return make(source, "moving", {movementFamily(), foregroundFamily()});
}

}  // namespace sensors
