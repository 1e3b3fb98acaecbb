#pragma once
// How rows are best prepared, found on held-out rows: whether features with long tails had better
// be drawn in, and whether those that tell labels apart had better count for more. Only training
// rows are asked; trees do not care, distances and sums do.

#include <stop_token>

#include "learners/ensemble_training.h"
#include "learners/member_parts.h"

namespace learners {

/// What the recipe says; where it leaves ways open, nearest neighbours and ridge are trained on
/// each fold, on a bounded number of its rows, and the way that leaves them least surprised by
/// held-out rows together is taken. The plainest where nothing can be held out, or where others
/// gain less than three hundredths, as recordings that are alike flatter them; few features count
/// alike. Equal arguments give equal results.
Preparation choosePreparation(const Dataset& data, const EnsembleRecipe& recipe,
                              const HeldOutPlan& plan, const std::stop_token& stop = {});

/// The same on the rows that a training with `recipe` holds out.
Preparation preparationOf(const Dataset& data, const EnsembleRecipe& recipe,
                          const std::stop_token& stop = {});

}  // namespace learners
