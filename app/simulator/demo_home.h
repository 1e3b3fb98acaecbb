#pragma once
// DemoHome: the demonstration home on the bus. Four nodes over one house: "kitchen" (vibration,
// microphone, power), "hall" (motion, light, CO2), "hall_camera" (thumbnails) and "house", which
// measures nothing and takes the command "act".

#include <memory>

#include "app/simulator/hall_camera.h"
#include "app/simulator/house.h"
#include "app/simulator/motion_sensor.h"
#include "app/simulator/node.h"
#include "app/simulator/player.h"
#include "app/simulator/routine.h"

namespace app {

/// One thread at a time.
class DemoHome final : public Player {
 public:
  /// `bus` and `clock` must outlive it. `wake`: as SimulatedNode.
  /// `byItself`: what its people do without being told, see Routine.
  DemoHome(std::uint64_t seed, hubs::Bus& bus, const hubs::Topics& topics, const base::Clock& clock,
           const std::function<void()>& wake, std::vector<std::string> byItself = {});
  DemoHome(const DemoHome&) = delete;
  DemoHome& operator=(const DemoHome&) = delete;

  /// Called with each activity the routine begins or ends, and when. Set once, first.
  using OnRoutine = std::function<void(const std::string& activity, bool on, base::Time at)>;
  void onRoutine(OnRoutine listener) { onRoutine_ = std::move(listener); }

  void handleMessages() override;
  void playTick(base::Time start) override;
  void skip(std::uint64_t ticks) override;

 private:
  void playKitchen(const HouseTick& tick, base::Time start);
  void playHall(const HouseTick& tick, base::Time end);
  void playCamera(const HouseTick& tick, base::Time end);
  HallPicture look(const HouseTick& tick);
  void show(const HallPicture& picture);
  CommandAnswer act(const nlohmann::json& args);

  void liveByItself(base::Time start);

  House house_;
  Routine routine_;
  OnRoutine onRoutine_;
  HouseTick lastTick_;
  HallCamera camera_;
  MotionSensor motionSensor_;
  Dice dice_;
  std::uint64_t vibrationRows_ = 0;  // of the house, at kVibrationRate
  double wattSum_ = 0;
  std::uint64_t wattTicks_ = 0;
  base::Time powerDue_, reportDue_, motionDue_, thumbnailDue_;
  bool motionOn_ = false;
  std::unique_ptr<SimulatedNode> kitchen_, hall_, cameraNode_, houseNode_;
};

// What the nodes say about themselves.
NodeSetup kitchenSetup();
NodeSetup hallSetup();
NodeSetup cameraSetup();
NodeSetup houseSetup(std::vector<std::string> activities);

/// Reads the arguments of the command "act". Errors: InvalidArgument.
struct ActArguments {
  std::string activity;
  bool on = true;
};
base::Result<ActArguments> readAct(const nlohmann::json& args);
/// The code a node answers with where something went wrong.
int codeOf(base::ErrorCode code);

}  // namespace app
