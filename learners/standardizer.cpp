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

}  // namespace

Standardizer Standardizer::fit(const Dataset& data, Tails tails) {
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
