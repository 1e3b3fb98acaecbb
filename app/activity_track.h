#pragma once
// ActivityTrack: what one source did in steps of a tenth of a second, as few numbers that change
// when something happens: loudness, agitation, levels.

#include <string>
#include <vector>

#include "sensors/block.h"

namespace app {

inline constexpr base::Duration kActivityStep = std::chrono::milliseconds(100);

/// Numbers of one source over one stretch. Loudness and agitation are in dB, levels in the
/// channel's unit.
struct ActivityTrack {
  std::string source;
  std::size_t dims = 0;
  std::size_t rising = 0;     ///< of these, the first so many speak of an event only by rising
  std::vector<float> values;  ///< [steps x dims], row-major
  std::vector<std::uint8_t> known;  ///< [steps]: 0 where the source was silent

  std::size_t steps() const { return known.size(); }
  float at(std::size_t step, std::size_t dim) const { return values[step * dims + dim]; }
};

/// `blocks` of one source, oldest first, as they lie on the tape; rows outside `span` are not
/// counted. Sound: power of its low, middle and high part (one-pole low pass, first and second
/// difference). Other even streams: each channel's mean and its deviations from it. Scattered
/// readings: each channel's value, which holds until the next. Pictures: none, dims is 0.
ActivityTrack activityOf(const std::vector<sensors::BlockPtr>& blocks, const base::TimeSpan& span);

}  // namespace app
