#pragma once
// Novelty: does a row look like anything demonstrated? The distance to the nearest training row of
// any label, against what is usual between rows of different recordings of the same label.

#include <span>

#include "learners/bytes.h"
#include "learners/dataset.h"

namespace learners {

/// Immutable. Thread-safe.
class Novelty {
 public:
  Novelty() = default;  ///< knows nothing: every row is familiar

  /// `data` is standardised. Keeps at most `keep` rows, spread over labels and recordings.
  static Novelty fit(const Dataset& data, std::uint64_t seed, std::size_t keep = 2000);
  static base::Result<Novelty> load(ByteReader& in);
  void save(ByteWriter& out) const;

  /// [0, 1]; 0.5 is where the rarest 2 % of familiar rows begin.
  float score(std::span<const float> standardisedRow) const;
  /// 0 where nothing was fitted.
  std::size_t features() const { return features_; }

 private:
  std::size_t features_ = 0;
  std::vector<float> rows_;  ///< [kept x features]
  std::vector<float> norms_;
  float usual_ = 0;  ///< median leave-one-recording-out distance
  float rare_ = 0;   ///< its 98th percentile; 0: not fitted
};

}  // namespace learners
