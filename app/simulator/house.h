#pragma once
// House: the demonstration home as a model without a thread: people, days, running activities and
// the background, computed tick by tick. Equal seeds and equal acts give equal samples.

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "app/simulator/activity.h"
#include "sensors/base/result.h"

namespace app {

/// What the house's rooms are like at the end of a tick.
struct HouseState {
  double light = 0;  ///< hall, lx
  double co2 = 0;    ///< hall, ppm
};

/// One thread at a time.
class House {
 public:
  explicit House(std::uint64_t seed);
  ~House();

  enum class Act { Start, Stop };
  /// Takes effect with the next tick. Starting what runs and stopping what rests changes nothing.
  /// Errors: NotFound with the names there are.
  base::Result<void> act(const std::string& activity, Act what);
  /// Running activities, in the order of activityNames().
  std::vector<std::string> active() const;

  /// Computes the next tick. The reference holds until the next call.
  const HouseTick& next();
  const HouseState& state() const { return state_; }
  /// Ticks computed so far.
  std::uint64_t ticks() const { return ticks_; }

 private:
  struct Running;
  struct Background;
  void addBackground();
  void settleRooms();
  Day drawDay(std::uint64_t number) const;

  std::uint64_t seed_;
  std::vector<Person> people_;
  std::map<std::string, Running> running_;
  std::map<std::string, std::uint64_t> takes_;  // started so far
  std::unique_ptr<Background> background_;
  std::uint64_t ticks_ = 0;
  HouseTick tick_;
  HouseTick scratch_;
  HouseState state_;
};

}  // namespace app
