#pragma once
// Windower: cuts one source's blocks into windows on the common grid (multiples of the hop on the
// program's clock), without a thread. Live frames, datasets and evaluation all use it, so what was
// trained is what runs.

#include <deque>
#include <optional>
#include <vector>

#include "sensors/window.h"

namespace sensors {

struct WindowSpec {
  base::Duration length = std::chrono::seconds(1);
  base::Duration hop = std::chrono::milliseconds(500);
  friend bool operator==(const WindowSpec&, const WindowSpec&) = default;
};

/// One thread at a time.
///
/// Even sources (rate > 0, kind not Slow): a window is given once its rows are there, or once the
/// watermark has passed its end by `kLateness`; below `kLeastCoverage` measured rows it is skipped.
/// Rows are placed on the window's own grid by time; gaps are masked and never filled.
/// Slow sources: a value holds until the next; a window is given as soon as the watermark passes
/// its end. Before the first value nothing is given; a value is held at most `holdLimit`.
class Windower {
 public:
  static constexpr base::Duration kLateness = std::chrono::milliseconds(600);
  static constexpr double kLeastCoverage = 0.7;

  Windower(SourceInfoPtr source, WindowSpec spec,
           base::Duration holdLimit = std::chrono::minutes(10));

  /// Adds a block (in time order; older ones than already given out are dropped and counted) and
  /// moves the watermark to its end. Returns the windows that became complete, oldest first.
  std::vector<Window> push(const BlockPtr& block);
  /// Says that nothing older than `watermark` will come any more.
  std::vector<Window> advance(base::Time watermark);
  /// Offline: gives every window that ends at or before `end`, as if the watermark were far beyond.
  std::vector<Window> finish(base::Time end);

  std::uint64_t lateRows() const { return lateRows_; }

 private:
  std::vector<Window> collect(base::Time watermark, base::Duration lateness);
  std::optional<Window> cutEven(const base::TimeSpan& span) const;
  std::optional<Window> cutHeld(const base::TimeSpan& span) const;

  SourceInfoPtr source_;
  WindowSpec spec_;
  base::Duration holdLimit_;
  std::deque<BlockPtr> blocks_;
  std::optional<base::Time> nextBegin_;
  base::Time watermark_;
  std::uint64_t lateRows_ = 0;
};

}  // namespace sensors
