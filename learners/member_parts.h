#pragma once
// The parts a member's training is made of: its final model, and its answers about each fold's
// held-out rows. Each is found among the checkpoints or made.

#include "learners/checkpoints.h"
#include "learners/reduction.h"
#include "learners/splits.h"
#include "learners/standardizer.h"

namespace learners {

/// At most `most` rows, evenly spaced.
DatasetPtr thinned(const DatasetPtr& data, std::size_t most);

/// How raw rows become what learners take.
struct Preparation {
  Tails tails = Tails::Kept;
  Emphasis emphasis = Emphasis::Even;
  ReductionRecipe reduction = {};  ///< of the standardised rows; its seed is not used
};

/// Names all that prepared rows depend on.
std::string originOf(const Dataset& data, const Preparation& how, std::uint64_t seed);

/// Rows as learners take them, standardised and reduced as fitted on themselves.
struct PreparedRows {
  Standardizer standardizer;
  std::optional<Reduction> reduction;
  DatasetPtr rows;
};
/// Errors: as Reduction::fit().
base::Result<PreparedRows> prepareRows(const Dataset& raw, const Preparation& how,
                                       std::uint64_t seed);

/// What one fold trains on and is asked about, prepared by its own training rows.
struct PreparedFold {
  Split split;
  DatasetPtr train;
  std::vector<float> test;  ///< [test rows x inputs]
};
/// Errors: as Reduction::fit().
base::Result<PreparedFold> prepareFold(const Dataset& data, const Split& split,
                                       const Preparation& how, std::uint64_t seed);

/// One learner as a recipe asks for it.
struct MemberSpec {
  LearnerPtr learner;
  base::Params params;
  std::uint64_t seed = 1;
};

/// Thread-safe. `checkpoints` must outlive it.
class MemberParts {
 public:
  /// `origin` names all that the prepared rows depend on.
  MemberParts(std::string origin, std::stop_token stop, const Checkpoints& checkpoints)
      : origin_(std::move(origin)), stop_(std::move(stop)), checkpoints_(checkpoints) {}

  /// The model of all rows of `prepared`. Errors: as the learner.
  base::Result<ModelPart> fitFinal(const MemberSpec& member, const Dataset& prepared) const;
  /// What a model of the fold's training rows says about its test rows, [test rows x labels].
  /// `name` says which fold of which split it is. Errors: as the learner.
  base::Result<std::vector<float>> fitFold(const MemberSpec& member, const PreparedFold& fold,
                                           const std::string& name) const;

 private:
  std::string keyOf(const MemberSpec& member, const std::string& part) const {
    return checkpointKey(origin_, member.learner->id(), member.params, member.seed, part);
  }
  TrainingContext contextFor(const MemberSpec& member) const {
    return {.seed = member.seed, .stop = stop_, .progress = {}};
  }

  std::string origin_;
  std::stop_token stop_;
  const Checkpoints& checkpoints_;
};

}  // namespace learners
