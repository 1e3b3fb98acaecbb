#include "app/headless/window_lengths.h"

#include <algorithm>

#include "learners/answers.h"
#include "learners/splits.h"

namespace app {
namespace {

constexpr double kLengths[] = {0.5, 1, 2, 3};  // of the task's
constexpr int kFolds = 4;
const std::vector<std::string> kAsked = {"knn", "ridge"};

TaskSettings withWindow(TaskSettings settings, double times) {
  sensors::WindowSpec& window = settings.window;
  window.length = base::fromSeconds(times * base::toSeconds(window.length));
  window.hop = std::min(window.hop, window.length);
  for (sensors::FrameSpec& frame : settings.frames) frame.window = window;
  return settings;
}

base::Result<learners::Interval> accuracyOf(DatasetBuilder& builder, const TaskSettings& settings,
                                            const std::set<std::int64_t>& only,
                                            const learners::LearnerMap& learners,
                                            const learners::TrainingContext& context) {
  BuildOptions options{.stop = context.stop, .progress = {}};
  options.only = only;
  const auto data = builder.build(settings, options);
  if (!data) return data.error();
  const auto folds = learners::demonstrationFolds(**data, kFolds, context.seed);
  if (folds.empty()) return base::invalid("no label has two examples to hold one of them out");
  const auto answers = learners::outOfFold(**data, folds, kAsked, learners, context);
  if (!answers) return answers.error();
  return learners::accuracyInterval(*answers);
}

}  // namespace

base::Result<std::vector<WindowScore>> compareWindows(DatasetBuilder& builder,
                                                      const TaskSettings& settings,
                                                      const std::set<std::int64_t>& only,
                                                      const learners::LearnerMap& learners,
                                                      const learners::TrainingContext& context) {
  std::vector<WindowScore> scores;
  for (const double times : kLengths) {
    const TaskSettings one = withWindow(settings, times);
    WindowScore score{.seconds = base::toSeconds(one.window.length)};
    const auto accuracy = accuracyOf(builder, one, only, learners, context);
    if (accuracy) {
      score.accuracy = *accuracy;
    } else if (accuracy.error().code == base::ErrorCode::InvalidArgument) {
      score.error = accuracy.error().message;  // too long for the examples, most likely
    } else {
      return accuracy.error();
    }
    scores.push_back(std::move(score));
    if (context.progress) {
      context.progress(static_cast<double>(scores.size()) / std::size(kLengths));
    }
  }
  return scores;
}

}  // namespace app
