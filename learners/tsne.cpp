#include "learners/tsne.h"

#include <algorithm>
#include <cmath>
#include <random>

#include "learners/matrix.h"
#include "learners/numbers.h"
#include "learners/reduction.h"

namespace learners {
namespace {

using Points = std::vector<std::array<float, 2>>;

constexpr std::size_t kFewest = 4;
constexpr std::size_t kMost = 2000;
constexpr float kExaggeration = 12;
constexpr int kExaggerated = 125;  // iterations
constexpr float kFirstSpread = 1e-2F;
constexpr int kHalvings = 50;
constexpr float kLeastGain = 0.01F;

/// Turns squared distances of one row into shares p_j ~ exp(-beta d_j) whose entropy is
/// ln(perplexity); the row's own place is 0.
void shareOut(std::span<float> row, std::size_t self, double perplexity) {
  const double wanted = std::log(perplexity);
  const std::vector<float> distance(row.begin(), row.end());
  float nearest = INFINITY;
  for (std::size_t j = 0; j < row.size(); ++j) {
    if (j != self) nearest = std::min(nearest, distance[j]);
  }
  double beta = 1;
  double low = 0;
  double high = INFINITY;
  for (int halving = 0; halving < kHalvings; ++halving) {
    double sum = 0;
    double moment = 0;
    for (std::size_t j = 0; j < row.size(); ++j) {
      const double d = static_cast<double>(distance[j]) - nearest;
      const double p = j == self ? 0 : std::exp(-beta * d);
      row[j] = static_cast<float>(p);
      sum += p;
      moment += p * d;
    }
    for (float& p : row) p = static_cast<float>(p / sum);
    const double entropy = std::log(sum) + beta * moment / sum;
    if (std::abs(entropy - wanted) < 1e-5) break;
    (entropy > wanted ? low : high) = beta;
    beta = std::isinf(high) ? beta * 2 : 0.5 * (low + high);
  }
}

/// p_ij, symmetric, summing to 1. [n x n]
std::vector<float> similarities(const Dataset& data, double perplexity) {
  const std::size_t n = data.rows();
  std::vector<float> p(n * n);
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < n; ++j) {
      p[i * n + j] = squaredDistance(data.row(i).data(), data.row(j).data(), data.features());
    }
    shareOut(std::span(p).subspan(i * n, n), i, perplexity);
  }
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      const float both = (p[i * n + j] + p[j * n + i]) / (2 * static_cast<float>(n));
      p[i * n + j] = p[j * n + i] = both;
    }
  }
  return p;
}

/// The first two principal components, small; noise where there are none.
Points begin(const Dataset& data, std::uint64_t seed) {
  std::mt19937_64 random(seed);
  Points points(data.rows());
  const auto reduction =
      Reduction::fit(data, {.kind = ReductionKind::Pca, .components = 2, .seed = seed});
  std::vector<float> row(reduction ? reduction->components() : 0);
  for (std::size_t i = 0; i < points.size(); ++i) {
    if (reduction) reduction->apply(data.row(i), row);
    for (std::size_t a = 0; a < 2; ++a) {
      const auto noise = static_cast<float>(static_cast<double>(random() >> 11) * 0x1.0p-53 - 0.5);
      points[i][a] = kFirstSpread * ((a < row.size() ? row[a] : 0) + 0.01F * noise);
    }
  }
  return points;
}

/// Gradient of the divergence of the plane's similarities from `p`.
void gradient(const std::vector<float>& p, float exaggeration, const Points& points,
              std::vector<float>& near, Points& out) {
  const std::size_t n = points.size();
  double sum = 0;
  for (std::size_t i = 0; i < n; ++i) {
    float own = 0;
    for (std::size_t j = 0; j < n; ++j) {
      const float x = points[i][0] - points[j][0];
      const float y = points[i][1] - points[j][1];
      near[i * n + j] = i == j ? 0 : 1 / (1 + x * x + y * y);
      own += near[i * n + j];
    }
    sum += own;
  }
  const auto share = static_cast<float>(1 / sum);
  for (std::size_t i = 0; i < n; ++i) {
    float x = 0;
    float y = 0;
    for (std::size_t j = 0; j < n; ++j) {
      const float q = near[i * n + j];
      const float pull = (exaggeration * p[i * n + j] - q * share) * q;
      x += pull * (points[i][0] - points[j][0]);
      y += pull * (points[i][1] - points[j][1]);
    }
    out[i] = {4 * x, 4 * y};
  }
}

}  // namespace

base::Result<Points> tsne(const Dataset& data, const TsneOptions& options) {
  const std::size_t n = data.rows();
  if (n < kFewest || n > kMost) {
    return base::invalid("t-SNE is for " + std::to_string(kFewest) + " to " +
                         std::to_string(kMost) + " rows, not for " + std::to_string(n));
  }
  const double perplexity =
      std::clamp(options.perplexity, 1.5, std::max(1.5, static_cast<double>(n - 1) / 3));
  const std::vector<float> p = similarities(data, perplexity);
  Points points = begin(data, seedOf(options.seed, 0));
  Points step(n);
  Points slope(n);
  Points gain(n, {1, 1});
  std::vector<float> near(n * n);
  const float rate = std::max(50.0F, static_cast<float>(n) / kExaggeration);
  for (int iteration = 0; iteration < options.iterations; ++iteration) {
    if (options.stop.stop_requested()) {
      return base::Error{base::ErrorCode::Cancelled, "The picture was stopped."};
    }
    const bool isEarly = iteration < kExaggerated;
    gradient(p, isEarly ? kExaggeration : 1, points, near, slope);
    const float momentum = isEarly ? 0.5F : 0.8F;
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t a = 0; a < 2; ++a) {
        const bool turnsBack = slope[i][a] * step[i][a] > 0;
        gain[i][a] = std::max(kLeastGain, turnsBack ? gain[i][a] * 0.8F : gain[i][a] + 0.2F);
        step[i][a] = momentum * step[i][a] - rate * gain[i][a] * slope[i][a];
        points[i][a] += step[i][a];
      }
    }
  }
  return points;
}

}  // namespace learners
