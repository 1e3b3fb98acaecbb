#pragma once
// Player: something that plays nodes in ticks of kHouseTick: the demonstration home, a recording.
// It has no thread and no clock of its own in the data: whoever paces it says when a tick begins.

#include "app/simulator/activity.h"
#include "sensors/base/time.h"

namespace app {

/// One thread at a time.
class Player {
 public:
  virtual ~Player() = default;
  /// Does what came from the bus.
  virtual void handleMessages() = 0;
  /// Measures [start, start + kHouseTick) and sends what became full. Called at the tick's end.
  virtual void playTick(base::Time start) = 0;
  /// The computer was held up for `ticks`: nothing was measured then, and the nodes say so.
  virtual void skip(std::uint64_t ticks) = 0;
};

}  // namespace app
