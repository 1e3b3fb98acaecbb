#include "sensors/frame_joiner.h"

#include <algorithm>
#include <cassert>

namespace sensors {

FrameJoiner::FrameJoiner(std::vector<FrameLayoutPtr> layouts, base::Duration patience,
                         Absent absent)
    : layouts_(std::move(layouts)),
      layout_(joinLayouts(layouts_)),
      patience_(patience),
      absent_(absent),
      missedInARow_(layouts_.size(), 0) {}

bool FrameJoiner::hasAllExpected(const Pending& pending) const {
  if (pending.count == layouts_.size()) return true;
  if (absent_ == Absent::Expect) return false;
  for (std::size_t i = 0; i < layouts_.size(); ++i) {
    if (!pending.parts[i] && missedInARow_[i] < kAbsentAfter) return false;
  }
  return true;
}

void FrameJoiner::noteAbsence(const Pending& pending) {
  for (std::size_t i = 0; i < layouts_.size(); ++i) {
    missedInARow_[i] = pending.parts[i] ? 0 : missedInARow_[i] + 1;
  }
}

std::vector<FramePtr> FrameJoiner::push(std::size_t part, const FramePtr& frame) {
  assert(part < layouts_.size());
  missedInARow_[part] = 0;
  if (frame->span.begin <= lastJoined_ || frame->values.size() != layouts_[part]->features.size()) {
    return {};
  }
  Pending& pending = pending_[frame->span.begin];
  if (pending.parts.empty()) {
    pending.parts.resize(layouts_.size());
    pending.end = frame->span.end;
  }
  pending.count += pending.parts[part] ? 0 : 1;
  pending.parts[part] = frame;
  newestEnd_ = std::max(newestEnd_, frame->span.end);
  return collect(newestEnd_);
}

std::vector<FramePtr> FrameJoiner::advance(base::Time now) { return collect(now); }

std::vector<FramePtr> FrameJoiner::finish() {
  std::vector<FramePtr> joined;
  for (const auto& [begin, pending] : pending_) {
    joined.push_back(join(begin, pending));
    lastJoined_ = begin;
  }
  pending_.clear();
  return joined;
}

std::vector<FramePtr> FrameJoiner::collect(base::Time now) {
  std::vector<FramePtr> joined;
  // Strictly in order: a complete span waits for an older one that may still become complete.
  while (!pending_.empty()) {
    const auto& [begin, pending] = *pending_.begin();
    if (!hasAllExpected(pending) && now - pending.end < patience_) {
      break;
    }
    noteAbsence(pending);
    joined.push_back(join(begin, pending));
    lastJoined_ = begin;
    pending_.erase(pending_.begin());
  }
  return joined;
}

FramePtr FrameJoiner::join(base::Time begin, const Pending& pending) const {
  auto frame = std::make_shared<Frame>();
  frame->span = {begin, pending.end};
  frame->layout = layout_;
  frame->values.assign(layout_->features.size(), 0);
  frame->missing.assign(layout_->features.size(), 1);
  std::ptrdiff_t at = 0;
  for (std::size_t i = 0; i < layouts_.size(); ++i) {
    if (const FramePtr& part = pending.parts[i]) {
      std::copy(part->values.begin(), part->values.end(), frame->values.begin() + at);
      std::copy(part->missing.begin(), part->missing.end(), frame->missing.begin() + at);
      frame->newestArrival = std::max(frame->newestArrival, part->newestArrival);
    }
    at += static_cast<std::ptrdiff_t>(layouts_[i]->features.size());
  }
  return frame;
}

}  // namespace sensors
