#include "learners/interval.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <map>

namespace learners {
namespace {

/// The quantile of Student's t that belongs to the normal quantile `z`; exact for one and two
/// degrees of freedom at 95 % only in the first digits, as is enough here (Abramowitz and Stegun
/// 26.7.5; below 3 degrees by the closed forms).
double studentT(double z, double degrees) {
  const double tail = std::erfc(z / std::sqrt(2.0));  // two-sided
  if (degrees < 1.5) return 1 / std::tan(std::acos(-1.0) * tail / 2);
  if (degrees < 2.5) return (1 - tail) * std::sqrt(2 / (tail * (2 - tail)));
  const double z3 = z * z * z;
  const double z5 = z3 * z * z;
  const double z7 = z5 * z * z;
  return z + (z3 + z) / (4 * degrees) + (5 * z5 + 16 * z3 + 3 * z) / (96 * degrees * degrees) +
         (3 * z7 + 19 * z5 + 17 * z3 - 15 * z) / (384 * degrees * degrees * degrees);
}

}  // namespace

Interval wilson(double value, double n, double z) {
  assert(n > 0);
  const double scale = 1 + z * z / n;
  const double middle = (value + z * z / (2 * n)) / scale;
  const double half = z / scale * std::sqrt(value * (1 - value) / n + z * z / (4 * n * n));
  return {.value = value,
          .low = std::clamp(middle - half, 0.0, value),
          .high = std::clamp(middle + half, value, 1.0),
          .n = static_cast<std::size_t>(std::llround(n)),
          .clusters = static_cast<std::size_t>(std::llround(n)),
          .effectiveN = n};
}

Interval clusteredInterval(std::span<const std::uint8_t> right,
                           std::span<const std::int64_t> cluster, double z) {
  assert(right.size() == cluster.size());
  if (right.empty()) return {};
  struct Cluster {
    double rows = 0;
    double right = 0;
  };
  std::map<std::int64_t, Cluster> clusters;
  double hits = 0;
  for (std::size_t i = 0; i < right.size(); ++i) {
    Cluster& own = clusters[cluster[i]];
    own.rows += 1;
    if (right[i] == 0) continue;
    own.right += 1;
    hits += 1;
  }
  const auto n = static_cast<double>(right.size());
  const auto k = static_cast<double>(clusters.size());
  const double value = hits / n;
  Interval made{.value = value, .n = right.size(), .clusters = clusters.size(), .effectiveN = 1};
  if (clusters.size() < 2) return made;
  double squares = 0;
  for (const auto& [name, own] : clusters) {
    const double off = own.right - value * own.rows;
    squares += off * off;
  }
  const double variance = k / (k - 1) * squares / (n * n);
  const double scatter = value * (1 - value);
  double effective = k;
  if (scatter > 0 && variance > 0) {
    const double t = studentT(z, k - 1);
    effective = std::clamp(scatter / variance * (z / t) * (z / t), 1.0, n);
  }
  const Interval interval = wilson(value, effective, z);
  made.low = interval.low;
  made.high = interval.high;
  made.effectiveN = effective;
  return made;
}

}  // namespace learners
