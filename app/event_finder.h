#pragma once
// EventFinder: "that was the kettle". Finds the stretches of the last minutes in which something
// happened, over all sources, and says which of them a person who names a label most likely means.

#include <vector>

#include "app/activity_track.h"

namespace app {

/// How likely the label was in one window, as a model heard it.
struct HeardShare {
  base::TimeSpan span;
  float share = 0;  ///< [0, 1]
};

struct EventQuestion {
  base::TimeSpan span;                ///< what the tracks cover; its end is now
  std::vector<ActivityTrack> tracks;  ///< equal in steps
  std::vector<HeardShare> heard;      ///< oldest first; empty: there is no model
  std::vector<base::TimeSpan> said;   ///< labelled already
  base::Duration usual{0};            ///< how long that label usually lasts; 0: nobody knows
};

struct FoundEvent {
  base::TimeSpan span;
  double score = 0;  ///< larger is likelier; comparable within one answer
};

/// Likeliest first, at most 16. Each number of a track is held against the background: the running
/// median of four minutes, in units of the median absolute deviation. Where any of them leaves it
/// (two thresholds, as J. Canny links edges, 1986), something happened; short pauses belong to it.
/// The likeliest is strong, recent, about as long as usual, heard as that label and not yet said.
std::vector<FoundEvent> findEvents(const EventQuestion& question);

}  // namespace app
