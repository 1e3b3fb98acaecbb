#pragma once
// Novelty: does a row look like anything demonstrated? How strange it is (familiarity.h), against
// how strange rows of held-out recordings are that show the label it is nearest to: some labels
// vary more than others. A single window says little; over seconds evidence adds up
// (novelty_memory.h).

#include <optional>
#include <span>

#include "learners/bytes.h"
#include "learners/dataset.h"
#include "learners/familiarity.h"

namespace learners {

/// How long evidence adds up: what nobody has shown lasts, too.
inline constexpr base::Duration kNoveltyMemory = std::chrono::seconds(30);

/// Immutable. Thread-safe.
class Novelty {
 public:
  Novelty() = default;  ///< knows nothing: every row is familiar

  /// `data` is prepared as for members. Keeps at most `keep` rows, spread over labels and
  /// recordings.
  static Novelty fit(const Dataset& data, std::uint64_t seed, std::size_t keep = 1000);
  /// Learns anew what is familiar, without holding anything out: how strange rows usually are stays
  /// as it was, by label. `former` [labels of `data`]: the number a label had when this was fitted,
  /// or -1: it is taken to be as the others are on average. As fit() where nothing was fitted, or
  /// rows need another number of components now, to which strangeness cannot be compared.
  Novelty refitted(const Dataset& data, std::span<const int> former, std::uint64_t seed,
                   std::size_t keep = 1000) const;
  static base::Result<Novelty> load(ByteReader& in);
  void save(ByteWriter& out) const;

  /// [0, 1]; usual rows are near 0.1, and above 0.5 lie the rarest 5 % of rows of held-out
  /// recordings. Does not allocate once each calling thread has asked once.
  float score(std::span<const float> preparedRow) const;
  /// 0 where nothing was fitted.
  std::size_t features() const { return familiarity_ ? familiarity_->features() : 0; }
  /// Mean evidence of kNoveltyMemory, in steps, above which lie the rarest 5 % of such stretches;
  /// 1 where nothing is known of them. See stepsOf().
  float rareStretch() const { return rareStretch_; }

  /// Scores are steps from what is usual (0) to what is rare (1), bent into [0, 1]; steps can be
  /// averaged.
  static float scoreOf(float steps);
  static float stepsOf(float score);

 private:
  /// What one kind of strangeness is for held-out rows of one label.
  struct Usual {
    float median = 0;
    float rare = 1;  ///< 95th percentile, above the median
  };
  using LabelUsual = std::array<Usual, Strangeness::kKinds>;

  float evidence(const Strangeness& strange) const;
  void learnUsual(std::span<const Strangeness> heldOut, float stretch);
  LabelUsual meanUsual() const;

  std::optional<Familiarity> familiarity_;
  std::vector<LabelUsual> usual_;  ///< [labels of the dataset up to the last with rows]
  float rareWindow_ = 1;           ///< 95th percentile of the evidence of held-out rows
  float rareStretch_ = 1;
};

}  // namespace learners
