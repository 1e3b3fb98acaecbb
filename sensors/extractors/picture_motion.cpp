// Families of features of neighbouring pictures: movement against the former picture, and what
// stands before the background.

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>
#include <opencv2/video/tracking.hpp>

#include "sensors/extractors/pictures.h"

namespace sensors {

namespace {

constexpr int kMoved = 14;       ///< grey levels by which a moved point differs
constexpr int kForeground = 24;  ///< grey levels by which a point stands out of the background
constexpr int kFlowWidth = 80;   ///< pixels: flow is measured on smaller pictures
/// Things smaller than this share of the picture are noise.
constexpr double kSmallest = 0.002;
/// Pictures further apart say nothing about movement.
constexpr base::Duration kFarthest = std::chrono::seconds(12);

cv::Mat smoothed(const cv::Mat& grey) {
  cv::Mat smooth;
  cv::GaussianBlur(grey, smooth, {5, 5}, 0);
  return smooth;
}

double shareOf(const cv::Mat& mask) {
  return mask.empty() ? 0 : cv::countNonZero(mask) / static_cast<double>(mask.total());
}

/// Optical flow by polynomial expansion (Farnebaeck 2003), in picture widths per second.
struct Flow {
  double speed = 0;  ///< root mean square over the picture
  double right = 0;  ///< mean
  double down = 0;   ///< mean
};

Flow flowBetween(const cv::Mat& before, const cv::Mat& after, double seconds) {
  const double factor = std::min(1.0, double{kFlowWidth} / std::max(before.cols, before.rows));
  cv::Mat a;
  cv::Mat b;
  cv::resize(before, a, {}, factor, factor, cv::INTER_AREA);
  cv::resize(after, b, {}, factor, factor, cv::INTER_AREA);
  if (std::min(a.cols, a.rows) < 8) return {};
  cv::Mat flow;
  cv::calcOpticalFlowFarneback(a, b, flow, 0.5, 3, 13, 2, 5, 1.1, 0);
  const double scale = 1 / (seconds * a.cols);
  const cv::Scalar mean = cv::mean(flow);
  const double energy = cv::norm(flow, cv::NORM_L2SQR) / static_cast<double>(flow.total());
  return {std::sqrt(energy) * scale, mean[0] * scale, mean[1] * scale};
}

/// out: change mean, most; moving share mean, most; by cell; flow speed mean, most, right, down.
void measureMovement(const Looks& looks, std::span<float> out) {
  constexpr std::size_t kCellsAt = 4;
  constexpr std::size_t kFlowAt = kCellsAt + kLookCells * kLookCells;
  std::vector<double> sums(out.size(), 0);
  int pairs = 0;
  for (std::size_t i = 1; i < looks.looks.size(); ++i) {
    const Look& before = looks.looks[i - 1];
    const Look& after = looks.looks[i];
    const base::Duration apart = after.time - before.time;
    if (apart.count() <= 0 || apart > kFarthest) continue;
    ++pairs;
    cv::Mat difference;
    cv::absdiff(smoothed(before.grey), smoothed(after.grey), difference);
    const cv::Mat moved = difference > kMoved;
    const double change = cv::mean(difference)[0] / 255;
    const double share = shareOf(moved);
    sums[0] += change;
    sums[1] = std::max(sums[1], change);
    sums[2] += share;
    sums[3] = std::max(sums[3], share);
    for (int row = 0; row < kLookCells; ++row) {
      for (int column = 0; column < kLookCells; ++column) {
        sums[kCellsAt + static_cast<std::size_t>(row * kLookCells + column)] +=
            shareOf(moved(cellOf(moved, row, column)));
      }
    }
    if (share == 0) continue;  // nothing flows where nothing differs
    const Flow flow = flowBetween(before.grey, after.grey, base::toSeconds(apart));
    sums[kFlowAt] += flow.speed;
    sums[kFlowAt + 1] = std::max(sums[kFlowAt + 1], flow.speed);
    sums[kFlowAt + 2] += flow.right;
    sums[kFlowAt + 3] += flow.down;
  }
  if (pairs == 0) return;  // one picture alone does not tell
  for (std::size_t i = 0; i < out.size(); ++i) {
    const bool isMost = i == 1 || i == 3 || i == kFlowAt + 1;
    out[i] = static_cast<float>(isMost ? sums[i] : sums[i] / pairs);
  }
}

/// What of one picture stands out.
struct Things {
  double count = 0;
  double area = 0;  ///< shares of the picture
  double largest = 0;
  double tallest = 0;   ///< height of the tallest, share of the picture's
  double across = 0.5;  ///< centre of all, [0, 1]; the middle where there is nothing
  double down = 0.5;
  cv::Mat mask;
};

Things thingsIn(const Look& look) {
  cv::Mat difference;
  cv::absdiff(smoothed(look.grey), smoothed(look.background), difference);
  cv::Mat mask = difference > kForeground;
  cv::morphologyEx(mask, mask, cv::MORPH_OPEN, cv::getStructuringElement(cv::MORPH_RECT, {3, 3}));
  cv::morphologyEx(mask, mask, cv::MORPH_CLOSE, cv::getStructuringElement(cv::MORPH_RECT, {5, 5}));
  cv::Mat labels;
  cv::Mat stats;
  cv::Mat centres;
  const int n = cv::connectedComponentsWithStats(mask, labels, stats, centres);
  const auto all = static_cast<double>(mask.total());
  Things things;
  things.mask = cv::Mat::zeros(mask.size(), CV_8U);
  double x = 0;
  double y = 0;
  for (int i = 1; i < n; ++i) {
    const double area = stats.at<int>(i, cv::CC_STAT_AREA) / all;
    if (area < kSmallest) continue;
    things.count += 1;
    things.area += area;
    things.largest = std::max(things.largest, area);
    things.tallest = std::max(
        things.tallest, stats.at<int>(i, cv::CC_STAT_HEIGHT) / static_cast<double>(mask.rows));
    x += area * (centres.at<double>(i, 0) + 0.5) / mask.cols;
    y += area * (centres.at<double>(i, 1) + 0.5) / mask.rows;
    things.mask.setTo(255, labels == i);
  }
  if (things.area > 0) {
    things.across = x / things.area;
    things.down = y / things.area;
  }
  return things;
}

/// out: count mean, most; area; largest; tallest; across; down; by cell.
void measureForeground(const Looks& looks, std::span<float> out) {
  constexpr std::size_t kCellsAt = 7;
  std::vector<double> sums(out.size(), 0);
  int pictures = 0;
  for (const Look& look : looks.own()) {
    if (look.background.empty()) continue;
    ++pictures;
    const Things things = thingsIn(look);
    sums[0] += things.count;
    sums[1] = std::max(sums[1], things.count);
    sums[2] += things.area;
    sums[3] += things.largest;
    sums[4] += things.tallest;
    sums[5] += things.across;
    sums[6] += things.down;
    for (int row = 0; row < kLookCells; ++row) {
      for (int column = 0; column < kLookCells; ++column) {
        sums[kCellsAt + static_cast<std::size_t>(row * kLookCells + column)] +=
            shareOf(things.mask(cellOf(things.mask, row, column)));
      }
    }
  }
  if (pictures == 0) return;
  for (std::size_t i = 0; i < out.size(); ++i) {
    out[i] = static_cast<float>(i == 1 ? sums[i] : sums[i] / pictures);
  }
}

void addCells(PictureFamily& family, const std::string& what) {
  for (int row = 0; row < kLookCells; ++row) {
    for (int column = 0; column < kLookCells; ++column) {
      family.features.push_back({what + " " + cellName(row, column), "1", 0.01});
    }
  }
}

}  // namespace

PictureFamily movementFamily() {
  PictureFamily family;
  family.features = {{"change", "1", 0.002},
                     {"most change", "1", 0.002},
                     {"moving share", "1", 0.005},
                     {"most moving share", "1", 0.005}};
  addCells(family, "moving");
  family.features.insert(family.features.end(), {{"flow speed", "1/s", 0.01},
                                                 {"most flow speed", "1/s", 0.01},
                                                 {"flow to the right", "1/s", 0.005},
                                                 {"flow downwards", "1/s", 0.005}});
  family.compute = measureMovement;
  return family;
}

PictureFamily foregroundFamily() {
  PictureFamily family;
  family.features = {{"things", "1", 0.3},         {"most things", "1", 0.5},
                     {"things' area", "1", 0.004}, {"largest thing", "1", 0.004},
                     {"tallest thing", "1", 0.02}, {"things across", "1", 0.03},
                     {"things down", "1", 0.03}};
  addCells(family, "things");
  family.compute = measureForeground;
  return family;
}

}  // namespace sensors
