#include "learners/gate.h"

#include <algorithm>
#include <cassert>
#include <cmath>

#include "learners/logistic_fit.h"
#include "learners/matrix.h"
#include "learners/numbers.h"
#include "learners/schema_bytes.h"
#include "learners/splits.h"

namespace learners {
namespace {

constexpr std::size_t kManyRows = 3000;  // above, one holdout sets the threshold
constexpr std::size_t kFewRows = 200;    // below, the threshold keeps a margin
constexpr float kMargin = 1;             // in log odds
constexpr float kLowest = 0.5F;
constexpr float kUntested = 0.95F;
constexpr float kNever = 2;

struct Line {
  std::vector<float> weights;
  float bias = 0;

  float probability(const float* row) const {
    return 1 / (1 + std::exp(-(dot(weights.data(), row, weights.size()) + bias)));
  }
};

/// Logistic regression: background against the rest, on some rows of `data`.
base::Result<Line> fitLine(const Dataset& data, std::span<const std::size_t> rows,
                           const std::stop_token& stop) {
  const std::size_t d = data.features();
  std::vector<float> values;
  std::vector<int> label;
  values.reserve(rows.size() * d);
  for (const std::size_t i : rows) {
    values.insert(values.end(), data.row(i).begin(), data.row(i).end());
    label.push_back(data.label(i) == data.background() ? 1 : 0);
  }
  const auto fitted =
      fitLogistic({.rows = values, .features = d, .label = label, .labels = 2}, stop);
  if (!fitted) return fitted.error();
  Line line;
  line.weights.resize(d);
  for (std::size_t f = 0; f < d; ++f) {
    line.weights[f] = fitted->weights[d + f] - fitted->weights[f];
  }
  line.bias = fitted->bias[1] - fitted->bias[0];
  return line;
}

/// What a held-out gate says about rows of other labels, largest first.
base::Result<std::vector<float>> heldOutChances(const Dataset& data,
                                                const TrainingContext& context) {
  const bool many = data.rows() > kManyRows;
  auto folds = demonstrationFolds(data, many ? 5 : 4, seedOf(context.seed, 0));
  if (many && folds.size() > 1) folds.resize(1);
  std::vector<float> chances;
  for (const Split& fold : folds) {
    const auto line = fitLine(data, fold.train, context.stop);
    if (!line) return line.error();
    for (const std::size_t i : fold.test) {
      if (data.label(i) == data.background()) continue;
      chances.push_back(line->probability(data.row(i).data()));
    }
  }
  std::sort(chances.begin(), chances.end(), std::greater<>());
  return chances;
}

float withMargin(float chance) {
  const float odds = std::log(chance / (1 - chance)) + kMargin;
  return 1 / (1 + std::exp(-odds));
}

}  // namespace

base::Result<Gate> Gate::train(const Dataset& data, const TrainingContext& context,
                               double allowedMiss) {
  const int background = data.background();
  const auto count = data.countPerLabel();
  if (background < 0 || count[background] == 0) {
    return base::invalid("There are no background examples for the gate to learn from.");
  }
  if (count[background] == data.rows()) {
    return base::invalid("There are only background examples; the gate needs others too.");
  }
  const auto chances = heldOutChances(data, context);
  if (!chances) return chances.error();
  std::vector<std::size_t> all(data.rows());
  for (std::size_t i = 0; i < all.size(); ++i) all[i] = i;
  auto line = fitLine(data, all, context.stop);
  if (!line) return line.error();

  Gate gate;
  gate.weights_ = std::move(line->weights);
  gate.bias_ = line->bias;
  if (chances->empty()) {
    gate.threshold_ = kUntested;
    return gate;
  }
  const auto allowed = static_cast<std::size_t>(allowedMiss * static_cast<double>(chances->size()));
  const float highest = (*chances)[std::min(allowed, chances->size() - 1)];
  const float raised = chances->size() < kFewRows ? withMargin(highest) : highest;
  gate.threshold_ = raised < 1 ? std::max(kLowest, std::nextafter(raised, kNever)) : kNever;
  return gate;
}

Gate Gate::lettingPass(const Dataset& prepared) const {
  Gate gate = *this;
  for (std::size_t i = 0; i < prepared.rows(); ++i) {
    const float chance = probability(prepared.row(i));
    if (chance >= gate.threshold_) gate.threshold_ = std::nextafter(chance, kNever);
  }
  return gate;
}

base::Result<Gate> Gate::load(ByteReader& in) {
  Gate gate;
  gate.weights_ = in.getArray<float>();
  gate.bias_ = in.get<float>();
  gate.threshold_ = in.get<float>();
  const auto finite = [](float value) { return std::isfinite(value); };
  const bool fits = in.ok() && !gate.weights_.empty() && gate.weights_.size() <= kMostFeatures &&
                    std::isfinite(gate.bias_) && gate.threshold_ >= 0 &&
                    gate.threshold_ <= kNever &&
                    std::all_of(gate.weights_.begin(), gate.weights_.end(), finite);
  if (!fits) return base::Error{base::ErrorCode::Corrupt, "gate: these bytes are damaged"};
  return gate;
}

void Gate::save(ByteWriter& out) const {
  out.putArray(weights_);
  out.put(bias_);
  out.put(threshold_);
}

float Gate::probability(std::span<const float> standardisedRow) const {
  assert(standardisedRow.size() == weights_.size());
  const float score = dot(weights_.data(), standardisedRow.data(), weights_.size()) + bias_;
  return 1 / (1 + std::exp(-score));
}

}  // namespace learners
