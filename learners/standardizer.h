#pragma once
// Standardizer: shifts each feature to mean 0 and scales it to deviation 1, as fitted on the
// training rows; missing values become 0, the mean. A deviation is never taken smaller than the
// feature's own resolution, so that noise below what a sensor can tell does not look like a
// difference.

#include <memory>
#include <span>

#include "learners/bytes.h"
#include "learners/dataset.h"

namespace learners {

/// Immutable. Thread-safe.
class Standardizer {
 public:
  static Standardizer fit(const Dataset& data);
  static base::Result<Standardizer> load(ByteReader& in);
  void save(ByteWriter& out) const;

  std::size_t features() const { return mean_.size(); }
  /// `missing` may be empty. Results are clipped to [-12, 12].
  void apply(std::span<const float> row, std::span<const std::uint8_t> missing,
             std::span<float> out) const;
  DatasetPtr apply(const Dataset& data) const;
  std::span<const float> mean() const { return mean_; }
  /// 1 / deviation; 0 for constant features.
  std::span<const float> inverseScale() const { return inverseScale_; }

 private:
  std::vector<float> mean_;
  std::vector<float> inverseScale_;
};

}  // namespace learners
