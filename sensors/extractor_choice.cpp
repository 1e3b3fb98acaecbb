// Which extractor a text names, and which part of a picture it looks at.

#include <array>
#include <charconv>
#include <cmath>

#include "sensors/feature_extractor.h"

namespace sensors {

namespace {

/// Looks at a part of each picture through another extractor.
class RegionExtractor final : public FeatureExtractor {
 public:
  RegionExtractor(FeatureExtractorPtr inner, ExtractorChoice choice)
      : inner_(std::move(inner)), choice_(std::move(choice)), features_(inner_->features()) {
    const std::string where = toText(choice_).substr(choice_.id.size() + 1);
    for (Feature& feature : features_) feature.name += " in " + where + " %";
  }

  std::string id() const override { return toText(choice_); }
  const std::vector<Feature>& features() const override { return features_; }
  void extract(const Window& window, std::span<float> out) const override {
    Window part = window;
    part.region = choice_.region;
    inner_->extract(part, out);
  }

 private:
  const FeatureExtractorPtr inner_;
  const ExtractorChoice choice_;
  std::vector<Feature> features_;
};

}  // namespace

std::string toText(const ExtractorChoice& choice) {
  if (choice.region == Region{}) return choice.id;
  const auto percent = [](double share) { return std::to_string(std::lround(100 * share)); };
  const Region& r = choice.region;
  return choice.id + "@" + percent(r.left) + "," + percent(r.top) + "," + percent(r.width) + "," +
         percent(r.height);
}

base::Result<ExtractorChoice> extractorChoiceFrom(const std::string& text) {
  const std::size_t at = text.find('@');
  ExtractorChoice choice{.id = text.substr(0, at), .region = {}};
  if (at == std::string::npos) return choice;
  std::array<int, 4> percent{};
  const char* next = text.data() + at + 1;
  const char* const end = text.data() + text.size();
  for (std::size_t i = 0; i < percent.size(); ++i) {
    const auto read = std::from_chars(next, end, percent[i]);
    const bool isLast = i + 1 == percent.size();
    if (read.ec != std::errc() ||
        (isLast ? read.ptr != end : read.ptr == end || *read.ptr != ',')) {
      return base::invalid("\"" + text + "\" names no part of a picture");
    }
    next = read.ptr + 1;
  }
  const auto [left, top, width, height] = percent;
  if (left < 0 || top < 0 || width < 1 || height < 1 || left + width > 100 || top + height > 100) {
    return base::invalid("\"" + text + "\" reaches beyond the picture");
  }
  choice.region = {left / 100.0, top / 100.0, width / 100.0, height / 100.0};
  return choice;
}

base::Result<FeatureExtractorPtr> makeExtractor(
    const std::map<std::string, ExtractorFactory>& factories, const std::string& text,
    const SourceInfo& source, const WindowSpec& window) {
  auto choice = extractorChoiceFrom(text);
  if (!choice) return choice.error();
  const auto factory = factories.find(choice->id);
  if (factory == factories.end()) {
    return base::Error{base::ErrorCode::NotFound,
                       "there are no features called \"" + choice->id + "\""};
  }
  auto made = factory->second(source, window);
  if (!made || choice->region == Region{}) return made;
  if (source.kind != SourceKind::Picture) {
    return base::invalid(source.name +
                         " sends no pictures, so there is no part of them to look at");
  }
  return FeatureExtractorPtr(
      std::make_shared<RegionExtractor>(*std::move(made), *std::move(choice)));
}

}  // namespace sensors
