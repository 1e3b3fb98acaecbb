#pragma once
// A Gaussian process over tried points and the improvement it expects at others (Rasmussen and
// Williams, Gaussian Processes for Machine Learning, 2006, algorithm 2.1; Jones et al., 1998).

#include <vector>

namespace learners {

/// Immutable once made. Matern 5/2 kernel of a fixed length, values standardised.
class ImprovementModel {
 public:
  /// `points` [tries][coordinates in 0..1], `values` [tries], larger is better; at least one.
  ImprovementModel(std::vector<std::vector<double>> points, const std::vector<double>& values);

  /// How much better than the best so far `point` is expected to be, in deviations of the values.
  double expectedImprovement(const std::vector<double>& point) const;

 private:
  double kernel(const std::vector<double>& a, const std::vector<double>& b) const;

  std::vector<std::vector<double>> points_;
  std::vector<double> lower_;  ///< [tries x tries], Cholesky factor of the kernel and its noise
  std::vector<double> alpha_;  ///< [tries]
  double best_ = 0;
};

}  // namespace learners
