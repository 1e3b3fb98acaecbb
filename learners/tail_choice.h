#pragma once
// TailChoice: whether features with long tails had better be drawn in, found on held-out rows. Only
// training rows are asked; trees do not care, distances and sums do.

#include <stop_token>

#include "learners/ensemble_training.h"
#include "learners/member_parts.h"

namespace learners {

/// Trains nearest neighbours and ridge on each fold both ways, on a bounded number of its rows, and
/// takes what leaves them less surprised by held-out rows together. Kept where nothing can be held
/// out, or where drawing in gains less than three hundredths, as recordings that are alike flatter
/// it. Equal arguments give equal results.
Tails chooseTails(const Dataset& data, const HeldOutPlan& plan, const std::stop_token& stop = {});

/// How a training with `recipe` prepares rows: with its tails, or with those chosen on the rows it
/// holds out.
Preparation preparationOf(const Dataset& data, const EnsembleRecipe& recipe,
                          const std::stop_token& stop = {});

}  // namespace learners
