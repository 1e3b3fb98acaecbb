#pragma once
// Gate: the cheap first model that says "background" so that the ensemble need not be asked
// (MLIoT's two-stage serving). Its threshold keeps the recall of everything else.

#include "learners/learner.h"

namespace learners {

/// Immutable. Thread-safe.
class Gate {
 public:
  /// Trains logistic regression background / rest on standardised rows and sets the threshold so
  /// that at most `allowedMiss` of held-out rows of other labels pass as background. Errors:
  /// InvalidArgument without background rows or without others; Cancelled.
  static base::Result<Gate> train(const Dataset& data, const TrainingContext& context,
                                  double allowedMiss = 0.005);
  static base::Result<Gate> load(ByteReader& in);
  void save(ByteWriter& out) const;

  /// Chance of background, [0, 1].
  float probability(std::span<const float> standardisedRow) const;
  bool saysBackground(std::span<const float> standardisedRow) const {
    return probability(standardisedRow) >= threshold_;
  }
  float threshold() const { return threshold_; }
  /// The same gate with a threshold above what it says of any row of `prepared`.
  Gate lettingPass(const Dataset& prepared) const;
  std::size_t features() const { return weights_.size(); }

 private:
  std::vector<float> weights_;
  float bias_ = 0;
  float threshold_ = 2;  ///< above 1: never says background
};

}  // namespace learners
