#pragma once
// HandsFree: five recordings of one label with a countdown before each, for people whose hands are
// busy. Plain values; the caller brings the time.

#include <optional>

#include "learners/label.h"
#include "sensors/base/time.h"

namespace ui {

/// One thread at a time.
class HandsFree {
 public:
  static constexpr int kTimes = 5;
  static constexpr base::Duration kCountdown = std::chrono::seconds(3);
  static constexpr base::Duration kLength = std::chrono::seconds(3);

  void start(learners::LabelId label, base::Time now);
  void stop() { label_.reset(); }
  bool isRunning() const { return label_.has_value(); }
  learners::LabelId label() const { return label_.value_or(0); }

  /// Call a few times a second. Returns true once per recording that is to start now.
  bool tick(base::Time now);
  /// Seconds left of the countdown, rounded up; 0 while recording.
  int countdown(base::Time now) const;
  /// 1..kTimes.
  int round() const { return round_; }

 private:
  std::optional<learners::LabelId> label_;
  int round_ = 0;
  bool recording_ = false;
  base::Time phaseEnd_;
};

}  // namespace ui
