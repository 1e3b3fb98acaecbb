#include <algorithm>
#include <chrono>
#include <cstdio>

#include "app/headless/command.h"
#include "app/headless/explanation_report.h"
#include "app/headless/model_card.h"
#include "app/headless/parts.h"
#include "app/headless/project_dataset.h"

namespace app {
namespace {

constexpr std::size_t kWindowsAround = 5;  // on either side of the moment

Usage makeExplainUsage() {
  return {.command = "mimosactl explain",
          .summary = "Say why a project's model says what it says about a moment of a recording.",
          .options = {{"project", "FILE", "The project."},
                      taskOption(),
                      {"recording", "ID", "Number or name of the recording."},
                      {"at", "SECONDS", "The moment, from the recording's begin.", "0"},
                      {"model", "VERSION", "A former model in place of the newest."},
                      {"json", "", "Print one JSON object instead of sentences."}},
          .positionals = "[PROJECT]",
          .leastPositionals = 0,
          .mostPositionals = 1};
}

base::Result<learners::EnsemblePtr> modelOf(const ProjectStore& store,
                                            const plugins::Registry& registry,
                                            const Arguments& arguments) {
  std::optional<int> version;
  if (arguments.has("model")) {
    const auto wanted = arguments.integer("model", 1, 1'000'000);
    if (!wanted) return wanted.error();
    version = static_cast<int>(*wanted);
  }
  const auto task = taskAsked(store, arguments);
  if (!task) return task.error();
  const auto row = deploymentOf(store, task->id, version);
  if (!row) return row.error();
  const auto bytes = store.blob(row->ensembleHash);
  if (!bytes) return bytes.error();
  return learners::Ensemble::decode(*bytes, registry.learners);
}

base::Result<Recording> recordingOf(const ProjectStore& store, const std::string& wanted) {
  const auto recordings = store.recordings();
  if (!recordings) return recordings.error();
  for (const Recording& one : *recordings) {
    if (std::to_string(one.id) == wanted || one.name == wanted) return one;
  }
  return base::Error{base::ErrorCode::NotFound, "there is no recording \"" + wanted + "\""};
}

/// The frames around `center` as rows.
base::Result<learners::DatasetPtr> around(const std::vector<sensors::FramePtr>& frames,
                                          std::size_t centre, const learners::Dataset& train) {
  learners::DatasetContent content;
  content.layout = train.content().layout;
  content.labels = train.content().labels;
  const std::size_t begin = centre - std::min(centre, kWindowsAround);
  const std::size_t end = std::min(frames.size(), centre + kWindowsAround + 1);
  for (std::size_t i = begin; i < end; ++i) {
    const sensors::Frame& frame = *frames[i];
    content.values.insert(content.values.end(), frame.values.begin(), frame.values.end());
    content.missing.insert(content.missing.end(), frame.missing.begin(), frame.missing.end());
    content.missing.resize(content.values.size());
    content.span.push_back(frame.span);
    content.label.push_back(0);
    content.group.push_back(0);
    content.unit.push_back(0);
  }
  return learners::Dataset::make(std::move(content));
}

/// The frame whose middle is nearest to `moment`.
std::size_t frameAt(const std::vector<sensors::FramePtr>& frames, base::Time moment) {
  const auto off = [&](const sensors::FramePtr& frame) {
    return std::abs((frame->span.begin + frame->span.length() / 2 - moment).count());
  };
  return static_cast<std::size_t>(
      std::min_element(frames.begin(), frames.end(),
                       [&](const auto& a, const auto& b) { return off(a) < off(b); }) -
      frames.begin());
}

base::Result<void> runExplain(const Arguments& arguments) {
  const auto file = projectFile(arguments);
  if (!file) return file.error();
  if (!arguments.has("recording")) return base::invalid("name a recording with --recording");
  std::error_code failed;
  if (!std::filesystem::exists(*file, failed)) {
    return base::Error{base::ErrorCode::NotFound, "there is no project " + *file};
  }
  const plugins::Registry registry = allParts();
  const auto store = ProjectStore::open(*file, OpenMode::ReadOnly);
  if (!store) return store.error();
  const auto recording = recordingOf(**store, arguments.text("recording"));
  if (!recording) return recording.error();
  const auto at = arguments.number("at", 0, 1e9);
  if (!at) return at.error();
  const auto ensemble = modelOf(**store, registry, arguments);
  if (!ensemble) return ensemble.error();
  const auto built = buildDataset(**store, registry, arguments);
  if (!built) return built.error();
  const learners::DatasetPtr& train = built->data;
  if ((*ensemble)->schema() != train->content().layout.hash() ||
      (*ensemble)->labels().size() != train->labelCount()) {
    return base::invalid("the model was trained on other features or labels; train it again");
  }
  const auto names = ExampleNames::read(**store);
  if (!names) return names.error();
  const auto frames = DatasetBuilder(**store, registry, 0).frames(built->settings, *recording);
  if (!frames) return frames.error();
  if (frames->empty()) return base::invalid("the recording is shorter than the task's window");
  const std::size_t centre = frameAt(*frames, recording->span.begin + base::fromSeconds(*at));
  const sensors::Frame& frame = *(*frames)[centre];

  const learners::Explainer explainer(*ensemble, train);
  ExplainedMoment moment{.begin = recording->span.begin};
  learners::Explainer::Options options;
  const auto examples = (*store)->demonstrations();
  if (!examples) return examples.error();
  for (const learners::Demonstration& example : *examples) {
    if (example.recording == recording->id && example.span.overlaps(frame.span)) {
      options.except.insert(example.id);
      moment.wasLearntFrom |= example.enabled;
    }
  }
  const auto began = std::chrono::steady_clock::now();
  moment.explanation = explainer.explain(frame.values, frame.missing, options);
  const auto stretch = around(*frames, centre, *train);
  if (!stretch) return stretch.error();
  if (moment.explanation.said.label >= 0) {
    moment.windows = learners::spanShares(**ensemble, **stretch, moment.explanation.said.label);
  }
  moment.milliseconds =
      std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - began).count();
  print(toReport(moment, explainer, train->content().labels, *names), arguments);
  return {};
}

}  // namespace

int explainCommand(const std::vector<std::string>& words) {
  return runWithArguments(makeExplainUsage(), words, runExplain);
}

}  // namespace app
