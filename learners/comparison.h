#pragma once
// Comparison of two models that were asked about the same recordings, and of models with and
// without what one person showed.

#include <string>
#include <vector>

#include "learners/answers.h"

namespace learners {

/// Whether one demonstration was recognised by a model that had not learnt from it.
struct UnitOutcome {
  std::int64_t unit = 0;
  std::string label;
  bool right = false;
};

struct PairedComparison {
  std::size_t units = 0;
  std::size_t onlyA = 0;  ///< demonstrations that A alone recognised
  std::size_t onlyB = 0;
  double accuracyA = 0;  ///< by demonstrations
  double accuracyB = 0;
  double difference = 0;  ///< B - A
  double low = 0;         ///< 95 % interval of it: paired bootstrap over demonstrations
  double high = 0;
  double chance = 1;  ///< of so unequal a score or worse where both are equally good
  /// True where chance gives such a difference in one of twenty cases at most.
  bool differ() const { return chance <= 0.05; }
};

/// McNemar's test in its exact form, both sides (McNemar, Psychometrika 12, 1947), and a bootstrap.
/// Errors: InvalidArgument where the two were not asked about the same demonstrations with the same
/// labels: such scores cannot be compared.
base::Result<PairedComparison> comparePaired(const std::vector<UnitOutcome>& a,
                                             const std::vector<UnitOutcome>& b,
                                             std::uint64_t seed = 1);

/// Averaged probability of each demonstration's rows against its label.
std::vector<UnitOutcome> outcomesOf(const Answers& answers, const std::vector<Label>& labels);

/// What it brings one group (person, room) to be learnt from itself.
struct PersonalScore {
  std::int64_t group = 0;
  PairedComparison comparison;  ///< A: the others only; B: the others and half of its own
};

/// For each group with two demonstrations or more of two labels: one model learns from all others,
/// another also from half of the group's demonstrations, and both are asked about the other half;
/// then the halves change places. Models are those of outOfFold(). Groups without others to learn
/// two labels from are left out. Least served by the others first.
/// Errors: as outOfFold().
base::Result<std::vector<PersonalScore>> personalVariants(const Dataset& data,
                                                          const std::vector<std::string>& ids,
                                                          const LearnerMap& learners,
                                                          const TrainingContext& context);

}  // namespace learners
