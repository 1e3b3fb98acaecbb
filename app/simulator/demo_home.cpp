#include "app/simulator/demo_home.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace app {
namespace {

constexpr double kGravity = 9.81;                                   // m/s2
constexpr double kTiltX = 0.11;                                     // m/s2: it lies not quite level
constexpr base::Duration kMotionRepeat = std::chrono::seconds(10);  // a sign of life
constexpr base::Duration kGrain = std::chrono::milliseconds(1);

/// Has `due` come by `now`? Then the next one is `interval` later, on the same grid.
bool isDue(base::Time& due, base::Time now, double interval) {
  if (now + kGrain < due) {
    return false;
  }
  due += base::fromSeconds(interval);
  if (due <= now) {
    due = now + base::fromSeconds(interval);
  }
  return true;
}

}  // namespace

DemoHome::DemoHome(std::uint64_t seed, hubs::Bus& bus, const hubs::Topics& topics,
                   const base::Clock& clock, const std::function<void()>& wake,
                   std::vector<std::string> byItself)
    : house_(seed),
      routine_(std::move(byItself), mixedSeed(seed, 4)),
      camera_(mixedSeed(seed, 1)),
      motionSensor_(mixedSeed(seed, 2)),
      dice_(mixedSeed(seed, 3)) {
  NodeSetup kitchen = kitchenSetup();
  kitchen.applied = [this](const std::string& param, const base::ParamValue& value) {
    if (param == "imu.rate") kitchen_->setRate("vibration", base::toNumber(value));
    if (param == "power.interval") {
      kitchen_->setRate("power", 1 / base::toNumber(value));
      powerDue_ = {};
    }
  };
  NodeSetup hall = hallSetup();
  hall.applied = [this](const std::string& param, const base::ParamValue& value) {
    if (param != "report.interval") return;
    hall_->setRate("light", 1 / base::toNumber(value));
    hall_->setRate("co2", 1 / base::toNumber(value));
    reportDue_ = {};
  };
  NodeSetup camera = cameraSetup();
  camera.refusal = [this](const std::string& param,
                          const base::ParamValue&) -> std::optional<std::string> {
    if (param == "exposure" && cameraNode_->number("privacy") != 0) {
      return "the shutter is closed";
    }
    return std::nullopt;
  };
  camera.applied = [this](const std::string&, const base::ParamValue&) { thumbnailDue_ = {}; };
  camera.command = [this](const std::string& op, const nlohmann::json&) -> CommandAnswer {
    if (op != "snapshot") return {.code = 404, .message = "unknown operation"};
    if (cameraNode_->number("privacy") != 0) {
      return {.code = 409, .message = "the shutter is closed"};
    }
    show(look(lastTick_));
    return {.result = {{"w", HallCamera::kWidth}, {"h", HallCamera::kHeight}}};
  };
  NodeSetup house = houseSetup(activityNames());
  house.command = [this](const std::string&, const nlohmann::json& args) { return act(args); };

  kitchen_ = std::make_unique<SimulatedNode>(std::move(kitchen), bus, topics, clock, wake);
  hall_ = std::make_unique<SimulatedNode>(std::move(hall), bus, topics, clock, wake);
  cameraNode_ = std::make_unique<SimulatedNode>(std::move(camera), bus, topics, clock, wake);
  houseNode_ = std::make_unique<SimulatedNode>(std::move(house), bus, topics, clock, wake);
}

void DemoHome::handleMessages() {
  for (SimulatedNode* node : {kitchen_.get(), hall_.get(), cameraNode_.get(), houseNode_.get()}) {
    node->handleMessages();
  }
}

CommandAnswer DemoHome::act(const nlohmann::json& args) {
  const auto wanted = readAct(args);
  if (!wanted) {
    return {.code = 400, .message = wanted.error().message};
  }
  const auto done = house_.act(wanted->activity, wanted->on ? House::Act::Start : House::Act::Stop);
  if (!done) {
    return {.code = codeOf(done.error().code), .message = done.error().message};
  }
  houseNode_->publishEvent("act", {{"activity", wanted->activity}, {"on", wanted->on}});
  return {.result = {{"active", house_.active()}}};
}

void DemoHome::liveByItself(base::Time start) {
  for (const Routine::Step& step : routine_.next()) {
    const auto done = house_.act(step.activity, step.on ? House::Act::Start : House::Act::Stop);
    if (!done) continue;  // the list was checked where it was given
    houseNode_->publishEvent("act", {{"activity", step.activity}, {"on", step.on}});
    if (onRoutine_) onRoutine_(step.activity, step.on, start);
  }
}

void DemoHome::playTick(base::Time start) {
  liveByItself(start);
  const HouseTick& tick = house_.next();
  const base::Time end = start + kHouseTick;
  playKitchen(tick, start);
  playHall(tick, end);
  playCamera(tick, end);
  for (SimulatedNode* node : {kitchen_.get(), hall_.get(), cameraNode_.get(), houseNode_.get()}) {
    node->advance();
  }
  lastTick_ = tick;
}

void DemoHome::playKitchen(const HouseTick& tick, base::Time start) {
  const float gain = fromDecibels(kitchen_->number("mic.gain"));
  std::array<float, kTickSound> heard;
  for (std::size_t i = 0; i < kTickSound; ++i) {
    heard[i] = std::clamp(tick.sound[i] * gain, -1.0F, 1.0F);
  }
  kitchen_->append("microphone", start, heard);

  // The sensor samples what is there at its own instants: what is faster than half its rate folds.
  const auto every = static_cast<std::uint64_t>(kVibrationRate / kitchen_->number("imu.rate"));
  std::vector<float> rows;
  std::optional<base::Time> first;
  for (std::size_t i = 0; i < kTickVibration; ++i) {
    if ((vibrationRows_ + i) % every != 0) continue;
    if (!first) first = start + base::fromSeconds(static_cast<double>(i) / kVibrationRate);
    rows.push_back(tick.vibration[3 * i] + static_cast<float>(kTiltX));
    rows.push_back(tick.vibration[3 * i + 1]);
    rows.push_back(tick.vibration[3 * i + 2] + static_cast<float>(kGravity));
  }
  vibrationRows_ += kTickVibration;
  if (first) {
    kitchen_->append("vibration", *first, rows);
  }

  wattSum_ += tick.power;
  ++wattTicks_;
  if (isDue(powerDue_, start + kHouseTick, kitchen_->number("power.interval"))) {
    const float watts =
        static_cast<float>(std::clamp(wattSum_ / static_cast<double>(wattTicks_), 0.0, 3000.0));
    kitchen_->report("power", start + kHouseTick, std::span(&watts, 1));
    wattSum_ = 0;
    wattTicks_ = 0;
  }
}

void DemoHome::playHall(const HouseTick& tick, base::Time end) {
  const bool moves =
      motionSensor_.next(tick.motion, hall_->number("motion.sensitivity"),
                         base::fromSeconds(hall_->number("motion.hold")), kTickSeconds);
  if (moves != motionOn_ || isDue(motionDue_, end, base::toSeconds(kMotionRepeat))) {
    motionOn_ = moves;
    motionDue_ = end + kMotionRepeat;
    const float value = moves ? 1.0F : 0.0F;
    hall_->report("motion", end, std::span(&value, 1));
  }
  if (isDue(reportDue_, end, hall_->number("report.interval"))) {
    const float light = static_cast<float>(std::clamp(house_.state().light, 0.0, 1000.0));
    const float co2 =
        static_cast<float>(std::clamp(house_.state().co2 + dice_.normal(0, 2.5), 400.0, 2000.0));
    hall_->report("light", end, std::span(&light, 1));
    hall_->report("co2", end, std::span(&co2, 1));
  }
}

void DemoHome::playCamera(const HouseTick& tick, base::Time end) {
  if (cameraNode_->number("privacy") != 0 ||
      !isDue(thumbnailDue_, end, cameraNode_->number("thumb.interval"))) {
    return;
  }
  show(look(tick));
}

HallPicture DemoHome::look(const HouseTick& tick) {
  return camera_.take({house_.state().light, tick.doorOpen, tick.figures},
                      cameraNode_->number("exposure"));
}

void DemoHome::show(const HallPicture& picture) {
  cameraNode_->publishThumbnail(picture.jpeg, HallCamera::kWidth, HallCamera::kHeight,
                                picture.motion);
}

void DemoHome::skip(std::uint64_t ticks) {
  kitchen_->lose("microphone", ticks * kTickSound);
  kitchen_->lose("vibration", static_cast<std::uint64_t>(static_cast<double>(ticks) * kTickSeconds *
                                                         kitchen_->number("imu.rate")));
}

}  // namespace app
