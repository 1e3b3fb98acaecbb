#include "learners/eigen.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numeric>
#include <random>

#include "learners/matrix.h"

namespace learners {
namespace {

constexpr int kMostSweeps = 30;
constexpr int kMostRounds = 12;      // of kSteps products each
constexpr int kSteps = 4;            // products between two looks at the values
constexpr double kSettled = 1e-6;    // relative change of the values from look to look
constexpr std::size_t kSpare = 16;   // directions beyond those wanted
constexpr double kVanished = 1e-10;  // share of its length a dependent direction has left

/// One rotation that makes matrix[p][q] zero.
void rotate(std::vector<double>& a, std::vector<double>& v, std::size_t n, std::size_t p,
            std::size_t q) {
  const double theta = (a[q * n + q] - a[p * n + p]) / (2 * a[p * n + q]);
  const double t = (theta >= 0 ? 1 : -1) / (std::abs(theta) + std::sqrt(theta * theta + 1));
  const double c = 1 / std::sqrt(t * t + 1);
  const double s = t * c;
  for (std::size_t k = 0; k < n; ++k) {
    const double kp = a[k * n + p];
    const double kq = a[k * n + q];
    a[k * n + p] = c * kp - s * kq;
    a[k * n + q] = s * kp + c * kq;
  }
  for (std::size_t k = 0; k < n; ++k) {
    const double pk = a[p * n + k];
    const double qk = a[q * n + k];
    a[p * n + k] = c * pk - s * qk;
    a[q * n + k] = s * pk + c * qk;
    const double vp = v[p * n + k];
    const double vq = v[q * n + k];
    v[p * n + k] = c * vp - s * vq;
    v[q * n + k] = s * vp + c * vq;
  }
}

/// Makes rows of `block` [count x n] orthonormal, twice over so that rounding does not tilt them.
/// Rows that depend on earlier ones become zero.
void orthonormalise(std::vector<float>& block, std::size_t count, std::size_t n) {
  for (std::size_t i = 0; i < count; ++i) {
    float* row = block.data() + i * n;
    const double before = std::sqrt(static_cast<double>(dot(row, row, n)));
    for (int pass = 0; pass < 2; ++pass) {
      for (std::size_t j = 0; j < i; ++j) {
        const float* other = block.data() + j * n;
        const float along = dot(row, other, n);
        for (std::size_t k = 0; k < n; ++k) row[k] -= along * other[k];
      }
    }
    const double length = std::sqrt(static_cast<double>(dot(row, row, n)));
    // What is left of a dependent row is rounding of floats.
    const bool isGone = !(length > 1e-5 * before) || !(length > kVanished);
    const auto scale = isGone ? 0.0F : static_cast<float>(1 / length);
    for (std::size_t k = 0; k < n; ++k) row[k] *= scale;
  }
}

}  // namespace

Eigen symmetricEigen(std::vector<double> a, std::size_t n) {
  assert(a.size() == n * n);
  std::vector<double> v(n * n);
  for (std::size_t i = 0; i < n; ++i) v[i * n + i] = 1;
  double all = 0;
  for (const double value : a) all += value * value;
  for (int sweep = 0; sweep < kMostSweeps; ++sweep) {
    double off = 0;
    for (std::size_t p = 0; p < n; ++p) {
      for (std::size_t q = p + 1; q < n; ++q) off += a[p * n + q] * a[p * n + q];
    }
    if (off <= 1e-30 * all) break;
    const double least = std::sqrt(off) / static_cast<double>(n * n) * 1e-3;
    for (std::size_t p = 0; p < n; ++p) {
      for (std::size_t q = p + 1; q < n; ++q) {
        if (std::abs(a[p * n + q]) > least) rotate(a, v, n, p, q);
      }
    }
  }
  std::vector<std::size_t> order(n);
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t x, std::size_t y) { return a[x * n + x] > a[y * n + y]; });
  Eigen made;
  for (const std::size_t i : order) {
    made.values.push_back(a[i * n + i]);
    const auto row = v.begin() + static_cast<std::ptrdiff_t>(i * n);
    made.vectors.insert(made.vectors.end(), row, row + static_cast<std::ptrdiff_t>(n));
  }
  return made;
}

Eigen leadingEigen(const SymmetricProduct& multiply, std::size_t n, std::size_t wanted,
                   std::uint64_t seed) {
  wanted = std::min(wanted, n);
  const std::size_t count = std::min(n, wanted + kSpare);
  std::vector<float> block(count * n);
  std::vector<float> image(count * n);
  std::mt19937_64 random(seed);
  for (float& value : block) {
    // Any spread of directions will do; this one is equal on all platforms.
    value = static_cast<float>(static_cast<double>(random() >> 11) * 0x1.0p-52 - 1);
  }
  orthonormalise(block, count, n);
  Eigen small;
  std::vector<double> before;
  for (int round = 0; round < kMostRounds; ++round) {
    for (int step = 0; step < kSteps; ++step) {
      multiply(block, count, image);
      if (step + 1 < kSteps) {
        block = image;
        orthonormalise(block, count, n);
      }
    }
    // Within the span of the block the problem is small (Rayleigh and Ritz).
    std::vector<float> inner(count * count);
    productTransposed(block.data(), count, image.data(), count, n, inner.data());
    std::vector<double> symmetric(count * count);
    for (std::size_t i = 0; i < count; ++i) {
      for (std::size_t j = 0; j < count; ++j) {
        symmetric[i * count + j] =
            0.5 * (static_cast<double>(inner[i * count + j]) + inner[j * count + i]);
      }
    }
    small = symmetricEigen(std::move(symmetric), count);
    const std::vector<float> turn(small.vectors.begin(), small.vectors.end());
    std::vector<float> turned(count * n);
    product(turn.data(), count, block.data(), n, count, turned.data());
    block = std::move(turned);
    bool isSettled = round > 0;
    for (std::size_t i = 0; i < wanted && isSettled; ++i) {
      isSettled = std::abs(small.values[i] - before[i]) <= kSettled * std::abs(small.values[0]);
    }
    if (isSettled || count == n) break;
    before = small.values;
  }
  Eigen made;
  made.values.assign(small.values.begin(),
                     small.values.begin() + static_cast<std::ptrdiff_t>(wanted));
  made.vectors.assign(block.begin(), block.begin() + static_cast<std::ptrdiff_t>(wanted * n));
  return made;
}

}  // namespace learners
