// Prints how long an ensemble takes to train and to answer, at two sizes of a home's tasks.

#include <cstdio>
#include <ctime>

#include "learners/adaptation.h"
#include "learners/evaluation.h"
#include "learners/search.h"
#include "tests/support/blobs.h"
#include "tests/support/every_learner.h"

namespace {

void measure(int labels, int groups, int rowsPerGroup, int features) {
  const support::Blobs shape{.labels = labels,
                             .features = features,
                             .groups = groups,
                             .rowsPerGroup = rowsPerGroup,
                             .distance = 5,
                             .drift = 0.3,
                             .background = true};
  auto fresh = shape;
  fresh.seed = 2;
  const auto train = support::blobs(shape);
  const auto test = support::blobs(fresh);
  const std::clock_t begin = std::clock();
  const auto trained = learners::trainEnsemble(*train, {}, support::everyLearner(), {});
  if (!trained) {
    std::printf("%s\n", trained.error().message.c_str());
    return;
  }
  const double busy = static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
  const auto made = learners::evaluate(*trained, *train, *test);
  std::printf(
      "%zu x %d, %d labels: first model %.3f s, ensemble %.3f s (%.3f s of processor), accuracy "
      "%.3f\n",
      train->rows(), features, labels, trained->report.firstModelSeconds,
      trained->report.trainSeconds, busy, made.accuracy);
  std::printf("  one row p50 %.4f ms, p99 %.4f ms; batch %.0f rows/s\n", made.latencyMsP50,
              made.latencyMsP99, made.batchPerSecond);
  for (const auto& learner : made.learners) {
    std::printf("  %-14s fit %.4f s, one row %.4f ms, accuracy %.3f\n", learner.learner.c_str(),
                learner.fitSeconds, learner.latencyMsP50, learner.accuracy);
  }
  for (const auto& join : trained->report.joins) {
    std::printf("  %-14s joined after %.3f s: held-out accuracy %.3f, was %.3f\n",
                join.learner.c_str(), join.seconds, static_cast<double>(join.after),
                static_cast<double>(join.before));
  }
  if (made.twoStage) {
    std::printf("  two stages %.4f ms, one stage %.4f ms on average\n",
                made.twoStage->latencyMsMean, made.twoStage->oneStageLatencyMsMean);
  }
}

/// How long a correction takes: one more demonstration of the last label.
void measureAdaptation(int labels, int groups, int rowsPerGroup, int features) {
  auto content = support::blobContent({.labels = labels,
                                       .features = features,
                                       .groups = groups,
                                       .rowsPerGroup = rowsPerGroup,
                                       .distance = 5,
                                       .drift = 0.3,
                                       .background = true});
  const auto former =
      learners::trainEnsemble(*support::made(content), {}, support::everyLearner(), {});
  if (!former) return;
  const auto rows = static_cast<std::ptrdiff_t>(rowsPerGroup);
  const std::vector<float> last(content.values.end() - rows * features, content.values.end());
  content.values.insert(content.values.end(), last.begin(), last.end());
  for (int r = 0; r < rowsPerGroup; ++r) {
    content.label.push_back(labels - 1);
    content.group.push_back(1'000'000);
    content.unit.push_back(1'000'000);
  }
  const auto data = support::made(std::move(content));
  const auto adapted =
      learners::adaptEnsemble(*former, *data, {1'000'000}, {}, support::everyLearner(), {});
  if (!adapted) {
    std::printf("%s\n", adapted.error().message.c_str());
    return;
  }
  const double seconds = adapted->trained.report.trainSeconds;
  std::printf("correction of %zu rows x %d in %d demonstrations: %.3f s, %.0f %% of a training\n",
              data->rows(), features, labels * groups + 1, seconds,
              100 * seconds / former->report.trainSeconds);
}

/// All learners with search, as a person would ask for it.
void measureSearch(int labels, int groups, int rowsPerGroup, int features, double budget) {
  const auto data = support::blobs({.labels = labels,
                                    .features = features,
                                    .groups = groups,
                                    .rowsPerGroup = rowsPerGroup,
                                    .distance = 5,
                                    .drift = 0.3});
  const auto found =
      learners::searchRecipe(*data, {}, support::everyLearner(), {.budgetSeconds = budget}, {});
  if (!found) return;
  const auto trained = learners::trainEnsemble(*data, found->recipe, support::everyLearner(), {});
  if (!trained) return;
  std::printf("%zu x %d with search: %.2f s of search, %.2f s of training\n", data->rows(),
              features, found->seconds, trained->report.trainSeconds);
  for (const auto& [id, result] : found->results) {
    std::printf("  %-14s %zu trials%s\n", id.c_str(), result.trials.size(),
                result.complete ? "" : ", budget over");
  }
}

}  // namespace

int main() {
  measure(6, 12, 11, 561);             // 792 rows
  measure(5, 10, 8, 330);              // 400 rows
  measure(3, 5, 4, 330);               // 60 rows
  measureAdaptation(5, 200, 1, 330);   // 1000 demonstrations
  measureAdaptation(5, 200, 5, 100);   // the same of several windows
  measureSearch(10, 50, 10, 561, 30);  // 5000 rows
  return 0;
}
