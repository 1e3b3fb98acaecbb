// Families of features of single pictures, averaged over a window: colour, texture, edges.

#include <algorithm>
#include <array>
#include <cmath>
#include <opencv2/imgproc.hpp>

#include "sensors/extractors/pictures.h"

namespace sensors {

namespace {

constexpr int kLevels = 8;      ///< bins of brightness
constexpr int kHues = 8;        ///< bins of hue
constexpr int kDirections = 4;  ///< bins of edge directions, [0, 180) degrees
constexpr int kPatterns = 10;   ///< of rotation-invariant uniform binary patterns of 8 neighbours
constexpr double kShareResolution = 0.02;
/// Edges weaker than so many levels count for little.
constexpr float kFaint = 6;

/// The mean over a window's own pictures of what `measure` writes for one.
template <class Measure>
auto averaged(std::size_t count, Measure measure) {
  return [=](const Looks& looks, std::span<float> out) {
    std::vector<double> sums(count, 0);
    std::vector<float> one(count);
    for (const Look& look : looks.own()) {
      std::fill(one.begin(), one.end(), 0.F);
      measure(look, std::span<float>(one));
      for (std::size_t i = 0; i < count; ++i) sums[i] += one[i];
    }
    const auto n = static_cast<double>(looks.own().size());
    for (std::size_t i = 0; i < count; ++i) out[i] = static_cast<float>(sums[i] / n);
  };
}

/// out: brightness mean, deviation, skew; red, green, blue share; saturation; 8 levels; 8 hues.
void measureColour(const Look& look, std::span<float> out) {
  const auto n = static_cast<double>(look.grey.total());
  double sum = 0;
  double squares = 0;
  std::array<double, 3> channels{};
  double saturation = 0;
  cv::Mat hsv;
  cv::cvtColor(look.colour, hsv, cv::COLOR_BGR2HSV_FULL);
  std::array<double, kHues> hues{};
  std::array<double, kLevels> levels{};
  for (int y = 0; y < look.grey.rows; ++y) {
    for (int x = 0; x < look.grey.cols; ++x) {
      const int level = look.grey.at<std::uint8_t>(y, x);
      const auto& colour = look.colour.at<cv::Vec3b>(y, x);
      const auto& h = hsv.at<cv::Vec3b>(y, x);
      sum += level / 255.0;
      squares += level / 255.0 * (level / 255.0);
      levels[static_cast<std::size_t>(level * kLevels / 256)] += 1 / n;
      for (int c = 0; c < 3; ++c) channels[static_cast<std::size_t>(c)] += colour[c];
      saturation += h[1] / 255.0;
      // Centred, so that red, which hue begins and ends with, is one bin.
      const int hue = (h[0] + 256 / kHues / 2) % 256 * kHues / 256;
      hues[static_cast<std::size_t>(hue)] += h[1] / 255.0 / n;
    }
  }
  const double mean = sum / n;
  const double variance = std::max(0.0, squares / n - mean * mean);
  double cubes = 0;
  for (int y = 0; y < look.grey.rows; ++y) {
    for (int x = 0; x < look.grey.cols; ++x) {
      cubes += std::pow(look.grey.at<std::uint8_t>(y, x) / 255.0 - mean, 3);
    }
  }
  const double all = channels[0] + channels[1] + channels[2];
  std::size_t at = 0;
  const auto put = [&](double value) { out[at++] = static_cast<float>(value); };
  put(mean);
  put(std::sqrt(variance));
  // The cube root of the third moment: in the same unit, and nothing divides by a tiny deviation.
  put(std::cbrt(cubes / n));
  for (const int c : {2, 1, 0}) {
    put(all > 0 ? channels[static_cast<std::size_t>(c)] / all : 1.0 / 3);
  }
  put(saturation / n);
  for (const double share : levels) put(share);
  for (const double share : hues) put(share);
}

/// Rotation-invariant uniform local binary patterns, 8 neighbours at distance 1 (Ojala,
/// Pietikaeinen and Maeenpaeae 2002): share of pixels by how many neighbours are as bright or
/// brighter, where those lie side by side; the last bin is all other patterns.
void measureTexture(const Look& look, std::span<float> out) {
  static const std::array<cv::Point, 8> kAround = {cv::Point{1, 0},  {1, 1},   {0, 1},  {-1, 1},
                                                   cv::Point{-1, 0}, {-1, -1}, {0, -1}, {1, -1}};
  const cv::Mat& grey = look.grey;
  std::array<double, kPatterns> counts{};
  double n = 0;
  for (int y = 1; y + 1 < grey.rows; ++y) {
    for (int x = 1; x + 1 < grey.cols; ++x) {
      const int centre = grey.at<std::uint8_t>(y, x);
      int brighter = 0;
      int changes = 0;
      bool before = grey.at<std::uint8_t>(y + kAround[7].y, x + kAround[7].x) >= centre;
      for (const cv::Point& p : kAround) {
        const bool now = grey.at<std::uint8_t>(y + p.y, x + p.x) >= centre;
        brighter += now ? 1 : 0;
        changes += now != before ? 1 : 0;
        before = now;
      }
      counts[static_cast<std::size_t>(changes <= 2 ? brighter : kPatterns - 1)] += 1;
      n += 1;
    }
  }
  for (std::size_t i = 0; i < kPatterns; ++i) {
    out[i] = n > 0 ? static_cast<float>(counts[i] / n) : 0;
  }
}

/// Per cell the share of its edges that run in each of four directions, weighted by their strength;
/// a cell of faint edges has small shares. Central differences; directions at right angles to the
/// gradient, 0 degrees: level.
void measureEdges(const Look& look, std::span<float> out) {
  cv::Mat smooth;
  cv::GaussianBlur(look.grey, smooth, {3, 3}, 0);
  cv::Mat dx;
  cv::Mat dy;
  cv::Sobel(smooth, dx, CV_32F, 1, 0, 1, 0.5);
  cv::Sobel(smooth, dy, CV_32F, 0, 1, 1, 0.5);
  std::size_t at = 0;
  for (int row = 0; row < kLookCells; ++row) {
    for (int column = 0; column < kLookCells; ++column) {
      const cv::Rect cell = cellOf(look.grey, row, column);
      std::array<float, kDirections> strength{};
      float all = 0;
      for (int y = cell.y; y < cell.y + cell.height; ++y) {
        for (int x = cell.x; x < cell.x + cell.width; ++x) {
          const float gx = dx.at<float>(y, x);
          const float gy = dy.at<float>(y, x);
          const float size = std::hypot(gx, gy);
          if (size <= 0) continue;
          const double along = std::atan2(gy, gx) + CV_PI / 2;  // of the edge itself
          const int direction = cvRound(along / (CV_PI / kDirections)) & (kDirections - 1);
          strength[static_cast<std::size_t>(direction)] += size;
          all += size;
        }
      }
      const float enough = all + kFaint * static_cast<float>(cell.area());
      for (const float s : strength) out[at++] = enough > 0 ? s / enough : 0;
    }
  }
}

}  // namespace

PictureFamily colourFamily() {
  PictureFamily family;
  const auto add = [&](const std::string& name, double resolution) {
    family.features.push_back({name, "1", resolution});
  };
  for (const char* name : {"brightness", "contrast", "skew of brightness"}) add(name, 0.01);
  for (const char* name : {"red", "green", "blue"}) add(std::string(name) + " share", 0.005);
  add("colourfulness", 0.01);
  for (int i = 0; i < kLevels; ++i) {
    add("brightness " + std::to_string(i * 100 / kLevels) + "-" +
            std::to_string((i + 1) * 100 / kLevels) + " % share",
        kShareResolution);
  }
  for (const char* hue :
       {"red", "orange", "green-yellow", "green", "cyan", "blue", "violet", "pink"}) {
    add(std::string(hue) + " hue", kShareResolution);
  }
  family.compute = averaged(family.features.size(), measureColour);
  return family;
}

PictureFamily textureFamily() {
  PictureFamily family;
  for (int i = 0; i + 1 < kPatterns; ++i) {
    family.features.push_back(
        {"texture with " + std::to_string(i) + " brighter neighbours", "1", kShareResolution});
  }
  family.features.push_back({"texture without order", "1", kShareResolution});
  family.compute = averaged(family.features.size(), measureTexture);
  return family;
}

PictureFamily edgesFamily() {
  PictureFamily family;
  for (int row = 0; row < kLookCells; ++row) {
    for (int column = 0; column < kLookCells; ++column) {
      for (int direction = 0; direction < kDirections; ++direction) {
        family.features.push_back({"edges " + cellName(row, column) + " at " +
                                       std::to_string(direction * 180 / kDirections) + " degrees",
                                   "1", kShareResolution});
      }
    }
  }
  family.compute = averaged(family.features.size(), measureEdges);
  return family;
}

}  // namespace sensors
