#pragma once
// ManualClock: a clock that stands still until a test moves it.

#include <atomic>

#include "sensors/base/time.h"

namespace support {

/// Thread-safe.
class ManualClock final : public base::Clock {
 public:
  explicit ManualClock(base::Time start = {}) : now_(start.ns) {}

  base::Time now() const override { return {now_.load()}; }
  void advance(base::Duration step) { now_ += step.count(); }
  void set(base::Time t) { now_ = t.ns; }

 private:
  std::atomic<std::int64_t> now_;
};

}  // namespace support
