#include "learners/comparison.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <random>
#include <set>

namespace learners {
namespace {

constexpr int kBootstraps = 2000;

/// Chance of at most min(a, b) heads in a + b throws of a fair coin, both sides.
double exactMcNemar(std::size_t a, std::size_t b) {
  const auto n = static_cast<double>(a + b);
  double sum = 0;
  for (std::size_t k = 0; k <= std::min(a, b); ++k) {
    const auto x = static_cast<double>(k);
    sum += std::exp(std::lgamma(n + 1) - std::lgamma(x + 1) - std::lgamma(n - x + 1) -
                    n * std::log(2.0));
  }
  return std::min(1.0, 2 * sum);
}

using Key = std::pair<std::int64_t, std::string>;

std::map<Key, bool> byKey(const std::vector<UnitOutcome>& outcomes) {
  std::map<Key, bool> made;
  for (const UnitOutcome& one : outcomes) made[{one.unit, one.label}] = one.right;
  return made;
}

/// A group's demonstrations of each label, divided in two.
struct Halves {
  std::set<std::int64_t> first;
  std::set<std::int64_t> second;
};

std::optional<Halves> halvesOf(const Dataset& data, std::int64_t group) {
  std::map<int, std::set<std::int64_t>> units;
  for (std::size_t i = 0; i < data.rows(); ++i) {
    if (data.content().group[i] == group) units[data.label(i)].insert(data.content().unit[i]);
  }
  Halves halves;
  int several = 0;
  for (const auto& [label, own] : units) {
    if (own.size() > 1) ++several;
    bool toFirst = label % 2 == 0;  // odd ones out are spread
    for (const std::int64_t unit : own) {
      (toFirst ? halves.first : halves.second).insert(unit);
      toFirst = !toFirst;
    }
  }
  if (several < 2) return std::nullopt;
  return halves;
}

}  // namespace

base::Result<PairedComparison> comparePaired(const std::vector<UnitOutcome>& a,
                                             const std::vector<UnitOutcome>& b,
                                             std::uint64_t seed) {
  const auto ofA = byKey(a);
  const auto ofB = byKey(b);
  const auto sameKey = [](const auto& x, const auto& y) { return x.first == y.first; };
  if (ofA.empty() || ofA.size() != ofB.size() ||
      !std::equal(ofA.begin(), ofA.end(), ofB.begin(), sameKey)) {
    std::size_t common = 0;
    for (const auto& [key, right] : ofA) common += ofB.contains(key) ? 1 : 0;
    return base::invalid("the two were not asked about the same examples (" +
                         std::to_string(ofA.size()) + " and " + std::to_string(ofB.size()) + ", " +
                         std::to_string(common) + " in common), so they cannot be compared");
  }
  PairedComparison made{.units = ofA.size()};
  std::vector<int> differences;
  std::size_t rightA = 0;
  for (auto x = ofA.begin(), y = ofB.begin(); x != ofA.end(); ++x, ++y) {
    if (x->second) ++rightA;
    if (x->second && !y->second) ++made.onlyA;
    if (!x->second && y->second) ++made.onlyB;
    differences.push_back((y->second ? 1 : 0) - (x->second ? 1 : 0));
  }
  const auto n = static_cast<double>(made.units);
  made.accuracyA = static_cast<double>(rightA) / n;
  made.difference = (static_cast<double>(made.onlyB) - static_cast<double>(made.onlyA)) / n;
  made.accuracyB = made.accuracyA + made.difference;
  made.chance = exactMcNemar(made.onlyA, made.onlyB);
  std::mt19937_64 random(seed);
  std::vector<double> drawn;
  for (int round = 0; round < kBootstraps; ++round) {
    double sum = 0;
    for (std::size_t i = 0; i < differences.size(); ++i) {
      sum += differences[random() % differences.size()];
    }
    drawn.push_back(sum / n);
  }
  std::sort(drawn.begin(), drawn.end());
  made.low = drawn[kBootstraps / 40];
  made.high = drawn[kBootstraps - 1 - kBootstraps / 40];
  return made;
}

std::vector<UnitOutcome> outcomesOf(const Answers& answers, const std::vector<Label>& labels) {
  std::vector<UnitOutcome> made;
  for (const UnitAnswer& unit : unitAnswers(answers)) {
    made.push_back({.unit = unit.unit, .label = labels[unit.label].name, .right = unit.right()});
  }
  return made;
}

base::Result<std::vector<PersonalScore>> personalVariants(const Dataset& data,
                                                          const std::vector<std::string>& ids,
                                                          const LearnerMap& learners,
                                                          const TrainingContext& context) {
  const DatasetContent& content = data.content();
  const std::set<std::int64_t> groups(content.group.begin(), content.group.end());
  std::vector<PersonalScore> made;
  for (const std::int64_t group : groups) {
    const auto halves = halvesOf(data, group);
    if (!halves) continue;
    Split base;
    Split first;
    Split second;
    std::set<int> labels;
    for (std::size_t i = 0; i < data.rows(); ++i) {
      if (content.group[i] != group) {
        labels.insert(data.label(i));
        for (Split* split : {&base, &first, &second}) split->train.push_back(i);
        continue;
      }
      base.test.push_back(i);
      const bool inFirst = halves->first.contains(content.unit[i]);
      (inFirst ? first.test : first.train).push_back(i);
      (inFirst ? second.train : second.test).push_back(i);
    }
    if (labels.size() < 2 || first.test.empty() || second.test.empty()) continue;
    const auto without = outOfFold(data, {base}, ids, learners, context);
    if (!without) return without.error();
    const auto with = outOfFold(data, {first, second}, ids, learners, context);
    if (!with) return with.error();
    const auto comparison = comparePaired(outcomesOf(*without, content.labels),
                                          outcomesOf(*with, content.labels), context.seed);
    if (!comparison) return comparison.error();
    made.push_back({.group = group, .comparison = *comparison});
  }
  std::stable_sort(made.begin(), made.end(), [](const PersonalScore& x, const PersonalScore& y) {
    return x.comparison.accuracyA < y.comparison.accuracyA;
  });
  return made;
}

}  // namespace learners
