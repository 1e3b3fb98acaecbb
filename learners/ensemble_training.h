#pragma once
// Training an ensemble: held-out accuracies by grouped folds, weights, calibration, gate, novelty,
// and the final members on all rows. The bounded-time model comes first so that something can be
// served; the others join as they finish.

#include <functional>
#include <string>
#include <vector>

#include "learners/checkpoints.h"
#include "learners/ensemble.h"
#include "learners/held_out_plan.h"
#include "learners/member_policy.h"

namespace learners {

/// How the temperature of Eq. 4 is found.
enum class Weighting {
  Given,    ///< the recipe's
  HeldOut,  ///< chooseTemperature(); the recipe's where nothing was held out
};

/// What to train. The default is what a task uses.
struct EnsembleRecipe {
  std::vector<std::string> learners = bestEffortLearners();
  std::map<std::string, base::Params> params;  ///< by learner; defaults where absent
  std::optional<Tails> tails;                  ///< of standardised rows; empty: choosePreparation()
  std::optional<Emphasis> emphasis;            ///< on features; empty: choosePreparation()
  ReductionRecipe reduction;   ///< of the standardised rows; its seed is not used
  MemberPolicy policy = MemberPolicy::BestEffort;
  Weighting weighting = Weighting::Given;
  float temperature = 0.1F;  ///< of Eq. 4, see temperatureFor(); 1 is the paper's
  float promise = 0.9F;  ///< limits are set so that sure answers are right so often; 0: no limits
  int folds = 4;         ///< grouped folds for held-out figures, see planHeldOut()
  std::size_t manyRows = 3000;
  std::uint64_t seed = 1;
};

struct MemberReport {
  std::string learner;
  float heldOutAccuracy = 0;
  double fitSeconds = 0;  ///< of the final model
  double latencyMs = 0;   ///< of one row, measured when all was trained; 0: not measured
};

/// A member that came into service while others still trained (MLIoT section 4.2.1).
struct JoinReport {
  std::string learner;
  double seconds = 0;  ///< since training began
  int members = 0;     ///< that answer from now on
  float before = 0;    ///< held-out accuracy without it; 0 for the first
  float after = 0;     ///< and with it
};

struct EnsembleReport {
  bool heldOut = false;   ///< false: too few recordings to hold any out; accuracies mean nothing
  float accuracy = 0;     ///< of the ensemble on held-out rows
  float temperature = 0;  ///< of Eq. 4, as used
  Pooling pooling = Pooling::Arithmetic;  ///< as chosen on held-out rows
  Tails tails = Tails::Kept;              ///< as used
  Emphasis emphasis = Emphasis::Even;     ///< as used
  std::vector<UnitScore> units;
  std::vector<MemberReport> members;
  std::vector<JoinReport> joins;     ///< in the order in which they finished
  std::vector<std::string> leftOut;  ///< by the policy: trained, measured and not served
  double trainSeconds = 0;
  double firstModelSeconds = 0;
};

struct TrainedEnsemble {
  EnsemblePtr ensemble;
  EnsembleReport report;
};

/// A better set can be served.
struct EnsembleChange {
  EnsemblePtr ensemble;
  JoinReport join;         ///< of the first model: no accuracies, 0 members of the recipe
  std::size_t wanted = 0;  ///< members of the whole
};

/// First the bounded-time model alone, then the set after each member that joined, last the whole.
/// Called from threads of the training, one call at a time. May be empty.
using OnEnsemble = std::function<void(const EnsembleChange&)>;

/// Equal data, recipe and seed give the same ensemble hash, with checkpoints or without; with
/// LowLatency, where two members are about equally fast, which of them serves may differ.
/// The first model costs a bounded number of multiplications, whatever the data (T6).
/// Errors: as checkTrainable() and the learners; NotFound for an unknown learner; Cancelled.
base::Result<TrainedEnsemble> trainEnsemble(const Dataset& data, const EnsembleRecipe& recipe,
                                            const LearnerMap& learners,
                                            const TrainingContext& context,
                                            const OnEnsemble& onEnsemble = {},
                                            const Checkpoints& checkpoints = {});

}  // namespace learners
