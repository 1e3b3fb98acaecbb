#pragma once
// What extractors of pictures share: decoded pictures of a window at a size good for measuring, and
// one class for all of them. Private to sensors/extractors.

#include <functional>
#include <opencv2/core.hpp>
#include <string>
#include <vector>

#include "sensors/feature_extractor.h"

namespace sensors {

/// A picture as extractors see it: the region of interest, at most kLookWidth pixels on its longer
/// side.
struct Look {
  base::Time time;
  cv::Mat colour;      ///< blue, green, red; 8 bits
  cv::Mat grey;        ///< 8 bits, equal size
  cv::Mat background;  ///< grey, equal size; empty where unknown
};
inline constexpr int kLookWidth = 160;
inline constexpr int kLookCells = 3;  ///< across and down, where features tell where something is

struct Looks {
  std::vector<Look> looks;  ///< of the window, oldest first; those that can be decoded
  bool hasFormer = false;   ///< the first is from before the window: only to be compared with
  /// Those of the window itself.
  std::span<const Look> own() const {
    return std::span(looks).subspan(hasFormer && !looks.empty() ? 1 : 0);
  }
};
Looks looksOf(const Window& window);

/// The cell of a grid of kLookCells x kLookCells over a picture, as a rectangle of its pixels.
cv::Rect cellOf(const cv::Mat& picture, int row, int column);
/// "top left", "middle right", "bottom middle", "centre".
std::string cellName(int row, int column);

/// One group of features, computed from the same looks.
struct PictureFamily {
  std::vector<Feature> features;
  /// Writes one number per feature; all are NaN before.
  std::function<void(const Looks& looks, std::span<float> out)> compute;
};

PictureFamily colourFamily();      ///< light, colour, histograms of brightness and hue
PictureFamily textureFamily();     ///< local binary patterns
PictureFamily edgesFamily();       ///< directions of edges, by cell
PictureFamily movementFamily();    ///< differences to the former picture, optical flow
PictureFamily foregroundFamily();  ///< what differs from the background

}  // namespace sensors
