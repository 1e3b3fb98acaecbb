#include "app/headless/checks.h"

#include <algorithm>
#include <set>

#include "app/headless/progress.h"

namespace app {
namespace {

constexpr int kCheckFolds = 4;
constexpr const char* kCurveLearner = "knn";  // hundreds of trainings: the cheapest

/// What every check is given.
struct Ground {
  const ProjectStore& store;
  const plugins::Registry& registry;
  const TaskSettings& settings;
  const learners::Dataset& data;
  const std::vector<learners::Split>& splits;
  const ExampleNames& names;
  const learners::EnsembleRecipe& recipe;
  const learners::LearnerMap& learners;

  learners::TrainingContext context() const {
    return {.seed = recipe.seed, .stop = {}, .progress = {}};
  }
};

base::Result<Report> leaks(const Ground& ground) {
  const auto found = learners::checkLeaks(ground.data, ground.splits, {.seed = ground.recipe.seed});
  if (!found) return found.error();
  return toReport(*found, ground.names);
}

base::Result<Report> labels(const Ground& ground) {
  // Every example is asked about, whatever the split of the scores.
  const auto answers = learners::outOfFold(
      ground.data, learners::demonstrationFolds(ground.data, kCheckFolds, ground.recipe.seed),
      ground.recipe.learners, ground.learners, ground.context());
  if (!answers) return answers.error();
  return toReport(learners::checkLabels(ground.data, *answers), ground.data.content().labels,
                  ground.names);
}

base::Result<Report> curve(const Ground& ground) {
  Progress progress;
  auto context = ground.context();
  context.progress = [&](double done) { progress.show("learning curve", done); };
  const auto made =
      learners::learningCurve(ground.data, ground.splits, ground.learners.at(kCurveLearner),
                              {.seed = ground.recipe.seed}, context);
  if (!made) return made.error();
  return toReport(*made, ground.data.content().labels);
}

base::Result<Report> personal(const Ground& ground) {
  const auto scores = learners::personalVariants(ground.data, ground.recipe.learners,
                                                 ground.learners, ground.context());
  if (!scores) return scores.error();
  return toReport(*scores, ground.names);
}

base::Result<Report> preview(const Ground& ground) {
  const auto made = learners::previewAccuracy(ground.data, ground.learners,
                                              {.seed = ground.recipe.seed}, ground.context());
  if (!made) return made.error();
  return toReport(*made);
}

base::Result<Report> otherHouses(const Ground& ground) {
  Progress progress;
  auto context = ground.context();
  const auto trained =
      learners::trainEnsemble(ground.data, ground.recipe, ground.learners, context);
  if (!trained) return trained.error();
  const auto exam =
      learners::prepareExam(ground.data, *trained->ensemble, ground.learners, context);
  if (!exam) return exam.error();
  const auto sources = ground.store.sources();
  if (!sources) return sources.error();
  context.progress = [&](double done) { progress.show("other houses", done); };
  DatasetBuilder builder(ground.store, ground.registry, 0);
  const auto made = whatIf(builder, ground.settings, *sources, *exam, ground.data, context,
                           {.seed = ground.recipe.seed});
  if (!made) return made.error();
  return toReport(*made, ground.data.content().labels);
}

base::Result<Report> windowLengths(const Ground& ground) {
  Progress progress;
  auto context = ground.context();
  context.progress = [&](double done) { progress.show("window lengths", done); };
  std::set<std::int64_t> only;
  if (ground.splits.size() == 1) {
    for (const std::size_t row : ground.splits.front().train) {
      only.insert(ground.data.content().unit[row]);
    }
  }
  DatasetBuilder builder(ground.store, ground.registry, 0);
  const auto scores = compareWindows(builder, ground.settings, only, ground.learners, context);
  if (!scores) return scores.error();
  return toReport(*scores);
}

struct Check {
  const char* option;
  const char* help;
  base::Result<Report> (*run)(const Ground& ground);
};

constexpr Check kChecks[] = {
    {"check-leaks",
     "In place of the scores: what a random split would flatter, and copies across the split.",
     leaks},
    {"check-labels", "In place of the scores: the examples that may carry a wrong label.", labels},
    {"learning-curve", "In place of the scores: what more examples would bring.", curve},
    {"personal", "In place of the scores: what it brings each group to be learnt from itself.",
     personal},
    {"preview", "In place of the scores: a quick guess of them, with its interval.", preview},
    {"what-if",
     "In place of the scores: what noise, distance, another room, less light, lost samples or a "
     "lost sensor would leave of each label.",
     otherHouses},
    {"window-lengths",
     "In place of the scores: how well windows half to three times as long tell labels apart, on "
     "examples held out of those that are learnt from.",
     windowLengths}};

}  // namespace

std::vector<Option> checkOptions() {
  std::vector<Option> options;
  for (const Check& check : kChecks) {
    options.push_back({.name = check.option, .value = "", .help = check.help});
  }
  return options;
}

bool wantsChecks(const Arguments& arguments) {
  return std::any_of(std::begin(kChecks), std::end(kChecks),
                     [&](const Check& check) { return arguments.has(check.option); });
}

base::Result<Report> runChecks(const ProjectStore& store, const plugins::Registry& registry,
                               const ProjectDataset& built, const std::vector<NamedSplit>& splits,
                               const ExampleNames& names, const learners::EnsembleRecipe& recipe,
                               const Arguments& arguments) {
  std::vector<learners::Split> plain;
  for (const NamedSplit& one : splits) plain.push_back(one.split);
  const Ground ground{.store = store,
                      .registry = registry,
                      .settings = built.settings,
                      .data = *built.data,
                      .splits = plain,
                      .names = names,
                      .recipe = recipe,
                      .learners = registry.learners};
  Report report;
  for (const Check& check : kChecks) {
    if (!arguments.has(check.option)) continue;
    const auto one = check.run(ground);
    if (!one) return one.error();
    report.add(*one);
  }
  return report;
}

}  // namespace app
