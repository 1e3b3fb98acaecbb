#pragma once
// Window: the samples of one stretch of time of one source, on an even grid.

#include <vector>

#include "sensors/block.h"

namespace sensors {

/// A part of a picture, in shares of its width and height.
struct Region {
  double left = 0;
  double top = 0;
  double width = 1;
  double height = 1;
  friend bool operator==(const Region&, const Region&) = default;
};

struct Window {
  base::TimeSpan span;
  SourceInfoPtr source;
  double rate = 0;  ///< rows per second of `samples`; 0 where rows are scattered
  Samples samples;  ///< even sources: exactly round(length x rate) rows, gaps masked
  std::vector<base::Duration> offsets;  ///< scattered rows: time after span.begin; row 0 may be the
                                        ///< value held from before the window, at offset 0
  std::size_t changes = 0;  ///< Slow sources: rows in the window that differ from the one before
  base::Duration sinceChange{0};   ///< Slow sources: at the window's end; capped at 1 h
  double coverage = 1;             ///< share of rows that were measured, [0, 1]
  std::vector<BlockPtr> pictures;  ///< Picture sources: those of the window, oldest first; where
                                   ///< they come slowly, the one that still shows what is there
  BlockPtr former;  ///< Picture sources: the one before `pictures`, to compare with; null where the
                    ///< source was away
  Region region;    ///< Picture sources: the part that is looked at
  base::Time newestArrival;  ///< for latency figures; {0} offline
};

}  // namespace sensors
