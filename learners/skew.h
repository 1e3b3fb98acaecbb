#pragma once
// Skew: how far what a model sees now lies from what it was trained on, feature by feature.

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "sensors/feature_extractor.h"

namespace learners {

/// Rows of features, [rows x features], row-major; `missing` empty or one per value.
struct FeatureRows {
  std::span<const float> values;
  std::span<const std::uint8_t> missing;
};

struct FeatureSkew {
  std::string name;
  /// Largest difference of the two cumulative distributions (two-sample Kolmogorov-Smirnov), or of
  /// the shares that are missing where that is larger; [0, 1].
  double distance = 0;
  double trainedMedian = 0;
  double nowMedian = 0;
  double trainedMissing = 0;  ///< share, [0, 1]
  double nowMissing = 0;
  /// Beyond what chance gives once in 1000 features: distance > 1.95 sqrt((n + m) / (n m)).
  bool isNotable = false;
};

/// The `most` features that differ most, the worst first; equal ones in the order of `features`.
/// Empty where either side has no rows.
std::vector<FeatureSkew> worstSkew(const std::vector<sensors::Feature>& features,
                                   const FeatureRows& trained, const FeatureRows& now,
                                   std::size_t most);

}  // namespace learners
