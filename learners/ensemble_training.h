#pragma once
// Training an ensemble: held-out accuracies by grouped folds, weights, calibration, gate, novelty,
// and the final members on all rows. The bounded-time model comes first so that something can be
// served.

#include <functional>
#include <string>
#include <vector>

#include "learners/ensemble.h"

namespace learners {

/// What to train. The default is what a task uses.
struct EnsembleRecipe {
  std::vector<std::string> learners = bestEffortLearners();
  std::map<std::string, base::Params> params;  ///< by learner; defaults where absent
  ReductionRecipe reduction;                   ///< of the standardised rows; its seed is not used
  float temperature = 0.1F;                    ///< of Eq. 4; 1 is the paper's
  int folds = 4;  ///< grouped folds for held-out figures; one holdout above `manyRows`
  std::size_t manyRows = 3000;
  std::uint64_t seed = 1;
};

/// How often the held-out answers of one unit (demonstration) were right.
struct UnitScore {
  std::int64_t unit = 0;
  int label = 0;
  bool right = false;  ///< averaged held-out probability of its rows
  int rows = 0;
};

struct MemberReport {
  std::string learner;
  float heldOutAccuracy = 0;
  double fitSeconds = 0;  ///< of the final model
};

struct EnsembleReport {
  bool heldOut = false;  ///< false: too few recordings to hold any out; accuracies mean nothing
  float accuracy = 0;    ///< of the ensemble on held-out rows
  std::vector<UnitScore> units;
  std::vector<MemberReport> members;
  double trainSeconds = 0;
  double firstModelSeconds = 0;
};

struct TrainedEnsemble {
  EnsemblePtr ensemble;
  EnsembleReport report;
};

/// Called from the training thread each time a better set can be served: first the logistic model
/// alone, last the whole. May be empty.
using OnEnsemble = std::function<void(const EnsemblePtr&)>;

/// Equal data, recipe and seed give the same ensemble hash.
/// Errors: as checkTrainable() and the learners; NotFound for an unknown learner; Cancelled.
base::Result<TrainedEnsemble> trainEnsemble(const Dataset& data, const EnsembleRecipe& recipe,
                                            const LearnerMap& learners,
                                            const TrainingContext& context,
                                            const OnEnsemble& onEnsemble = {});

}  // namespace learners
