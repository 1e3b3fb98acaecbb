#pragma once
// Movement: what three axes do together, however the sensor lies: strength, jolts, rhythm, bursts.
// Part of "motion".

#include <array>
#include <span>
#include <string>
#include <vector>

#include "sensors/extractors/signal.h"

namespace sensors {

/// From rows v_i of three axes, mean m; d_i = |v_i - m| is the movement, j_i = |v_{i+1} - v_i| rate
/// the jerk. Rows with a gap are left out of everything but the rhythm, where movement is 0. What
/// is too small counts as 10^-3 of the unit; what a window is too short for is NaN. Thread-safe.
///
/// - Movement: 10th, 50th, 90th and 99th percentile, and 90th over 10th, in dB (20 log10).
/// - Jerk: mean, deviation, 10th, 50th and 90th percentile in dB.
/// - Directions: spread along the three principal axes (roots of the covariance's eigenvalues) in
///   dB, and the share of the first in the whole power.
/// - Bursts, over whole seconds: deviation, least, largest and median of 20 log10 of the movement's
///   root mean square within each, and its mean change from one to the next; how far the seconds'
///   means lie from each other, on average and at most, in dB. Windows below 2 s: NaN.
/// - Drift: angle between the mean of the first and the second half, degrees.
/// - Rhythm, for the magnitude |v_i| and for the movement along the first principal axis: from the
///   unbiased autocorrelation at lags of 0.2 to 2.5 s (at most half the window) the highest local
///   peak, the frequency of the first at least 0.9 as high (0 where there is none) and the least
///   value; and the first lag below 0.5.
class Movement {
 public:
  static constexpr std::size_t kCount = 5 + 5 + 4 + 7 + 1 + 8;
  static void name(const std::string& triple, std::vector<Feature>& to);
  /// `axes`: three signals of equal length and rate.
  void write(std::span<const Signal> axes, std::span<float> out) const;

 private:
  LastMade<std::size_t, RealTransform> transforms_;
};

/// Three axes split by the direction of their mean, which for an accelerometer is where gravity
/// points: the part of each row along it, and the length of the rest. Missing where an axis is; 0
/// along and the whole across where the mean has no direction.
std::array<Signal, 2> alongAndAcross(std::span<const Signal> axes);

}  // namespace sensors
