#pragma once
// MapTrail: where the windows of the last hour fall on the maps of a check. A map keeps how it was
// made, so that windows heard later can be put on it; nothing of this is ever in a file.

#include <array>
#include <optional>

#include "app/skew_watch.h"
#include "learners/reduction.h"
#include "learners/standardizer.h"

namespace app {

/// How the windows of one map were put there. Immutable. Thread-safe.
class MapProjection {
 public:
  /// `layout`: hash of the layout of the rows it was fitted on.
  MapProjection(learners::Standardizer standardizer, learners::Reduction reduction,
                std::string layout);

  /// The hash of the layout it can place.
  const std::string& layout() const { return layout_; }
  /// Right and up of one row; `missing` may be empty. Nothing where most of it is missing.
  std::optional<std::array<float, 2>> place(std::span<const float> row,
                                            std::span<const std::uint8_t> missing) const;

 private:
  learners::Standardizer standardizer_;
  learners::Reduction reduction_;
  std::string layout_;
};
using MapProjectionPtr = std::shared_ptr<const MapProjection>;

/// A window on the map.
struct TrailPoint {
  base::Time time;  ///< its end
  float x = 0;
  float y = 0;
  std::string label;    ///< what was heard; empty: nothing known
  bool joined = false;  ///< nothing was lost between it and the point before
  friend bool operator==(const TrailPoint&, const TrailPoint&) = default;
};

struct MapTrail {
  /// Where what is heard stays the same, one point stands for so long.
  static constexpr base::Duration kEvery = std::chrono::seconds(30);
  /// More between two windows than this, and nobody knows what was between them.
  static constexpr base::Duration kGap = std::chrono::seconds(20);

  MapProjectionPtr projection;     ///< of which map
  std::vector<TrailPoint> points;  ///< oldest first; no more than `seen` had
};

using MapTrails = std::vector<MapTrail>;

/// The trail of what was seen: a point wherever what is heard changes, one every kEvery besides,
/// and the newest. Empty where the layout is another.
MapTrail trailOf(const MapProjectionPtr& projection, const std::vector<SeenFrame>& seen);

}  // namespace app
