#include <algorithm>
#include <cmath>
#include <limits>

#include "sensors/extractors/body_axes.h"
#include "sensors/extractors/movement.h"
#include "sensors/extractors/signal.h"

namespace sensors {

namespace {

/// "accel" for "accel_x", "accel_y", "accel_z"; "x y z" where the names share no beginning.
std::string nameTogether(const std::string& a, const std::string& b, const std::string& c) {
  std::size_t n = 0;
  while (n < a.size() && n < b.size() && n < c.size() && a[n] == b[n] && a[n] == c[n]) {
    ++n;
  }
  while (n > 0 && (a[n - 1] == '_' || a[n - 1] == '.' || a[n - 1] == ' ' || a[n - 1] == '-')) {
    --n;
  }
  return n > 0 ? a.substr(0, n) : a + " " + b + " " + c;
}

/// Pearson's r over rows where both are there; 0 where one of them does not move.
float correlation(const Signal& a, const Signal& b) {
  double n = 0;
  double sumA = 0;
  double sumB = 0;
  const auto isThere = [](const Signal& s, std::size_t i) {
    return s.missing.empty() || !s.missing[i];
  };
  for (std::size_t i = 0; i < a.values.size(); ++i) {
    if (!isThere(a, i) || !isThere(b, i)) continue;
    n += 1;
    sumA += a.values[i];
    sumB += b.values[i];
  }
  if (n < 3) return kNone;
  const double meanA = sumA / n;
  const double meanB = sumB / n;
  double aa = 0;
  double bb = 0;
  double ab = 0;
  for (std::size_t i = 0; i < a.values.size(); ++i) {
    if (!isThere(a, i) || !isThere(b, i)) continue;
    const double da = a.values[i] - meanA;
    const double db = b.values[i] - meanB;
    aa += da * da;
    bb += db * db;
    ab += da * db;
  }
  const bool isStill = aa <= 1e-14 * n * meanA * meanA || bb <= 1e-14 * n * meanB * meanB;
  return isStill ? 0 : static_cast<float>(ab / std::sqrt(aa * bb));
}

/// Per channel and for the magnitude of each three that share a unit (0-2, 3-5, ...): statistics
/// and spectrum. Per three also the correlation of each pair, and of the jerk
///   j_i = |v_{i+1} - v_i| x rate   over neighbouring rows that are both there,
/// mean and maximum, statistics of the parts along and across their mean direction (for an
/// accelerometer: up and level), how they move together (Movement) and in the wearer's axes
/// (BodyAxes). Of two threes (an accelerometer and a gyroscope) also the correlation of each axis
/// with each and of the magnitudes.
class MotionExtractor final : public FeatureExtractor {
 public:
  MotionExtractor(const SourceInfo& source, const WindowSpec& window)
      : spectrum_(window), body_(window), channels_(source.channels.size()) {
    for (const Channel& channel : source.channels) {
      nameSignal(channel.id, channel.unit);
    }
    for (std::size_t first = 0; first + 3 <= channels_; first += 3) {
      const Channel* c = &source.channels[first];
      if (c[0].unit != c[1].unit || c[0].unit != c[2].unit) continue;
      triples_.push_back(first);
      const std::string name = nameTogether(c[0].id, c[1].id, c[2].id);
      nameSignal(name + " magnitude", c[0].unit);
      for (const auto& [a, b] : kPairs) {
        add(c[a].id + " " + c[b].id + " correlation", "1");
      }
      const std::string perSecond = c[0].unit.empty() ? "" : c[0].unit + "/s";
      add(name + " jerk mean", perSecond);
      add(name + " jerk max", perSecond);
      Statistics::name(name + " along its mean", c[0].unit, features_);
      Statistics::name(name + " across its mean", c[0].unit, features_);
      Movement::name(name, features_);
      body_.name(name, c[0].unit, features_);
    }
    for (std::size_t t = 1; t < triples_.size(); ++t) {
      const Channel* a = &source.channels[triples_[t - 1]];
      const Channel* b = &source.channels[triples_[t]];
      for (std::size_t i = 0; i < 9; ++i) {
        add(a[i / 3].id + " " + b[i % 3].id + " correlation", "1");
      }
      add(a->id + " " + b->id + " magnitudes correlation", "1");
    }
  }
  std::string id() const override { return "motion"; }
  const std::vector<Feature>& features() const override { return features_; }

  void extract(const Window& window, std::span<float> out) const override {
    if (window.samples.channels != channels_) {
      std::fill(out.begin(), out.end(), kNone);
      return;
    }
    std::size_t at = 0;
    std::vector<Signal> signals;
    signals.reserve(channels_);
    for (std::size_t c = 0; c < channels_; ++c) {
      at = write(signals.emplace_back(signalOf(window, c)), out, at);
    }
    std::vector<Signal> magnitudes;
    for (const std::size_t first : triples_) {
      magnitudes.push_back(magnitudeOf(window, first));
      at = write(magnitudes.back(), out, at);
      for (const auto& [a, b] : kPairs) {
        out[at++] = correlation(signals[first + a], signals[first + b]);
      }
      writeJerk(&signals[first], window, out.subspan(at, 2));
      at += 2;
      for (const Signal& part : alongAndAcross(std::span(signals).subspan(first, 3))) {
        Statistics::write(part, out.subspan(at, Statistics::kCount));
        at += Statistics::kCount;
      }
      movement_.write(std::span(signals).subspan(first, 3), out.subspan(at, Movement::kCount));
      at += Movement::kCount;
      body_.write(std::span(signals).subspan(first, 3), out.subspan(at, body_.count()));
      at += body_.count();
    }
    for (std::size_t t = 1; t < triples_.size(); ++t) {
      for (std::size_t i = 0; i < 9; ++i) {
        out[at++] = correlation(signals[triples_[t - 1] + i / 3], signals[triples_[t] + i % 3]);
      }
      out[at++] = correlation(magnitudes[t - 1], magnitudes[t]);
    }
  }

 private:
  static constexpr std::pair<std::size_t, std::size_t> kPairs[] = {{0, 1}, {0, 2}, {1, 2}};

  void add(std::string name, const std::string& unit) {
    features_.push_back({.name = std::move(name), .unit = unit, .resolution = 0});
  }
  void nameSignal(const std::string& name, const std::string& unit) {
    Statistics::name(name, unit, features_);
    spectrum_.name(name, features_);
  }
  std::size_t write(const Signal& signal, std::span<float> out, std::size_t at) const {
    Statistics::write(signal, out.subspan(at, Statistics::kCount));
    at += Statistics::kCount;
    spectrum_.write(signal, out.subspan(at, spectrum_.count()));
    return at + spectrum_.count();
  }
  static void writeJerk(const Signal* axes, const Window& window, std::span<float> out) {
    double sum = 0;
    double most = 0;
    std::size_t n = 0;
    const auto isThere = [&](std::size_t row) {
      return std::all_of(axes, axes + 3, [&](const Signal& axis) {
        return axis.missing.empty() || !axis.missing[row];
      });
    };
    for (std::size_t row = 1; row < window.samples.rows; ++row) {
      if (!isThere(row - 1) || !isThere(row)) continue;
      double squares = 0;
      for (std::size_t a = 0; a < 3; ++a) {
        const double step = static_cast<double>(axes[a].values[row]) - axes[a].values[row - 1];
        squares += step * step;
      }
      const double jerk = std::sqrt(squares) * window.rate;
      sum += jerk;
      most = std::max(most, jerk);
      ++n;
    }
    out[0] = n > 0 ? static_cast<float>(sum / static_cast<double>(n)) : kNone;
    out[1] = n > 0 ? static_cast<float>(most) : kNone;
  }

  SignalSpectrum spectrum_;
  Movement movement_;
  BodyAxes body_;
  std::size_t channels_;
  std::vector<std::size_t> triples_;
  std::vector<Feature> features_;
};

}  // namespace

base::Result<FeatureExtractorPtr> makeMotion(const SourceInfo& source, const WindowSpec& window) {
  if (const auto even = needEven(source, "motion"); !even) {
    return even.error();
  }
  return FeatureExtractorPtr(std::make_shared<MotionExtractor>(source, window));
}

}  // namespace sensors
