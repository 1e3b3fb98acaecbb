#include "learners/skew.h"

#include <algorithm>
#include <cmath>

namespace learners {

namespace {

constexpr double kChance = 1.95;  ///< c(0.001) of the Kolmogorov distribution

struct Column {
  std::vector<float> sorted;
  double missing = 0;
};

Column columnOf(const FeatureRows& rows, std::size_t features, std::size_t feature) {
  Column column;
  const std::size_t n = rows.values.size() / features;
  for (std::size_t row = 0; row < n; ++row) {
    const std::size_t at = row * features + feature;
    if (rows.missing.empty() || rows.missing[at] == 0) column.sorted.push_back(rows.values[at]);
  }
  std::sort(column.sorted.begin(), column.sorted.end());
  column.missing = 1 - static_cast<double>(column.sorted.size()) / static_cast<double>(n);
  return column;
}

double medianOf(const std::vector<float>& sorted) {
  if (sorted.empty()) return 0;
  const std::size_t half = sorted.size() / 2;
  const double upper = static_cast<double>(sorted[half]);
  return sorted.size() % 2 == 1 ? upper : (static_cast<double>(sorted[half - 1]) + upper) / 2;
}

double kolmogorovDistance(const std::vector<float>& a, const std::vector<float>& b) {
  if (a.empty() || b.empty()) return 0;
  double distance = 0;
  std::size_t i = 0;
  std::size_t j = 0;
  while (i < a.size() && j < b.size()) {
    const float at = std::min(a[i], b[j]);
    while (i < a.size() && a[i] == at) ++i;
    while (j < b.size() && b[j] == at) ++j;
    distance = std::max(distance, std::abs(static_cast<double>(i) / static_cast<double>(a.size()) -
                                           static_cast<double>(j) / static_cast<double>(b.size())));
  }
  return distance;
}

/// What chance may give: 1 where one side has no number at all.
double chanceOf(double n, double m) { return n > 0 && m > 0 ? kChance * std::sqrt((n + m) / (n * m)) : 1; }

}  // namespace

std::vector<FeatureSkew> worstSkew(const std::vector<sensors::Feature>& features,
                                   const FeatureRows& trained, const FeatureRows& now,
                                   std::size_t most) {
  std::vector<FeatureSkew> all;
  if (features.empty() || trained.values.empty() || now.values.empty()) return all;
  const double rowsThen = static_cast<double>(trained.values.size() / features.size());
  const double rowsNow = static_cast<double>(now.values.size() / features.size());
  for (std::size_t f = 0; f < features.size(); ++f) {
    const Column then = columnOf(trained, features.size(), f);
    const Column is = columnOf(now, features.size(), f);
    const double shape = kolmogorovDistance(then.sorted, is.sorted);
    const double gone = std::abs(is.missing - then.missing);
    const double chance = chanceOf(static_cast<double>(then.sorted.size()),
                                   static_cast<double>(is.sorted.size()));
    all.push_back({.name = features[f].name,
                   .distance = std::max(shape, gone),
                   .trainedMedian = medianOf(then.sorted),
                   .nowMedian = medianOf(is.sorted),
                   .trainedMissing = then.missing,
                   .nowMissing = is.missing,
                   .isNotable = shape > chance || gone > chanceOf(rowsThen, rowsNow)});
  }
  std::stable_sort(all.begin(), all.end(), [](const FeatureSkew& a, const FeatureSkew& b) {
    return a.distance > b.distance;
  });
  all.resize(std::min(all.size(), most));
  return all;
}

}  // namespace learners
