#pragma once
// StreamFeed: turns the sample blocks of one node's stream into Blocks on the host's clock: scales,
// masks what is not finite, counts loss, keeps the rows of an even stream evenly spaced,
// however the device's clock drifts.

#include <array>
#include <optional>

#include "hubs/device.h"
#include "hubs/sample_block.h"
#include "sensors/base/result.h"
#include "sensors/block.h"
#include "sensors/capture_clock.h"
#include "sensors/flood_gate.h"

namespace hubs {

/// Host clock minus device clock: the smallest (arrival - stamp) of the last minute, because the
/// fastest message was delayed least.
class ClockOffset {
 public:
  /// `stamp`: the device's time of the newest row, in nanoseconds of its own clock.
  base::Duration add(base::Time stamp, base::Time arrival);
  void reset() { *this = {}; }

 private:
  static constexpr base::Duration kSlice = std::chrono::seconds(10);
  struct Slice {
    std::int64_t number = -1;
    base::Duration smallest{0};
  };
  std::array<Slice, 6> slices_{};
};

using sensors::FloodGate;
using sensors::TokenBucket;

/// One thread at a time.
class StreamFeed {
 public:
  StreamFeed(StreamAbout about, sensors::SourceInfoPtr source);

  const StreamAbout& about() const { return about_; }
  double rate() const { return source_->rate; }
  base::Duration clockOffset() const { return offset_; }

  /// The description blocks carry from now on.
  void setSource(sensors::SourceInfoPtr source);
  /// The rate `block` was made with where it is not the declared one (2 % apart), else nothing.
  std::optional<double> otherRate(const SampleBlock& block) const;
  /// The device was away: the next block starts anew.
  void interrupt() { expectedStart_.reset(); }

  /// Null where the block came twice. Errors: Unavailable where the stream floods (ten times its
  /// declared rate).
  base::Result<sensors::BlockPtr> take(const SampleBlock& block, base::Time arrival);

 private:
  double rateOf(const SampleBlock& block) const;
  /// Where the rows lie on the host's clock.
  sensors::CaptureClock::Stamp stampOf(const SampleBlock& block, base::Time arrival,
                                       bool consecutive);
  void fill(const SampleBlock& block, base::Duration step, sensors::Block& out) const;

  StreamAbout about_;
  sensors::SourceInfoPtr source_;
  FloodGate gate_;
  ClockOffset clock_;
  std::optional<sensors::CaptureClock> capture_;  ///< of even streams
  base::Duration offset_{0};
  std::uint64_t sequence_ = 0;  ///< of the next block we publish
  std::optional<std::uint64_t> lastSequence_;
  std::uint32_t boot_ = 0;
  base::Time lastStamp_;
  base::Time lastArrival_;
  base::Time lastEnd_;
  std::optional<base::Time> expectedStart_;  ///< end of the former block while nothing intervened
};

}  // namespace hubs
