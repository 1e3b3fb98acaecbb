#include <algorithm>
#include <cstdio>
#include <limits>

#include "sensors/extractors/mel.h"

namespace sensors {

namespace {

/// The log-mel patch [frames x 64], row-major: 25 ms frames every 10 ms, periodic Hann window,
/// magnitude of the next larger power-of-two transform, 64 triangles from 125 to 7500 Hz that are
/// even in mel = 1127 ln(1 + f / 700), natural logarithm of the sum + 0.01.
class LogMelExtractor final : public FeatureExtractor {
 public:
  explicit LogMelExtractor(std::size_t frames) : frames_(frames) {
    for (std::size_t i = 0; i < frames; ++i) {
      for (std::size_t b = 0; b < Mel::kBands; ++b) {
        char name[64];
        std::snprintf(name, sizeof name, "log-mel %.0f ms %.0f Hz", static_cast<double>(i) * 10,
                      Mel::edge(b + 1));
        features_.push_back({.name = name, .unit = "1", .resolution = 0});
      }
    }
  }
  std::string id() const override { return "log_mel"; }
  const std::vector<Feature>& features() const override { return features_; }

  void extract(const Window& window, std::span<float> out) const override {
    std::fill(out.begin(), out.end(), std::numeric_limits<float>::quiet_NaN());
    const std::vector<float> sound = monoOf(window);
    if (window.rate < Mel::kSlowest || sound.empty()) {
      return;
    }
    const auto table = tables_.get(window.rate);
    FrameWalk walk(*table, sound);
    for (std::size_t i = 0; i < frames_; ++i) {
      const auto samples = walk.samples(i);
      if (samples.empty()) return;
      table->writeLogMel(walk.magnitudes(samples), out.subspan(i * Mel::kBands, Mel::kBands));
    }
  }

 private:
  std::size_t frames_;
  std::vector<Feature> features_;
  LastMade<double, MelTable> tables_;
};

}  // namespace

base::Result<FeatureExtractorPtr> makeLogMel(const SourceInfo& source, const WindowSpec& window) {
  if (const auto fits = Mel::needSound(source, "log_mel"); !fits) {
    return fits.error();
  }
  const std::size_t frames = Mel::framesIn(window.length);
  if (frames == 0) {
    return base::invalid("\"log_mel\" needs windows of at least 25 ms");
  }
  return FeatureExtractorPtr(std::make_shared<LogMelExtractor>(frames));
}

}  // namespace sensors
