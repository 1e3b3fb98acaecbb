#include "sensors/channel_noise.h"

#include <algorithm>
#include <cmath>

namespace sensors {

namespace {

constexpr std::size_t kLongestRun = 150;  ///< rows: a longer run says nothing more
constexpr std::size_t kLeastRows = 40;
constexpr std::size_t kRemembered = 8192;  ///< rows after which what was counts half
constexpr double kStepMemory = 64;         ///< steps
constexpr double kJump = 6;                ///< usual steps

}  // namespace

void ChannelNoise::add(float value) {
  if (isKnown_ && value == last_) {
    ++run_;
    return;
  }
  const auto end = states_.begin() + static_cast<std::ptrdiff_t>(stateCount_);
  if (stateCount_ < kStates && std::find(states_.begin(), end, value) == end) {
    states_[stateCount_++] = value;
  }
  isSigned_ = isSigned_ || value < 0;
  if (isKnown_) {
    rows_ += std::min(run_, kLongestRun);
    const double step = std::abs(static_cast<double>(value) - static_cast<double>(last_));
    const int way = value > last_ ? 1 : -1;
    turns_ += way_ != 0 && way != way_ ? 1 : 0;
    way_ = way;
    jumped_ = usual_ > 0 && step > kJump * usual_;
    usual_ = usual_ > 0 ? usual_ + (step - usual_) / kStepMemory : step;
    if (rows_ > kRemembered) {
      rows_ /= 2;
      turns_ /= 2;
    }
  }
  isKnown_ = true;
  last_ = value;
  run_ = 1;
}

double ChannelNoise::restlessness() const {
  if (stateCount_ < kStates || rows_ < kLeastRows) return 0;
  return static_cast<double>(turns_) / static_cast<double>(rows_);
}

bool ChannelNoise::rests(const Channel& channel) const {
  if (isSigned_ || channel.min < 0) return false;
  return last_ == 0 || jumped_;
}

}  // namespace sensors
