#pragma once
// Preview: a first idea of how good the full model will be, in a moment, from a part of the data:
// an interval that the full model's accuracy will lie in.

#include "learners/answers.h"

namespace learners {

struct Preview {
  double accuracy = 0;  ///< of the preview on held-out rows
  double low = 0;       ///< the full model's accuracy lies between, in 95 % of all cases
  double high = 0;
  std::size_t rows = 0;
  std::size_t demonstrations = 0;
};

struct PreviewOptions {
  std::size_t mostRows = 600;
  std::vector<std::string> learners = {"logistic", "knn"};
  int folds = 4;
  std::uint64_t seed = 1;
};

/// Asks cheap models about held-out demonstrations of a sample, all labels alike, and of half of
/// that sample. The interval is that of the sample by demonstrations. Its upper end is raised by
/// what the law acc = a - b / sqrt(n) through the two scores promises for all of the data, and by a
/// quarter of what is then still wrong, which the full model's other members may get right.
/// Errors: InvalidArgument where nothing can be held out; those of outOfFold().
base::Result<Preview> previewAccuracy(const Dataset& data, const LearnerMap& learners,
                                      const PreviewOptions& options = {},
                                      const TrainingContext& context = {});

}  // namespace learners
