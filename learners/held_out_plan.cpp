#include "learners/held_out_plan.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <set>

#include "learners/coverage.h"
#include "learners/ensemble_math.h"
#include "learners/held_out.h"
#include "learners/numbers.h"

namespace learners {
namespace {

constexpr int kHoldoutFolds = 5;  // one of these is the single holdout of large datasets
constexpr int kFoldsOfSome = 3;   // above half as many rows
constexpr std::array kTemperatures = {0.01F, 0.02F, 0.05F, 0.1F, 0.2F, 0.5F, 1.0F};

using UnitName = std::pair<std::int64_t, int>;  // an import may reuse a number for another label

UnitName unitOf(const Dataset& data, std::size_t row) {
  return {data.content().unit[row], data.label(row)};
}

std::set<int> labelsOf(const Dataset& data, std::span<const std::size_t> rows) {
  std::set<int> labels;
  for (const std::size_t i : rows) labels.insert(data.label(i));
  return labels;
}

/// At most `most` of `rows`, evenly spread.
std::vector<std::size_t> thinned(std::vector<std::size_t> rows, std::size_t most) {
  if (rows.size() <= most) return rows;
  for (std::size_t i = 0; i < most; ++i) rows[i] = rows[i * rows.size() / most];
  rows.resize(most);
  return rows;
}

std::vector<float> pooled(Pooling pooling, std::span<const std::span<const float>> members,
                          std::span<const float> weights, std::size_t rows, std::size_t labels) {
  std::vector<float> out(rows * labels);
  std::vector<float> p(members.size() * labels);
  for (std::size_t i = 0; i < rows; ++i) {
    for (std::size_t m = 0; m < members.size(); ++m) {
      std::copy_n(members[m].data() + i * labels, labels, p.data() + m * labels);
    }
    pool(pooling, p, weights, std::span(out).subspan(i * labels, labels));
  }
  return out;
}

}  // namespace

HeldOutPlan planHeldOut(const Dataset& data, int folds, std::size_t manyRows, std::uint64_t seed) {
  const bool many = data.rows() > manyRows;
  const int wanted = many                           ? kHoldoutFolds
                     : data.rows() > manyRows / 2 ? std::min(folds, kFoldsOfSome)
                                                    : folds;
  auto splits = demonstrationFolds(data, std::max(2, wanted), seed);
  const auto& group = data.content().group;
  const std::set<std::int64_t> recordings(group.begin(), group.end());
  if (many && recordings.size() < kFewRecordings) {
    for (Split& split : splits) split.train = thinned(std::move(split.train), manyRows / 2);
  } else if (many && splits.size() > 1) {
    const auto best =
        std::max_element(splits.begin(), splits.end(), [&](const Split& a, const Split& b) {
          return labelsOf(data, a.test).size() < labelsOf(data, b.test).size();
        });
    splits = {std::move(*best)};
  }
  HeldOutPlan plan;
  plan.place.assign(data.rows(), SIZE_MAX);
  for (Split& split : splits) {
    if (split.test.empty() || labelsOf(data, split.train).size() < 2) continue;
    plan.rows.insert(plan.rows.end(), split.test.begin(), split.test.end());
    plan.folds.push_back(std::move(split));
  }
  std::sort(plan.rows.begin(), plan.rows.end());
  std::map<UnitName, int> perUnit;
  for (std::size_t i = 0; i < plan.rows.size(); ++i) {
    plan.place[plan.rows[i]] = i;
    plan.label.push_back(data.label(plan.rows[i]));
    ++perUnit[unitOf(data, plan.rows[i])];
  }
  double squares = 0;
  for (const std::size_t row : plan.rows) {
    const int rows = perUnit[unitOf(data, row)];
    plan.weight.push_back(1 / static_cast<float>(rows));
    squares += rows;  // n_u rows of n_u each
  }
  std::set<std::int64_t> held;
  for (const std::size_t row : plan.rows) held.insert(group[row]);
  plan.recordings = held.size();
  const auto all = static_cast<double>(plan.rows.size());
  if (squares > 0) plan.independent = all * all / squares;
  return plan;
}

float temperatureFor(const HeldOutPlan& plan, float asked) {
  const auto most = static_cast<float>(kFewRecordings);
  const auto recordings = static_cast<float>(std::max<std::size_t>(1, plan.recordings));
  return std::max(asked, 1e-3F) * std::max(1.0F, most / recordings);
}

bool everyLabelWasHeldOut(const Dataset& data, const HeldOutPlan& plan) {
  struct Seen {
    std::set<std::int64_t> units;
    std::set<std::int64_t> groups;
    bool tested = false;
  };
  std::map<int, Seen> labels;
  for (std::size_t i = 0; i < data.rows(); ++i) {
    Seen& seen = labels[data.label(i)];
    seen.units.insert(data.content().unit[i]);
    seen.groups.insert(data.content().group[i]);
    seen.tested = seen.tested || plan.place[i] != SIZE_MAX;
  }
  bool any = false;
  for (const auto& [label, seen] : labels) {
    if (seen.units.size() < 2 && seen.groups.size() < 2) continue;
    if (seen.groups.size() < 2 || !seen.tested) return false;
    any = true;
  }
  return any;
}

float accuracyOf(const HeldOutPlan& plan, std::span<const float> p, std::size_t labels) {
  if (plan.rows.empty()) return 1 / static_cast<float>(labels);
  std::size_t right = 0;
  for (std::size_t i = 0; i < plan.rows.size(); ++i) {
    if (largest(p.subspan(i * labels, labels)) == plan.label[i]) ++right;
  }
  return static_cast<float>(right) / static_cast<float>(plan.rows.size());
}

HeldOutScore scoreHeldOut(const Dataset& data, const HeldOutPlan& plan,
                          std::span<const std::span<const float>> members,
                          std::span<const float> weights, Pooling pooling) {
  const std::size_t labels = data.labelCount();
  HeldOutScore score;
  score.p = pooled(pooling, members, weights, plan.rows.size(), labels);
  if (plan.rows.empty()) return score;
  score.accuracy = accuracyOf(plan, score.p, labels);
  struct Unit {
    std::vector<double> sum;
    int rows = 0;
  };
  std::map<UnitName, Unit> units;
  for (std::size_t i = 0; i < plan.rows.size(); ++i) {
    Unit& unit = units[unitOf(data, plan.rows[i])];
    unit.sum.resize(labels);
    for (std::size_t c = 0; c < labels; ++c) unit.sum[c] += score.p[i * labels + c];
    ++unit.rows;
  }
  for (const auto& [name, unit] : units) {
    const auto top = std::max_element(unit.sum.begin(), unit.sum.end()) - unit.sum.begin();
    score.units.push_back(
        {.unit = name.first, .label = name.second, .right = top == name.second, .rows = unit.rows});
  }
  return score;
}

Pooling choosePooling(const HeldOutPlan& plan, std::span<const std::span<const float>> members,
                      std::span<const float> weights, std::size_t labels) {
  Pooling best = Pooling::Arithmetic;
  if (plan.rows.empty() || members.size() < 2) return best;
  double bestLoss = INFINITY;
  for (const Pooling pooling : {Pooling::Arithmetic, Pooling::Root, Pooling::Geometric}) {
    auto p = pooled(pooling, members, weights, plan.rows.size(), labels);
    const auto calibration = Calibration::fit(p, plan.label, labels, plan.independent);
    double loss = 0;
    for (std::size_t i = 0; i < plan.rows.size(); ++i) {
      const auto own = std::span(p).subspan(i * labels, labels);
      calibration.apply(own);
      loss -= std::log(static_cast<double>(std::max(own[plan.label[i]], 1e-7F)));
    }
    if (loss < bestLoss) {
      bestLoss = loss;
      best = pooling;
    }
  }
  return best;
}

float chooseTemperature(const HeldOutPlan& plan, std::span<const std::span<const float>> members,
                        std::span<const float> accuracies, std::size_t labels, float otherwise) {
  if (plan.rows.empty()) return otherwise;
  float best = otherwise;
  double bestLoss = INFINITY;
  for (const float temperature : kTemperatures) {
    const auto weights = memberWeights(accuracies, temperature);
    const auto p = pooled(Pooling::Arithmetic, members, weights, plan.rows.size(), labels);
    double loss = 0;
    for (std::size_t i = 0; i < plan.rows.size(); ++i) {
      const double own = std::max(p[i * labels + plan.label[i]], 1e-7F);
      loss -= static_cast<double>(plan.weight[i]) * std::log(own);
    }
    if (loss < bestLoss) {
      bestLoss = loss;
      best = temperature;
    }
  }
  return best;
}

std::vector<float> limitsOf(const Calibration& calibration, const HeldOutPlan& plan,
                            const HeldOutScore& score, float promise) {
  if (plan.rows.empty() || !(promise > 0) || !calibration.isFitted()) return {};
  const std::size_t labels = score.p.size() / plan.rows.size();
  std::vector<float> certainty;
  std::vector<std::uint8_t> right;
  std::vector<int> said;
  std::vector<float> p(labels);
  for (std::size_t i = 0; i < plan.rows.size(); ++i) {
    const auto own = std::span(score.p).subspan(i * labels, labels);
    std::copy(own.begin(), own.end(), p.begin());
    said.push_back(largest(p));
    calibration.apply(p);
    certainty.push_back(p[said.back()]);
    right.push_back(said.back() == plan.label[i] ? 1 : 0);
  }
  return limitsFor(promise, certainty, right, said, labels);
}

}  // namespace learners
