#include <algorithm>
#include <cassert>
#include <cmath>

#include "learners/learner.h"
#include "learners/logistic_fit.h"
#include "learners/matrix.h"
#include "learners/numbers.h"
#include "learners/schema_bytes.h"

namespace learners {
namespace {

class LogisticModel final : public Model {
 public:
  LogisticModel(LogisticWeights fitted, std::size_t features)
      : fitted_(std::move(fitted)), features_(features) {}

  std::string_view kind() const override { return "logistic"; }
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

  LogisticWeights fitted_;
  std::size_t features_;
};

class Logistic final : public Learner {
 public:
  std::string id() const override { return "logistic"; }
  std::string title() const override { return "Logistic regression"; }

  std::vector<base::ParamSpec> paramSpecs() const override {
    return {{.name = "penalty",
             .title = "Penalty",
             .type = base::ParamType::Float,
             .min = 1e-4,
             .max = 1e4,
             .defaultValue = 1.0,
             .help = "How strongly large weights are held back; more for few examples."}};
  }

  base::Result<ModelPtr> train(const Dataset& data, const base::Params& params,
                               const TrainingContext& context) const override {
    if (const auto fits = checkTrainable(data); !fits) return fits.error();
    auto fitted = fitLogistic({.rows = data.content().values,
                               .features = data.features(),
                               .label = data.content().label,
                               .labels = data.labelCount(),
                               .penalty = params.number("penalty", 1)},
                              context.stop, context.progress);
    if (!fitted) return fitted.error();
    return ModelPtr(std::make_shared<LogisticModel>(std::move(fitted).value(), data.features()));
  }

  base::Result<ModelPtr> load(ByteReader& in) const override {
    const std::size_t features = in.get<std::uint32_t>();
    LogisticWeights fitted;
    fitted.bias = in.getArray<float>();
    fitted.weights = in.getArray<float>();
    const auto finite = [](float value) { return std::isfinite(value); };
    const bool fits = in.ok() && features > 0 && features <= kMostFeatures &&
                      !fitted.bias.empty() && fitted.bias.size() <= kMostLabels &&
                      fitted.weights.size() / features == fitted.bias.size() &&
                      fitted.weights.size() % features == 0 &&
                      std::all_of(fitted.bias.begin(), fitted.bias.end(), finite) &&
                      std::all_of(fitted.weights.begin(), fitted.weights.end(), finite);
    if (!fits) {
      return base::Error{base::ErrorCode::Corrupt, "logistic: these bytes are damaged"};
    }
    return ModelPtr(std::make_shared<LogisticModel>(std::move(fitted), features));
  }
};

}  // namespace

LearnerPtr makeLogistic() { return std::make_shared<Logistic>(); }

}  // namespace learners
