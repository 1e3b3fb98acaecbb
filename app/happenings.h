#pragma once
// Happenings: several sensors saw the same thing, each by its own clock: one happening with all its
// views, and not three. Plain values; no clock, no thread.

#include <string>
#include <vector>

#include "sensors/base/time.h"

namespace app {

/// What one sensor's answers said about one stretch of time.
struct Sighting {
  std::string source;   ///< "this.computer/camera-hall"
  base::TimeSpan span;  ///< on the sensor's own clock
  std::string label;
  double certainty = 0;  ///< that the label is right, [0, 1]
  friend bool operator==(const Sighting&, const Sighting&) = default;
};

struct Happening {
  base::TimeSpan span;  ///< medians of its views' begins and ends
  std::string label;    ///< the one its views together find likeliest
  double certainty = 0;
  std::vector<Sighting> views;  ///< by begin; at most one of each source
};

struct HappeningRules {
  base::Duration clockError = std::chrono::seconds(2);  ///< most of any one clock, either way
};

/// Puts sightings of one occurrence together. In order of their begins, each joins the oldest
/// happening that it can belong to: one its source has not seen yet and whose first view began at
/// most twice the clock error before. Since each sensor sees occurrences in their order, two that
/// are further apart than twice the clock error, or that one sensor saw both of, stay two.
/// The label is the one with the largest sum of log odds over the views, its certainty that of the
/// sum capped by 0.99: views that agree make each other surer. Happenings come by begin.
std::vector<Happening> happeningsOf(std::vector<Sighting> sightings,
                                    const HappeningRules& rules = {});

}  // namespace app
