#pragma once
// CheckRival: another model of the task beside the one that is checked. Two models are compared
// only on the same windows, and only where neither had learnt from the recording.

#include <set>

#include "app/check.h"
#include "learners/exam.h"

namespace app {

/// A model that served before.
struct FormerModel {
  std::string hash;
  int version = 0;
  learners::EnsemblePtr ensemble;
  std::set<std::int64_t> learnt;  ///< demonstrations it knew
};

/// Asks models of the make of `former`, which know what it knew but for the fold's recordings,
/// about the windows of `report`. Labels are those of today. Windows of folds in which it would
/// know fewer than two labels are left out. Errors: NotFound with a sentence where none is left;
/// those of learners::prepareExam(); Cancelled.
base::Result<CheckRival> askRival(const CheckReport& report, const CheckInput& input,
                                  const FormerModel& former,
                                  const learners::TrainingContext& context);

}  // namespace app
