#include "learners/novelty_memory.h"

#include <algorithm>

namespace learners {
namespace {

/// How many steps more than the last third of the memory the whole of it may say.
constexpr float kBeyondRecent = 0.3F;

}  // namespace

float NoveltyMemory::apply(base::TimeSpan span, float score) {
  if (!last_.empty() && span.end < last_.back().end) last_.clear();  // another recording
  last_.push_back({.end = span.end, .steps = Novelty::stepsOf(score)});
  while (last_.front().end + length_ <= span.end || last_.size() > kMost) last_.pop_front();
  const float recent = meanSince(span.end - length_ / 3);
  const float steps = std::min(meanSince(span.end - length_), recent + kBeyondRecent);
  return Novelty::scoreOf(steps / rareStretch_);
}

float NoveltyMemory::meanSince(base::Time begin) const {
  float sum = 0;
  int count = 0;
  for (auto heard = last_.rbegin(); heard != last_.rend() && heard->end > begin; ++heard) {
    sum += heard->steps;
    ++count;
  }
  return sum / static_cast<float>(count);
}

}  // namespace learners
