#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <limits>
#include <numbers>
#include <optional>

#include "sensors/feature_extractor.h"

namespace sensors {

namespace {

constexpr std::size_t kCells = 7;  ///< across and down
constexpr std::size_t kDirections = 8;
constexpr std::size_t kSmallest = 2 * kCells;  ///< pixels across or down
constexpr std::size_t kHistograms = kCells * kCells * kDirections;
/// Edges weaker than this share of the picture's range count for little.
constexpr float kFaint = 0.05F;
/// Differences of a share of edges below this mean nothing.
constexpr double kShareResolution = 0.05;
constexpr double kBrightnessResolution = 0.02;  ///< of the range

struct Grid {
  std::size_t width = 0;
  std::size_t height = 0;
};

/// The picture's size where channels are "row 0 column 0", "row 0 column 1", ... without a gap.
std::optional<Grid> gridOf(const SourceInfo& source) {
  unsigned row = 0;
  unsigned column = 0;
  if (source.channels.empty()) return {};
  const std::string& last = source.channels.back().id;
  if (std::sscanf(last.c_str(), "row %u column %u", &row, &column) != 2) return {};
  const Grid grid{.width = std::size_t{column} + 1, .height = std::size_t{row} + 1};
  if (grid.width * grid.height != source.channels.size()) return {};
  for (std::size_t p = 0; p < source.channels.size(); ++p) {
    char name[48];
    std::snprintf(name, sizeof name, "row %zu column %zu", p / grid.width, p % grid.width);
    if (source.channels[p].id != name) return {};
  }
  return grid;
}

/// Parts that a place between two of `count` cells gives to both.
struct Between {
  std::size_t low = 0;
  std::size_t high = 0;
  float highPart = 0;
};

Between between(std::size_t pixel, std::size_t pixels) {
  const float at = (static_cast<float>(pixel) + 0.5F) * kCells / static_cast<float>(pixels) - 0.5F;
  const float inside = std::clamp(at, 0.0F, static_cast<float>(kCells - 1));
  const auto low = static_cast<std::size_t>(inside);
  return {.low = low,
          .high = std::min(low + 1, kCells - 1),
          .highPart = inside - static_cast<float>(low)};
}

/// Where a small picture has edges and which way they run (Dalal and Triggs, CVPR 2005): 7 x 7
/// cells of 8 directions. Each pixel's gradient g (central differences; the border goes on) adds
/// |g|, shared out linearly between the two nearest directions and the four nearest cells; then
///   v = sqrt( h / sqrt( sum over the 3 x 3 cells around of |h|^2 + e^2 ) ),
/// with e = 0.05 of the range for each pixel of a cell, so that neither contrast nor lighting
/// count. Besides the mean brightness of each cell, in the channels' unit.
class GradientsExtractor final : public FeatureExtractor {
 public:
  GradientsExtractor(const SourceInfo& source, const Grid& grid)
      : grid_(grid), range_(1), columns_(grid.width), rows_(grid.height) {
    const Channel& first = source.channels.front();
    if (first.max > first.min) range_ = static_cast<float>(first.max - first.min);
    for (std::size_t x = 0; x < grid.width; ++x) columns_[x] = between(x, grid.width);
    for (std::size_t y = 0; y < grid.height; ++y) rows_[y] = between(y, grid.height);
    for (std::size_t cell = 0; cell < kCells * kCells; ++cell) {
      for (std::size_t d = 0; d < kDirections; ++d) {
        add(cell, " edges at " + std::to_string(d * 360 / kDirections) + " degrees", "1",
            kShareResolution);
      }
    }
    for (std::size_t cell = 0; cell < kCells * kCells; ++cell) {
      add(cell, " brightness", first.unit, kBrightnessResolution * range_);
    }
  }
  std::string id() const override { return "gradients"; }
  const std::vector<Feature>& features() const override { return features_; }

  void extract(const Window& window, std::span<float> out) const override {
    std::fill(out.begin(), out.end(), kNone);
    const Samples& samples = window.samples;
    if (samples.rows == 0 || samples.channels != grid_.width * grid_.height) {
      return;
    }
    const std::size_t last = samples.rows - 1;
    for (std::size_t p = 0; p < samples.channels; ++p) {
      if (samples.isMissing(last, p)) return;
    }
    const std::span<const float> pixels(samples.values.data() + last * samples.channels,
                                        samples.channels);
    std::array<float, kHistograms> histograms{};
    gather(pixels, histograms);
    normalise(histograms, out);
    writeBrightness(pixels, out.subspan(kHistograms));
  }

 private:
  void add(std::size_t cell, const std::string& what, const std::string& unit, double resolution) {
    features_.push_back({.name = "cell " + std::to_string(cell / kCells) + " " +
                                 std::to_string(cell % kCells) + what,
                         .unit = unit,
                         .resolution = resolution});
  }

  void gather(std::span<const float> pixels, std::span<float> histograms) const {
    const auto at = [&](std::size_t x, std::size_t y) { return pixels[y * grid_.width + x]; };
    for (std::size_t y = 0; y < grid_.height; ++y) {
      for (std::size_t x = 0; x < grid_.width; ++x) {
        const float dx = at(std::min(x + 1, grid_.width - 1), y) - at(x > 0 ? x - 1 : 0, y);
        const float dy = at(x, std::min(y + 1, grid_.height - 1)) - at(x, y > 0 ? y - 1 : 0);
        const float length = std::sqrt(dx * dx + dy * dy);
        if (!(length > 0)) continue;
        const float turn = std::atan2(dy, dx) / (2 * std::numbers::pi_v<float>);
        const float place = (turn < 0 ? turn + 1 : turn) * kDirections;
        const auto low = static_cast<std::size_t>(place);
        const float highPart = place - static_cast<float>(low);
        const std::size_t directions[2] = {low % kDirections, (low + 1) % kDirections};
        const float parts[2] = {length * (1 - highPart), length * highPart};
        const Between& column = columns_[x];
        const Between& row = rows_[y];
        for (std::size_t d = 0; d < 2; ++d) {
          const auto give = [&](std::size_t r, std::size_t c, float part) {
            histograms[(r * kCells + c) * kDirections + directions[d]] += part * parts[d];
          };
          give(row.low, column.low, (1 - row.highPart) * (1 - column.highPart));
          give(row.low, column.high, (1 - row.highPart) * column.highPart);
          give(row.high, column.low, row.highPart * (1 - column.highPart));
          give(row.high, column.high, row.highPart * column.highPart);
        }
      }
    }
  }

  void normalise(std::span<const float> histograms, std::span<float> out) const {
    std::array<float, kCells * kCells> squares{};
    for (std::size_t i = 0; i < kHistograms; ++i) {
      squares[i / kDirections] += histograms[i] * histograms[i];
    }
    const float faint = kFaint * range_ * static_cast<float>(grid_.width * grid_.height) /
                        static_cast<float>(kCells * kCells);
    for (std::size_t r = 0; r < kCells; ++r) {
      for (std::size_t c = 0; c < kCells; ++c) {
        float around = faint * faint;
        for (std::size_t y = r > 0 ? r - 1 : 0; y <= std::min(r + 1, kCells - 1); ++y) {
          for (std::size_t x = c > 0 ? c - 1 : 0; x <= std::min(c + 1, kCells - 1); ++x) {
            around += squares[y * kCells + x];
          }
        }
        const float scale = 1 / std::sqrt(around);
        for (std::size_t d = 0; d < kDirections; ++d) {
          const std::size_t i = (r * kCells + c) * kDirections + d;
          out[i] = std::sqrt(histograms[i] * scale);
        }
      }
    }
  }

  void writeBrightness(std::span<const float> pixels, std::span<float> out) const {
    std::array<float, kCells * kCells> sum{};
    std::array<float, kCells * kCells> count{};
    for (std::size_t y = 0; y < grid_.height; ++y) {
      for (std::size_t x = 0; x < grid_.width; ++x) {
        const std::size_t cell = y * kCells / grid_.height * kCells + x * kCells / grid_.width;
        sum[cell] += pixels[y * grid_.width + x];
        count[cell] += 1;
      }
    }
    for (std::size_t cell = 0; cell < sum.size(); ++cell) out[cell] = sum[cell] / count[cell];
  }

  Grid grid_;
  float range_;
  std::vector<Between> columns_;  ///< [width]
  std::vector<Between> rows_;     ///< [height]
  std::vector<Feature> features_;
};

}  // namespace

bool isPixelGrid(const SourceInfo& source) {
  const auto grid = gridOf(source);
  return grid && grid->width >= kSmallest && grid->height >= kSmallest;
}

base::Result<FeatureExtractorPtr> makeGradients(const SourceInfo& source, const WindowSpec&) {
  if (!isPixelGrid(source)) {
    return base::invalid(
        "\"gradients\" needs a picture as numbers, one channel a pixel and at least "
        "14 pixels wide and high, which " +
        source.id + " does not send");
  }
  return FeatureExtractorPtr(std::make_shared<GradientsExtractor>(source, *gridOf(source)));
}

}  // namespace sensors
