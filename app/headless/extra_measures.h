#pragma once
// What evaluate can measure besides accuracy: whether labels nobody showed are noticed, what
// smoothing costs and gains, and what reduction and search are worth.

#include <nlohmann/json.hpp>

#include "app/headless/arguments.h"
#include "learners/search.h"

namespace app {

/// --search, --budget.
std::vector<Option> searchOptionsDeclared();
/// Errors: InvalidArgument.
base::Result<learners::SearchOptions> searchOptionsFrom(const Arguments& arguments,
                                                        std::uint64_t seed);

/// Leave-one-label-out: for each label of `train` but the background, learns what is familiar from
/// the others and asks about `test`. {flagged, false_flags, flagged_stretch, false_flags_stretch,
/// stretch_seconds, per_label: {name: {flagged, false_flags, stretch: {flagged, false_flags},
/// rows}}}: shares of windows of the left-out label, and of all others, that are called new, by
/// themselves and with the seconds before them (where spans are known); means over labels.
/// Errors: as prepareRows().
base::Result<nlohmann::json> measureOpenWorld(const learners::Dataset& train,
                                              const learners::Dataset& test,
                                              const learners::EnsembleRecipe& recipe);

/// Replays `test` recording by recording in the order of time. {transitions, steadiness, raw:
/// {accuracy, flicker_per_minute}, smooth: {...}, flicker_reduction}.
nlohmann::json measureSmoothing(const learners::Ensemble& ensemble, const learners::Dataset& train,
                                const learners::Dataset& test, double steadiness);

/// {baseline, reduction, search, both}, each {accuracy, train_seconds, latency_ms_p50,
/// search_seconds} (MLIoT section 6.2.2). Errors: as training.
base::Result<nlohmann::json> measureFourWays(const learners::Dataset& train,
                                             const learners::Dataset& test,
                                             const learners::EnsembleRecipe& recipe,
                                             const learners::LearnerMap& learners,
                                             learners::SearchOptions search);

}  // namespace app
