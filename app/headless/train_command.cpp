#include <algorithm>
#include <cstdio>
#include <mutex>
#include <nlohmann/json.hpp>
#include <set>

#include "app/edits.h"
#include "app/headless/command.h"
#include "app/headless/extra_measures.h"
#include "app/headless/parts.h"
#include "app/headless/progress.h"
#include "app/headless/project_dataset.h"
#include "app/teaching.h"
#include "app/training/checkpoint_folder.h"
#include "app/training/trainer.h"

namespace app {
namespace {

Usage makeTrainUsage() {
  Usage usage{.command = "mimosactl train",
              .summary = "Train a project's task in this process and put the result into service.",
              .options = datasetOptions(),
              .positionals = "[PROJECT]",
              .leastPositionals = 0,
              .mostPositionals = 1};
  const auto search = searchOptionsDeclared();
  usage.options.insert(usage.options.end(), search.begin(), search.end());
  usage.options.push_back(
      {"checkpoints", "DIR", "Keep finished parts in DIR, and go on from those that are there."});
  return usage;
}

/// Names what was learnt from as a session does, so that one opened later knows this model.
base::Result<std::string> fingerprintOf(ProjectStore& store, TaskId id, const base::Clock& clock) {
  const auto task = store.task(id);
  if (!task) return task.error();
  sensors::SourceTable sources;
  sensors::Tape tape;
  Recorder recorder(store, sources, tape, clock, [] {});
  return Teaching(store, recorder, clock, id).fingerprint(*task);
}

/// Keeps the ensemble in the project as the newest deployment, as Lessons reads it, and how copies
/// were made up; returns its version.
base::Result<int> keep(ProjectStore& store, const learners::TrainedEnsemble& trained,
                       const ProjectDataset& built, const Copies& copies) {
  const base::SystemClock clock;
  const auto former = store.deployments();
  if (!former) return former.error();
  int version = 1;
  for (const DeploymentRow& row : *former) {
    if (row.task == built.settings.id) version = std::max(version, row.version + 1);
  }
  const auto sources = store.sources();
  if (!sources) return sources.error();
  const auto fingerprint = fingerprintOf(store, built.settings.id, clock);
  if (!fingerprint) return fingerprint.error();
  const std::set<std::int64_t> examples(built.data->content().unit.begin(),
                                        built.data->content().unit.end());
  TaskSettings framing;
  framing.frames = frameSpecsFor(built.settings, *sources);
  nlohmann::json report = {{"report", nlohmann::json::parse(reportToJson(trained.report))},
                           {"fingerprint", *fingerprint},
                           {"task", toJson(framing)},
                           {"examples", examples.size()}};
  if (copies.number > 0) report["copies"] = {{"number", copies.number}, {"seed", copies.seed}};
  const DeploymentRow row{.task = built.settings.id,
                          .version = version,
                          .ensembleHash = trained.ensemble->hash(),
                          .datasetHash = built.data->hash(),
                          .reportJson = report.dump(),
                          .since = clock.now(),
                          .worker = "this computer"};
  const base::Bytes bytes = trained.ensemble->encode();
  const auto done = store.inTransaction([&]() -> base::Result<void> {
    if (const auto put = store.putBlob(row.ensembleHash, bytes); !put) return put.error();
    const auto added = store.addDeployment(row);
    if (!added) return added.error();
    return {};
  });
  if (!done) return done.error();
  return version;
}

void print(int version, const learners::TrainedEnsemble& trained, const learners::Dataset& data) {
  const learners::EnsembleReport& report = trained.report;
  std::printf("Model %d: %zu labels, %zu rows of %zu features, %.2f s\n", version,
              data.labelCount(), data.rows(), data.features(), report.trainSeconds);
  if (report.heldOut) {
    std::printf("right on examples it had not seen: %.1f %%\n",
                100 * static_cast<double>(report.accuracy));
  } else {
    std::printf("not yet tested: each label needs examples from two recordings\n");
  }
  for (const learners::MemberReport& member : report.members) {
    std::printf("  %-16s %5.1f %%  %8.2f s\n", member.learner.c_str(),
                100 * static_cast<double>(member.heldOutAccuracy), member.fitSeconds);
  }
}

base::Result<void> runTrain(const Arguments& arguments) {
  const auto file = projectFile(arguments);
  if (!file) return file.error();
  const plugins::Registry registry = allParts();
  std::error_code failed;
  if (!std::filesystem::exists(*file, failed)) {
    return base::Error{base::ErrorCode::NotFound, "there is no project " + *file};
  }
  auto store = ProjectStore::open(*file);
  if (!store) return store.error();
  auto built = buildDataset(**store, registry, arguments);
  if (!built) return built.error();
  const auto copies = copiesAsked(arguments);
  if (!copies) return copies.error();
  auto copied = augmented(built->data, *built, **store, registry, *copies);
  if (!copied) return copied.error();
  built->data = std::move(*copied);
  const auto recipe = recipeFor(built->settings, registry.learners, arguments);
  if (!recipe) return recipe.error();
  const auto search = searchOptionsFrom(arguments, recipe->seed);
  if (!search) return search.error();
  Progress progress;
  std::mutex shown;
  const learners::TrainingContext context{
      .seed = recipe->seed, .stop = {}, .progress = [&](double done) {
        const std::lock_guard lock(shown);
        progress.show("training", done);
      }};
  const auto found =
      learners::searchRecipe(*built->data, *recipe, registry.learners, *search, context);
  if (!found) return found.error();
  CheckpointFolder checkpoints(arguments.text("checkpoints"));
  const auto trained = learners::trainEnsemble(*built->data, found->recipe, registry.learners,
                                               context, {}, checkpoints.sink());
  if (!trained) return trained.error();
  checkpoints.done();
  const auto version = keep(**store, *trained, *built, *copies);
  if (!version) return version.error();
  print(*version, *trained, *built->data);
  return {};
}

}  // namespace

int trainCommand(const std::vector<std::string>& words) {
  return runWithArguments(makeTrainUsage(), words, runTrain);
}

}  // namespace app
