#pragma once
// Novelty: does a row look like anything demonstrated? Its nearest kept rows tell (Sun et al.,
// Out-of-Distribution Detection with Deep Nearest Neighbors, ICML 2022), against what is usual for
// rows of recordings that were held out. Two views: as members see the row, where what lies far off
// shows; and the discriminant space (discriminant.h), where what lies between labels shows, because
// there rows of one label are as close as may be (Lee et al., A Simple Unified Framework for
// Detecting Out-of-Distribution Samples, NeurIPS 2018).

#include <span>

#include "learners/bytes.h"
#include "learners/dataset.h"

namespace learners {

/// Immutable. Thread-safe.
class Novelty {
 public:
  Novelty() = default;  ///< knows nothing: every row is familiar

  /// `data` is prepared as for members. Keeps at most `keep` rows, spread over labels and
  /// recordings.
  static Novelty fit(const Dataset& data, std::uint64_t seed, std::size_t keep = 2000);
  static base::Result<Novelty> load(ByteReader& in);
  void save(ByteWriter& out) const;

  /// [0, 1]; above 0.5 lie the rarest 5 % of rows of held-out recordings. Does not allocate once
  /// each calling thread has asked once.
  float score(std::span<const float> preparedRow) const;
  /// 0 where nothing was fitted.
  std::size_t features() const { return features_; }

 private:
  /// Kept rows in one space.
  struct View {
    std::size_t width = 0;
    std::vector<float> rows;  ///< [kept x width], in the order of ends_
    std::vector<float> norms;
    float usual = 0;  ///< median distance of held-out rows
    float rare = 0;   ///< a high quantile of it; 0: not fitted

    /// Mean distance to the nearest rows of a label, the least of all labels.
    float distance(std::span<const float> row, std::span<const std::uint32_t> ends) const;
    float steps(float distance) const;
    void learnUsual(std::vector<float> distances, double rareShare);
    bool load(ByteReader& in, std::size_t keptRows);
  };

  /// Both views without what is usual, from the rows `from` of `data`.
  static Novelty placed(const Dataset& data, std::span<const std::size_t> from, std::uint64_t seed,
                        std::size_t keep);
  std::span<const float> projected(std::span<const float> preparedRow) const;

  std::size_t features_ = 0;
  std::vector<std::uint32_t> ends_;  ///< one past the last kept row of each label that has rows
  std::vector<float> directions_;    ///< [discriminant width x features]
  View whole_;
  View discriminant_;  ///< width 0 where one label has rows
};

}  // namespace learners
