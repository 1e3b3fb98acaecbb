#include "learners/cholesky.h"

#include <algorithm>
#include <cmath>

#include "learners/versions.h"

namespace learners {
namespace {

// Four doubles that may lie anywhere.
typedef double Double4 __attribute__((vector_size(32), aligned(8), may_alias));

constexpr std::size_t kTile = 4;    // rows whose sums are made at once
constexpr std::size_t kBlock = 16;  // rows done together, so that the rows above are read once

double sumOf(const Double4& v) { return (v[0] + v[1]) + (v[2] + v[3]); }

/// Rows `begin` to `end` of the factor in place of those of the matrix, all rows above being done.
/// False where a pivot is not positive.
MIMOSA_VERSIONS
bool factorRows(double* l, std::size_t n, std::size_t begin, std::size_t end) {
  const auto ahead = [&](std::size_t i, std::size_t j) {
    double sum = l[i * n + j];
    for (std::size_t k = 0; k < j; ++k) sum -= l[i * n + k] * l[j * n + k];
    return sum;
  };
  const std::size_t tiled = begin + (end - begin) / kTile * kTile;
  for (std::size_t j = 0; j < begin; ++j) {
    const double* above = l + j * n;
    const double inverse = 1 / above[j];
    for (std::size_t i = begin; i < tiled; i += kTile) {
      double* r0 = l + i * n;
      double* r1 = r0 + n;
      double* r2 = r1 + n;
      double* r3 = r2 + n;
      Double4 s0{}, s1{}, s2{}, s3{};
      std::size_t k = 0;
      for (; k + 4 <= j; k += 4) {
        const Double4 b = *reinterpret_cast<const Double4*>(above + k);
        s0 += *reinterpret_cast<const Double4*>(r0 + k) * b;
        s1 += *reinterpret_cast<const Double4*>(r1 + k) * b;
        s2 += *reinterpret_cast<const Double4*>(r2 + k) * b;
        s3 += *reinterpret_cast<const Double4*>(r3 + k) * b;
      }
      double d[kTile] = {sumOf(s0), sumOf(s1), sumOf(s2), sumOf(s3)};
      for (; k < j; ++k) {
        d[0] += r0[k] * above[k];
        d[1] += r1[k] * above[k];
        d[2] += r2[k] * above[k];
        d[3] += r3[k] * above[k];
      }
      for (std::size_t t = 0; t < kTile; ++t) {
        l[(i + t) * n + j] = (l[(i + t) * n + j] - d[t]) * inverse;
      }
    }
    for (std::size_t i = tiled; i < end; ++i) l[i * n + j] = ahead(i, j) * inverse;
  }
  for (std::size_t i = begin; i < end; ++i) {
    for (std::size_t j = begin; j < i; ++j) l[i * n + j] = ahead(i, j) / l[j * n + j];
    const double pivot = ahead(i, i);
    if (!(pivot > 0) || !std::isfinite(pivot)) return false;
    l[i * n + i] = std::sqrt(pivot);
  }
  return true;
}

MIMOSA_VERSIONS
void subtractScaled(double* to, double scale, const double* what, std::size_t count) {
  for (std::size_t i = 0; i < count; ++i) to[i] -= scale * what[i];
}

}  // namespace

std::optional<Cholesky> Cholesky::of(std::span<const double> a, std::size_t n, double shift,
                                     std::stop_token stop) {
  std::vector<double> lower(a.begin(), a.end());
  for (std::size_t i = 0; i < n; ++i) lower[i * n + i] += shift;
  for (std::size_t i = 0; i < n; i += kBlock) {
    if (stop.stop_requested()) return std::nullopt;
    if (!factorRows(lower.data(), n, i, std::min(n, i + kBlock))) return std::nullopt;
  }
  return Cholesky(std::move(lower), n);
}

double Cholesky::logDeterminant() const {
  double sum = 0;
  for (std::size_t i = 0; i < n_; ++i) sum += std::log(lower_[i * n_ + i]);
  return 2 * sum;
}

void Cholesky::solve(std::span<double> b) const {
  const std::size_t columns = b.size() / n_;
  const auto scaleRow = [&](std::size_t i) {
    for (std::size_t c = 0; c < columns; ++c) b[i * columns + c] /= lower_[i * n_ + i];
  };
  for (std::size_t i = 0; i < n_; ++i) {
    double* own = b.data() + i * columns;
    for (std::size_t j = 0; j < i; ++j) {
      subtractScaled(own, lower_[i * n_ + j], b.data() + j * columns, columns);
    }
    scaleRow(i);
  }
  for (std::size_t i = n_; i-- > 0;) {
    scaleRow(i);
    const double* own = b.data() + i * columns;
    for (std::size_t j = 0; j < i; ++j) {
      subtractScaled(b.data() + j * columns, lower_[i * n_ + j], own, columns);
    }
  }
}

}  // namespace learners
