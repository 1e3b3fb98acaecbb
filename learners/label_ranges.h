#pragma once
// LabelRanges: how far each feature of a label's rows was seen to go, and how far a row goes
// beyond.

#include <cstddef>
#include <span>
#include <vector>

#include "learners/bytes.h"

namespace learners {

/// Immutable. Thread-safe. Tells of a few features that are out of bounds, which say nothing among
/// many that are not.
class LabelRanges {
 public:
  LabelRanges() = default;

  /// `rows` [count x deviation.size()]; `label` [count], rising from 0 without a gap; `deviation`:
  /// that of each feature over all rows.
  static LabelRanges fit(std::span<const float> rows, std::span<const int> label,
                         std::span<const float> deviation);

  /// Logarithm of 1 + the mean of what the twentieth of the features that lie farthest out (three
  /// at least) are beyond the range of `label`, in its deviations. `row` [features]. Does not
  /// allocate once each calling thread has asked once.
  float beyond(int label, std::span<const float> row) const;

  void save(ByteWriter& out) const;
  /// Never trusts the bytes; the reader fails where they are damaged.
  static LabelRanges load(ByteReader& in, std::size_t labels, std::size_t features);

 private:
  std::vector<float> low_;     ///< [labels x features]: 1st percentile
  std::vector<float> high_;    ///< [labels x features]: 99th percentile
  std::vector<float> spread_;  ///< [labels x features]: > 0
};

}  // namespace learners
