#include <algorithm>
#include <limits>

#include "sensors/feature_extractor.h"

namespace sensors {

namespace {

/// The window's last row, number by number.
class ValuesExtractor final : public FeatureExtractor {
 public:
  explicit ValuesExtractor(const SourceInfo& source) {
    for (const Channel& channel : source.channels) {
      features_.push_back({.name = channel.id, .unit = channel.unit, .resolution = 0});
    }
  }
  std::string id() const override { return "values"; }
  const std::vector<Feature>& features() const override { return features_; }

  void extract(const Window& window, std::span<float> out) const override {
    std::fill(out.begin(), out.end(), std::numeric_limits<float>::quiet_NaN());
    const Samples& samples = window.samples;
    if (samples.rows == 0 || samples.channels != features_.size()) {
      return;
    }
    for (std::size_t c = 0; c < samples.channels; ++c) {
      if (!samples.isMissing(samples.rows - 1, c)) out[c] = samples.at(samples.rows - 1, c);
    }
  }

 private:
  std::vector<Feature> features_;
};

}  // namespace

base::Result<FeatureExtractorPtr> makeValues(const SourceInfo& source, const WindowSpec&) {
  if (source.kind == SourceKind::Picture || source.channels.empty()) {
    return base::invalid("\"values\" needs numbers, which " + source.id + " does not send");
  }
  return FeatureExtractorPtr(std::make_shared<ValuesExtractor>(source));
}

std::string defaultExtractor(const SourceInfo& source) {
  const bool isEven = source.rate > 0;
  switch (source.kind) {
    case SourceKind::Motion:
      return isEven ? "motion" : "level";
    case SourceKind::Audio:
      // Too slow for the ear: a vibration.
      return source.rate >= 2000 ? "sound" : isEven ? "motion" : "level";
    case SourceKind::Slow:
      return "level";
    case SourceKind::Features:
      return isPixelGrid(source) ? "gradients" : "values";
    case SourceKind::Picture:
      return "scene";
  }
  return "values";
}

}  // namespace sensors
