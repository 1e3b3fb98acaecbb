#pragma once
// RuleTrial: what a rule would have done. It goes over the project's recordings with the model that
// serves, by the windows, features and smoothing that run live; nothing is sent.

#include <stop_token>

#include "app/dataset_builder.h"
#include "app/rules_view.h"
#include "learners/ensemble.h"

namespace app {

struct TrialInput {
  const ProjectStore& store;
  DatasetBuilder& builder;
  learners::EnsemblePtr ensemble;  ///< null: nothing can be tried
  TaskSettings settings;           ///< with the frames the ensemble was trained on
  std::shared_ptr<const RuleWords> words;
  base::Duration reach = std::chrono::hours(24);  ///< recordings that began later than this before
                                                  ///< the newest one
};

/// Never fails: what stood in the way is in TrialView::trouble. On the calling thread.
TrialView tryRule(const Rule& rule, const TrialInput& input, std::stop_token stop = {});

}  // namespace app
