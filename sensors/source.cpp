#include "sensors/source.h"

#include <cmath>

namespace sensors {

namespace {

constexpr std::size_t kRecent = 16;

std::uint64_t countBad(const Samples& samples) {
  std::uint64_t bad = 0;
  for (std::size_t i = 0; i < samples.values.size(); ++i) {
    const bool isMissing = !samples.missing.empty() && samples.missing[i] != 0;
    bad += isMissing || !std::isfinite(samples.values[i]) ? 1 : 0;
  }
  return bad;
}

}  // namespace

SourceInfoPtr SourceStream::info() const {
  std::lock_guard lock(mutex_);
  return info_;
}

void SourceStream::setInfo(SourceInfoPtr info) {
  std::lock_guard lock(mutex_);
  info_ = std::move(info);
}

StreamCounts SourceStream::counts() const {
  std::lock_guard lock(mutex_);
  return counts_;
}

void SourceStream::setClockOffset(base::Duration offset) {
  std::lock_guard lock(mutex_);
  counts_.clockOffset = offset;
}

void SourceStream::publish(BlockPtr block, base::Time arrival) {
  const Samples* samples = block->samples();
  const std::uint64_t bad = samples ? countBad(*samples) : 0;
  {
    std::lock_guard lock(mutex_);
    // The same loss shows as a jump and in the device's own count; a restart goes back, which is
    // no loss.
    const std::uint64_t jump =
        nextSequence_ && block->sequence > *nextSequence_ ? block->sequence - *nextSequence_ : 0;
    counts_.lostBlocks += std::max(jump, block->lostBefore);
    nextSequence_ = block->sequence + 1;
    counts_.blocks += 1;
    counts_.readings += samples ? samples->rows * samples->channels : 1;
    counts_.badValues += bad;
    counts_.lastArrival = arrival;
    if (info_->kind == SourceKind::Slow && samples) {
      recent_.push_back(block);
      if (recent_.size() > kRecent) recent_.pop_front();
    }
  }
  stream_.publish(std::move(block));
}

std::vector<BlockPtr> SourceStream::recent() const {
  std::lock_guard lock(mutex_);
  return {recent_.begin(), recent_.end()};
}

std::shared_ptr<SourceStream> SourceTable::declare(const SourceInfo& info) {
  std::shared_ptr<SourceStream> stream;
  std::function<void(const std::shared_ptr<SourceStream>&)> listener;
  {
    std::lock_guard lock(mutex_);
    std::shared_ptr<SourceStream>& entry = streams_[info.id];
    if (entry && *entry->info() == info) {
      return entry;
    }
    auto shared = std::make_shared<const SourceInfo>(info);
    if (entry) {
      entry->setInfo(std::move(shared));
    } else {
      entry = std::make_shared<SourceStream>(std::move(shared));
    }
    stream = entry;
    listener = listener_;
  }
  if (listener) {
    listener(stream);
  }
  return stream;
}

std::shared_ptr<SourceStream> SourceTable::find(const std::string& id) const {
  std::lock_guard lock(mutex_);
  const auto found = streams_.find(id);
  return found == streams_.end() ? nullptr : found->second;
}

std::vector<std::shared_ptr<SourceStream>> SourceTable::list() const {
  std::lock_guard lock(mutex_);
  std::vector<std::shared_ptr<SourceStream>> all;
  all.reserve(streams_.size());
  for (const auto& [id, stream] : streams_) {
    all.push_back(stream);
  }
  return all;
}

void SourceTable::onDeclared(std::function<void(const std::shared_ptr<SourceStream>&)> listener) {
  std::lock_guard lock(mutex_);
  listener_ = std::move(listener);
}

}  // namespace sensors
