#include "learners/preparation_choice.h"

#include <algorithm>
#include <cmath>

#include "learners/jobs.h"
#include "learners/learner.h"
#include "learners/numbers.h"

namespace learners {
namespace {

constexpr std::size_t kMostTrained = 1500;  // rows of a fold; enough to tell two ways apart
constexpr std::size_t kMostAsked = 500;
constexpr float kSmallest = 1e-4F;
constexpr double kWorthIt = 0.97;
/// Fewer were chosen by a person, each for a reason, and not taken because they might help.
constexpr std::size_t kManyFeatures = 50;

std::vector<std::size_t> spread(const std::vector<std::size_t>& rows, std::size_t most) {
  if (rows.size() <= most) return rows;
  std::vector<std::size_t> few;
  for (std::size_t i = 0; i < most; ++i) few.push_back(rows[i * rows.size() / most]);
  return few;
}

/// Mean negative log likelihood of the fold's held-out rows; nothing where a learner refuses.
std::optional<double> surprise(const Dataset& data, const Split& split, const Preparation& how,
                               const TrainingContext& context) {
  const auto fold = prepareFold(data, split, how, 0);
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

/// The ways the recipe leaves open, the plainest first.
std::vector<Preparation> waysOf(const EnsembleRecipe& recipe, std::size_t features) {
  std::vector<Preparation> ways;
  const bool isOpen = !recipe.emphasis && features >= kManyFeatures;
  for (const Emphasis emphasis : {Emphasis::Even, Emphasis::ByLabel}) {
    for (const Tails tails : {Tails::Kept, Tails::DrawnIn}) {
      if (!isOpen && recipe.emphasis.value_or(Emphasis::Even) != emphasis) continue;
      if (recipe.tails.value_or(tails) != tails) continue;
      ways.push_back({.tails = tails, .emphasis = emphasis});
    }
  }
  return ways;
}

}  // namespace

Preparation choosePreparation(const Dataset& data, const EnsembleRecipe& recipe,
                              const HeldOutPlan& plan, const std::stop_token& stop) {
  const auto ways = waysOf(recipe, data.features());
  const std::size_t folds = plan.folds.size();
  std::vector<std::optional<double>> loss(ways.size() * folds);
  std::vector<std::function<void()>> jobs;
  for (std::size_t f = 0; f < folds && ways.size() > 1; ++f) {
    const Split split{.train = spread(plan.folds[f].train, kMostTrained),
                      .test = spread(plan.folds[f].test, kMostAsked)};
    for (std::size_t way = 0; way < ways.size(); ++way) {
      jobs.push_back([&data, &loss, &ways, folds, f, way, split, stop] {
        loss[way * folds + f] = surprise(data, split, ways[way], {.seed = 1, .stop = stop});
      });
    }
  }
  runAll(jobs);
  std::vector<double> sum(ways.size());
  for (std::size_t f = 0; f < folds; ++f) {
    const auto of = [&](std::size_t way) { return loss[way * folds + f]; };
    bool all = true;
    for (std::size_t way = 0; way < ways.size(); ++way) all = all && of(way).has_value();
    for (std::size_t way = 0; way < ways.size() && all; ++way) sum[way] += *of(way);
  }
  auto best = std::min_element(sum.begin(), sum.end());
  if (!(*best < kWorthIt * sum.front())) best = sum.begin();
  Preparation chosen = ways[static_cast<std::size_t>(best - sum.begin())];
  chosen.reduction = recipe.reduction;
  return chosen;
}

Preparation preparationOf(const Dataset& data, const EnsembleRecipe& recipe,
                          const std::stop_token& stop) {
  const auto plan = planHeldOut(data, recipe.folds, recipe.manyRows, seedOf(recipe.seed, 2));
  return choosePreparation(data, recipe, plan, stop);
}

}  // namespace learners
