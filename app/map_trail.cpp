#include "app/map_trail.h"

#include <algorithm>

namespace app {

MapProjection::MapProjection(learners::Standardizer standardizer, learners::Reduction reduction,
                             std::string layout)
    : standardizer_(std::move(standardizer)),
      reduction_(std::move(reduction)),
      layout_(std::move(layout)) {}

std::optional<std::array<float, 2>> MapProjection::place(
    std::span<const float> row, std::span<const std::uint8_t> missing) const {
  if (row.size() != standardizer_.features()) return std::nullopt;
  const auto lost = std::count_if(missing.begin(), missing.end(), [](auto m) { return m != 0; });
  if (2 * static_cast<std::size_t>(lost) > row.size()) return std::nullopt;
  std::vector<float> scaled(row.size());
  standardizer_.apply(row, missing, scaled);
  std::vector<float> at(reduction_.components());
  reduction_.apply(scaled, at);
  return std::array{at[0], at.size() > 1 ? at[1] : 0.0F};
}

MapTrail trailOf(const MapProjectionPtr& projection, const std::vector<SeenFrame>& seen) {
  MapTrail trail{.projection = projection, .points = {}};
  // Frames that are seen together have one layout.
  if (!projection || seen.empty() || seen.back().frame->layout->hash() != projection->layout()) {
    return trail;
  }
  std::optional<base::Time> before;  // of the frame before, drawn or not
  bool joined = false;
  for (const SeenFrame& one : seen) {
    const sensors::Frame& frame = *one.frame;
    const auto at = projection->place(frame.values, frame.missing);
    if (!at) continue;
    const base::Time time = frame.span.end;
    joined = joined && before && time - *before <= MapTrail::kGap;
    before = time;
    const bool stays = joined && trail.points.back().label == one.label &&
                       time - trail.points.back().time < MapTrail::kEvery;
    if (stays && &one != &seen.back()) continue;
    trail.points.push_back(
        {.time = time, .x = (*at)[0], .y = (*at)[1], .label = one.label, .joined = joined});
    joined = true;
  }
  return trail;
}

}  // namespace app
