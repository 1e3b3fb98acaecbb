#include "learners/calibration.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <vector>

namespace learners {
namespace {

constexpr std::size_t kFewestRows = 20;
constexpr double kHottest = 8;
constexpr double kColdest = 0.125;
/// Pull towards 1, in units of one independent row: a handful of rows must not say much.
constexpr double kPull = 1;
constexpr float kSmallest = 1e-7F;

/// Negative log likelihood of softmax(log p / t), each row `weight`, plus the pull.
double loss(std::span<const double> logs, std::span<const int> label, std::size_t labels,
            double weight, double logTemperature) {
  const double cold = std::exp(-logTemperature);
  double sum = 0;
  for (std::size_t i = 0; i < label.size(); ++i) {
    const double* row = logs.data() + i * labels;
    const double top = *std::max_element(row, row + labels);
    double total = 0;
    for (std::size_t c = 0; c < labels; ++c) total += std::exp((row[c] - top) * cold);
    sum -= (row[label[i]] - top) * cold - std::log(total);
  }
  return weight * sum + kPull * logTemperature * logTemperature;
}

}  // namespace

Calibration Calibration::fit(std::span<const float> p, std::span<const int> label,
                             std::size_t labels, double independent) {
  assert(p.size() == label.size() * labels);
  Calibration made;
  if (label.size() < kFewestRows) return made;
  const double weight = independent > 0 ? independent / static_cast<double>(label.size()) : 1;
  std::vector<double> logs(p.size());
  for (std::size_t i = 0; i < p.size(); ++i) {
    logs[i] = std::log(static_cast<double>(std::max(p[i], kSmallest)));
  }
  // Golden section: the loss has one valley in the inverse temperature.
  const double golden = (std::sqrt(5.0) - 1) / 2;
  double low = std::log(kColdest);
  double high = std::log(kHottest);
  double a = high - golden * (high - low);
  double b = low + golden * (high - low);
  double lossA = loss(logs, label, labels, weight, a);
  double lossB = loss(logs, label, labels, weight, b);
  while (high - low > 1e-3) {
    if (lossA <= lossB) {
      high = b;
      b = a;
      lossB = lossA;
      a = high - golden * (high - low);
      lossA = loss(logs, label, labels, weight, a);
    } else {
      low = a;
      a = b;
      lossA = lossB;
      b = low + golden * (high - low);
      lossB = loss(logs, label, labels, weight, b);
    }
  }
  made.temperature_ = static_cast<float>(std::exp((low + high) / 2));
  made.fitted_ = true;
  return made;
}

void Calibration::apply(std::span<float> p) const {
  if (temperature_ == 1 || p.empty()) return;
  const float top = std::max(*std::max_element(p.begin(), p.end()), kSmallest);
  const float cold = 1 / temperature_;
  float sum = 0;
  for (float& value : p) {
    value = std::pow(std::max(value, kSmallest) / top, cold);
    sum += value;
  }
  for (float& value : p) value /= sum;
}

void Calibration::save(ByteWriter& out) const {
  out.put(temperature_);
  out.put(static_cast<std::uint8_t>(fitted_ ? 1 : 0));
}

Calibration Calibration::load(ByteReader& in) {
  Calibration made;
  const float temperature = in.get<float>();
  const auto fitted = in.get<std::uint8_t>();
  if (!in.ok() || !(temperature > 0.01F && temperature < 100) || fitted > 1) {
    in.fail();
    return made;
  }
  made.temperature_ = temperature;
  made.fitted_ = fitted == 1;
  return made;
}

double expectedCalibrationError(std::span<const float> certainty,
                                std::span<const std::uint8_t> right, int bins) {
  assert(certainty.size() == right.size() && bins > 0);
  if (certainty.empty()) return 0;
  std::vector<double> sure(bins);
  std::vector<double> hits(bins);
  for (std::size_t i = 0; i < certainty.size(); ++i) {
    // A value on a border belongs to the bin below it.
    const int bin = static_cast<int>(std::ceil(static_cast<double>(certainty[i]) * bins)) - 1;
    const int within = std::clamp(bin, 0, bins - 1);
    sure[within] += certainty[i];
    hits[within] += right[i] != 0 ? 1 : 0;
  }
  double error = 0;
  for (int b = 0; b < bins; ++b) error += std::abs(sure[b] - hits[b]);
  return error / static_cast<double>(certainty.size());
}

}  // namespace learners
