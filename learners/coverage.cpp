#include "learners/coverage.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numeric>

namespace learners {
namespace {

/// One point for each certainty that occurs, surest first.
std::vector<CoveragePoint> everyPoint(std::span<const float> certainty,
                                      std::span<const std::uint8_t> right) {
  assert(certainty.size() == right.size());
  std::vector<std::size_t> order(certainty.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(),
            [&](std::size_t a, std::size_t b) { return certainty[a] > certainty[b]; });
  std::vector<CoveragePoint> points;
  std::size_t hits = 0;
  for (std::size_t i = 0; i < order.size(); ++i) {
    if (right[order[i]] != 0) ++hits;
    const bool more = i + 1 < order.size() && certainty[order[i + 1]] == certainty[order[i]];
    if (more) continue;
    const auto given = static_cast<double>(i + 1);
    points.push_back({.limit = certainty[order[i]],
                      .coverage = given / static_cast<double>(order.size()),
                      .accuracy = static_cast<double>(hits) / given,
                      .given = i + 1});
  }
  return points;
}

}  // namespace

std::vector<CoveragePoint> coverageCurve(std::span<const float> certainty,
                                         std::span<const std::uint8_t> right, std::size_t most) {
  assert(most > 0);
  std::vector<CoveragePoint> points = everyPoint(certainty, right);
  if (points.size() <= most) return points;
  std::vector<CoveragePoint> kept;
  std::size_t next = 0;
  for (std::size_t step = 1; step <= most; ++step) {
    const double wanted = static_cast<double>(step) / static_cast<double>(most);
    while (next + 1 < points.size() && points[next].coverage < wanted) ++next;
    if (kept.empty() || kept.back().given != points[next].given) kept.push_back(points[next]);
  }
  return kept;
}

float limitFor(double targetAccuracy, std::span<const float> certainty,
               std::span<const std::uint8_t> right) {
  float limit = kNeverSure;
  for (const CoveragePoint& point : everyPoint(certainty, right)) {
    if (point.accuracy >= targetAccuracy) limit = point.limit;
  }
  return limit;
}

std::vector<float> limitsFor(double targetAccuracy, std::span<const float> certainty,
                             std::span<const std::uint8_t> right, std::span<const int> said,
                             std::size_t labels, std::size_t least) {
  assert(said.size() == certainty.size() && right.size() == certainty.size());
  std::vector<float> limits(labels, limitFor(targetAccuracy, certainty, right));
  for (std::size_t c = 0; c < labels; ++c) {
    std::vector<float> own;
    std::vector<std::uint8_t> ownRight;
    for (std::size_t i = 0; i < said.size(); ++i) {
      if (said[i] != static_cast<int>(c)) continue;
      own.push_back(certainty[i]);
      ownRight.push_back(right[i]);
    }
    if (own.size() >= std::max<std::size_t>(least, 1)) {
      limits[c] = limitFor(targetAccuracy, own, ownRight);
    }
  }
  return limits;
}

}  // namespace learners
