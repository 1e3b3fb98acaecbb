#pragma once
// Discriminant: the directions in which labels differ most for how much rows of one label differ
// among themselves (Fisher; Hastie, Tibshirani and Friedman, The Elements of Statistical Learning,
// 2nd ed., section 4.3).

#include <cstddef>
#include <span>
#include <vector>

#include "learners/dataset.h"

namespace learners {

/// As many directions as labels with rows less one, at most; along each the rows of `data` at
/// `rows` have deviation 1 within labels, and none within another. [directions x features]; empty
/// where there are fewer than two labels. The covariance within labels is drawn towards its mean
/// diagonal, by `shrinkage` in [0, 1]; above kMostForCovariance features only its diagonal is used.
std::vector<float> discriminantDirections(const Dataset& data, std::span<const std::size_t> rows,
                                          double shrinkage);
inline constexpr std::size_t kMostForCovariance = 1500;

}  // namespace learners
