#include "learners/tail_choice.h"

#include <algorithm>
#include <cmath>
#include <mutex>

#include "learners/jobs.h"
#include "learners/learner.h"
#include "learners/numbers.h"

namespace learners {
namespace {

constexpr std::size_t kMostTrained = 3000;  // rows of a fold; enough to tell two ways apart
constexpr std::size_t kMostAsked = 1000;
constexpr float kSmallest = 1e-4F;
constexpr double kWorthIt = 0.97;

std::vector<std::size_t> spread(const std::vector<std::size_t>& rows, std::size_t most) {
  if (rows.size() <= most) return rows;
  std::vector<std::size_t> few;
  for (std::size_t i = 0; i < most; ++i) few.push_back(rows[i * rows.size() / most]);
  return few;
}

/// Mean negative log likelihood of the fold's held-out rows; nothing where a learner refuses.
std::optional<double> surprise(const Dataset& data, const Split& split, Tails tails,
                               const TrainingContext& context) {
  const auto fold = prepareFold(data, split, {.tails = tails}, 0);
  if (!fold || split.test.empty()) return std::nullopt;
  const std::size_t labels = data.labelCount();
  std::vector<float> p(split.test.size() * labels);
  double loss = 0;
  for (const LearnerPtr& learner : {makeKnn(), makeRidge()}) {
    const auto model = learner->train(*fold->train, base::Params(learner->paramSpecs()), context);
    if (!model) return std::nullopt;
    (*model)->predictBatch(fold->test, p);
    for (std::size_t i = 0; i < split.test.size(); ++i) {
      loss -= std::log(std::max(p[i * labels + data.label(split.test[i])], kSmallest));
    }
  }
  return loss / static_cast<double>(split.test.size());
}

}  // namespace

Tails chooseTails(const Dataset& data, const HeldOutPlan& plan, const std::stop_token& stop) {
  constexpr Tails kWays[] = {Tails::Kept, Tails::DrawnIn};
  std::vector<std::optional<double>> loss(2 * plan.folds.size());
  std::vector<std::function<void()>> jobs;
  for (std::size_t f = 0; f < plan.folds.size(); ++f) {
    const Split split{.train = spread(plan.folds[f].train, kMostTrained),
                      .test = spread(plan.folds[f].test, kMostAsked)};
    for (std::size_t way = 0; way < 2; ++way) {
      jobs.push_back([&data, &loss, f, way, split, stop, tails = kWays[way]] {
        loss[2 * f + way] = surprise(data, split, tails, {.seed = 1, .stop = stop});
      });
    }
  }
  runAll(jobs);
  double kept = 0;
  double drawnIn = 0;
  for (std::size_t f = 0; f < plan.folds.size(); ++f) {
    if (!loss[2 * f] || !loss[2 * f + 1]) continue;
    kept += *loss[2 * f];
    drawnIn += *loss[2 * f + 1];
  }
  return drawnIn < kWorthIt * kept ? Tails::DrawnIn : Tails::Kept;
}

Preparation preparationOf(const Dataset& data, const EnsembleRecipe& recipe,
                          const std::stop_token& stop) {
  if (recipe.tails) return {.tails = *recipe.tails, .reduction = recipe.reduction};
  const auto plan = planHeldOut(data, recipe.folds, recipe.manyRows, seedOf(recipe.seed, 2));
  return {.tails = chooseTails(data, plan, stop), .reduction = recipe.reduction};
}

}  // namespace learners
