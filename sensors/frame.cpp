#include "sensors/frame.h"

#include <cassert>
#include <cmath>
#include <cstdio>

#include "sensors/base/hash.h"

namespace sensors {

std::string toText(const FrameSpec& spec) {
  char text[96];
  std::snprintf(text, sizeof text, " %.12g s every %.12g s", base::toSeconds(spec.window.length),
                base::toSeconds(spec.window.hop));
  const std::string fill = toText(spec.fill);
  return spec.source + " " + spec.extractor + text + (fill.empty() ? "" : " " + fill);
}

std::string FrameLayout::hash() const {
  base::Hasher hasher;
  for (const Feature& feature : features) {
    // A byte no text contains, so that shifting a letter from name to unit changes the hash.
    hasher.add(feature.name).addValue('\0').add(feature.unit).addValue('\0');
  }
  return hasher.finish();
}

FrameLayoutPtr makeLayout(const std::string& source, const FeatureExtractor& extractor) {
  auto layout = std::make_shared<FrameLayout>();
  layout->features = extractor.features();
  for (Feature& feature : layout->features) {
    feature.name = source + " " + feature.name;
  }
  layout->parts.push_back({.source = source, .begin = 0, .count = layout->features.size()});
  return layout;
}

FrameLayoutPtr joinLayouts(const std::vector<FrameLayoutPtr>& layouts) {
  auto joined = std::make_shared<FrameLayout>();
  for (const FrameLayoutPtr& layout : layouts) {
    const std::size_t begin = joined->features.size();
    for (FrameLayout::Part part : layout->parts) {
      part.begin += begin;
      joined->parts.push_back(std::move(part));
    }
    joined->features.insert(joined->features.end(), layout->features.begin(),
                            layout->features.end());
  }
  return joined;
}

FramePtr makeFrame(const FeatureExtractor& extractor, const FrameLayoutPtr& layout,
                   const Window& window) {
  const std::size_t count = extractor.features().size();
  assert(layout->features.size() == count);
  auto frame = std::make_shared<Frame>();
  frame->span = window.span;
  frame->layout = layout;
  frame->newestArrival = window.newestArrival;
  frame->values.assign(count, std::nanf(""));
  frame->missing.resize(count);
  extractor.extract(window, frame->values);
  for (std::size_t i = 0; i < count; ++i) {
    if (!std::isfinite(frame->values[i])) {
      frame->values[i] = 0;
      frame->missing[i] = 1;
    }
  }
  return frame;
}

}  // namespace sensors
