#pragma once
// EnsembleRecipe as JSON and back, for the offer to a worker.

#include <string>

#include "learners/ensemble_training.h"

namespace app {

std::string recipeToJson(const learners::EnsembleRecipe& recipe);
/// Parameters are checked against the learners' descriptions. Errors: Corrupt; NotFound for an
/// unknown learner; InvalidArgument for a parameter that does not fit.
base::Result<learners::EnsembleRecipe> recipeFromJson(const std::string& text,
                                                      const learners::LearnerMap& learners);

}  // namespace app
