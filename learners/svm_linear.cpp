#include <algorithm>
#include <cmath>
#include <numeric>
#include <random>

#include "learners/held_out.h"
#include "learners/learner.h"
#include "learners/linear_model.h"
#include "learners/matrix.h"
#include "learners/stopped.h"

namespace learners {
namespace {

constexpr int kMostRounds = 100;
constexpr int kFewestRounds = 5;
constexpr double kMostWork = 1e11;  // multiplications a whole fit may cost
constexpr float kSettled = 0.1F;    // largest step of a gradient that still counts
constexpr int kSlopeParts = 4;      // one of these is held out
constexpr double kUsualSvmSlope = 2;

/// One machine for each label against the others, all in one pass over the rows: squared hinge
/// loss in the dual, one coordinate at a time (Hsieh et al., A Dual Coordinate Descent Method for
/// Large-scale Linear SVM, ICML 2008).
class Machines {
 public:
  Machines(const Dataset& data, const UsedLabels& used, double cost)
      : data_(data), place_(used.place), labels_(used.used.size()), softness_(0.5 / cost) {
    made_.weights.resize(labels_ * data.features());
    made_.bias.resize(labels_);
    dual_.resize(data.rows() * labels_);
    for (const float norm :
         squaredNorms(data.content().values.data(), data.rows(), data.features())) {
      inverse_.push_back(1 / (norm + 1 + static_cast<float>(softness_)));
    }
  }

  /// Goes on from where the machines are, on `rows`. False once `context` is stopped.
  bool fit(std::vector<std::uint32_t> rows, std::uint64_t seed, const TrainingContext& context,
           double progressFrom) {
    std::mt19937_64 random(seed);
    const double work =
        2.0 * static_cast<double>(rows.size()) * static_cast<double>(labels_ * data_.features());
    const int rounds = static_cast<int>(
        std::clamp<double>(kMostWork / std::max(work, 1.0), kFewestRounds, kMostRounds));
    for (int round = 0; round < rounds; ++round) {
      if (context.progress) {
        context.progress(progressFrom + 0.5 * static_cast<double>(round) / rounds);
      }
      std::shuffle(rows.begin(), rows.end(), random);
      float steepest = 0;
      for (std::size_t i = 0; i < rows.size(); ++i) {
        if (i % 256 == 0 && context.stop.stop_requested()) return false;
        steepest = std::max(steepest, visit(rows[i]));
      }
      if (steepest < kSettled) break;
    }
    return true;
  }

  /// [rows x labels]
  std::vector<float> scores(const std::vector<std::size_t>& rows) const {
    std::vector<float> made(rows.size() * labels_);
    for (std::size_t i = 0; i < rows.size(); ++i) {
      float* own = made.data() + i * labels_;
      rowDots(made_.weights.data(), labels_, data_.features(), data_.row(rows[i]).data(), own);
      for (std::size_t c = 0; c < labels_; ++c) own[c] += made_.bias[c];
    }
    return made;
  }

  const LinearWeights& weights() const { return made_; }

 private:
  /// One coordinate step of each machine at one row; returns the steepest slope met.
  float visit(std::uint32_t row) {
    const std::size_t d = data_.features();
    const float* x = data_.row(row).data();
    float* dual = dual_.data() + row * labels_;
    scores_.resize(labels_);
    rowDots(made_.weights.data(), labels_, d, x, scores_.data());
    float steepest = 0;
    for (std::size_t c = 0; c < labels_; ++c) {
      const float sign = static_cast<std::size_t>(place_[row]) == c ? 1.0F : -1.0F;
      const float slope =
          sign * (scores_[c] + made_.bias[c]) - 1 + static_cast<float>(softness_) * dual[c];
      if (dual[c] == 0 && slope >= 0) continue;
      steepest = std::max(steepest, std::abs(slope));
      const float next = std::max(0.0F, dual[c] - slope * inverse_[row]);
      const float step = sign * (next - dual[c]);
      dual[c] = next;
      if (step == 0) continue;
      addScaled(made_.weights.data() + c * d, step, x, d);
      made_.bias[c] += step;
    }
    return steepest;
  }

  const Dataset& data_;
  const std::vector<int>& place_;
  std::size_t labels_;
  double softness_;  ///< 1 / (2 cost)
  LinearWeights made_;
  std::vector<float> dual_;     ///< [rows x labels]
  std::vector<float> inverse_;  ///< [rows]: 1 / curvature of a coordinate
  std::vector<float> scores_;
};

class SvmLinear final : public Learner {
 public:
  std::string id() const override { return "svm_linear"; }
  std::string title() const override { return "Linear support vectors"; }

  std::vector<base::ParamSpec> paramSpecs() const override {
    return {{.name = "cost",
             .title = "Cost",
             .type = base::ParamType::Float,
             .min = 1e-5,
             .max = 1e3,
             .defaultValue = 0.01,
             .help = "How much a row on the wrong side counts; less for noisy examples."}};
  }

  base::Result<ModelPtr> train(const Dataset& data, const base::Params& params,
                               const TrainingContext& context) const override {
    if (const auto fits = checkTrainable(data); !fits) return fits.error();
    if (context.stop.stop_requested()) return trainingStopped();
    const UsedLabels used = usedLabels(data);
    Machines machines(data, used, params.number("cost", 0.01));
    double slope = kUsualSvmSlope;
    // The held-out rows come in last, and what was learnt without them is where that begins.
    if (const auto split = heldOutPart(data, kSlopeParts, context.seed)) {
      if (!machines.fit({split->train.begin(), split->train.end()}, context.seed, context, 0)) {
        return trainingStopped();
      }
      std::vector<int> truth;
      for (const std::size_t i : split->test) truth.push_back(used.place[i]);
      slope = fitSlope(machines.scores(split->test), truth, kUsualSvmSlope).slope;
    }
    std::vector<std::uint32_t> rows(data.rows());
    std::iota(rows.begin(), rows.end(), 0U);
    if (!machines.fit(std::move(rows), context.seed + 1, context, 0.5)) return trainingStopped();
    return makeLinearModel(id(), machines.weights(), used.used, data.labelCount(), data.features(),
                           slope);
  }

  base::Result<ModelPtr> load(ByteReader& in) const override { return loadLinearModel(id(), in); }
};

}  // namespace

LearnerPtr makeSvmLinear() { return std::make_shared<SvmLinear>(); }

}  // namespace learners
