#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>

#include "sensors/extractors/signal.h"

namespace sensors {

namespace {

class StatisticsExtractor final : public FeatureExtractor {
 public:
  explicit StatisticsExtractor(const SourceInfo& source) : channels_(source.channels.size()) {
    for (const Channel& channel : source.channels) {
      Statistics::name(channel.id, channel.unit, features_);
    }
  }
  std::string id() const override { return "statistics"; }
  const std::vector<Feature>& features() const override { return features_; }
  void extract(const Window& window, std::span<float> out) const override {
    if (window.samples.channels != channels_) {
      std::fill(out.begin(), out.end(), kNone);
      return;
    }
    for (std::size_t c = 0; c < channels_; ++c) {
      Statistics::write(signalOf(window, c),
                        out.subspan(c * Statistics::kCount, Statistics::kCount));
    }
  }

 private:
  std::size_t channels_;
  std::vector<Feature> features_;
};

}  // namespace

Signal signalOf(const Window& window, std::size_t channel) {
  const Samples& samples = window.samples;
  Signal signal;
  signal.rate = window.rate;
  signal.values.resize(samples.rows);
  for (std::size_t row = 0; row < samples.rows; ++row) {
    signal.values[row] = samples.at(row, channel);
  }
  if (!samples.missing.empty()) {
    signal.missing.resize(samples.rows);
    for (std::size_t row = 0; row < samples.rows; ++row) {
      signal.missing[row] = samples.isMissing(row, channel) ? 1 : 0;
    }
  }
  return signal;
}

Signal magnitudeOf(const Window& window, std::size_t first) {
  const Samples& samples = window.samples;
  Signal signal;
  signal.rate = window.rate;
  signal.values.resize(samples.rows);
  signal.missing.resize(samples.missing.empty() ? 0 : samples.rows);
  for (std::size_t row = 0; row < samples.rows; ++row) {
    const float x = samples.at(row, first);
    const float y = samples.at(row, first + 1);
    const float z = samples.at(row, first + 2);
    signal.values[row] = std::sqrt(x * x + y * y + z * z);
    if (!signal.missing.empty()) {
      const bool isMissing = samples.isMissing(row, first) || samples.isMissing(row, first + 1) ||
                             samples.isMissing(row, first + 2);
      signal.missing[row] = isMissing ? 1 : 0;
    }
  }
  return signal;
}

void Statistics::name(const std::string& signal, const std::string& unit,
                      std::vector<Feature>& to) {
  const auto add = [&](const char* what, const std::string& in) {
    to.push_back({.name = signal + " " + what, .unit = in, .resolution = 0});
  };
  for (const char* what :
       {"mean", "std", "min", "max", "10th percentile", "25th percentile", "median",
        "75th percentile", "90th percentile", "quartile range", "RMS"}) {
    add(what, unit);
  }
  add("skewness", "1");
  add("kurtosis", "1");
  add("zero crossings", "Hz");
  add("mean step", unit);
  add("mean deviation", unit);
}

void Statistics::write(const Signal& signal, std::span<float> out) {
  assert(out.size() == kCount);
  std::vector<float> x;
  x.reserve(signal.values.size());
  for (std::size_t i = 0; i < signal.values.size(); ++i) {
    if (signal.missing.empty() || !signal.missing[i]) x.push_back(signal.values[i]);
  }
  if (x.empty()) {
    std::fill(out.begin(), out.end(), kNone);
    return;
  }
  const auto n = static_cast<double>(x.size());
  double sum = 0;
  double squares = 0;
  for (const double v : x) {
    sum += v;
    squares += v * v;
  }
  const double mean = sum / n;
  double m2 = 0;
  double m3 = 0;
  double m4 = 0;
  double deviation = 0;
  double steps = 0;
  std::size_t crossings = 0;
  double side = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    const double d = x[i] - mean;
    m2 += d * d;
    m3 += d * d * d;
    m4 += d * d * d * d;
    deviation += std::abs(d);
    if (i > 0) steps += std::abs(static_cast<double>(x[i]) - x[i - 1]);
    if (d * side < 0) ++crossings;
    if (d != 0) side = d;
  }
  m2 /= n;
  m3 /= n;
  m4 /= n;
  // Rounding leaves a constant some 1e-16 of its square.
  const bool isConstant = m2 <= 1e-14 * mean * mean;
  std::sort(x.begin(), x.end());
  const float p25 = percentile(x, 0.25);
  const float p75 = percentile(x, 0.75);
  const double seconds = signal.rate > 0 ? n / signal.rate : 0;
  std::size_t at = 0;
  const auto put = [&](double v) { out[at++] = static_cast<float>(v); };
  put(mean);
  put(isConstant ? 0 : std::sqrt(m2));
  put(x.front());
  put(x.back());
  put(percentile(x, 0.10));
  put(p25);
  put(percentile(x, 0.50));
  put(p75);
  put(percentile(x, 0.90));
  put(p75 - p25);
  put(std::sqrt(squares / n));
  put(isConstant ? 0 : m3 / std::pow(m2, 1.5));
  put(isConstant ? 0 : m4 / (m2 * m2) - 3);
  put(seconds <= 0 ? kNone : isConstant ? 0 : static_cast<double>(crossings) / seconds);
  put(n > 1 ? steps / (n - 1) : 0);
  put(isConstant ? 0 : deviation / n);
}

base::Result<void> needEven(const SourceInfo& source, const std::string& id) {
  if (source.kind == SourceKind::Picture || source.kind == SourceKind::Slow || source.rate <= 0) {
    return base::invalid("\"" + id + "\" needs rows at an even rate, which " + source.id +
                         " does not send");
  }
  if (source.channels.empty()) {
    return base::invalid(source.id + " has no channels for \"" + id + "\"");
  }
  return {};
}

base::Result<FeatureExtractorPtr> makeStatistics(const SourceInfo& source, const WindowSpec&) {
  if (const auto even = needEven(source, "statistics"); !even) {
    return even.error();
  }
  return FeatureExtractorPtr(std::make_shared<StatisticsExtractor>(source));
}

}  // namespace sensors
