#pragma once
// ChannelNoise: how restless one channel is by nature, so that a sensor that stopped is told from
// one that rests. A door stays shut, a meter shows 0 W and a counter waits; none of them is broken.

#include <array>
#include <cstddef>

#include "sensors/channel.h"

namespace sensors {

/// Fed with one channel's finite values in time order. A pure value.
class ChannelNoise {
 public:
  /// From this share of turns on a channel has noise of its own: it never stands still by itself.
  static constexpr double kRestless = 0.05;

  void add(float value);

  /// Share of rows at which its way turned round, up to down or down to up, [0, 1]. Rows in which it
  /// stood still count up to a few seconds at a time, the run that goes on not at all. 0 for what has
  /// so few values that it is a switch or flickers at its resolution, for what only ever rises or
  /// falls, and while little was seen.
  double restlessness() const;
  /// Whether the run of equal values that goes on is a rest rather than a stop: what has no sign is
  /// off at 0, and what fell far beyond its usual steps was switched. `channel`: its declared range.
  bool rests(const Channel& channel) const;

 private:
  static constexpr std::size_t kStates = 4;

  bool isKnown_ = false;
  float last_ = 0;
  std::size_t run_ = 0;    ///< rows it is `last_`
  std::size_t rows_ = 0;   ///< before that run
  std::size_t turns_ = 0;
  int way_ = 0;            ///< of its last step: 1 up, -1 down
  double usual_ = 0;       ///< size of a step
  bool jumped_ = false;    ///< the last step was far beyond that
  bool isSigned_ = false;  ///< it was below 0
  std::array<float, kStates> states_{};
  std::size_t stateCount_ = 0;  ///< different values seen, up to kStates
};

}  // namespace sensors
