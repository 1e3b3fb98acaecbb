#include "learners/standardizer.h"

#include <algorithm>
#include <cassert>
#include <cmath>

#include "learners/schema_bytes.h"

namespace learners {
namespace {

constexpr float kClip = 12;
/// 1 / E[z^2 / (1 + |z|)] of normal z.
constexpr float kUnbent = 2.42F;
/// Deviations below this share of the mean are rounding, not signal.
constexpr double kRounding = 1e-6;

/// The correlation ratio of each feature of standardised rows with the label (Fisher, Statistical
/// Methods for Research Workers, 1925), scaled so that the variances keep their sum. What features
/// that do not vary get does not matter: they are 0.
std::vector<float> ratiosOf(const Dataset& data) {
  const std::size_t features = data.features();
  const auto rows = static_cast<double>(data.rows());
  std::vector<double> count(data.labelCount());
  std::vector<double> sum(data.labelCount() * features);
  std::vector<double> squares(features);
  for (std::size_t i = 0; i < data.rows(); ++i) {
    const float* row = data.row(i).data();
    double* own = sum.data() + data.label(i) * features;
    ++count[data.label(i)];
    for (std::size_t f = 0; f < features; ++f) {
      own[f] += row[f];
      squares[f] += static_cast<double>(row[f]) * row[f];
    }
  }
  std::vector<float> ratio(features, 1.0F);
  double varianceBefore = 0;
  double varianceAfter = 0;
  for (std::size_t f = 0; f < features; ++f) {
    double mean = 0;
    double explained = 0;
    for (std::size_t c = 0; c < count.size(); ++c) {
      const double own = sum[c * features + f];
      mean += own / rows;
      if (count[c] > 0) explained += own * own / (count[c] * rows);
    }
    const double variance = squares[f] / rows - mean * mean;
    if (variance <= kRounding) continue;
    const double share = std::clamp((explained - mean * mean) / variance, 0.0, 1.0);
    ratio[f] = static_cast<float>(std::sqrt(share));
    varianceBefore += variance;
    varianceAfter += variance * share;
  }
  // Where labels explain nothing, no feature is better than another.
  if (varianceAfter <= kRounding * varianceBefore) return std::vector<float>(features, 1.0F);
  const auto scale = static_cast<float>(std::sqrt(varianceBefore / varianceAfter));
  for (float& value : ratio) value *= scale;
  return ratio;
}

}  // namespace

Standardizer Standardizer::fit(const Dataset& data, Tails tails, Emphasis emphasis) {
  const std::size_t features = data.features();
  std::vector<double> sum(features);
  std::vector<double> squares(features);
  std::vector<std::size_t> count(features);
  const auto eachPresent = [&](const auto& use) {
    for (std::size_t i = 0; i < data.rows(); ++i) {
      const float* row = data.row(i).data();
      const std::uint8_t* missing = data.missing(i).data();
      for (std::size_t f = 0; f < features; ++f) {
        if (missing == nullptr || missing[f] == 0) use(f, static_cast<double>(row[f]));
      }
    }
  };
  eachPresent([&](std::size_t f, double value) {
    sum[f] += value;
    ++count[f];
  });
  for (std::size_t f = 0; f < features; ++f) {
    if (count[f] > 0) sum[f] /= static_cast<double>(count[f]);
  }
  eachPresent(
      [&](std::size_t f, double value) { squares[f] += (value - sum[f]) * (value - sum[f]); });

  Standardizer made;
  made.tails_ = tails;
  made.mean_.resize(features);
  made.inverseScale_.resize(features);
  for (std::size_t f = 0; f < features; ++f) {
    made.mean_[f] = static_cast<float>(sum[f]);
    if (count[f] < 2) continue;
    const double deviation = std::sqrt(squares[f] / static_cast<double>(count[f]));
    if (deviation <= std::max(kRounding * std::abs(sum[f]), 1e-30)) continue;
    const double resolution = data.content().layout.features[f].resolution;
    const double scale = std::isfinite(resolution) ? std::max(deviation, resolution) : deviation;
    const auto inverse = static_cast<float>(1 / scale);
    if (std::isfinite(inverse)) made.inverseScale_[f] = inverse;
  }
  if (emphasis == Emphasis::ByLabel) made.weights_ = ratiosOf(*made.apply(data));
  return made;
}

base::Result<Standardizer> Standardizer::load(ByteReader& in) {
  Standardizer made;
  made.mean_ = in.getArray<float>();
  made.inverseScale_ = in.getArray<float>(made.mean_.size());
  const auto finite = [](float value) { return std::isfinite(value); };
  const auto scales = [](float value) { return std::isfinite(value) && value >= 0; };
  const bool fits = in.ok() && made.mean_.size() <= kMostFeatures &&
                    std::all_of(made.mean_.begin(), made.mean_.end(), finite) &&
                    std::all_of(made.inverseScale_.begin(), made.inverseScale_.end(), scales);
  if (!fits) {
    return base::Error{base::ErrorCode::Corrupt, "standardizer: these bytes are damaged"};
  }
  return made;
}

void Standardizer::save(ByteWriter& out) const {
  out.putArray(mean_);
  out.putArray(inverseScale_);
}

void Standardizer::apply(std::span<const float> row, std::span<const std::uint8_t> missing,
                         std::span<float> out) const {
  assert(row.size() == mean_.size() && out.size() == mean_.size());
  const float* x = row.data();
  float* z = out.data();
  for (std::size_t f = 0; f < mean_.size(); ++f) {
    z[f] = std::clamp((x[f] - mean_[f]) * inverseScale_[f], -kClip, kClip);
    // Infinite differences times a scale of 0 are no number.
    if (z[f] != z[f]) z[f] = 0;
  }
  if (tails_ == Tails::DrawnIn) {
    for (std::size_t f = 0; f < mean_.size(); ++f) {
      z[f] *= std::sqrt(kUnbent / (1 + std::abs(z[f])));
    }
  }
  for (std::size_t f = 0; f < weights_.size(); ++f) z[f] *= weights_[f];
  for (std::size_t f = 0; f < missing.size(); ++f) {
    if (missing[f] != 0) z[f] = 0;
  }
}

DatasetPtr Standardizer::apply(const Dataset& data) const {
  DatasetContent content;
  const DatasetContent& from = data.content();
  content.layout = from.layout;
  content.labels = from.labels;
  content.label = from.label;
  content.group = from.group;
  content.unit = from.unit;
  content.splitTag = from.splitTag;
  content.span = from.span;
  content.copied = from.copied;
  content.values.resize(from.values.size());
  for (std::size_t i = 0; i < data.rows(); ++i) {
    apply(data.row(i), data.missing(i),
          std::span(content.values).subspan(i * data.features(), data.features()));
  }
  auto made = Dataset::make(std::move(content));
  assert(made.ok());
  return std::move(made).value();
}

}  // namespace learners
