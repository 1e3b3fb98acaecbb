#pragma once
// Explanation: why an ensemble said what it said about one row: which demonstrations it resembles,
// which features made the difference, and which members disagree.

#include <set>
#include <string>
#include <vector>

#include "learners/ensemble.h"

namespace learners {

/// Features that belong together: of one source, of one signal or kind.
struct FeatureFamily {
  std::string name;  ///< "kitchen/imu accel"
  std::vector<std::size_t> features;
};

/// At most `most` families per part of the layout, by as many first words of the features' names
/// (numbers counting as one word) as keep to that; features that have all words in common go by
/// runs of neighbours. Every feature is in one family.
std::vector<FeatureFamily> featureFamilies(const sensors::FrameLayout& layout,
                                           std::size_t most = 16);

struct NearDemonstration {
  std::int64_t unit = 0;
  std::int64_t group = 0;
  int label = 0;
  std::size_t row = 0;  ///< its nearest one, in the training data
  base::TimeSpan span;  ///< of that row; empty where the data has none
  double distance = 0;  ///< root mean square over features, in deviations
};

struct FamilyShare {
  std::size_t family = 0;
  double share = 0;  ///< certainty it adds (takes, where below 0)
};

struct MemberSay {
  std::string learner;
  int label = 0;
  float weight = 0;
  bool agrees = true;  ///< with the headline
};

struct Explanation {
  Prediction said;                      ///< by members only, so that all are heard
  std::vector<NearDemonstration> near;  ///< nearest first
  double baseline = 0;                ///< certainty of the headline for the row nothing is known of
  std::vector<FamilyShare> families;  ///< largest effect first; sums to certainty - baseline
  std::vector<MemberSay> members;     ///< heaviest first
};

/// Answers questions about one ensemble and the data it was trained on. Immutable; thread-safe.
class Explainer {
 public:
  /// `train` must have the ensemble's layout and labels.
  Explainer(EnsemblePtr ensemble, DatasetPtr train);

  struct Options {
    std::size_t near = 5;  ///< demonstrations to name
    int orders = 8;        ///< of families, for their shares; even
    std::uint64_t seed = 1;
    std::set<std::int64_t> except;  ///< demonstrations not to compare with: the row is theirs
  };
  /// Shares are Shapley values of the calibrated certainty, sampled over orders of the families,
  /// each with its reverse (Castro, Gomez and Tejada, Computers & Operations Research 36, 2009;
  /// Mitchell et al., JMLR 23, 2022). A family that is not known has the values that are usual
  /// where nothing happens: the mean of the background label, or of all labels where there is none
  /// or the row is background itself. Empty where too much of the row is missing. Equal input gives
  /// equal output.
  Explanation explain(std::span<const float> row, std::span<const std::uint8_t> missing,
                      const Options& options) const;
  Explanation explain(std::span<const float> row, std::span<const std::uint8_t> missing) const {
    return explain(row, missing, Options());
  }

  const std::vector<FeatureFamily>& families() const { return families_; }

 private:
  std::vector<NearDemonstration> nearest(std::span<const float> row,
                                         std::span<const std::uint8_t> missing,
                                         const Options& options) const;
  void share(std::span<const float> row, std::span<const std::uint8_t> missing,
             const Options& options, Explanation& made) const;

  EnsemblePtr ensemble_;
  DatasetPtr train_;
  std::vector<FeatureFamily> families_;
  DatasetPtr standardised_;
  std::vector<float> norms_;
  std::vector<std::vector<float>> usual_;  ///< [labels + 1][features]; the last is the mean of all
};

/// What one window of a stretch contributed.
struct SpanShare {
  base::TimeSpan span;
  double certainty = 0;  ///< of the label, in this window
  double share = 0;      ///< by how much the stretch is less sure of the label without it
};

/// The windows of `stretch` (its rows, in order) with what each adds to the averaged probability of
/// `label`, an index into its labels.
std::vector<SpanShare> spanShares(const Ensemble& ensemble, const Dataset& stretch, int label);

}  // namespace learners
