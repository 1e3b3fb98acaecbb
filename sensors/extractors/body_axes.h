#pragma once
// BodyAxes: movement as the wearer makes it, up and down, back and forth, from side to side,
// however the sensor lies. Part of "motion".

#include <span>
#include <string>
#include <vector>

#include "sensors/extractors/signal.h"

namespace sensors {

/// From three axes v_i with mean m, where m points up (for an accelerometer, against gravity): "up"
/// is the part along m; of what is left, "forward" is the part along its first principal axis and
/// "sideways" the part along the second. Both level ones have no mean, and the sign that makes
/// their third moment positive. Where m has no direction, up is empty (0).
///
/// Of each signal the power by frequency, as SignalSpectrum's bands but none below -40 dB, for what
/// is weaker is the sensor's own noise. Of forward, and of how fast up and forward change (rows
/// that both are there, per second): deviation in dB (20 log10, at least 10^-3 of the unit),
/// skewness, kurtosis m4 / m2^2 (3 for a normal distribution, 0 for a constant), and the 1st, 5th,
/// 25th, 75th, 95th and 99th percentile. NaN where there is no row. Source of the idea to turn
/// acceleration into the walker's axes: Mizell, ISWC 2003. Thread-safe.
class BodyAxes {
 public:
  explicit BodyAxes(const WindowSpec& window) : spectrum_(window) {}

  std::size_t count() const { return 3 * kCourse + 3 * bands(); }
  void name(const std::string& triple, const std::string& unit, std::vector<Feature>& to) const;
  /// `axes`: three signals of equal length and rate.
  void write(std::span<const Signal> axes, std::span<float> out) const;

 private:
  static constexpr std::size_t kCourse = 9;
  std::size_t bands() const { return spectrum_.bands(); }

  SignalSpectrum spectrum_;
};

}  // namespace sensors
