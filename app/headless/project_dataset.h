#pragma once
// What train and evaluate have in common: the project they are told of, its dataset, the recipe.

#include <map>
#include <memory>
#include <string>

#include "app/dataset_builder.h"
#include "app/headless/arguments.h"
#include "app/headless/task_choice.h"
#include "learners/ensemble_training.h"

namespace app {

/// A project's examples as a dataset.
struct ProjectDataset {
  TaskSettings settings;
  learners::DatasetPtr data;
  std::map<std::int64_t, std::string> groupNames;  ///< of the dataset's group numbers
  bool hasSound = false;                           ///< one of the task's sources is sound
};

/// The options both commands declare: project, task, learners, augment, seed, reduction ...
std::vector<Option> datasetOptions();

/// The project's file: the positional, or --project. Errors: InvalidArgument where neither is
/// given.
base::Result<std::string> projectFile(const Arguments& arguments);

/// Builds the dataset of the task --task names by its settings and what `arguments` say otherwise
/// (--window, --hop). Shows progress on standard error. Errors: as DatasetBuilder and taskAsked();
/// InvalidArgument.
base::Result<ProjectDataset> buildDataset(const ProjectStore& store,
                                          const plugins::Registry& registry,
                                          const Arguments& arguments);

/// How many made-up copies of each example are learnt from, and what they are made by.
struct Copies {
  int number = 0;
  std::uint64_t seed = 1;
};
inline constexpr int kMostCopies = 20;
/// What --augment and --seed say. Errors: InvalidArgument.
base::Result<Copies> copiesAsked(const Arguments& arguments);

/// `data`, a part of `built`, with its copies. Errors: as withCopies().
base::Result<learners::DatasetPtr> augmented(const learners::DatasetPtr& data,
                                             const ProjectDataset& built, const ProjectStore& store,
                                             const plugins::Registry& registry,
                                             const Copies& copies);

/// The recipe of `settings` and what `arguments` say otherwise (--learners, --members, --weighting,
/// --tails, --emphasis, --seed, --reduction, --components). Errors: InvalidArgument naming an
/// unknown learner or reduction and those there are.
base::Result<learners::EnsembleRecipe> recipeFor(const TaskSettings& settings,
                                                 const learners::LearnerMap& learners,
                                                 const Arguments& arguments);

}  // namespace app
