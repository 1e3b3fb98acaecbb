#include "app/simulator/routine.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "app/simulator/activity.h"

namespace app {

namespace {

std::int64_t ticksOf(double seconds) {
  return static_cast<std::int64_t>(std::lround(seconds / kTickSeconds));
}

}  // namespace

Routine::Routine(std::vector<std::string> activities, std::uint64_t seed)
    : activities_(std::move(activities)), dice_(seed) {
  left_ = ticksOf(dice_.uniform(4, 7));
}

void Routine::shuffle() {
  round_ = activities_;
  for (std::size_t i = round_.size(); i > 1; --i) {
    std::swap(round_[i - 1], round_[dice_.bits() % i]);
  }
}

std::vector<Routine::Step> Routine::next() {
  if (activities_.empty() || left_-- > 0) return {};
  if (!running_.empty()) {
    left_ = ticksOf(dice_.uniform(4, 7)) - 1;
    return {{std::exchange(running_, {}), false}};
  }
  if (round_.empty()) shuffle();
  running_ = round_.back();
  round_.pop_back();
  left_ = ticksOf(dice_.uniform(6, 9)) - 1;
  return {{running_, true}};
}

}  // namespace app
