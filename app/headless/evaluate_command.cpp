#include <cstdio>

#include "app/headless/checks.h"
#include "app/headless/command.h"
#include "app/headless/evaluation_report.h"
#include "app/headless/extra_measures.h"
#include "app/headless/feature_folder.h"
#include "app/headless/parts.h"
#include "app/headless/progress.h"
#include "app/headless/project_dataset.h"
#include "app/headless/split_plan.h"

namespace app {
namespace {

constexpr std::size_t kMostListed = 5;

Usage makeEvaluateUsage() {
  Usage usage{.command = "mimosactl evaluate",
              .summary = "Train on one part of a project's examples and ask about the other.",
              .options = datasetOptions(),
              .positionals = "[PROJECT]",
              .leastPositionals = 0,
              .mostPositionals = 1};
  const std::vector<Option> more = {
      {"json", "", "Print one JSON object instead of a table."},
      {"window", "SECONDS", "Window length in place of the task's."},
      {"hop", "SECONDS", "From one window's begin to the next one's, in place of the task's."},
      {"by",
       "WHAT",
       "What a split keeps whole; given: the tags train and test; later: the last third of each "
       "example is asked about, which says nothing of other people. Without it: given, fold or "
       "recording, as the project allows.",
       "",
       {"recording", "group", "fold", "given", "later"}},
      {"test-groups", "NAMES", "--by group: the groups asked about, with commas between."},
      {"test-last", "N", "--by group: the last so many groups in order."},
      {"background", "LABEL", "Label that counts as background, for two-stage serving."},
      {"leave-one-label-out", "", "Say too how often labels nobody showed are noticed."},
      {"smooth", "STEADINESS",
       "Replay in the order of time, and say what smoothing changes; 0 is quick, 1 steady."},
      {"four-way", "", "Compare with reduction, with search, and with both."},
      {"features", "DIR",
       "Evaluate X_train.npy, y_train.npy, X_test.npy, y_test.npy (and "
       "group_train.npy) in DIR instead of a project."}};
  usage.options.insert(usage.options.end(), more.begin(), more.end());
  const auto search = searchOptionsDeclared();
  usage.options.insert(usage.options.end(), search.begin(), search.end());
  const auto checks = checkOptions();
  usage.options.insert(usage.options.end(), checks.begin(), checks.end());
  return usage;
}

base::Result<SplitOptions> splitOptions(const Arguments& arguments, std::uint64_t seed) {
  SplitOptions options{.testGroups = arguments.list("test-groups"), .seed = seed};
  const std::string by = arguments.text("by");
  if (by == "recording") options.by = SplitBy::Recording;
  if (by == "group") options.by = SplitBy::Group;
  if (by == "fold") options.by = SplitBy::Fold;
  if (by == "given") options.by = SplitBy::Given;
  if (by == "later") options.by = SplitBy::Later;
  const bool names = arguments.has("test-groups") || arguments.has("test-last");
  if (names && options.by != SplitBy::Group) {
    return base::invalid("--test-groups and --test-last belong to --by group");
  }
  if (arguments.has("test-last")) {
    const auto last = arguments.integer("test-last", 1, 1'000'000);
    if (!last) return last.error();
    options.testLast = static_cast<std::size_t>(*last);
  }
  return options;
}

/// The same rows with the label called `name` as their background.
base::Result<learners::DatasetPtr> withBackground(const learners::DatasetPtr& data,
                                                  const std::string& name) {
  learners::DatasetContent content = data->content();
  bool found = false;
  for (learners::Label& label : content.labels) {
    label.background = label.name == name;
    found |= label.background;
  }
  if (!found) return base::invalid("there are no examples of the label \"" + name + "\"");
  return learners::Dataset::make(std::move(content));
}

/// An evaluation, and what else was asked for, by key.
struct Measured {
  learners::Evaluation evaluation;
  nlohmann::json extras = nlohmann::json::object();
};

base::Result<Measured> evaluateOne(const learners::Dataset& train, const learners::Dataset& test,
                                   learners::EnsembleRecipe recipe,
                                   const learners::LearnerMap& learners,
                                   const Arguments& arguments) {
  const learners::TrainingContext context{.seed = recipe.seed, .stop = {}, .progress = {}};
  const auto search = searchOptionsFrom(arguments, recipe.seed);
  if (!search) return search.error();
  Measured made;
  auto found = learners::searchRecipe(train, recipe, learners, *search, context);
  if (!found) return found.error();
  if (search->method != learners::SearchMethod::None) {
    made.extras["training"]["search_seconds"] = found->seconds;
    for (const auto& [id, result] : found->results) {
      made.extras["training"]["trials"][id] = result.trials.size();
    }
  }
  const auto trained = learners::trainEnsemble(train, found->recipe, learners, context);
  if (!trained) return trained.error();
  made.extras["training"]["held_out_accuracy"] = trained->report.accuracy;
  made.extras["training"]["first_model_seconds"] = trained->report.firstModelSeconds;
  made.extras["training"]["temperature"] = trained->report.temperature;
  made.extras["training"]["pooling"] = learners::toText(trained->report.pooling);
  made.extras["training"]["tails"] =
      trained->report.tails == learners::Tails::DrawnIn ? "drawn-in" : "kept";
  made.extras["training"]["emphasis"] =
      trained->report.emphasis == learners::Emphasis::ByLabel ? "by-label" : "even";
  made.evaluation = learners::evaluate(*trained, train, test);
  if (arguments.has("leave-one-label-out")) {
    auto novelty = measureOpenWorld(train, test, recipe);
    if (!novelty) return novelty.error();
    made.extras["novelty"] = std::move(*novelty);
  }
  if (arguments.has("smooth")) {
    const auto steadiness = arguments.number("smooth", 0, 1);
    if (!steadiness) return steadiness.error();
    made.extras["smoothing"] = measureSmoothing(*trained->ensemble, train, test, *steadiness);
  }
  if (arguments.has("four-way")) {
    auto ways = measureFourWays(train, test, recipe, learners, *search);
    if (!ways) return ways.error();
    made.extras["four_way"] = std::move(*ways);
  }
  return made;
}

/// `details` explain the score of `evaluation`; `extras` are what else was asked for.
void print(const learners::Evaluation& evaluation, const std::vector<FoldEvaluation>& folds,
           const Report& details, ReportOptions options, const nlohmann::json& extras,
           const Arguments& arguments) {
  options.twoStage = arguments.has("background");
  options.peakMemoryMb = peakMemoryMb();
  Report report{.json = evaluationToJson(evaluation, folds, options),
                .text = evaluationToText(evaluation, folds, options)};
  report.add(details);
  report.json.update(extras);
  for (const char* key : {"novelty", "smoothing", "four_way"}) {
    if (extras.contains(key)) report.text += std::string(key) + ": " + extras[key].dump(1) + "\n";
  }
  print(report, arguments);
}

void warnOfLeaks(const std::vector<std::string>& groups, const std::string& split) {
  if (groups.empty()) return;
  std::string names;
  for (std::size_t i = 0; i < std::min(groups.size(), kMostListed); ++i) {
    names += (names.empty() ? "" : ", ") + groups[i];
  }
  if (groups.size() > kMostListed) names += ", ...";
  std::fprintf(stderr,
               "mimosactl evaluate: warning: split %s is not fair: %zu groups are on both sides "
               "(%s), so the figures are better than the truth\n",
               split.c_str(), groups.size(), names.c_str());
}

base::Result<void> evaluateFeatures(const Arguments& arguments, const plugins::Registry& registry) {
  if (arguments.has("task")) return base::invalid("--task belongs to a project, not to --features");
  auto parts = readFeatureFolder(arguments.text("features"));
  if (!parts) return parts.error();
  const auto recipe = recipeFor({}, registry.learners, arguments);
  if (!recipe) return recipe.error();
  if (arguments.has("background")) {
    for (learners::DatasetPtr* part : {&parts->train, &parts->test}) {
      auto marked = withBackground(*part, arguments.text("background"));
      if (!marked) return marked.error();
      *part = std::move(*marked);
    }
  }
  const auto measured =
      evaluateOne(*parts->train, *parts->test, *recipe, registry.learners, arguments);
  if (!measured) return measured.error();
  print(measured->evaluation, {},
        explainScore(measured->evaluation.answers, *parts->test, {}, recipe->seed), {},
        measured->extras, arguments);
  return {};
}

base::Result<void> evaluateProject(const Arguments& arguments, const plugins::Registry& registry) {
  const auto file = projectFile(arguments);
  if (!file) return file.error();
  std::error_code failed;
  if (!std::filesystem::exists(*file, failed)) {
    return base::Error{base::ErrorCode::NotFound, "there is no project " + *file};
  }
  auto store = ProjectStore::open(*file, OpenMode::ReadOnly);
  if (!store) return store.error();
  auto built = buildDataset(**store, registry, arguments);
  if (!built) return built.error();
  const auto recipe = recipeFor(built->settings, registry.learners, arguments);
  if (!recipe) return recipe.error();
  if (arguments.has("background")) {
    auto marked = withBackground(built->data, arguments.text("background"));
    if (!marked) return marked.error();
    built->data = std::move(*marked);
  }
  const auto copies = copiesAsked(arguments);
  if (!copies) return copies.error();
  const auto options = splitOptions(arguments, recipe->seed);
  if (!options) return options.error();
  const auto splits = planSplits(*built->data, built->groupNames, *options);
  if (!splits) return splits.error();

  const auto names = ExampleNames::read(**store);
  if (!names) return names.error();
  if (wantsChecks(arguments)) {
    const auto report = runChecks(**store, registry, *built, *splits, *names, *recipe, arguments);
    if (!report) return report.error();
    print(*report, arguments);
    return {};
  }

  Progress progress;
  learners::Answers answers;
  learners::DatasetPtr asked = built->data;
  std::vector<FoldEvaluation> folds;
  std::vector<learners::Evaluation> evaluations;
  nlohmann::json extras;  // of the first fold
  for (const NamedSplit& named : *splits) {
    progress.show("training",
                  static_cast<double>(folds.size()) / static_cast<double>(splits->size()));
    warnOfLeaks(leakingGroups(*built->data, built->groupNames, named.split), named.name);
    const auto train =
        augmented(built->data->subset(named.split.train), *built, **store, registry, *copies);
    if (!train) return train.error();
    const auto test = built->data->subset(named.split.test);
    if (splits->size() == 1) asked = built->data = nullptr;  // one copy of the rows is enough
    const auto measured = evaluateOne(**train, *test, *recipe, registry.learners, arguments);
    if (!measured) return measured.error();
    learners::append(answers, measured->evaluation.answers,
                     asked ? std::span(named.split.test) : std::span<const std::size_t>());
    if (!asked) asked = test;
    if (folds.empty()) extras = measured->extras;
    folds.push_back({named.name, measured->evaluation});
    evaluations.push_back(measured->evaluation);
  }
  const learners::Evaluation mean =
      evaluations.size() == 1 ? evaluations.front() : learners::meanOf(evaluations);
  print(mean, folds, explainScore(answers, *asked, *names, recipe->seed),
        {.clips = built->hasSound}, extras, arguments);
  return {};
}

}  // namespace

int evaluateCommand(const std::vector<std::string>& words) {
  return runWithArguments(makeEvaluateUsage(), words, [](const Arguments& arguments) {
    const plugins::Registry registry = allParts();
    return arguments.has("features") ? evaluateFeatures(arguments, registry)
                                     : evaluateProject(arguments, registry);
  });
}

}  // namespace app
