#pragma once
// Standardizer: shifts each feature to mean 0 and scales it to deviation 1, as fitted on the
// training rows; missing values become 0, the mean. A deviation is never taken smaller than the
// feature's own resolution, so that noise below what a sensor can tell does not look like a
// difference. Powers and spreads have long tails that distances and sums would listen to alone:
// these may be drawn in. Where many features say little, those that tell labels apart may count for
// more.

#include <memory>
#include <span>

#include "learners/bytes.h"
#include "learners/dataset.h"

namespace learners {

/// What becomes of values far from the mean.
enum class Tails : std::uint8_t {
  Kept,     ///< z
  DrawnIn,  ///< z sqrt(2.42 / (1 + |z|)): deviation 1 for normal values, a root for far ones
};

/// How much features count beside one another.
enum class Emphasis : std::uint8_t {
  Even,
  ByLabel,  ///< by the correlation ratio: the root of the share of variance that labels explain
};

/// Immutable. Thread-safe.
class Standardizer {
 public:
  static Standardizer fit(const Dataset& data, Tails tails = Tails::Kept,
                          Emphasis emphasis = Emphasis::Even);
  static base::Result<Standardizer> load(ByteReader& in);
  /// Without tails() and weights(), which whoever keeps the bytes keeps too.
  void save(ByteWriter& out) const;
  void setTails(Tails tails) { tails_ = tails; }
  /// [features] or empty, all >= 0.
  void setWeights(std::vector<float> weights) { weights_ = std::move(weights); }

  std::size_t features() const { return mean_.size(); }
  Tails tails() const { return tails_; }
  Emphasis emphasis() const { return weights_.empty() ? Emphasis::Even : Emphasis::ByLabel; }
  /// `missing` may be empty. z is clipped to [-12, 12], then drawn in and weighted.
  void apply(std::span<const float> row, std::span<const std::uint8_t> missing,
             std::span<float> out) const;
  DatasetPtr apply(const Dataset& data) const;
  std::span<const float> mean() const { return mean_; }
  /// 1 / deviation; 0 for constant features.
  std::span<const float> inverseScale() const { return inverseScale_; }
  /// Of each feature; empty where emphasis() is even. All features together keep their variance.
  std::span<const float> weights() const { return weights_; }

 private:
  std::vector<float> mean_;
  std::vector<float> inverseScale_;
  std::vector<float> weights_;
  Tails tails_ = Tails::Kept;
};

}  // namespace learners
