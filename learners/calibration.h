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
  /// log likelihood of softmax(log p / t). Every row counts alike, as every window that is answered
  /// does; together they count as `independent` observations against a pull towards t = 1, so that
  /// many windows of few demonstrations do not say much; 0: as many as there are rows. Stays
  /// unfitted below 20 rows.
  static Calibration fit(std::span<const float> p, std::span<const int> label, std::size_t labels,
                         double independent = 0);

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
