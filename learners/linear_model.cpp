#include "learners/linear_model.h"

#include <algorithm>
#include <cassert>
#include <cmath>

#include "learners/matrix.h"
#include "learners/numbers.h"
#include "learners/schema_bytes.h"

namespace learners {
namespace {

class LinearModel final : public Model {
 public:
  LinearModel(std::string kind, LinearWeights fitted, std::size_t features)
      : kind_(std::move(kind)), fitted_(std::move(fitted)), features_(features) {}

  std::string_view kind() const override { return kind_; }
  std::size_t features() const override { return features_; }
  std::size_t labelCount() const override { return fitted_.bias.size(); }

  void predict(std::span<const float> row, std::span<float> p) const override {
    assert(row.size() == features_ && p.size() == labelCount());
    rowDots(fitted_.weights.data(), labelCount(), features_, row.data(), p.data());
    finish(p);
  }

  void predictBatch(std::span<const float> rows, std::span<float> p) const override {
    const std::size_t labels = labelCount();
    const std::size_t count = p.size() / labels;
    productTransposed(rows.data(), count, fitted_.weights.data(), labels, features_, p.data());
    for (std::size_t i = 0; i < count; ++i) finish(p.subspan(i * labels, labels));
  }

  void save(ByteWriter& out) const override {
    out.put(static_cast<std::uint32_t>(features_));
    out.putArray(fitted_.bias);
    out.putArray(fitted_.weights);
  }

 private:
  void finish(std::span<float> p) const {
    for (std::size_t c = 0; c < p.size(); ++c) p[c] += fitted_.bias[c];
    softmax(p);
  }

  std::string kind_;
  LinearWeights fitted_;
  std::size_t features_;
};

}  // namespace

ModelPtr makeLinearModel(std::string kind, LinearWeights weights, std::size_t features) {
  return std::make_shared<LinearModel>(std::move(kind), std::move(weights), features);
}

ModelPtr makeLinearModel(std::string kind, const LinearWeights& ofUsed,
                         std::span<const std::uint16_t> used, std::size_t labels,
                         std::size_t features, double slope) {
  LinearWeights all;
  all.weights.resize(labels * features);
  all.bias.assign(labels, kAbsentBias);
  for (std::size_t u = 0; u < used.size(); ++u) {
    for (std::size_t f = 0; f < features; ++f) {
      all.weights[used[u] * features + f] =
          static_cast<float>(slope * ofUsed.weights[u * features + f]);
    }
    all.bias[used[u]] = static_cast<float>(slope * ofUsed.bias[u]);
  }
  return makeLinearModel(std::move(kind), std::move(all), features);
}

base::Result<ModelPtr> loadLinearModel(std::string kind, ByteReader& in) {
  const std::size_t features = in.get<std::uint32_t>();
  LinearWeights fitted;
  fitted.bias = in.getArray<float>();
  fitted.weights = in.getArray<float>();
  const auto finite = [](float value) { return std::isfinite(value); };
  const bool fits = in.ok() && features > 0 && features <= kMostFeatures && !fitted.bias.empty() &&
                    fitted.bias.size() <= kMostLabels &&
                    fitted.weights.size() / features == fitted.bias.size() &&
                    fitted.weights.size() % features == 0 &&
                    std::all_of(fitted.bias.begin(), fitted.bias.end(), finite) &&
                    std::all_of(fitted.weights.begin(), fitted.weights.end(), finite);
  if (!fits) return base::Error{base::ErrorCode::Corrupt, kind + ": these bytes are damaged"};
  return makeLinearModel(std::move(kind), std::move(fitted), features);
}

}  // namespace learners
