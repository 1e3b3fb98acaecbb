#pragma once
// The fit behind the logistic learner and the gate: multinomial logistic regression with a penalty
// on squared weights, by L-BFGS with a bounded number of steps (Liu and Nocedal, 1989).

#include <functional>
#include <span>
#include <stop_token>
#include <vector>

#include "learners/linear_model.h"
#include "sensors/base/result.h"

namespace learners {

struct LogisticProblem {
  std::span<const float> rows;  ///< [rows x features], standardised
  std::size_t features = 0;
  std::span<const int> label;  ///< [rows], 0 .. labels-1; labels without rows are allowed
  std::size_t labels = 0;
  double penalty = 1;  ///< of half the squared weights, against the summed loss; > 0
};

/// Deterministic. Errors: Cancelled.
base::Result<LinearWeights> fitLogistic(const LogisticProblem& problem, std::stop_token stop,
                                        const std::function<void(double)>& progress = {});

}  // namespace learners
