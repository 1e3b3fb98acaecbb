#pragma once
// Frame: the features of one window, immutable. FrameLayout: what its numbers are.

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "sensors/feature_extractor.h"
#include "sensors/gap_fill.h"

namespace sensors {

/// One kind of frame. Equal specs share one computation.
struct FrameSpec {
  std::string source;
  std::string extractor;
  WindowSpec window;
  FillChoice fill = {};  ///< of the source's channels
  friend bool operator==(const FrameSpec&, const FrameSpec&) = default;
};
std::string toText(const FrameSpec& spec);

/// The features of a frame in order, and which source each run of them came from. Immutable.
struct FrameLayout {
  struct Part {
    std::string source;
    std::size_t begin = 0;
    std::size_t count = 0;
  };
  std::vector<Feature> features;  ///< names carry their source: "kitchen/imu x mean"
  std::vector<Part> parts;

  /// SHA-256 over names and units in order: the schema a model is bound to.
  std::string hash() const;
};
using FrameLayoutPtr = std::shared_ptr<const FrameLayout>;

struct Frame {
  base::TimeSpan span;
  FrameLayoutPtr layout;
  std::vector<float> values;          ///< one per feature; 0 where missing
  std::vector<std::uint8_t> missing;  ///< one per feature; 1 = missing
  base::Time newestArrival;           ///< of the youngest sample in it; {0} offline
};
using FramePtr = std::shared_ptr<const Frame>;

/// Layout of one source's extractor.
FrameLayoutPtr makeLayout(const std::string& source, const FeatureExtractor& extractor);
/// Layouts side by side.
FrameLayoutPtr joinLayouts(const std::vector<FrameLayoutPtr>& layouts);
/// Runs `extractor` on `window`; non-finite values become missing.
FramePtr makeFrame(const FeatureExtractor& extractor, const FrameLayoutPtr& layout,
                   const Window& window);

}  // namespace sensors
