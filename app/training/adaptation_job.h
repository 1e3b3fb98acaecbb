#pragma once
// AdaptationJob: one correction to be learnt by the model that serves. It is learnt on this
// computer, whoever trains the rest, and in a child process: a crash in a model library loses the
// lesson and nothing else.

#include <filesystem>
#include <vector>

#include "app/training/training_child.h"
#include "learners/adaptation.h"

namespace app {

struct AdaptationJob {
  learners::TrainedEnsemble former;
  learners::DatasetPtr data;        ///< all examples, the fresh ones among them
  std::vector<std::int64_t> fresh;  ///< units the former has not learnt from
  learners::EnsembleRecipe recipe;  ///< what the former was trained with
};

/// Blocks until it is learnt. Uses `folder`, which is emptied before and removed afterwards.
/// Errors: as learners::adaptEnsemble; Io; Corrupt where the child left nonsense; Unavailable where
/// it crashed.
base::Result<learners::Adapted> adaptInChild(TrainingChild& child,
                                             const std::filesystem::path& folder,
                                             const AdaptationJob& job,
                                             const learners::LearnerMap& learners,
                                             std::stop_token stop);

/// The child's side: reads former and adapt.json of `job.folder`, writes ensemble, report.json and
/// what was forgotten into adapt.json. Errors: as above.
base::Result<void> adaptFromFiles(const ChildJob& job, const learners::Dataset& data,
                                  const learners::EnsembleRecipe& recipe,
                                  const learners::LearnerMap& learners, std::stop_token stop);

}  // namespace app
