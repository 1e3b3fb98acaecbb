#pragma once
// Window lengths: how well labels are told apart by windows shorter and longer than the task's. A
// long window sees more, and answers as much later.

#include "app/dataset_builder.h"
#include "learners/interval.h"
#include "learners/learner.h"

namespace app {

struct WindowScore {
  double seconds = 0;
  learners::Interval accuracy;  ///< of windows, by demonstrations
  std::string error;            ///< empty; or why windows of this length tell nothing
};

/// Windows of half the task's length, of this, twice and three times as much, each begun a hop
/// after the one before (at most a length). Two quick learners are asked about demonstrations held
/// out of `only` [demonstrations]. The longer the window, the fewer and longer demonstrations it
/// fits into. Errors: Io, Corrupt from the store; Cancelled.
base::Result<std::vector<WindowScore>> compareWindows(DatasetBuilder& builder,
                                                      const TaskSettings& settings,
                                                      const std::set<std::int64_t>& only,
                                                      const learners::LearnerMap& learners,
                                                      const learners::TrainingContext& context);

}  // namespace app
