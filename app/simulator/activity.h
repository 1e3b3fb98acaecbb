#pragma once
// Activity: one thing people do in the demonstration home. Each start is a new take: its numbers
// are drawn from the person's and the day's habits, so no two takes sound alike.

#include <array>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/simulator/synthesis.h"
#include "sensors/base/time.h"

namespace app {

/// The house is computed in ticks of this length.
inline constexpr base::Duration kHouseTick = std::chrono::milliseconds(100);
inline constexpr double kTickSeconds = 0.1;
inline constexpr std::size_t kTickSound = kSoundRate / 10;
inline constexpr std::size_t kTickVibration = kVibrationRate / 10;

/// Somebody in the hall, as its camera sees them.
struct Figure {
  double across = 0;  ///< left to right, [0, 1]
  double near = 0.5;  ///< 0 at the far end, 1 close
  double stride = 0;  ///< phase of the walk in turns
  double height = 1;  ///< relative to a usual person
};

/// All that the house gives off during one tick. Activities add to it.
struct HouseTick {
  std::array<float, kTickSound> sound{};  ///< at the kitchen microphone, full scale 1 at 0 dB gain
  std::array<float, 3 * kTickVibration> vibration{};  ///< [rows x 3], m/s2, without gravity
  double power = 0;                                   ///< W
  double motion = 0;                                  ///< in the hall, [0, 1]
  double light = 0;                                   ///< added in the hall, lx
  double darkness = 0;  ///< 1: the lamp is off and the blinds are down
  double calm = 0;      ///< 1: windows shut and everything at rest
  double breath = 0;    ///< CO2 given off into the hall, ppm/s
  double airing = 0;    ///< extra exchange of the hall's air, 1/s
  double doorOpen = 0;  ///< [0, 1]
  std::vector<Figure> figures;
};

/// Who does it. All around 1.
struct Person {
  double strength = 1;  ///< force and loudness
  double pace = 1;      ///< speed
  double care = 1;      ///< high: gentle with doors, less water, shorter stirring
};

/// What differs from day to day.
struct Day {
  double waterCelsius = 14;  ///< cold tap
  double machineLoad = 0.6;  ///< of the washing machine, [0, 1]
  double mains = 1;          ///< voltage relative to 230 V
  double street = 1;         ///< loudness outside
};

/// One running activity.
class Take {
 public:
  virtual ~Take() = default;
  /// Adds what it gives off during the next tick.
  virtual void addTo(HouseTick& tick) = 0;
};

/// kettle, tap, blender, washing machine, cooking, walking through, door, sleeping.
const std::vector<std::string>& activityNames();
/// Null where `activity` is none of the names.
std::unique_ptr<Take> startTake(const std::string& activity, const Person& person, const Day& day,
                                std::uint64_t seed);

// The takes by family; startTake() is what others call.
std::unique_ptr<Take> startAppliance(const std::string& activity, const Person& person,
                                     const Day& day, std::uint64_t seed);
std::unique_ptr<Take> startHabit(const std::string& activity, const Person& person,
                                 std::uint64_t seed);

}  // namespace app
