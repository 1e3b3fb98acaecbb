#include "sensors/capture_clock.h"

#include <algorithm>
#include <cmath>

namespace sensors {

namespace {

constexpr double kGone = 0.001;      ///< seconds: an error this small needs no more catching up
constexpr double kCatchUpIn = 4;     ///< seconds, if the whole of an error were to go evenly
constexpr double kJitterMemory = 50;  ///< stretches

}  // namespace

CaptureClock::CaptureClock(double rate) : rate_(rate) {}

double CaptureClock::smallestWith(double error) const {
  for (const Slice& slice : slices_) error = std::min(error, slice.smallest.value_or(error));
  return error;
}

CaptureClock::Stamp CaptureClock::stamp(base::Time measured, std::size_t rows) {
  const double error = expected_ ? base::toSeconds(measured - *expected_) : 0;
  const double smallest = smallestWith(error);
  const bool anew = !expected_ || smallest > base::toSeconds(kFarthest);
  Stamp made{.anew = anew};
  double stretch = 0;
  if (anew) {
    made.start = std::max(measured, end_);
    slices_ = {};
    isCatchingUp_ = false;
  } else {
    made.start = *expected_;
    if (std::abs(smallest) > base::toSeconds(kTolerated)) isCatchingUp_ = true;
    if (std::abs(smallest) < kGone) isCatchingUp_ = false;
    if (isCatchingUp_) stretch = std::clamp(smallest / kCatchUpIn, -kSteepest, kSteepest);
    jitter_ += (std::abs(error - smallest) - jitter_) / kJitterMemory;
    if (slices_[0].rows > rate_) slices_ = {Slice{}, slices_[0]};
    slices_[0].rows += static_cast<double>(rows);
    slices_[0].smallest = std::min(error, slices_[0].smallest.value_or(error));
  }
  const double length = static_cast<double>(rows) / rate_;
  made.step = base::fromSeconds((1 + stretch) / rate_);
  // What is made up for now is no error of the past any more.
  for (Slice& slice : slices_) {
    if (slice.smallest) *slice.smallest -= length * stretch;
  }
  end_ = made.start + made.step * static_cast<std::int64_t>(rows);
  expected_ = end_;
  return made;
}

}  // namespace sensors
