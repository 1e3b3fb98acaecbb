#pragma once
// Search: finds parameters of learners by trying them on held-out recordings, within a time budget
// (MLIoT section 4.2.1): on a grid, at random, or where a Gaussian process expects improvement.

#include <string>
#include <vector>

#include "learners/ensemble_training.h"

namespace learners {

enum class SearchMethod {
  None,
  Grid,      ///< every point, in order
  Random,    ///< independent points
  Bayesian,  ///< largest expected improvement (Jones, Schonlau and Welch, Efficient Global
             ///< Optimization, J. Global Optimization 13, 1998) after a few random points
};

struct SearchOptions {
  SearchMethod method = SearchMethod::Bayesian;
  double budgetSeconds = 30;    ///< > 0; a trial under way is cancelled when it is over
  int mostTrials = 40;          ///< of each learner, besides its defaults; the grid ignores it
  int gridSteps = 3;            ///< values of each number on the grid, both ends among them
  int folds = 3;                ///< grouped
  Tails tails = Tails::Kept;    ///< of standardised rows
  Emphasis emphasis = Emphasis::Even;
  std::size_t mostRows = 1500;  ///< of larger datasets so many rows are tried, evenly spread
  std::uint64_t seed = 1;
};

struct Trial {
  base::Params params;
  double accuracy = 0;  ///< mean over the folds that were tried
  double loss = 0;      ///< mean negative log likelihood over these; decides between equal ones
  double seconds = 0;
  bool rejected = false;  ///< the first fold showed that it cannot be the best
};

struct SearchResult {
  base::Params best;          ///< the defaults where nothing was better
  std::vector<Trial> trials;  ///< in order; the first is the defaults
  bool complete = false;      ///< all trials were made before the budget was over
};

/// The points of a grid over `specs`: numbers from min to max in `steps` equal steps (of their
/// logarithm where max is 100 times min or more), all options of the others. Texts keep their
/// default.
std::vector<base::Params> gridOf(const std::vector<base::ParamSpec>& specs, int steps);

/// Equal data, options and seed try the same points in the same order; how many, the budget
/// decides. Defaults are tried first, so that the best is never worse than these on the rows tried.
/// Errors: as checkTrainable() and the learner; Cancelled.
base::Result<SearchResult> searchParams(const Learner& learner, const Dataset& data,
                                        const SearchOptions& options,
                                        const TrainingContext& context);

struct RecipeSearch {
  /// With the tails and the emphasis that were chosen and the best params of each learner.
  EnsembleRecipe recipe;
  std::map<std::string, SearchResult> results;
  double seconds = 0;
};

/// searchParams() for every learner of `recipe`, side by side; the budget is for all together.
/// Errors: as searchParams(); NotFound.
base::Result<RecipeSearch> searchRecipe(const Dataset& data, const EnsembleRecipe& recipe,
                                        const LearnerMap& learners, const SearchOptions& options,
                                        const TrainingContext& context);

}  // namespace learners
