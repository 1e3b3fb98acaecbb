#include <algorithm>
#include <cmath>
#include <random>

#include "learners/cholesky.h"
#include "learners/held_out.h"
#include "learners/learner.h"
#include "learners/linear_model.h"
#include "learners/matrix.h"
#include "learners/stopped.h"

namespace learners {
namespace {

constexpr std::size_t kMostEquations = 4000;  // two matrices of this size are 256 MB
constexpr std::size_t kManyEquations = 1200;  // above, fewer penalties are tried
constexpr int kParts = 4;                     // one of these is held out
constexpr double kUsualSlope = 8;

/// Least squares towards 1 for the own label and 0 for the others, with a penalty on squared
/// weights (Hoerl and Kennard, 1970). With fewer rows than features the same solution is found from
/// products of rows: W = X^T (X X^T + alpha I)^-1 Y.
class RidgeFit {
 public:
  RidgeFit(const Dataset& data, const TrainingContext& context)
      : context_(context), used_(usedLabels(data)), d_(data.features()) {
    chosen_ = everyRow(data.rows());
    dual_ = chosen_.size() < d_;
    if (std::min(chosen_.size(), d_) > kMostEquations) {
      dual_ = true;
      std::mt19937_64 random(context.seed);
      std::shuffle(chosen_.begin(), chosen_.end(), random);
      chosen_.resize(kMostEquations);
      std::sort(chosen_.begin(), chosen_.end());
    }
    shift(data);
  }

  base::Result<ModelPtr> run(const Dataset& data, double alpha) {
    const auto everything = everyRow(place_.size());
    std::vector<double> alphas = {alpha};
    if (alpha <= 0) {
      alphas = equations() > kManyEquations ? std::vector<double>{30, 300}
                                            : std::vector<double>{1, 10, 100, 1000};
    }
    double slope = kUsualSlope;
    const auto tried =
        chosen_.size() == data.rows() ? heldOutPart(data, kParts, context_.seed) : std::nullopt;
    std::optional<System> partly;
    if (tried) {
      partly = systemOf(tried->train);
      double best = INFINITY;
      double kept = alphas.front();
      for (const double one : alphas) {
        const auto weights = solved(*partly, one);
        if (!weights) return trainingStopped();
        const FittedSlope fitted = tested(*weights, tried->test);
        if (!(fitted.loss < best)) continue;
        best = fitted.loss;
        slope = fitted.slope;
        kept = one;
      }
      alphas = {kept};
      partly.reset();
    }
    if (alphas.size() > 1) alphas = {alphas[alphas.size() / 2]};
    if (context_.progress) context_.progress(0.5);
    auto weights = solved(systemOf(everything), alphas.front());
    if (!weights || context_.stop.stop_requested()) return trainingStopped();
    for (std::size_t c = 0; c < labels(); ++c) {
      for (std::size_t f = 0; f < d_; ++f) {
        weights->bias[c] -= weights->weights[c * d_ + f] * mean_[f];
      }
    }
    return makeLinearModel("ridge", *weights, used_.used, data.labelCount(), d_, slope);
  }

 private:
  /// Normal equations of some rows, around their own mean.
  struct System {
    std::vector<std::size_t> rows;
    std::vector<double> mean;    ///< [features]
    std::vector<double> target;  ///< [labels]: mean target
    std::vector<double> matrix;  ///< [equations x equations]
    std::size_t equations = 0;
  };

  static std::vector<std::size_t> everyRow(std::size_t count) {
    std::vector<std::size_t> rows(count);
    for (std::size_t i = 0; i < count; ++i) rows[i] = i;
    return rows;
  }
  std::size_t labels() const { return used_.used.size(); }
  std::size_t equations() const { return dual_ ? place_.size() : d_; }

  /// Copies the chosen rows around their mean, so that sums of floats stay exact enough.
  void shift(const Dataset& data) {
    std::vector<double> sum(d_);
    for (const std::size_t i : chosen_) {
      for (std::size_t f = 0; f < d_; ++f) sum[f] += data.row(i)[f];
    }
    for (const double value : sum) {
      mean_.push_back(static_cast<float>(value / static_cast<double>(chosen_.size())));
    }
    rows_.reserve(chosen_.size() * d_);
    for (const std::size_t i : chosen_) {
      place_.push_back(used_.place[i]);
      for (std::size_t f = 0; f < d_; ++f) rows_.push_back(data.row(i)[f] - mean_[f]);
    }
  }

  System systemOf(const std::vector<std::size_t>& rows) const {
    System made;
    made.rows = rows;
    made.mean.resize(d_);
    made.target.resize(labels());
    const double share = 1 / static_cast<double>(rows.size());
    for (const std::size_t i : rows) {
      for (std::size_t f = 0; f < d_; ++f) made.mean[f] += share * rows_[i * d_ + f];
      made.target[place_[i]] += share;
    }
    const std::size_t n = rows.size();
    std::vector<float> own(n * d_);
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t f = 0; f < d_; ++f) {
        const float value = static_cast<float>(rows_[rows[i] * d_ + f] - made.mean[f]);
        own[dual_ ? i * d_ + f : f * n + i] = value;
      }
    }
    made.equations = dual_ ? n : d_;
    std::vector<float> products(made.equations * made.equations);
    productTransposed(own.data(), made.equations, own.data(), made.equations, dual_ ? d_ : n,
                      products.data());
    made.matrix.assign(products.begin(), products.end());
    return made;
  }

  /// Weights and biases for rows as shift() left them. Nothing once training is stopped.
  std::optional<LinearWeights> solved(const System& system, double alpha) const {
    std::optional<Cholesky> factor;
    // Where features repeat each other and the penalty is below what floats resolve, a larger one
    // stands in.
    for (double shift = alpha; !factor; shift *= 10) {
      if (context_.stop.stop_requested()) return std::nullopt;
      factor = Cholesky::of(system.matrix, system.equations, shift, context_.stop);
      if (!std::isfinite(shift)) return std::nullopt;
    }
    const std::size_t k = labels();
    std::vector<double> x(system.equations * k);
    for (std::size_t i = 0; i < system.rows.size(); ++i) {
      const std::size_t row = system.rows[i];
      for (std::size_t c = 0; c < k; ++c) {
        const bool own = static_cast<std::size_t>(place_[row]) == c;
        if (dual_) {
          x[i * k + c] = (own ? 1 : 0) - system.target[c];
        } else if (own) {
          for (std::size_t f = 0; f < d_; ++f) {
            x[f * k + c] += rows_[row * d_ + f] - system.mean[f];
          }
        }
      }
    }
    factor->solve(x);
    LinearWeights made;
    made.weights.resize(k * d_);
    std::vector<double> sum(k * d_);
    if (dual_) {
      for (std::size_t i = 0; i < system.rows.size(); ++i) {
        const float* row = rows_.data() + system.rows[i] * d_;
        for (std::size_t c = 0; c < k; ++c) {
          const double factorOf = x[i * k + c];
          for (std::size_t f = 0; f < d_; ++f) {
            sum[c * d_ + f] += factorOf * (row[f] - system.mean[f]);
          }
        }
      }
    } else {
      for (std::size_t c = 0; c < k; ++c) {
        for (std::size_t f = 0; f < d_; ++f) sum[c * d_ + f] = x[f * k + c];
      }
    }
    for (std::size_t c = 0; c < k; ++c) {
      double bias = system.target[c];
      for (std::size_t f = 0; f < d_; ++f) bias -= sum[c * d_ + f] * system.mean[f];
      made.bias.push_back(static_cast<float>(bias));
    }
    made.weights.assign(sum.begin(), sum.end());
    return made;
  }

  FittedSlope tested(const LinearWeights& weights, const std::vector<std::size_t>& rows) const {
    std::vector<float> scores(rows.size() * labels());
    std::vector<int> truth;
    for (std::size_t i = 0; i < rows.size(); ++i) {
      float* own = scores.data() + i * labels();
      rowDots(weights.weights.data(), labels(), d_, rows_.data() + rows[i] * d_, own);
      for (std::size_t c = 0; c < labels(); ++c) own[c] += weights.bias[c];
      truth.push_back(place_[rows[i]]);
    }
    return fitSlope(scores, truth, kUsualSlope);
  }

  const TrainingContext& context_;
  UsedLabels used_;
  std::size_t d_;
  bool dual_ = false;
  std::vector<std::size_t> chosen_;  ///< rows learnt from, rising
  std::vector<int> place_;           ///< of the chosen rows
  std::vector<float> mean_;          ///< [features]
  std::vector<float> rows_;          ///< [chosen x features], around mean_
};

class Ridge final : public Learner {
 public:
  std::string id() const override { return "ridge"; }
  std::string title() const override { return "Ridge regression"; }

  std::vector<base::ParamSpec> paramSpecs() const override {
    return {{.name = "alpha",
             .title = "Penalty",
             .type = base::ParamType::Float,
             .min = 0,
             .max = 1e6,
             .defaultValue = 0.0,
             .help = "How strongly large weights are held back; 0 chooses by held-out examples."}};
  }

  base::Result<ModelPtr> train(const Dataset& data, const base::Params& params,
                               const TrainingContext& context) const override {
    if (const auto fits = checkTrainable(data); !fits) return fits.error();
    if (context.stop.stop_requested()) return trainingStopped();
    return RidgeFit(data, context).run(data, params.number("alpha"));
  }

  base::Result<ModelPtr> load(ByteReader& in) const override { return loadLinearModel(id(), in); }
};

}  // namespace

LearnerPtr makeRidge() { return std::make_shared<Ridge>(); }

}  // namespace learners
