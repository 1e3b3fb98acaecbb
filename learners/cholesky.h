#pragma once
// Cholesky: solves A X = B where A is symmetric and positive, as normal equations are.

#include <optional>
#include <span>
#include <stop_token>
#include <vector>

namespace learners {

/// The lower factor L of A + shift I = L L^T, in double precision.
class Cholesky {
 public:
  /// `a` [n x n], row-major; its lower half is read. Nothing where A + shift I is not positive, or
  /// `stop` is requested.
  static std::optional<Cholesky> of(std::span<const double> a, std::size_t n, double shift,
                                    std::stop_token stop = {});

  /// B [n x columns], row-major, becomes X.
  void solve(std::span<double> b) const;
  /// Natural logarithm of the determinant of A + shift I.
  double logDeterminant() const;

 private:
  Cholesky(std::vector<double> lower, std::size_t n) : lower_(std::move(lower)), n_(n) {}
  std::vector<double> lower_;
  std::size_t n_;
};

}  // namespace learners
