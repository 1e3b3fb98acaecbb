#include "hubs/stream_feed.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace hubs {

namespace {

using namespace std::chrono_literals;

constexpr double kRateTolerance = 0.02;
constexpr base::Duration kSmallestSnap = 20ms;
constexpr base::Duration kClockStep = 30s;
/// A sequence number this little behind the newest is a late duplicate, not a restart.
constexpr std::uint64_t kLateBlocks = 64;
/// More than this lost at once is nonsense, and would spoil the count.
constexpr std::uint64_t kMostLost = 1'000'000;

}  // namespace

base::Duration ClockOffset::add(base::Time stamp, base::Time arrival) {
  const base::Duration sample = arrival - stamp;
  const std::int64_t number = arrival.ns / kSlice.count();
  Slice& slice = slices_[static_cast<std::size_t>(std::abs(number)) % slices_.size()];
  if (slice.number != number) {
    slice = {number, sample};
  }
  slice.smallest = std::min(slice.smallest, sample);
  base::Duration smallest = sample;
  for (const Slice& other : slices_) {
    const std::int64_t age = number - other.number;
    if (other.number >= 0 && age >= 0 && age < static_cast<std::int64_t>(slices_.size())) {
      smallest = std::min(smallest, other.smallest);
    }
  }
  return smallest;
}

StreamFeed::StreamFeed(StreamAbout about, sensors::SourceInfoPtr source)
    : about_(std::move(about)), source_(std::move(source)), gate_(source_->rate) {
  if (source_->rate > 0) capture_.emplace(source_->rate);
}

void StreamFeed::setSource(sensors::SourceInfoPtr source) {
  if (source->rate != source_->rate) {
    gate_.setRate(source->rate);
    capture_.reset();
    if (source->rate > 0) capture_.emplace(source->rate);
  }
  source_ = std::move(source);
}

std::optional<double> StreamFeed::otherRate(const SampleBlock& block) const {
  const double declared = source_->rate;
  if (block.rate <= 0 || declared <= 0) return std::nullopt;
  return std::abs(block.rate - declared) > kRateTolerance * declared ? std::optional(block.rate)
                                                                     : std::nullopt;
}

base::Result<sensors::BlockPtr> StreamFeed::take(const SampleBlock& block, base::Time arrival) {
  if (block.rows == 0) return sensors::BlockPtr();
  if (!gate_.take(static_cast<double>(block.rows), arrival)) {
    return base::Error{base::ErrorCode::Unavailable,
                       "stream " + about_.id + " floods: more than ten times its declared rate"};
  }
  const bool sameBoot = lastSequence_ && block.boot == boot_;
  if (sameBoot && block.sequence <= *lastSequence_ &&
      *lastSequence_ - block.sequence < kLateBlocks && block.sequence != 0) {
    return sensors::BlockPtr();
  }
  const bool onwards = sameBoot && block.sequence > *lastSequence_;
  const std::uint64_t skipped =
      onwards ? std::min(block.sequence - *lastSequence_ - 1, kMostLost) : 0;
  const std::uint64_t nodeLost = (std::min(block.lost, kMostLost) + block.rows - 1) / block.rows;
  if (!onwards) {
    clock_.reset();
  }
  auto out = std::make_shared<sensors::Block>();
  out->source = source_;
  out->lostBefore = skipped + nodeLost;
  out->sequence = sequence_ + out->lostBefore;
  const auto stamp = stampOf(block, arrival, onwards && out->lostBefore == 0);
  out->start = stamp.start;
  fill(block, stamp.step, *out);

  sequence_ = out->sequence + 1;
  lastSequence_ = block.sequence;
  boot_ = block.boot;
  lastEnd_ = out->end();
  expectedStart_ = lastEnd_;
  return sensors::BlockPtr(std::move(out));
}

/// A single reading of a stream without declared rate has none, whatever it says.
double StreamFeed::rateOf(const SampleBlock& block) const {
  if (source_->rate > 0) return source_->rate;
  return block.rows > 1 ? block.rate : 0;
}

sensors::CaptureClock::Stamp StreamFeed::stampOf(const SampleBlock& block, base::Time arrival,
                                                 bool consecutive) {
  const double rate = rateOf(block);
  // A single level is sent the moment it is read; samples are sent when the block of them is full.
  const bool instant = block.rows == 1 && source_->kind == sensors::SourceKind::Slow;
  const double periods = instant ? 0 : static_cast<double>(block.rows);
  const base::Duration length = rate > 0 ? base::fromSeconds(periods / rate) : base::Duration(0);
  const base::Time first{block.timeMicros * 1000};
  const base::Time stamp = first + length;
  const base::Duration passedThere = stamp - lastStamp_;
  const base::Duration passedHere = arrival - lastArrival_;
  if (lastSequence_ && std::chrono::abs(passedThere - passedHere) > kClockStep) {
    clock_.reset();  // the device's clock was set
  }
  lastStamp_ = stamp;
  lastArrival_ = arrival;
  offset_ = clock_.add(stamp, arrival);
  const base::Time start = first + offset_;
  const base::Duration step = rate > 0 ? base::fromSeconds(1 / rate) : base::Duration(0);
  if (!capture_) return {lastSequence_ ? std::max(start, lastEnd_) : start, step};
  // The device stamps its rows: what is later than half a block is a gap and no delay.
  const base::Duration snap = std::max(length / 2, kSmallestSnap);
  if (!consecutive || !expectedStart_ || start - *expectedStart_ > snap) capture_->interrupt();
  auto placed = capture_->stamp(start, block.rows);
  if (lastSequence_) placed.start = std::max(placed.start, lastEnd_);
  return placed;
}

void StreamFeed::fill(const SampleBlock& block, base::Duration step, sensors::Block& out) const {
  if (rateOf(block) > 0) {
    out.step = step;
  } else if (block.rows > 1) {
    for (std::size_t row = 0; row < block.rows; ++row) {
      out.offsets.push_back(std::chrono::microseconds(row));
    }
  }
  sensors::Samples samples{.rows = block.rows, .channels = block.channels, .values = block.values};
  for (std::size_t i = 0; i < samples.values.size(); ++i) {
    const std::size_t channel = i % block.channels;
    double value = static_cast<double>(samples.values[i]);
    if (block.raw) value = value * about_.scale[channel] + about_.offset[channel];
    samples.values[i] = static_cast<float>(value);
    if (!std::isfinite(samples.values[i])) {
      samples.missing.resize(samples.values.size());
      samples.missing[i] = 1;
      samples.values[i] = 0;
    }
  }
  out.content = std::move(samples);
}

}  // namespace hubs
