#include "learners/discriminant.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "learners/cholesky.h"
#include "learners/matrix.h"
#include "learners/numbers.h"

namespace learners {
namespace {

constexpr double kRound = 0.4;     // towards a multiple of the unit matrix
constexpr double kNothing = 1e-6;  // of a direction's square, left by those before it
constexpr std::size_t kNearest = 5;
constexpr float kLeast = 1e-3F;

/// Sum of a_i within_ij b_j.
double inner(std::span<const double> a, std::span<const double> within, std::span<const double> b) {
  double sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    double turned = 0;
    for (std::size_t j = 0; j < b.size(); ++j) turned += within[i * b.size() + j] * b[j];
    sum += a[i] * turned;
  }
  return sum;
}

}  // namespace

std::optional<Discriminant> Discriminant::fit(std::span<const float> centre,
                                              std::span<const double> within, std::size_t n,
                                              std::span<const float> kept) {
  const std::size_t labels = centre.size() / n;
  double trace = 0;
  for (std::size_t k = 0; k < n; ++k) trace += within[k * n + k];
  const double round = kRound * trace / static_cast<double>(n);
  if (!(round > 0)) return std::nullopt;
  std::vector<double> shrunk(n * n);
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < n; ++j) {
      shrunk[i * n + j] = (1 - kRound) * within[std::max(i, j) * n + std::min(i, j)];
    }
    shrunk[i * n + i] += round;
  }
  const auto factor = Cholesky::of(shrunk, n, 0);
  if (!factor) return std::nullopt;

  std::vector<double> middle(n);
  for (std::size_t i = 0; i < centre.size(); ++i) {
    middle[i % n] += centre[i] / static_cast<double>(labels);
  }
  // Directions towards the labels, at right angles where rows within labels are round.
  std::vector<std::vector<double>> directions;
  for (std::size_t c = 0; c < labels && directions.size() < std::min(n, labels - 1); ++c) {
    std::vector<double> towards(n);
    for (std::size_t k = 0; k < n; ++k) towards[k] = centre[c * n + k] - middle[k];
    factor->solve(towards);
    const double whole = inner(towards, shrunk, towards);
    for (const auto& former : directions) {
      const double part = inner(former, shrunk, towards);
      for (std::size_t k = 0; k < n; ++k) towards[k] -= part * former[k];
    }
    const double left = inner(towards, shrunk, towards);
    if (!(left > kNothing * whole)) continue;
    for (double& value : towards) value /= std::sqrt(left);
    directions.push_back(std::move(towards));
  }
  Discriminant made;
  made.n_ = n;
  for (const auto& direction : directions) {
    made.direction_.insert(made.direction_.end(), direction.begin(), direction.end());
  }
  const std::size_t rows = kept.size() / n;
  made.kept_.resize(rows * directions.size());
  if (!directions.empty()) {
    productTransposed(made.direction_.data(), directions.size(), kept.data(), rows, n,
                      made.kept_.data());
  }
  return made;
}

float Discriminant::distance(std::span<const float> place) const {
  const std::size_t width = directions();
  if (width == 0 || kept_.empty()) return 0;
  struct Along;
  const auto along = scratch<Along>(width);
  rowDots(direction_.data(), width, n_, place.data(), along.data());
  const std::size_t rows = kept_.size() / width;
  struct Far;
  const auto far = scratch<Far>(rows);
  std::fill(far.begin(), far.end(), 0.0F);
  for (std::size_t k = 0; k < width; ++k) {
    const float* kept = kept_.data() + k * rows;
    const float own = along[k];
    for (std::size_t i = 0; i < rows; ++i) far[i] += (kept[i] - own) * (kept[i] - own);
  }
  std::array<float, kNearest> nearest;  // falling
  nearest.fill(INFINITY);
  for (const float d : far) {
    if (!(d < nearest.front())) continue;
    nearest.front() = d;
    for (std::size_t k = 0; k + 1 < kNearest && nearest[k] < nearest[k + 1]; ++k) {
      std::swap(nearest[k], nearest[k + 1]);
    }
  }
  const std::size_t count = std::min(kNearest, rows);
  float sum = 0;
  for (std::size_t k = kNearest - count; k < kNearest; ++k) sum += nearest[k];
  return std::log(sum / static_cast<float>(count) + kLeast);
}

void Discriminant::save(ByteWriter& out) const {
  out.putArray(direction_);
  out.putArray(kept_);
}

Discriminant Discriminant::load(ByteReader& in, std::size_t n) {
  Discriminant made;
  made.n_ = n;
  made.direction_ = in.getArray<float>();
  made.kept_ = in.getArray<float>();
  const std::size_t width = made.directions();
  const auto finite = [](const std::vector<float>& values) {
    return std::all_of(values.begin(), values.end(), [](float v) { return std::isfinite(v); });
  };
  const bool fits = made.direction_.size() == width * n && width <= n &&
                    (width == 0 ? made.kept_.empty() : made.kept_.size() % width == 0);
  if (!fits || !finite(made.direction_) || !finite(made.kept_)) in.fail();
  return made;
}

}  // namespace learners
