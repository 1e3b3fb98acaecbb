#pragma once
// Discriminant: how far a row lies from known ones in the directions that tell labels apart.

#include <optional>
#include <span>
#include <vector>

#include "learners/bytes.h"

namespace learners {

/// Immutable. Thread-safe. Linear discriminant analysis (Fisher, Annals of Eugenics 7, 1936) with
/// the covariance within labels drawn towards a multiple of the unit matrix: what differs from
/// person to person as much as from label to label counts for little.
class Discriminant {
 public:
  Discriminant() = default;  ///< has no directions

  /// `centre` [labels x n]: the middle of each label's rows; `within` [n x n]: the covariance of
  /// rows about it; `kept` [rows x n]: what rows will be compared with. Nothing where `within` is
  /// all zero.
  static std::optional<Discriminant> fit(std::span<const float> centre,
                                         std::span<const double> within, std::size_t n,
                                         std::span<const float> kept);

  /// Logarithm of the mean squared distance to the five nearest kept rows; 0 where there are no
  /// directions. `place` [n]. Does not allocate once each calling thread has asked once.
  float distance(std::span<const float> place) const;

  void save(ByteWriter& out) const;
  /// Never trusts the bytes; the reader fails where they are damaged.
  static Discriminant load(ByteReader& in, std::size_t n);

 private:
  std::size_t directions() const { return n_ == 0 ? 0 : direction_.size() / n_; }

  std::size_t n_ = 0;
  std::vector<float> direction_;  ///< [directions x n]
  std::vector<float> kept_;       ///< [directions x rows]
};

}  // namespace learners
