#include <cstdio>

#include "app/headless/command.h"
#include "app/headless/progress.h"
#include "app/headless/project_dataset.h"
#include "app/training/trainer.h"
#include "plugins/host/built_in.h"

namespace app {
namespace {

const Usage& usage() {
  static const Usage kUsage{
      .command = "mimosactl train",
      .summary = "Train a project's task in this process and put the result into service.",
      .options = datasetOptions(),
      .positionals = "[PROJECT]",
      .leastPositionals = 0,
      .mostPositionals = 1};
  return kUsage;
}

/// Keeps the ensemble in the project as the newest deployment; returns its version.
base::Result<int> keep(ProjectStore& store, const learners::TrainedEnsemble& trained,
                       const learners::Dataset& data) {
  const auto former = store.deployments();
  if (!former) return former.error();
  const base::Bytes bytes = trained.ensemble->encode();
  const DeploymentRow row{.version = former->empty() ? 1 : former->back().version + 1,
                          .ensembleHash = trained.ensemble->hash(),
                          .datasetHash = data.hash(),
                          .reportJson = reportToJson(trained.report),
                          .since = base::SystemClock().now(),
                          .worker = {}};
  const auto done = store.inTransaction([&]() -> base::Result<void> {
    if (const auto put = store.putBlob(row.ensembleHash, bytes); !put) return put.error();
    const auto added = store.addDeployment(row);
    if (!added) return added.error();
    return {};
  });
  if (!done) return done.error();
  return row.version;
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
  const plugins::Registry registry = plugins::builtIn();
  std::error_code failed;
  if (!std::filesystem::exists(*file, failed)) {
    return base::Error{base::ErrorCode::NotFound, "there is no project " + *file};
  }
  auto store = ProjectStore::open(*file);
  if (!store) return store.error();
  const auto built = buildDataset(**store, registry, arguments);
  if (!built) return built.error();
  const auto recipe = recipeFor(built->settings, registry.learners, arguments);
  if (!recipe) return recipe.error();
  const auto trained = learners::trainEnsemble(*built->data, *recipe, registry.learners,
                                               {.seed = recipe->seed, .stop = {}, .progress = {}});
  if (!trained) return trained.error();
  const auto version = keep(**store, *trained, *built->data);
  if (!version) return version.error();
  print(*version, *trained, *built->data);
  return {};
}

}  // namespace

int trainCommand(const std::vector<std::string>& words) {
  return runWithArguments(usage(), words, runTrain);
}

}  // namespace app
