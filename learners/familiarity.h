#pragma once
// Familiarity: what rows of known labels look like, and how strange a row is beside them. It knows
// nothing of how strange rows usually are; novelty.h does.

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "learners/bytes.h"
#include "learners/dataset.h"
#include "learners/discriminant.h"
#include "learners/label_ranges.h"
#include "learners/reduction.h"

namespace learners {

/// Five ways to be strange; each grows with strangeness and has a scale of its own.
struct Strangeness {
  static constexpr std::size_t kKinds = 5;
  static constexpr std::size_t kFormerKinds = 3;  ///< known to files of former versions
  std::array<float, kKinds> kinds{};
  int label = 0;  ///< of the dataset, the one it is nearest to by the first kind
};

/// Immutable. Thread-safe. Rows are taken to at most 64 principal components first, each feature
/// being drawn to within six deviations of its mean. In this space:
/// - the label whose Gaussian fits a row best, as -2 log density but for a constant. Each label's
///   covariance is half its own, half that of all labels, the less its own the fewer its rows, and
///   is drawn a little towards a multiple of the unit matrix (regularised discriminant analysis;
///   Friedman, JASA 84, 1989). Tells what lies far off.
/// - minus the strongest voice of kernel ridge regressions, each of which learnt to say 1 for one
///   label and 0 for the others: all are quiet both far off and between labels (the mean of a
///   Gaussian process; Rasmussen and Williams, 2006, section 2.2).
/// - the logarithm of what the components leave of the row; 0 where they leave nothing.
/// - how far off known rows are in the directions that tell labels apart (discriminant.h). What is
///   between labels, or beyond them all, is far from each.
/// And, in the space of features:
/// - how far the features that are most out of bounds lie beyond what the nearest label's rows were
///   (label_ranges.h).
class Familiarity {
 public:
  /// From the rows `from` of `data`, of which at most `keep` are kept, spread over labels and
  /// recordings. Nothing where they are all equal.
  static std::optional<Familiarity> fit(const Dataset& data, std::span<const std::size_t> from,
                                        std::uint64_t seed, std::size_t keep);

  /// Does not allocate once each calling thread has asked once.
  Strangeness of(std::span<const float> row) const;
  std::size_t features() const { return mean_.size(); }
  std::size_t components() const { return reduction_.components(); }
  /// Labels of the dataset that had rows, rising.
  std::span<const std::int32_t> labels() const { return label_; }
  /// What a file of a former version holds tells only Strangeness::kFormerKinds; the others are 0.
  bool tellsAll() const { return tellsAll_; }

  void save(ByteWriter& out) const;
  /// Never trusts the bytes. `tellsAll`: as it was of what was saved. Errors: Corrupt.
  static base::Result<Familiarity> load(ByteReader& in, bool tellsAll);

 private:
  void learnPlaces(const Dataset& data, std::span<const std::size_t> from);
  /// `within` becomes the mean covariance of labels, its lower half. [components x components]
  bool learnGaussians(std::span<const float> places, std::span<const int> label,
                      std::vector<double>& within);
  bool learnVoices(std::span<const float> places, std::span<const int> label);
  std::span<float> drawn(std::span<const float> row) const;

  Reduction reduction_;
  std::vector<float> mean_;            ///< [features]
  std::vector<float> reach_;           ///< [features]: six deviations
  float gamma_ = 1;                    ///< of the kernel exp(-gamma |x - y|^2)
  float least_ = 0;                    ///< of what components leave; 0: they leave nothing
  std::vector<std::int32_t> label_;    ///< [labels]: their numbers in the dataset
  std::vector<float> centre_;          ///< [labels x components]
  std::vector<float> precision_;       ///< [labels x components x components]
  std::vector<float> logDeterminant_;  ///< [labels]: of the covariance
  std::vector<float> kept_;            ///< [kept x components]
  std::vector<float> norms_;           ///< [kept]: their squared lengths
  std::vector<float> voice_;           ///< [labels x kept]: weights of the kernel values
  bool tellsAll_ = false;
  Discriminant discriminant_;
  LabelRanges ranges_;
};

/// At most `keep` of the rows `from`, taken in turn from each label and recording; by label.
std::vector<std::size_t> spreadRows(const Dataset& data, std::span<const std::size_t> from,
                                    std::uint64_t seed, std::size_t keep);

}  // namespace learners
