#pragma once
// The training behind the random forest: features as 8-bit bins, and trees that ask at each node
// the best of a few features (Breiman, Random Forests, Machine Learning 45, 2001), or the best of a
// few features each cut at a random place (Geurts et al., Extremely Randomized Trees, Machine
// Learning 63, 2006).

#include <vector>

#include "learners/held_out.h"
#include "learners/learner.h"
#include "learners/packed_trees.h"

namespace learners {

struct ForestSettings {
  int trees = 200;
  std::size_t leafRows = 1;    ///< a node of fewer than twice as many is not cut
  bool randomCuts = false;     ///< each feature is cut at one random place; every row is used
  std::size_t candidates = 0;  ///< features looked at per node; 0: the square root of all
};

struct Forest {
  TreeContent trees;          ///< `child` of a leaf: which row of `shares`
  std::vector<float> shares;  ///< [leaves x used]; the first `used` rows are one label each
};

/// Deterministic whatever the number of threads. Errors: Cancelled.
base::Result<Forest> trainForest(const Dataset& data, const UsedLabels& used,
                                 const ForestSettings& settings, const TrainingContext& context);

}  // namespace learners
