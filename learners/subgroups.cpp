#include "learners/subgroups.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <random>
#include <set>

#include "learners/matrix.h"
#include "learners/numbers.h"
#include "learners/standardizer.h"

namespace learners {
namespace {

constexpr double kFarBelow = 0.10;        // a group under the others
constexpr double kHiddenFarBelow = 0.15;  // a cluster under its label
constexpr double kZ999 = 3.290526731491896;
constexpr std::size_t kLeastUnits = 3;
constexpr std::size_t kMostRows = 4000;  // of one label; more say nothing new about its kinds
constexpr int kMostClusters = 4;
constexpr int kRounds = 25;

/// Accuracy of the answers at `indices`, by demonstrations.
Interval intervalOf(const Answers& answers, const std::vector<std::size_t>& indices, double z) {
  std::vector<std::uint8_t> right;
  std::vector<std::int64_t> unit;
  for (const std::size_t i : indices) {
    right.push_back(answers.right[i]);
    unit.push_back(answers.unit[i]);
  }
  return clusteredInterval(right, unit, z);
}

/// Rows in a table of their own, [count x features].
struct Table {
  std::size_t features = 0;
  std::vector<float> values;
  std::size_t rows() const { return values.size() / features; }
  const float* row(std::size_t i) const { return values.data() + i * features; }
};

/// k-means++ (Arthur and Vassilvitskii, SODA 2007), then Lloyd's rounds. The cluster of each row.
std::vector<int> clustersOf(const Table& table, int k, std::uint64_t seed) {
  const std::size_t rows = table.rows();
  const std::size_t features = table.features;
  std::mt19937_64 random(seed);
  std::vector<float> centres(k * features);
  std::vector<double> nearest(rows, std::numeric_limits<double>::max());
  std::size_t chosen = random() % rows;
  for (int c = 0; c < k; ++c) {
    std::copy_n(table.row(chosen), features, centres.data() + c * features);
    double sum = 0;
    for (std::size_t i = 0; i < rows; ++i) {
      const double d = squaredDistance(table.row(i), centres.data() + c * features, features);
      nearest[i] = std::min(nearest[i], d);
      sum += nearest[i];
    }
    double at = std::uniform_real_distribution<double>(0, sum)(random);
    for (chosen = 0; chosen + 1 < rows && (at -= nearest[chosen]) > 0;) ++chosen;
  }
  std::vector<int> cluster(rows, -1);
  for (int round = 0; round < kRounds; ++round) {
    bool moved = false;
    for (std::size_t i = 0; i < rows; ++i) {
      int best = 0;
      float least = std::numeric_limits<float>::max();
      for (int c = 0; c < k; ++c) {
        const float d = squaredDistance(table.row(i), centres.data() + c * features, features);
        if (d < least) {
          least = d;
          best = c;
        }
      }
      moved |= cluster[i] != best;
      cluster[i] = best;
    }
    if (!moved) break;
    std::vector<double> sum(k * features);
    std::vector<double> count(k);
    for (std::size_t i = 0; i < rows; ++i) {
      count[cluster[i]] += 1;
      for (std::size_t f = 0; f < features; ++f) sum[cluster[i] * features + f] += table.row(i)[f];
    }
    for (int c = 0; c < k; ++c) {
      if (count[c] == 0) continue;  // an empty cluster keeps its place
      for (std::size_t f = 0; f < features; ++f) {
        centres[c * features + f] = static_cast<float>(sum[c * features + f] / count[c]);
      }
    }
  }
  return cluster;
}

/// The features whose means differ most between `inside` and the other rows of the table.
std::vector<std::size_t> tellingFeatures(const Table& table, const std::vector<int>& cluster,
                                         int inside) {
  std::vector<double> difference(table.features);
  double in = 0;
  for (const int c : cluster) in += c == inside ? 1 : 0;
  const double out = static_cast<double>(cluster.size()) - in;
  for (std::size_t i = 0; i < cluster.size(); ++i) {
    const double weight = cluster[i] == inside ? 1 / in : -1 / std::max(out, 1.0);
    for (std::size_t f = 0; f < table.features; ++f) difference[f] += weight * table.row(i)[f];
  }
  std::vector<std::size_t> order(table.features);
  for (std::size_t f = 0; f < order.size(); ++f) order[f] = f;
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return std::abs(difference[a]) > std::abs(difference[b]);
  });
  order.resize(std::min<std::size_t>(order.size(), 3));
  return order;
}

/// One cluster as a finding, where it is one.
std::optional<HiddenSubgroup> finding(const Answers& answers, const std::vector<std::size_t>& asked,
                                      const Table& table, const std::vector<int>& cluster, int c) {
  std::vector<std::size_t> inside;
  std::vector<std::size_t> outside;
  for (std::size_t i = 0; i < asked.size(); ++i) {
    (cluster[i] == c ? inside : outside).push_back(asked[i]);
  }
  std::set<std::int64_t> units;
  for (const std::size_t i : inside) units.insert(answers.unit[i]);
  if (units.size() < kLeastUnits || outside.empty()) return std::nullopt;
  const double others = intervalOf(answers, outside, kZ95).value;
  const Interval strict = intervalOf(answers, inside, kZ999);
  if (strict.high >= others || strict.value > others - kHiddenFarBelow) return std::nullopt;
  HiddenSubgroup made{.label = answers.label[inside.front()],
                      .accuracy = intervalOf(answers, inside, kZ95),
                      .others = others,
                      .units = {units.begin(), units.end()}};
  std::map<int, std::size_t> wrong;
  for (const std::size_t i : inside) {
    if (answers.right[i] == 0) ++wrong[answers.said[i]];
    made.rows.push_back(answers.row[i]);
  }
  for (const auto& [label, count] : wrong) {
    if (made.saidInstead < 0 || count > wrong[made.saidInstead]) made.saidInstead = label;
  }
  made.features = tellingFeatures(table, cluster, c);
  std::sort(made.rows.begin(), made.rows.end());
  return made;
}

bool shareMostRows(const HiddenSubgroup& a, const HiddenSubgroup& b) {
  std::vector<std::size_t> both;
  std::set_intersection(a.rows.begin(), a.rows.end(), b.rows.begin(), b.rows.end(),
                        std::back_inserter(both));
  return 2 * both.size() > std::min(a.rows.size(), b.rows.size());
}

}  // namespace

std::vector<GroupScore> scoreGroups(const Answers& answers) {
  std::map<std::int64_t, std::vector<std::size_t>> rows;
  double hits = 0;
  for (std::size_t i = 0; i < answers.rows(); ++i) {
    rows[answers.group[i]].push_back(i);
    hits += answers.right[i];
  }
  std::vector<GroupScore> made;
  for (const auto& [group, own] : rows) {
    GroupScore score{.group = group, .accuracy = intervalOf(answers, own, kZ95)};
    const auto n = static_cast<double>(own.size());
    const double rest = static_cast<double>(answers.rows()) - n;
    score.others = rest > 0 ? (hits - score.accuracy.value * n) / rest : score.accuracy.value;
    score.weak =
        score.accuracy.high < score.others && score.accuracy.value <= score.others - kFarBelow;
    made.push_back(score);
  }
  std::stable_sort(made.begin(), made.end(), [](const GroupScore& a, const GroupScore& b) {
    return a.accuracy.value < b.accuracy.value;
  });
  return made;
}

std::vector<HiddenSubgroup> hiddenSubgroups(const Dataset& data, const Answers& answers,
                                            std::uint64_t seed) {
  std::vector<HiddenSubgroup> found;
  if (answers.rows() == 0) return found;
  const Standardizer standardizer = Standardizer::fit(data);
  for (int label = 0; label < static_cast<int>(answers.labels); ++label) {
    std::vector<std::size_t> asked;
    for (std::size_t i = 0; i < answers.rows(); ++i) {
      if (answers.label[i] == label) asked.push_back(i);
    }
    std::mt19937_64 random(seedOf(seed, label));
    std::shuffle(asked.begin(), asked.end(), random);
    asked.resize(std::min(asked.size(), kMostRows));
    if (asked.size() < 4 * kLeastUnits) continue;
    Table table{.features = data.features(), .values = {}};
    table.values.resize(asked.size() * table.features);
    for (std::size_t i = 0; i < asked.size(); ++i) {
      const std::size_t row = answers.row[asked[i]];
      standardizer.apply(data.row(row), data.missing(row),
                         std::span(table.values).subspan(i * table.features, table.features));
    }
    for (int k = 2; k <= kMostClusters; ++k) {
      const auto cluster = clustersOf(table, k, seedOf(seed, 100 * label + k));
      for (int c = 0; c < k; ++c) {
        auto one = finding(answers, asked, table, cluster, c);
        if (one) found.push_back(std::move(*one));
      }
    }
  }
  std::stable_sort(found.begin(), found.end(), [](const auto& a, const auto& b) {
    return a.others - a.accuracy.value > b.others - b.accuracy.value;
  });
  std::vector<HiddenSubgroup> kept;
  for (HiddenSubgroup& one : found) {
    const bool known = std::any_of(kept.begin(), kept.end(),
                                   [&](const auto& other) { return shareMostRows(one, other); });
    if (!known) kept.push_back(std::move(one));
  }
  return kept;
}

}  // namespace learners
