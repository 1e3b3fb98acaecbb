#include "learners/novelty_memory.h"

namespace learners {

float NoveltyMemory::apply(base::TimeSpan span, float score) {
  if (!last_.empty() && span.end < last_.back().end) last_.clear();  // another recording
  last_.push_back({.end = span.end, .steps = Novelty::stepsOf(score)});
  while (last_.front().end + length_ <= span.end || last_.size() > kMost) last_.pop_front();
  float sum = 0;
  for (const Heard& heard : last_) sum += heard.steps;
  return Novelty::scoreOf(sum / static_cast<float>(last_.size()) / rareStretch_);
}

}  // namespace learners
