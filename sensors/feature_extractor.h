#pragma once
// FeatureExtractor: a pure function from a window to named numbers.

#include <functional>
#include <limits>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "sensors/base/result.h"
#include "sensors/window.h"
#include "sensors/windower.h"

namespace sensors {

/// What a feature is whose window says nothing about it.
inline constexpr float kNone = std::numeric_limits<float>::quiet_NaN();

/// One named number of a frame.
struct Feature {
  std::string name;       ///< "x mean", "sound 300-400 Hz mean"; unique within its extractor
  std::string unit;       ///< SI symbol, "dB", "1"
  double resolution = 0;  ///< the smallest difference that means something, in `unit`; 0: unknown
  friend bool operator==(const Feature&, const Feature&) = default;
};

/// Immutable once made. Thread-safe.
class FeatureExtractor {
 public:
  virtual ~FeatureExtractor() = default;
  virtual std::string id() const = 0;
  virtual const std::vector<Feature>& features() const = 0;
  /// Writes one number per feature; NaN means "cannot be told from this window".
  virtual void extract(const Window& window, std::span<float> out) const = 0;
};
using FeatureExtractorPtr = std::shared_ptr<const FeatureExtractor>;

/// Makes an extractor for a source and window length.
/// Errors: InvalidArgument where the extractor cannot work on that kind of source.
using ExtractorFactory = std::function<base::Result<FeatureExtractorPtr>(const SourceInfo& source,
                                                                         const WindowSpec& window)>;

// The extractors we ship. Formulas are at their definitions.
base::Result<FeatureExtractorPtr> makeStatistics(const SourceInfo&,
                                                 const WindowSpec&);  ///< any even source
base::Result<FeatureExtractorPtr> makeSpectral(const SourceInfo&,
                                               const WindowSpec&);  ///< even, < 2 kHz
base::Result<FeatureExtractorPtr> makeMotion(const SourceInfo&,
                                             const WindowSpec&);  ///< both, magnitude, correlation
base::Result<FeatureExtractorPtr> makeSound(const SourceInfo&,
                                            const WindowSpec&);  ///< log-mel and shape, audio
base::Result<FeatureExtractorPtr> makeLogMel(const SourceInfo&,
                                             const WindowSpec&);  ///< the patch itself, audio
base::Result<FeatureExtractorPtr> makeLevel(const SourceInfo&,
                                            const WindowSpec&);  ///< slow sources
base::Result<FeatureExtractorPtr> makeGradients(const SourceInfo&,
                                                const WindowSpec&);  ///< small pictures as numbers
base::Result<FeatureExtractorPtr> makeValues(const SourceInfo&,
                                             const WindowSpec&);  ///< last row as it is

base::Result<FeatureExtractorPtr> makeScene(
    const SourceInfo&, const WindowSpec&);  ///< pictures: all of the following three
base::Result<FeatureExtractorPtr> makeColour(const SourceInfo&,
                                             const WindowSpec&);  ///< pictures: light and colour
base::Result<FeatureExtractorPtr> makeTexture(const SourceInfo&,
                                              const WindowSpec&);  ///< pictures: patterns and edges
base::Result<FeatureExtractorPtr> makeMoving(
    const SourceInfo&, const WindowSpec&);  ///< pictures: movement, and what was not there before

/// Whether the source's channels are the pixels of a picture of at least 14 x 14, row by row: "row
/// 0 column 0", "row 0 column 1", ...
bool isPixelGrid(const SourceInfo& source);

/// Which extractor, and which part of a picture it looks at. As text "scene", or
/// "scene@10,20,60,80": left, top, width and height in percent.
struct ExtractorChoice {
  std::string id;
  Region region;
};
std::string toText(const ExtractorChoice& choice);
/// Errors: InvalidArgument where the region is none.
base::Result<ExtractorChoice> extractorChoiceFrom(const std::string& text);
/// Makes what `text` asks for. Features of a region carry it in their names, so that a model never
/// answers from another one. Errors: NotFound for an unknown extractor; InvalidArgument for a
/// region of what is no picture; as the factory.
base::Result<FeatureExtractorPtr> makeExtractor(
    const std::map<std::string, ExtractorFactory>& factories, const std::string& text,
    const SourceInfo& source, const WindowSpec& window);

/// The extractor for a source nobody chose one for: motion, sound, level, scene, gradients
/// or values.
std::string defaultExtractor(const SourceInfo& source);

}  // namespace sensors
