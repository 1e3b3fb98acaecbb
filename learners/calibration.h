#pragma once
// Calibration: maps raw probability to the observed chance of being right, by one temperature
// fitted on held-out rows (Guo et al., On Calibration of Modern Neural Networks, ICML 2017).

#include <span>

#include "learners/bytes.h"

namespace learners {

/// Immutable value.
class Calibration {
 public:
  Calibration() = default;  ///< the identity, not fitted

  /// `p` [rows x labels] held-out averaged probabilities, `label` [rows]. Minimises the negative
  /// log likelihood of softmax(log p / t). Rows of one unit count together as one where `weight`
  /// [rows] says so; empty = all 1. Stays unfitted below 20 rows.
  static Calibration fit(std::span<const float> p, std::span<const int> label, std::size_t labels,
                         std::span<const float> weight = {});

  /// In place. [labels]
  void apply(std::span<float> p) const;
  bool isFitted() const { return fitted_; }
  float temperature() const { return temperature_; }

  void save(ByteWriter& out) const;
  static Calibration load(ByteReader& in);

 private:
  float temperature_ = 1;
  bool fitted_ = false;
};

/// Expected calibration error over `bins` equal bins of the top probability.
double expectedCalibrationError(std::span<const float> certainty,
                                std::span<const std::uint8_t> right, int bins = 10);

}  // namespace learners
