#pragma once
// FastHome: the demonstration home played as fast as this computer can, over a bus without a
// network: the same nodes, the same bytes on the wire and the same sources as live, on a clock of
// its own. What comes out differs from an hour at home in nothing but the hour.

#include <stop_token>
#include <string>
#include <vector>

#include "sensors/source.h"
#include "sensors/tape.h"

namespace app {

struct FastHomeOptions {
  std::uint64_t seed = 1;
  std::vector<std::string> activities;  ///< that it does by itself, see Routine
  base::Duration length = std::chrono::minutes(2);
};

/// A clock that stands where the home has come to.
class FastClock final : public base::Clock {
 public:
  explicit FastClock(base::Time start) : now_(start) {}
  base::Time now() const override { return now_; }
  void set(base::Time now) { now_ = now; }

 private:
  base::Time now_;
};

/// An activity from begin to end.
struct PlayedAct {
  std::string activity;
  base::TimeSpan span;
};

/// Plays from `clock`'s time on; what the sources send lies on `tape` afterwards. Returns what was
/// done when. Everything happens on the calling thread. Errors: Cancelled.
base::Result<std::vector<PlayedAct>> playFast(const FastHomeOptions& options, FastClock& clock,
                                              sensors::SourceTable& sources, sensors::Tape& tape,
                                              std::stop_token stop = {});

}  // namespace app
