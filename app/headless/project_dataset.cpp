#include "app/headless/project_dataset.h"

#include <algorithm>

#include "app/copies.h"
#include "app/headless/progress.h"

namespace app {

std::vector<Option> datasetOptions() {
  return {
      {"project", "FILE", "The project."},
      taskOption(),
      {"learners", "NAMES", "Learners in place of the task's, with commas between."},
      {"members",
       "WHICH",
       "best-effort: all learners serve; low-latency: the three fastest as measured.",
       "best-effort",
       {"best-effort", "low-latency"}},
      {"weighting",
       "HOW",
       "held-out: how sharply good learners are told from bad ones is chosen on held-out rows.",
       "given",
       {"given", "held-out"}},
      {"tails",
       "WHAT",
       "Of features with long tails: kept, drawn-in, or chosen on held-out rows.",
       "chosen",
       {"chosen", "kept", "drawn-in"}},
      {"emphasis",
       "HOW",
       "On features: even, by-label (those that tell labels apart count more), or chosen on "
       "held-out rows.",
       "chosen",
       {"chosen", "even", "by-label"}},
      {"augment", "N",
       "Learn from so many made-up copies of each example too: begun elsewhere, faster, stronger, "
       "in "
       "noise, worn otherwise. None is ever tested.",
       "0"},
      {"seed", "N", "Equal seeds give equal results.", "1"},
      {"reduction", "KIND",
       "Fewer numbers per row before the learners: none, pca, kpca_cosine or kpca_rbf.", "none"},
      {"components", "N", "--reduction: how many numbers are left.", "64"}};
}

base::Result<std::string> projectFile(const Arguments& arguments) {
  if (arguments.has("project") && arguments.positionals().empty()) return arguments.text("project");
  if (!arguments.has("project") && arguments.positionals().size() == 1) {
    return arguments.positionals()[0];
  }
  return base::invalid("name one project");
}

base::Result<ProjectDataset> buildDataset(const ProjectStore& store,
                                          const plugins::Registry& registry,
                                          const Arguments& arguments) {
  const auto task = taskAsked(store, arguments);
  if (!task) return task.error();
  ProjectDataset built;
  built.settings = *task;
  sensors::WindowSpec& window = built.settings.window;
  if (arguments.has("window")) {
    const auto length = arguments.number("window", 1e-3, 86400);
    if (!length) return length.error();
    window.length = window.hop = base::fromSeconds(*length);
  }
  if (arguments.has("hop")) {
    const auto hop = arguments.number("hop", 1e-3, 86400);
    if (!hop) return hop.error();
    window.hop = base::fromSeconds(*hop);
  }
  for (sensors::FrameSpec& frame : built.settings.frames) frame.window = window;

  const auto sources = store.sources();
  if (!sources) return sources.error();
  built.hasSound = std::any_of(sources->begin(), sources->end(), [](const auto& source) {
    return source.kind == sensors::SourceKind::Audio;
  });
  const auto recordings = store.recordings();
  if (!recordings) return recordings.error();
  for (const Recording& recording : *recordings) {
    if (recording.group.empty()) {
      built.groupNames[recording.id] =
          recording.name.empty() ? std::to_string(recording.id) : recording.name;
    } else {
      built.groupNames[recording.id] = recording.group;
    }
  }
  Progress progress;
  DatasetBuilder builder(store, registry, 0);
  auto data = builder.build(built.settings, {.stop = {}, .progress = [&](double done) {
                                               progress.show("features", done);
                                             }});
  if (!data) return data.error();
  built.data = std::move(*data);
  return built;
}

base::Result<Copies> copiesAsked(const Arguments& arguments) {
  const auto number = arguments.integer("augment", 0, kMostCopies);
  if (!number) return number.error();
  const auto seed = arguments.integer("seed", 0, INT64_MAX);
  if (!seed) return seed.error();
  return Copies{.number = static_cast<int>(*number), .seed = static_cast<std::uint64_t>(*seed)};
}

base::Result<learners::DatasetPtr> augmented(const learners::DatasetPtr& data,
                                             const ProjectDataset& built, const ProjectStore& store,
                                             const plugins::Registry& registry,
                                             const Copies& copies) {
  DatasetBuilder builder(store, registry, 0);
  return withCopies(data, copies.number, built.settings, builder, copies.seed);
}

base::Result<learners::EnsembleRecipe> recipeFor(const TaskSettings& settings,
                                                 const learners::LearnerMap& learners,
                                                 const Arguments& arguments) {
  learners::EnsembleRecipe recipe;
  recipe.learners = arguments.has("learners") ? arguments.list("learners") : settings.learners;
  std::string known;
  for (const auto& [id, learner] : learners) known += (known.empty() ? "" : ", ") + id;
  for (const std::string& id : recipe.learners) {
    if (!learners.contains(id)) {
      return base::invalid("there is no learner \"" + id + "\"; there are " + known);
    }
  }
  if (recipe.learners.empty()) return base::invalid("--learners names none; there are " + known);
  if (arguments.text("members") == "low-latency") {
    recipe.policy = learners::MemberPolicy::LowLatency;
  }
  if (arguments.text("weighting") == "held-out") {
    recipe.weighting = learners::Weighting::HeldOut;
  }
  if (arguments.text("tails") == "kept") recipe.tails = learners::Tails::Kept;
  if (arguments.text("tails") == "drawn-in") recipe.tails = learners::Tails::DrawnIn;
  if (arguments.text("emphasis") == "even") recipe.emphasis = learners::Emphasis::Even;
  if (arguments.text("emphasis") == "by-label") recipe.emphasis = learners::Emphasis::ByLabel;
  const auto seed = arguments.integer("seed", 0, INT64_MAX);
  if (!seed) return seed.error();
  recipe.seed = static_cast<std::uint64_t>(*seed);
  const auto reduction = learners::reductionKindFrom(arguments.text("reduction"));
  if (!reduction) return reduction.error();
  recipe.reduction.kind = *reduction;
  const auto components =
      arguments.integer("components", 1, static_cast<std::int64_t>(learners::kMostComponents));
  if (!components) return components.error();
  recipe.reduction.components = static_cast<std::size_t>(*components);
  return recipe;
}

}  // namespace app
