#include "ui/models/hands_free.h"

#include <algorithm>
#include <cmath>

namespace ui {

void HandsFree::start(learners::LabelId label, base::Time now) {
  label_ = label;
  round_ = 1;
  recording_ = false;
  phaseEnd_ = now + kCountdown;
}

bool HandsFree::tick(base::Time now) {
  if (!label_ || now < phaseEnd_) {
    return false;
  }
  if (!recording_) {
    recording_ = true;
    phaseEnd_ = now + kLength;
    return true;
  }
  if (round_ == kTimes) {
    stop();
    return false;
  }
  ++round_;
  recording_ = false;
  phaseEnd_ = now + kCountdown;
  return false;
}

int HandsFree::countdown(base::Time now) const {
  if (!label_ || recording_) {
    return 0;
  }
  return std::max(1, static_cast<int>(std::ceil(base::toSeconds(phaseEnd_ - now))));
}

}  // namespace ui
