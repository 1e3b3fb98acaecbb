#pragma once
// Checks: what evaluate can tell about a project's examples in place of a score.

#include "app/headless/project_dataset.h"
#include "app/headless/score_report.h"
#include "app/headless/split_plan.h"

namespace app {

/// The flags that ask for one check each: --check-leaks, --check-labels, --learning-curve,
/// --personal, --preview, --what-if, --window-lengths.
std::vector<Option> checkOptions();
bool wantsChecks(const Arguments& arguments);

/// All checks `arguments` ask for, as one report. Shows progress on standard error.
/// Errors: those of the checks.
base::Result<Report> runChecks(const ProjectStore& store, const plugins::Registry& registry,
                               const ProjectDataset& built, const std::vector<NamedSplit>& splits,
                               const ExampleNames& names, const learners::EnsembleRecipe& recipe,
                               const Arguments& arguments);

}  // namespace app
