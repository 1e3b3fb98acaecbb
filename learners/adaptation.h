#pragma once
// Adaptation: a correction enters the ensemble without a full training (MLIoT section 4.2.2). Each
// member is fitted once more, on the new demonstrations and a rehearsal of the old ones; what is
// not rehearsed tests whether anything was forgotten.

#include <cstdint>
#include <string>
#include <vector>

#include "learners/ensemble_training.h"

namespace learners {

/// How an old label fared on demonstrations neither the former nor the new members learnt from.
struct Forgetting {
  std::string label;
  int demonstrations = 0;
  int before = 0;  ///< right by the former ensemble when it was tested
  int after = 0;   ///< right by the new one
};

struct Adapted {
  TrainedEnsemble trained;             ///< report: as of a training, units as far as they are known
  std::vector<Forgetting> forgetting;  ///< labels with demonstrations that were tested twice
  int tested = 0;
  int before = 0;
  int after = 0;
  /// More than one tested demonstration and more than 2 of 100 were lost: not to be served unasked.
  bool worse = false;
};

/// A label is not learnt from fewer demonstrations than this.
inline constexpr int kFewestToAdapt = 3;

/// `former` was trained on the other demonstrations of `data`, with `recipe`, whose parameters are
/// used again; standardiser, reduction, calibration and what novelty takes for usual stay, and so
/// does the gate, with a threshold that lets the new demonstrations pass. `fresh`: units it has not
/// learnt from; they were answered by the former members before, which is what the weights are
/// corrected by. Rows of labels with fewer than kFewestToAdapt demonstrations are left out, unless
/// the former knew them.
/// Errors: InvalidArgument where the former has another layout, another set of learners, no
/// held-out figures, or nothing is fresh; as the learners; Cancelled.
base::Result<Adapted> adaptEnsemble(const TrainedEnsemble& former, const Dataset& data,
                                    const std::vector<std::int64_t>& fresh,
                                    const EnsembleRecipe& recipe, const LearnerMap& learners,
                                    const TrainingContext& context);

}  // namespace learners
