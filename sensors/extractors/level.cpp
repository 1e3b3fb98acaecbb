#include <algorithm>
#include <cmath>
#include <limits>

#include "sensors/feature_extractor.h"

namespace sensors {

namespace {

/// Share of a channel's declared range below which a difference is drift and means nothing.
constexpr double kResolution = 0.01;

/// What a level did in the window. Mean: each value weighs as long as it holds, until the next one
/// or the window's end. Slope: least squares over the readings in the window, 0 below two. The time
/// since a change is ln(1 + seconds), at most an hour, for all channels together.
class LevelExtractor final : public FeatureExtractor {
 public:
  explicit LevelExtractor(const SourceInfo& source) : channels_(source.channels.size()) {
    for (const Channel& channel : source.channels) {
      const double resolution =
          channel.max > channel.min ? kResolution * (channel.max - channel.min) : 0;
      for (const char* what : {" last", " mean", " min", " max", " range"}) {
        features_.push_back(
            {.name = channel.id + what, .unit = channel.unit, .resolution = resolution});
      }
      const std::string perSecond = channel.unit.empty() ? "" : channel.unit + "/s";
      features_.push_back({.name = channel.id + " slope", .unit = perSecond, .resolution = 0});
      features_.push_back({.name = channel.id + " changes", .unit = "1", .resolution = 0});
    }
    features_.push_back({.name = "time since change", .unit = "ln(1+s)", .resolution = 0});
  }
  std::string id() const override { return "level"; }
  const std::vector<Feature>& features() const override { return features_; }

  void extract(const Window& window, std::span<float> out) const override {
    std::fill(out.begin(), out.end(), kNone);
    if (window.samples.channels != channels_) {
      return;
    }
    for (std::size_t c = 0; c < channels_; ++c) {
      writeChannel(window, c, out.subspan(c * kPerChannel, kPerChannel));
    }
    if (window.rate <= 0) {
      out.back() = static_cast<float>(std::log1p(base::toSeconds(window.sinceChange)));
    }
  }

 private:
  static constexpr std::size_t kPerChannel = 7;

  static double secondsOf(const Window& window, std::size_t row) {
    return window.offsets.empty() ? static_cast<double>(row) / std::max(window.rate, 1e-9)
                                  : base::toSeconds(window.offsets[row]);
  }

  static void writeChannel(const Window& window, std::size_t channel, std::span<float> out) {
    const Samples& samples = window.samples;
    const double end = base::toSeconds(window.span.length());
    struct Sums {
      double n = 0, t = 0, tt = 0, v = 0, tv = 0;
    } sums;
    double held = 0;  // integral of the value over time
    double heldFor = 0;
    double since = 0;
    float last = kNone;
    float low = 0;
    float high = 0;
    std::size_t changes = 0;
    for (std::size_t row = 0; row < samples.rows; ++row) {
      if (samples.isMissing(row, channel)) continue;
      const double t = secondsOf(window, row);
      const float value = samples.at(row, channel);
      if (std::isnan(last)) {
        low = high = value;
      } else {
        held += last * (t - since);
        heldFor += t - since;
        changes += value != last ? 1 : 0;
      }
      low = std::min(low, value);
      high = std::max(high, value);
      last = value;
      since = t;
      // A scattered row at the very beginning is what held from before, not a reading of then.
      if (t > 0 || window.offsets.empty()) {
        sums.n += 1;
        sums.t += t;
        sums.tt += t * t;
        sums.v += value;
        sums.tv += t * value;
      }
    }
    if (std::isnan(last)) {
      return;
    }
    held += last * (end - since);
    heldFor += end - since;
    const double spread = sums.n * sums.tt - sums.t * sums.t;
    const bool hasSlope = sums.n >= 2 && spread > 1e-12;
    out[0] = last;
    out[1] = heldFor > 0 ? static_cast<float>(held / heldFor) : last;
    out[2] = low;
    out[3] = high;
    out[4] = high - low;
    out[5] = hasSlope ? static_cast<float>((sums.n * sums.tv - sums.t * sums.v) / spread) : 0;
    out[6] = static_cast<float>(changes);
  }

  std::size_t channels_;
  std::vector<Feature> features_;
};

}  // namespace

base::Result<FeatureExtractorPtr> makeLevel(const SourceInfo& source, const WindowSpec&) {
  if (source.kind == SourceKind::Picture || source.channels.empty()) {
    return base::invalid("\"level\" needs numbers, which " + source.id + " does not send");
  }
  return FeatureExtractorPtr(std::make_shared<LevelExtractor>(source));
}

}  // namespace sensors
