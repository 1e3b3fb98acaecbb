#include "learners/learner.h"
#include "learners/linear_model.h"
#include "learners/logistic_fit.h"

namespace learners {
namespace {

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
    return makeLinearModel(id(), std::move(fitted).value(), data.features());
  }

  base::Result<ModelPtr> load(ByteReader& in) const override { return loadLinearModel(id(), in); }
};

}  // namespace

LearnerPtr makeLogistic() { return std::make_shared<Logistic>(); }

}  // namespace learners
