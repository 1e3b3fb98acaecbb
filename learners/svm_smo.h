#pragma once
// One machine that tells two labels apart, found from products alone: sequential minimal
// optimisation with second-order choice of the pair (Fan, Chen and Lin, Working Set Selection Using
// Second Order Information for Training SVM, JMLR 6, 2005).

#include <span>
#include <vector>

namespace learners {

struct TwoLabelMachine {
  std::vector<float> coefficient;  ///< [rows]: 0 where a row is no support vector
  float offset = 0;                ///< decision = sum coefficient x kernel - offset
};

/// `kernel` [rows x rows], positive semidefinite; the first `positives` rows are positive, and both
/// labels have rows. Deterministic; the steps are bounded.
TwoLabelMachine solveTwoLabels(std::span<const float> kernel, std::size_t rows,
                               std::size_t positives, double cost);

}  // namespace learners
