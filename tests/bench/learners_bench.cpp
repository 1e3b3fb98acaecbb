// Prints how long an ensemble takes to train and to answer, at two sizes of a home's tasks.

#include <cstdio>
#include <ctime>

#include "learners/evaluation.h"
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
  if (made.twoStage) {
    std::printf("  two stages %.4f ms, one stage %.4f ms on average\n",
                made.twoStage->latencyMsMean, made.twoStage->oneStageLatencyMsMean);
  }
}

}  // namespace

int main() {
  measure(6, 12, 11, 561);  // 792 rows
  measure(5, 10, 8, 330);   // 400 rows
  measure(3, 5, 4, 330);    // 60 rows
  return 0;
}
