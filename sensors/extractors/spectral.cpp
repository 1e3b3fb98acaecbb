#include <algorithm>
#include <cassert>
#include <cmath>
#include <cstdio>
#include <limits>
#include <numbers>

#include "sensors/extractors/signal.h"

namespace sensors {

namespace {

constexpr double kBandEdges[] = {0.1, 0.5, 1, 1.5, 2, 3, 4, 6, 8, 10, 15, 25, 50, 100};
/// Power below which a band counts as empty, in unit^2: -120 dB.
constexpr double kFloor = 1e-12;
constexpr double kFastest = 2000;

/// Bridges gaps with straight lines; before the first and after the last value it is level.
/// False where nothing is there.
bool bridge(const Signal& signal, std::span<float> out) {
  const std::size_t n = signal.values.size();
  std::size_t before = n;
  for (std::size_t i = 0; i < n; ++i) {
    if (!signal.missing.empty() && signal.missing[i]) continue;
    out[i] = signal.values[i];
    for (std::size_t gap = before == n ? 0 : before + 1; gap < i; ++gap) {
      const float part =
          before == n ? 1 : static_cast<float>(gap - before) / static_cast<float>(i - before);
      out[gap] = before == n ? out[i] : out[before] + (out[i] - out[before]) * part;
    }
    before = i;
  }
  for (std::size_t gap = before + 1; before < n && gap < n; ++gap) {
    out[gap] = out[before];
  }
  return before < n;
}

/// Where the top of the parabola through three neighbouring bins lies, in bins.
double peakAt(const std::vector<double>& power, std::size_t top) {
  if (top == 0 || top + 1 >= power.size()) return static_cast<double>(top);
  const double left = std::log(power[top - 1] + 1e-300);
  const double middle = std::log(power[top] + 1e-300);
  const double right = std::log(power[top + 1] + 1e-300);
  const double bend = left - 2 * middle + right;
  const double shift = bend < 0 ? 0.5 * (left - right) / bend : 0;
  return static_cast<double>(top) + std::clamp(shift, -0.5, 0.5);
}

class SpectralExtractor final : public FeatureExtractor {
 public:
  SpectralExtractor(const SourceInfo& source, const WindowSpec& window)
      : spectrum_(window), channels_(source.channels.size()) {
    for (const Channel& channel : source.channels) {
      spectrum_.name(channel.id, features_);
    }
  }
  std::string id() const override { return "spectral"; }
  const std::vector<Feature>& features() const override { return features_; }
  void extract(const Window& window, std::span<float> out) const override {
    if (window.samples.channels != channels_) {
      std::fill(out.begin(), out.end(), kNone);
      return;
    }
    for (std::size_t c = 0; c < channels_; ++c) {
      spectrum_.write(signalOf(window, c), out.subspan(c * spectrum_.count(), spectrum_.count()));
    }
  }

 private:
  SignalSpectrum spectrum_;
  std::size_t channels_;
  std::vector<Feature> features_;
};

}  // namespace

SignalSpectrum::Table::Table(std::size_t size) : transform(size), hann(size) {
  for (std::size_t i = 0; i < size; ++i) {
    const double phase = 2 * std::numbers::pi * static_cast<double>(i) / static_cast<double>(size);
    const double w = 0.5 - 0.5 * std::cos(phase);
    hann[i] = static_cast<float>(w);
    gain += w * w;
  }
}

SignalSpectrum::SignalSpectrum(const WindowSpec& window) {
  const double finest = 1 / base::toSeconds(window.length);
  for (const double edge : kBandEdges) {
    if (edges_.empty() || edge - edges_.back() >= 0.999 * finest) edges_.push_back(edge);
  }
  if (edges_.size() == 1) edges_.push_back(*std::rbegin(kBandEdges));
}

void SignalSpectrum::nameBands(const std::string& signal, std::vector<Feature>& to) const {
  for (std::size_t b = 0; b + 1 < edges_.size(); ++b) {
    char band[48];
    std::snprintf(band, sizeof band, " %g-%g Hz", edges_[b], edges_[b + 1]);
    to.push_back({.name = signal + band, .unit = "dB", .resolution = 0});
  }
}

void SignalSpectrum::name(const std::string& signal, std::vector<Feature>& to) const {
  nameBands(signal, to);
  to.push_back({.name = signal + " dominant frequency", .unit = "Hz", .resolution = 0});
  to.push_back({.name = signal + " spectral entropy", .unit = "1", .resolution = 0});
  to.push_back({.name = signal + " spectral centroid", .unit = "Hz", .resolution = 0});
}

std::vector<double> SignalSpectrum::powerOf(const Signal& signal, double& mean) const {
  const std::size_t n = signal.values.size();
  if (n < 4 || signal.rate <= 0) return {};
  const auto table = tables_.get(n);
  RealTransform::Work work(n);
  const auto input = work.input();
  if (!bridge(signal, input)) return {};
  mean = 0;
  for (const float v : input) mean += v;
  mean /= static_cast<double>(n);
  for (std::size_t i = 0; i < n; ++i) {
    input[i] = static_cast<float>(input[i] - mean) * table->hann[i];
  }
  table->transform.run(work);
  const auto bins = work.output();
  std::vector<double> power(bins.size());
  for (std::size_t k = 1; k < bins.size(); ++k) {
    const bool isNyquist = 2 * k == n;
    power[k] = (isNyquist ? 1 : 2) * static_cast<double>(std::norm(bins[k])) /
               (static_cast<double>(n) * table->gain);
  }
  return power;
}

void SignalSpectrum::writeBands(const std::vector<double>& power, const Signal& signal,
                                std::span<float> out) const {
  const double step = signal.rate / static_cast<double>(signal.values.size());
  for (std::size_t b = 0; b + 1 < edges_.size(); ++b) {
    const double low = edges_[b] / step;
    const double high = edges_[b + 1] / step;
    if (edges_[b] >= signal.rate / 2) break;
    // A bin reaches half a step to both sides and is shared out among the bands it touches.
    double sum = 0;
    const auto last = std::min(power.size() - 1, static_cast<std::size_t>(high + 0.5));
    for (auto k = std::max<std::size_t>(1, static_cast<std::size_t>(low + 0.5)); k <= last; ++k) {
      const auto centre = static_cast<double>(k);
      const double share = std::min(centre + 0.5, high) - std::max(centre - 0.5, low);
      sum += std::max(0.0, share) * power[k];
    }
    out[b] = static_cast<float>(10 * std::log10(sum + kFloor));
  }
}

void SignalSpectrum::writeBands(const Signal& signal, std::span<float> out) const {
  assert(out.size() == bands());
  std::fill(out.begin(), out.end(), kNone);
  double mean = 0;
  const std::vector<double> power = powerOf(signal, mean);
  if (!power.empty()) writeBands(power, signal, out);
}

void SignalSpectrum::write(const Signal& signal, std::span<float> out) const {
  assert(out.size() == count());
  std::fill(out.begin(), out.end(), kNone);
  double mean = 0;
  const std::vector<double> power = powerOf(signal, mean);
  if (power.empty()) return;
  writeBands(power, signal, out);
  double total = 0;
  for (const double bin : power) total += bin;
  if (total <= kFloor * 1e-6 || total <= 1e-13 * mean * mean) {
    return;
  }
  const double step = signal.rate / static_cast<double>(signal.values.size());
  double entropy = 0;
  double centroid = 0;
  for (std::size_t k = 1; k < power.size(); ++k) {
    const double share = power[k] / total;
    if (share > 0) entropy -= share * std::log(share);
    centroid += share * static_cast<double>(k) * step;
  }
  const auto top =
      static_cast<std::size_t>(std::max_element(power.begin(), power.end()) - power.begin());
  out[bands()] = static_cast<float>(peakAt(power, top) * step);
  out[bands() + 1] = static_cast<float>(entropy / std::log(static_cast<double>(power.size() - 1)));
  out[bands() + 2] = static_cast<float>(centroid);
}

base::Result<FeatureExtractorPtr> makeSpectral(const SourceInfo& source, const WindowSpec& window) {
  if (const auto even = needEven(source, "spectral"); !even) {
    return even.error();
  }
  if (source.rate >= kFastest) {
    return base::invalid("\"spectral\" is for less than 2000 rows a second; for " + source.id +
                         " there is \"sound\"");
  }
  return FeatureExtractorPtr(std::make_shared<SpectralExtractor>(source, window));
}

}  // namespace sensors
