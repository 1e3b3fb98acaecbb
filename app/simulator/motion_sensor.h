#pragma once
// MotionSensor: a passive infrared detector. It fires by chance, more often with more movement and
// with a higher sensitivity, and stays on for a while.

#include <cmath>

#include "app/simulator/synthesis.h"
#include "sensors/base/time.h"

namespace app {

/// While something moves with strength m in [0, 1], it fires as a Poisson process of
///   m^2 (0.05 + 0.35 s) + 0.00004 s^2  per second,  s = sensitivity, 0 to 9
/// (the second part is a false alarm), and stays on until `hold` after it last fired.
class MotionSensor {
 public:
  explicit MotionSensor(std::uint64_t seed) : dice_(seed) {}

  /// The state after `seconds` more.
  bool next(double motion, double sensitivity, base::Duration hold, double seconds) {
    const double perSecond =
        motion * motion * (0.05 + 0.35 * sensitivity) + 0.00004 * sensitivity * sensitivity;
    left_ =
        dice_.happens(1 - std::exp(-perSecond * seconds)) ? base::toSeconds(hold) : left_ - seconds;
    return left_ > 1e-6;  // less is rounding
  }

 private:
  Dice dice_;
  double left_ = 0;
};

}  // namespace app
