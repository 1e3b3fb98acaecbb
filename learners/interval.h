#pragma once
// Interval: how far a share of right answers may lie from the truth. Windows of one demonstration
// are not independent, so they count as fewer observations than there are rows.

#include <cstdint>
#include <span>

namespace learners {

/// 1.96: 95 % of the normal distribution lie within.
inline constexpr double kZ95 = 1.959963984540054;

/// A share with what it may be by chance. No rows: 0, between 0 and 1.
struct Interval {
  double value = 0;
  double low = 0;
  double high = 1;
  std::size_t n = 0;         ///< rows
  std::size_t clusters = 0;  ///< demonstrations (or groups) they come from
  double effectiveN = 0;     ///< independent observations worth as much as the rows
};

/// Wilson score interval of the share `value` of `n` > 0 independent observations.
Interval wilson(double value, double n, double z = kZ95);

/// Share of `right` rows, Wilson interval for as many observations as rows that hang together in
/// clusters are worth:
///   n_e = v (1 - v) / var(v) (z / t)^2,  var(v) = K / (K - 1) sum_k (r_k - v m_k)^2 / n^2,
/// K clusters of m_k rows of which r_k are right, t of K - 1 degrees of freedom; n_e = K where all
/// or none are right. One cluster says nothing. (Korn and Graubard, Survey Methodology 24, 1998;
/// Dean and Pagano, Journal of Survey Statistics and Methodology 3, 2015.)
/// `right`, `cluster` [rows].
Interval clusteredInterval(std::span<const std::uint8_t> right,
                           std::span<const std::int64_t> cluster, double z = kZ95);

}  // namespace learners
