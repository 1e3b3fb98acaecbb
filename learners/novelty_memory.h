#pragma once
// NoveltyMemory: the evidence of the last seconds together. One window that looks strange is often
// an accident; half a minute of them seldom is. What looked usual again of late is not new any
// more.

#include <deque>

#include "learners/novelty.h"
#include "sensors/base/time.h"

namespace learners {

/// Scores above this count as new.
inline constexpr float kNovelAbove = 0.5F;

/// One per running task; windows in time order. One thread.
class NoveltyMemory {
 public:
  /// `rareStretch`: Novelty::rareStretch() of the ensemble that scores the windows.
  explicit NoveltyMemory(float rareStretch, base::Duration length = kNoveltyMemory)
      : rareStretch_(rareStretch), length_(length) {}

  /// How new the stretch is that ends with this window, given each window's score; above 0.5 lie
  /// the rarest 5 % of stretches of held-out recordings. A gap of more than the memory's length
  /// begins anew.
  float apply(base::TimeSpan span, float score);
  void reset() { last_.clear(); }

 private:
  struct Heard {
    base::Time end;
    float steps = 0;
  };
  static constexpr std::size_t kMost = 1024;

  /// Mean steps of the windows that ended after `begin`. At least one did.
  float meanSince(base::Time begin) const;

  float rareStretch_;
  base::Duration length_;
  std::deque<Heard> last_;  ///< of at most `length_`, and of at most kMost windows
};

}  // namespace learners
