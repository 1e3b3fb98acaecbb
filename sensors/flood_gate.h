#pragma once
// FloodGate: how many rows of a source are taken at most, so that one device that sends without
// end delays no other. What is turned away counts as lost.

#include <optional>

#include "sensors/base/time.h"

namespace sensors {

/// Lets through `rate` a second on average, with bursts. One thread at a time.
class TokenBucket {
 public:
  TokenBucket(double rate, double burst) : rate_(rate), burst_(burst), tokens_(burst) {}
  /// False where `amount` is too much now.
  bool take(double amount, base::Time now);

 private:
  double rate_;
  double burst_;
  double tokens_;
  std::optional<base::Time> last_;
};

/// Of one source: ten times what it declares, at least 100 rows a second where it declares none. One thread at a time.
class FloodGate {
 public:
  static constexpr double kFactor = 10;

  /// `rate`: rows a second it declares; 0 where it sends on change.
  explicit FloodGate(double rate);
  /// Where the declared rate changed, counting begins anew.
  void setRate(double rate);
  /// False where the source floods; then nothing is taken.
  bool take(double rows, base::Time now) { return bucket_.take(rows, now); }

 private:
  double rate_;
  TokenBucket bucket_;
};

}  // namespace sensors
