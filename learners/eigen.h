#pragma once
// Eigenvectors of symmetric matrices: all of a small one, or the leading ones of a large one that
// need not be there as a whole.

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

namespace learners {

struct Eigen {
  std::vector<double> values;   ///< falling
  std::vector<double> vectors;  ///< [values x n], row i belongs to value i, length 1
};

/// All eigenvectors of a symmetric `matrix` [n x n] by cyclic Jacobi rotations (Golub and Van Loan,
/// Matrix Computations, 8.5). O(n^3) a sweep; for n up to a few hundred.
Eigen symmetricEigen(std::vector<double> matrix, std::size_t n);

/// Multiplies `count` vectors with a symmetric matrix: [count x n] -> [count x n], row-major.
using SymmetricProduct =
    std::function<void(std::span<const float> vectors, std::size_t count, std::span<float> out)>;

/// The `wanted` (at most n) leading eigenvectors of a positive semidefinite matrix known by its
/// product, by subspace iteration from a seeded random start with more directions than wanted
/// (Halko, Martinsson and Tropp, SIAM Review 53(2), 2011). As exact as the product's floats where
/// eigenvalues fall off; neighbours of nearly equal value may be turned among themselves.
Eigen leadingEigen(const SymmetricProduct& multiply, std::size_t n, std::size_t wanted,
                   std::uint64_t seed);

}  // namespace learners
