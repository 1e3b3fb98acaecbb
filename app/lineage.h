#pragma once
// Lineage: what a model that served was made from, read from what was kept with it.

#include <cstdint>
#include <string>
#include <vector>

#include "app/project/store.h"

namespace app {

/// An example as a model learnt it; it may have been changed or removed since.
struct LearntExample {
  std::int64_t id = 0;
  learners::LabelId label = 0;
  base::TimeSpan span;
};

struct ModelLineage {
  TaskId task = kFirstTask;
  int version = 0;
  std::string hash;                   ///< of the ensemble; empty: nobody served
  std::string worker;                 ///< where it was trained
  base::Time since;                   ///< when it began to serve
  bool heldOut = false;               ///< false: too few recordings for an honest score
  double accuracy = 0;                ///< on held-out rows, where heldOut
  std::vector<LearntExample> learnt;  ///< by id; empty where an older program kept none
};

/// Never fails: what cannot be read is left empty.
ModelLineage lineageOf(const DeploymentRow& row);

}  // namespace app
