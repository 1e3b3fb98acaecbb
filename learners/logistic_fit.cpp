#include "learners/logistic_fit.h"

#include <algorithm>
#include <cmath>
#include <deque>

#include "learners/matrix.h"

namespace learners {
namespace {

constexpr int kMostSteps = 100;
constexpr int kFewestSteps = 20;
constexpr std::size_t kMemory = 10;
/// Multiplications a whole fit may cost: a few seconds on one core.
constexpr double kMostWork = 1e11;
constexpr double kSmallGradient = 2e-4;  // of the mean loss

double inner(const std::vector<float>& a, const std::vector<float>& b) {
  double sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += static_cast<double>(a[i]) * b[i];
  return sum;
}

void addScaled(std::vector<float>& to, double scale, const std::vector<float>& what) {
  for (std::size_t i = 0; i < to.size(); ++i) to[i] += static_cast<float>(scale * what[i]);
}

/// Mean loss and its gradient at a point. The point holds weights, then biases.
class Loss {
 public:
  Loss(const LogisticProblem& problem, std::vector<int> label, std::size_t labels)
      : problem_(problem),
        label_(std::move(label)),
        labels_(labels),
        rows_(label_.size()),
        scores_(rows_ * labels),
        residual_(rows_ * labels) {}

  std::size_t size() const { return labels_ * (problem_.features + 1); }

  double operator()(const std::vector<float>& point, std::vector<float>& gradient) {
    const std::size_t d = problem_.features;
    const float* bias = point.data() + labels_ * d;
    productTransposed(problem_.rows.data(), rows_, point.data(), labels_, d, scores_.data());
    double loss = 0;
    std::vector<double> biasGradient(labels_);
    for (std::size_t i = 0; i < rows_; ++i) loss += addRow(i, bias, biasGradient);
    product(residual_.data(), labels_, problem_.rows.data(), d, rows_, gradient.data());

    const double scale = 1.0 / static_cast<double>(rows_);
    double squares = 0;
    for (std::size_t j = 0; j < labels_ * d; ++j) {
      squares += static_cast<double>(point[j]) * point[j];
      gradient[j] = static_cast<float>((gradient[j] + problem_.penalty * point[j]) * scale);
    }
    for (std::size_t c = 0; c < labels_; ++c) {
      gradient[labels_ * d + c] = static_cast<float>(biasGradient[c] * scale);
    }
    return (loss + 0.5 * problem_.penalty * squares) * scale;
  }

 private:
  /// Loss of row `i`; leaves "probability minus truth" in residual_ [labels x rows].
  double addRow(std::size_t i, const float* bias, std::vector<double>& biasGradient) {
    float* s = scores_.data() + i * labels_;
    float top = -INFINITY;
    for (std::size_t c = 0; c < labels_; ++c) top = std::max(top, s[c] += bias[c]);
    const float own = s[label_[i]] - top;
    double sum = 0;
    for (std::size_t c = 0; c < labels_; ++c) sum += s[c] = std::exp(s[c] - top);
    for (std::size_t c = 0; c < labels_; ++c) {
      const double p = s[c] / sum - (static_cast<std::size_t>(label_[i]) == c ? 1 : 0);
      residual_[c * rows_ + i] = static_cast<float>(p);
      biasGradient[c] += p;
    }
    return std::log(sum) - own;
  }

  const LogisticProblem& problem_;
  std::vector<int> label_;
  std::size_t labels_;
  std::size_t rows_;
  std::vector<float> scores_;
  std::vector<float> residual_;
};

struct Step {
  std::vector<float> moved;
  std::vector<float> turned;  ///< change of the gradient
  double scale = 0;           ///< 1 / inner(moved, turned)
};

/// The two-loop recursion: minus the inverse curvature times the gradient.
std::vector<float> direction(const std::vector<float>& gradient, const std::deque<Step>& memory) {
  std::vector<float> way = gradient;
  std::vector<double> share(memory.size());
  for (std::size_t i = memory.size(); i-- > 0;) {
    share[i] = memory[i].scale * inner(memory[i].moved, way);
    addScaled(way, -share[i], memory[i].turned);
  }
  if (!memory.empty()) {
    const Step& last = memory.back();
    const double stretch = 1 / (last.scale * inner(last.turned, last.turned));
    for (float& value : way) value = static_cast<float>(value * stretch);
  }
  for (std::size_t i = 0; i < memory.size(); ++i) {
    addScaled(way, share[i] - memory[i].scale * inner(memory[i].turned, way), memory[i].moved);
  }
  for (float& value : way) value = -value;
  return way;
}

/// Minimises `loss` from zero.
base::Result<std::vector<float>> minimise(Loss& loss, int steps, std::stop_token stop,
                                          const std::function<void(double)>& progress) {
  std::vector<float> point(loss.size());
  std::vector<float> gradient(loss.size());
  std::vector<float> next(loss.size());
  std::vector<float> nextGradient(loss.size());
  std::deque<Step> memory;
  double value = loss(point, gradient);
  for (int step = 0; step < steps; ++step) {
    if (stop.stop_requested()) {
      return base::Error{base::ErrorCode::Cancelled, "Training was stopped."};
    }
    if (progress) progress(static_cast<double>(step) / steps);
    const double length = std::sqrt(inner(gradient, gradient));
    if (length < kSmallGradient) break;
    std::vector<float> way = direction(gradient, memory);
    double slope = inner(way, gradient);
    if (!(slope < 0)) {
      memory.clear();
      way = direction(gradient, memory);
      slope = -length * length;
    }
    double stride = memory.empty() ? std::min(1.0, 1.0 / length) : 1.0;
    double nextValue = value;
    bool better = false;
    for (int tries = 0; tries < 20 && !better; ++tries, stride *= 0.5) {
      next = point;
      addScaled(next, stride, way);
      nextValue = loss(next, nextGradient);
      better = nextValue <= value + 1e-4 * stride * slope;
    }
    if (!better) break;
    Step done{next, nextGradient, 0};
    addScaled(done.moved, -1, point);
    addScaled(done.turned, -1, gradient);
    const double curvature = inner(done.moved, done.turned);
    if (curvature > 1e-12) {
      done.scale = 1 / curvature;
      memory.push_back(std::move(done));
      if (memory.size() > kMemory) memory.pop_front();
    }
    const bool settled = value - nextValue < 1e-7 * std::max(1e-3, std::abs(value));
    value = nextValue;
    point.swap(next);
    gradient.swap(nextGradient);
    if (settled) break;
  }
  return point;
}

}  // namespace

base::Result<LinearWeights> fitLogistic(const LogisticProblem& problem, std::stop_token stop,
                                        const std::function<void(double)>& progress) {
  // Labels without rows take no part; they would only drift.
  std::vector<int> place(problem.labels, -1);
  std::vector<std::size_t> used;
  for (const int label : problem.label) place[label] = 0;
  for (std::size_t c = 0; c < problem.labels; ++c) {
    if (place[c] < 0) continue;
    place[c] = static_cast<int>(used.size());
    used.push_back(c);
  }
  std::vector<int> label;
  label.reserve(problem.label.size());
  for (const int c : problem.label) label.push_back(place[c]);

  const double work = 2.0 * static_cast<double>(problem.rows.size()) *
                      static_cast<double>(std::max<std::size_t>(used.size(), 1));
  const int steps = static_cast<int>(
      std::clamp<double>(kMostWork / std::max(work, 1.0), kFewestSteps, kMostSteps));
  Loss loss(problem, std::move(label), used.size());
  const auto point = minimise(loss, steps, stop, progress);
  if (!point) return point.error();

  const std::size_t d = problem.features;
  LinearWeights fitted;
  fitted.weights.resize(problem.labels * d);
  fitted.bias.assign(problem.labels, kAbsentBias);
  for (std::size_t u = 0; u < used.size(); ++u) {
    std::copy_n(point->data() + u * d, d, fitted.weights.data() + used[u] * d);
    fitted.bias[used[u]] = (*point)[used.size() * d + u];
  }
  return fitted;
}

}  // namespace learners
