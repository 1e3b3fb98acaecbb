#include "learners/learner.h"

#include <algorithm>
#include <cassert>

namespace learners {

void Model::predictBatch(std::span<const float> rows, std::span<float> p) const {
  const std::size_t width = features();
  const std::size_t labels = labelCount();
  const std::size_t count = p.size() / labels;
  assert(rows.size() == count * width);
  for (std::size_t i = 0; i < count; ++i) {
    predict(rows.subspan(i * width, width), p.subspan(i * labels, labels));
  }
}

void Model::predictFrom(std::span<const float> row, std::span<float> /*products*/,
                        std::span<float> p) const {
  predict(row, p);
}

std::vector<std::string> bestEffortLearners() {
  return {"knn", "ridge", "svm_linear", "random_forest", "mlp", "svm_rbf", "boosted_trees"};
}

base::Result<void> checkTrainable(const Dataset& data) {
  if (data.features() == 0) return base::invalid("There are no features to learn from.");
  const auto count = data.countPerLabel();
  const auto hasRows = [](std::size_t n) { return n > 0; };
  const auto used = std::count_if(count.begin(), count.end(), hasRows);
  if (used == 0) return base::invalid("There are no examples to learn from.");
  if (used == 1) return base::invalid("Only one label has examples; learning needs two.");
  return {};
}

}  // namespace learners
