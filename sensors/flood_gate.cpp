#include "sensors/flood_gate.h"

#include <algorithm>

namespace sensors {

namespace {

constexpr double kSlowRows = 10;  ///< rows a second a stream without rate may declare
constexpr double kBurstSeconds = 2;
constexpr double kSmallestBurst = 200;

TokenBucket bucketFor(double rate) {
  const double allowed = FloodGate::kFactor * (rate > 0 ? rate : kSlowRows);
  return {allowed, std::max(allowed * kBurstSeconds, kSmallestBurst)};
}

}  // namespace

bool TokenBucket::take(double amount, base::Time now) {
  if (last_) {
    const double passed = std::max(0.0, base::toSeconds(now - *last_));
    tokens_ = std::min(burst_, tokens_ + passed * rate_);
  }
  last_ = now;
  if (amount > tokens_) return false;
  tokens_ -= amount;
  return true;
}

FloodGate::FloodGate(double rate) : rate_(rate), bucket_(bucketFor(rate)) {}

void FloodGate::setRate(double rate) {
  if (rate == rate_) return;
  rate_ = rate;
  bucket_ = bucketFor(rate);
}

}  // namespace sensors
