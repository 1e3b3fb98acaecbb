#pragma once
// CaptureClock: puts rows that a device counts by its own clock on the program's clock. A device's
// second is never quite ours, and word of a row comes late more often than not; rows stay evenly
// spaced all the same.

#include <array>
#include <optional>

#include "sensors/base/time.h"

namespace sensors {

/// One source's rows, even at a nominal rate. One thread at a time.
///
/// The error of a stretch is where it was measured minus where it would follow the former one; what
/// counts is the smallest of the last two seconds, since delays only add. While it is below
/// kTolerated rows are 1 / rate apart; beyond, the step is stretched or shortened by a part of at
/// most kSteepest until it is gone. Only an error above kFarthest makes rows begin anew.
class CaptureClock {
 public:
  static constexpr base::Duration kTolerated = std::chrono::milliseconds(8);
  static constexpr base::Duration kFarthest = std::chrono::milliseconds(100);
  static constexpr double kSteepest = 0.02;

  explicit CaptureClock(double rate);

  struct Stamp {
    base::Time start;     ///< of the first of the rows
    base::Duration step;  ///< between them
    bool anew = false;    ///< they do not follow those before
  };
  /// `rows` > 0 rows whose first was captured at `measured`, or somewhat before.
  Stamp stamp(base::Time measured, std::size_t rows);
  /// The next rows begin anew, but never before those already stamped.
  void interrupt() { expected_.reset(); }
  /// Mean delay behind the smallest, over about the last 50 stretches.
  base::Duration jitter() const { return base::fromSeconds(jitter_); }

 private:
  struct Slice {
    double rows = 0;
    std::optional<double> smallest;  ///< error, seconds
  };
  double smallestWith(double error) const;

  double rate_;
  std::array<Slice, 2> slices_;  ///< the running second and the one before
  bool isCatchingUp_ = false;
  double jitter_ = 0;
  base::Time end_;
  std::optional<base::Time> expected_;
};

}  // namespace sensors
