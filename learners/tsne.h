#pragma once
// t-SNE: places rows in a plane so that near rows stay near. For pictures only: it has no rule that
// would place a further row, so no model can stand behind it.

#include <array>
#include <stop_token>

#include "learners/dataset.h"

namespace learners {

struct TsneOptions {
  double perplexity = 30;  ///< how many neighbours count; at most a third of the rows
  int iterations = 500;
  std::uint64_t seed = 1;
  std::stop_token stop;
};

/// One point per row; distances have no unit. Exact, O(rows^2) an iteration, begun from the two
/// principal components. van der Maaten and Hinton, JMLR 9, 2008: Student-t similarities in the
/// plane, gradient descent with momentum, gains and early exaggeration. Rows should be
/// standardised. Errors: InvalidArgument below 4 or above 2000 rows; Cancelled.
base::Result<std::vector<std::array<float, 2>>> tsne(const Dataset& data,
                                                     const TsneOptions& options = {});

}  // namespace learners
