#pragma once
// Signal: one column of an even window, and the two families of features every signal has.

#include <algorithm>
#include <span>
#include <string>
#include <vector>

#include "sensors/extractors/spectrum.h"
#include "sensors/feature_extractor.h"

namespace sensors {

struct Signal {
  double rate = 0;  ///< rows per second
  std::vector<float> values;
  std::vector<std::uint8_t> missing;  ///< empty, or one per value
};

Signal signalOf(const Window& window, std::size_t channel);
/// Length of the vector of channels `first` to `first + 2`; missing where one of them is.
Signal magnitudeOf(const Window& window, std::size_t first);

/// The value below which a share in [0, 1] of `sorted` lies, between neighbouring ranks. Not empty.
template <class Value>
Value percentile(const std::vector<Value>& sorted, double share) {
  const double rank = share * static_cast<double>(sorted.size() - 1);
  const auto below = static_cast<std::size_t>(rank);
  const std::size_t above = std::min(below + 1, sorted.size() - 1);
  const double part = rank - static_cast<double>(below);
  return static_cast<Value>(sorted[below] * (1 - part) + sorted[above] * part);
}

/// Moments and order statistics of the values that are there. All NaN where none is.
///   std = sqrt(mean (x - mean)^2); skewness = m3 / m2^1.5; kurtosis = m4 / m2^2 - 3, both 0 for a
///   constant; percentiles between neighbouring ranks; zero crossings of x - mean per second.
struct Statistics {
  static constexpr std::size_t kCount = 16;
  static void name(const std::string& signal, const std::string& unit, std::vector<Feature>& to);
  static void write(const Signal& signal, std::span<float> out);
};

/// Power by frequency, from one Hann-windowed transform of the signal less its mean, gaps bridged
/// by straight lines: log power of bands in dB relative to 1 unit^2, dominant frequency, entropy in
/// [0, 1] and centroid. Bands are as fine as the window's length can tell apart and do not depend
/// on the rate; those above half the rate are NaN. Thread-safe.
class SignalSpectrum {
 public:
  explicit SignalSpectrum(const WindowSpec& window);

  std::size_t count() const { return bands() + 3; }
  void name(const std::string& signal, std::vector<Feature>& to) const;
  void write(const Signal& signal, std::span<float> out) const;
  /// The bands alone. [bands()]
  std::size_t bands() const { return edges_.size() - 1; }
  void nameBands(const std::string& signal, std::vector<Feature>& to) const;
  void writeBands(const Signal& signal, std::span<float> out) const;

 private:
  struct Table {
    explicit Table(std::size_t size);
    RealTransform transform;
    std::vector<float> hann;
    double gain = 0;  ///< sum of the window's squares
  };

  /// Scaled so that the bins of a stationary signal add up to its variance; empty where there is
  /// nothing to transform.
  std::vector<double> powerOf(const Signal& signal, double& mean) const;
  void writeBands(const std::vector<double>& power, const Signal& signal,
                  std::span<float> out) const;

  std::vector<double> edges_;  ///< hertz, rising
  LastMade<std::size_t, Table> tables_;
};

/// Whether rows of `source` come at an even rate; else the reason why extractor `id` cannot work.
base::Result<void> needEven(const SourceInfo& source, const std::string& id);

}  // namespace sensors
