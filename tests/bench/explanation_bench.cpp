// Prints how long the explanation of one answer takes: 1000 demonstrations of 400 features, all
// learners as members. It is to stay below half a second.

#include <algorithm>
#include <chrono>
#include <cstdio>

#include "learners/ensemble_training.h"
#include "learners/explanation.h"
#include "tests/support/blobs.h"
#include "tests/support/every_learner.h"

int main() {
  const auto data = support::blobs({.labels = 10,
                                    .features = 400,
                                    .groups = 100,
                                    .rowsPerGroup = 1,
                                    .distance = 5,
                                    .drift = 0.3,
                                    .background = true});
  const learners::LearnerMap learners = support::everyLearner();
  learners::EnsembleRecipe recipe;
  const auto trained = learners::trainEnsemble(*data, recipe, learners, {});
  if (!trained) {
    std::printf("%s\n", trained.error().message.c_str());
    return 1;
  }
  using Clock = std::chrono::steady_clock;
  using Milliseconds = std::chrono::duration<double, std::milli>;
  const auto begin = Clock::now();
  const learners::Explainer explainer(trained->ensemble, data);
  const Milliseconds prepared = Clock::now() - begin;
  std::vector<double> times;
  for (std::size_t i = 0; i < 20; ++i) {
    const auto asked = Clock::now();
    const auto made = explainer.explain(data->row(i * 50), {}, {.except = {}});
    times.push_back(Milliseconds(Clock::now() - asked).count());
  }
  std::sort(times.begin(), times.end());
  std::printf(
      "%zu rows x %zu, %zu members, %zu families: prepared in %.1f ms, explained in %.1f ms "
      "(median), %.1f ms (longest)\n",
      data->rows(), data->features(), trained->ensemble->content().members.size(),
      explainer.families().size(), prepared.count(), times[times.size() / 2], times.back());
  return 0;
}
