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
  /// What to do about a part that was missing in the last spans. Live, nobody waits for a sensor
  /// that is away: when it speaks again it is expected from the next span on. Offline, where order
  /// and not time decides, every part is always expected.
  enum class Absent { Expect, DoNotWait };
  /// A part counts as absent after it was missing this often in a row.
  static constexpr int kAbsentAfter = 2;

  /// `layouts`: one per part, in order. `patience`: how long after a span's end (by the newest span
  /// seen, or advance()) a missing part is waited for.
  FrameJoiner(std::vector<FrameLayoutPtr> layouts, base::Duration patience,
              Absent absent = Absent::Expect);

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
  bool hasAllExpected(const Pending& pending) const;
  void noteAbsence(const Pending& pending);

  std::vector<FrameLayoutPtr> layouts_;
  FrameLayoutPtr layout_;
  base::Duration patience_;
  Absent absent_;
  std::vector<int> missedInARow_;  ///< per part
  std::map<base::Time, Pending> pending_;
  base::Time newestEnd_{INT64_MIN};
  base::Time lastJoined_{INT64_MIN};
};

}  // namespace sensors
