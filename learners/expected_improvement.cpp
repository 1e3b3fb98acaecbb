#include "learners/expected_improvement.h"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace learners {
namespace {

constexpr double kLength = 0.3;  // of the unit cube's side
constexpr double kNoise = 0.05;  // variance; held-out accuracies jitter
constexpr double kSameValue = 1e-9;

}  // namespace

double ImprovementModel::kernel(const std::vector<double>& a, const std::vector<double>& b) const {
  double sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += (a[i] - b[i]) * (a[i] - b[i]);
  const double r = std::sqrt(5 * sum) / kLength;
  return (1 + r + r * r / 3) * std::exp(-r);
}

ImprovementModel::ImprovementModel(std::vector<std::vector<double>> points,
                                   const std::vector<double>& values)
    : points_(std::move(points)) {
  assert(!points_.empty() && points_.size() == values.size());
  const std::size_t n = points_.size();
  double mean = 0;
  for (const double value : values) mean += value / static_cast<double>(n);
  double variance = 0;
  for (const double value : values) variance += (value - mean) * (value - mean);
  const double scale = std::sqrt(variance / static_cast<double>(n));
  std::vector<double> y;
  for (const double value : values) y.push_back(scale > kSameValue ? (value - mean) / scale : 0);
  best_ = *std::max_element(y.begin(), y.end());

  lower_.assign(n * n, 0);
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j <= i; ++j) {
      double sum = kernel(points_[i], points_[j]) + (i == j ? kNoise : 0);
      for (std::size_t k = 0; k < j; ++k) sum -= lower_[i * n + k] * lower_[j * n + k];
      // The noise keeps the diagonal well above zero.
      lower_[i * n + j] = i == j ? std::sqrt(std::max(sum, 1e-12)) : sum / lower_[j * n + j];
    }
  }
  alpha_ = y;
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t k = 0; k < i; ++k) alpha_[i] -= lower_[i * n + k] * alpha_[k];
    alpha_[i] /= lower_[i * n + i];
  }
  for (std::size_t i = n; i-- > 0;) {
    for (std::size_t k = i + 1; k < n; ++k) alpha_[i] -= lower_[k * n + i] * alpha_[k];
    alpha_[i] /= lower_[i * n + i];
  }
}

double ImprovementModel::expectedImprovement(const std::vector<double>& point) const {
  const std::size_t n = points_.size();
  std::vector<double> v(n);
  double mean = 0;
  double variance = 1;
  for (std::size_t i = 0; i < n; ++i) {
    v[i] = kernel(points_[i], point);
    mean += v[i] * alpha_[i];
  }
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t k = 0; k < i; ++k) v[i] -= lower_[i * n + k] * v[k];
    v[i] /= lower_[i * n + i];
    variance -= v[i] * v[i];
  }
  const double deviation = std::sqrt(std::max(variance, 1e-12));
  const double z = (mean - best_) / deviation;
  const double density = std::exp(-z * z / 2) / std::sqrt(2 * M_PI);
  const double below = std::erfc(-z / std::sqrt(2.0)) / 2;
  return (mean - best_) * below + deviation * density;
}

}  // namespace learners
