#include "learners/label_ranges.h"

#include <algorithm>
#include <cmath>
#include <functional>

#include "learners/numbers.h"

namespace learners {
namespace {

constexpr double kOutermost = 0.01;       // of a label's rows lie beyond either end
constexpr float kLeastDeviation = 0.05F;  // of that of all rows
constexpr float kFarthest = 20;           // deviations
constexpr std::size_t kShare = 20;        // of the features count one
constexpr std::size_t kLeastCount = 3;

}  // namespace

LabelRanges LabelRanges::fit(std::span<const float> rows, std::span<const int> label,
                             std::span<const float> deviation) {
  const std::size_t width = deviation.size();
  LabelRanges made;
  std::vector<float> values;
  for (std::size_t first = 0; first < label.size();) {
    std::size_t end = first;
    while (end < label.size() && label[end] == label[first]) ++end;
    const std::size_t count = end - first;
    const auto outermost = static_cast<std::size_t>(kOutermost * static_cast<double>(count));
    for (std::size_t f = 0; f < width; ++f) {
      values.clear();
      double sum = 0;
      double squares = 0;
      for (std::size_t i = first; i < end; ++i) {
        const float value = rows[i * width + f];
        values.push_back(value);
        sum += value;
        squares += static_cast<double>(value) * value;
      }
      const auto low = values.begin() + static_cast<std::ptrdiff_t>(outermost);
      const auto high = values.end() - 1 - static_cast<std::ptrdiff_t>(outermost);
      std::nth_element(values.begin(), low, values.end());
      made.low_.push_back(*low);
      std::nth_element(values.begin(), high, values.end());
      made.high_.push_back(*high);
      const double mean = sum / static_cast<double>(count);
      const double variance = squares / static_cast<double>(count) - mean * mean;
      const float least = std::max(kLeastDeviation * deviation[f], 1e-6F);
      made.spread_.push_back(static_cast<float>(std::sqrt(std::max(variance, 0.0))) + least);
    }
    first = end;
  }
  return made;
}

float LabelRanges::beyond(int label, std::span<const float> row) const {
  const std::size_t width = row.size();
  const std::size_t first = static_cast<std::size_t>(label) * width;
  struct Out;
  const auto out = scratch<Out>(width);
  for (std::size_t f = 0; f < width; ++f) {
    const float past = std::max(low_[first + f] - row[f], row[f] - high_[first + f]);
    out[f] = std::clamp(past / spread_[first + f], 0.0F, kFarthest);
  }
  const std::size_t count = std::min(width, std::max(kLeastCount, width / kShare));
  std::nth_element(out.begin(), out.begin() + static_cast<std::ptrdiff_t>(count - 1), out.end(),
                   std::greater<>());
  float sum = 0;
  for (std::size_t k = 0; k < count; ++k) sum += out[k];
  return std::log1p(sum / static_cast<float>(count));
}

void LabelRanges::save(ByteWriter& out) const {
  out.putArray(low_);
  out.putArray(high_);
  out.putArray(spread_);
}

LabelRanges LabelRanges::load(ByteReader& in, std::size_t labels, std::size_t features) {
  LabelRanges made;
  made.low_ = in.getArray<float>(labels * features);
  made.high_ = in.getArray<float>(labels * features);
  made.spread_ = in.getArray<float>(labels * features);
  const auto finite = [](float value) { return std::isfinite(value); };
  const auto positive = [](float value) { return std::isfinite(value) && value > 0; };
  if (!std::all_of(made.low_.begin(), made.low_.end(), finite) ||
      !std::all_of(made.high_.begin(), made.high_.end(), finite) ||
      !std::all_of(made.spread_.begin(), made.spread_.end(), positive)) {
    in.fail();
  }
  return made;
}

}  // namespace learners
