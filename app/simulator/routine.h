#pragma once
// Routine: what the demonstration home does by itself: one activity after another with rests
// between, each once in every round, in an order and for lengths drawn from the seed.

#include <string>
#include <vector>

#include "app/simulator/synthesis.h"

namespace app {

/// One thread at a time. Equal seeds and lists give equal routines.
class Routine {
 public:
  struct Step {
    std::string activity;
    bool on = true;
  };

  /// An empty list is a routine of rest. Rests last 4 to 7 s, activities 6 to 9 s.
  Routine(std::vector<std::string> activities, std::uint64_t seed);

  /// What begins or ends with the next tick.
  std::vector<Step> next();
  const std::vector<std::string>& activities() const { return activities_; }

 private:
  void shuffle();

  std::vector<std::string> activities_;
  Dice dice_;
  std::vector<std::string> round_;
  std::string running_;
  std::int64_t left_ = 0;  ///< ticks until something changes
};

}  // namespace app
