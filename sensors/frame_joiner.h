#pragma once
// FrameJoiner: puts frames of several sources with equal spans side by side. A source that is
// silent becomes a masked part, not a wait. No thread.

#include <cstdint>
#include <map>
#include <vector>

#include "sensors/frame.h"

namespace sensors {

/// One thread at a time.
class FrameJoiner {
 public:
  /// `layouts`: one per part, in order. `patience`: how long after a span's end (by the newest span
  /// seen, or advance()) a missing part is waited for.
  FrameJoiner(std::vector<FrameLayoutPtr> layouts, base::Duration patience);

  /// Adds one part's frame. Returns joined frames that became complete or due, oldest first.
  /// Frames older than the last joined one are dropped.
  std::vector<FramePtr> push(std::size_t part, const FramePtr& frame);
  /// Gives joined frames whose patience ended at `now`. A span with no part at all gives nothing.
  std::vector<FramePtr> advance(base::Time now);
  /// Gives everything still waiting.
  std::vector<FramePtr> finish();

  const FrameLayoutPtr& layout() const { return layout_; }

 private:
  struct Pending {
    base::Time end;
    std::vector<FramePtr> parts;
    std::size_t count = 0;
  };
  FramePtr join(base::Time begin, const Pending& pending) const;
  std::vector<FramePtr> collect(base::Time now);

  std::vector<FrameLayoutPtr> layouts_;
  FrameLayoutPtr layout_;
  base::Duration patience_;
  std::map<base::Time, Pending> pending_;
  base::Time newestEnd_{INT64_MIN};
  base::Time lastJoined_{INT64_MIN};
};

}  // namespace sensors
