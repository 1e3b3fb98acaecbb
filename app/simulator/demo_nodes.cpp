// What the nodes of the demonstration home say about themselves.

#include <algorithm>

#include "app/simulator/demo_home.h"
#include "hubs/codec.h"

namespace app {
namespace {

using base::ParamSpec;
using base::ParamType;
using base::ParamValue;

constexpr double kAudioStep = 1.0 / 32767;
constexpr double kAccelerationStep = 0.0012;  // m/s2 per count
constexpr double kLargestAcceleration = 39;   // m/s2: 4 g

ParamSpec number(std::string name, std::string title, std::string unit, double min, double max,
                 double value, std::string help) {
  ParamSpec spec;
  spec.name = std::move(name);
  spec.title = std::move(title);
  spec.type = ParamType::Float;
  spec.unit = std::move(unit);
  spec.min = min;
  spec.max = max;
  spec.defaultValue = value;
  spec.help = std::move(help);
  return spec;
}

ParamSpec choice(std::string name, std::string title, std::string unit,
                 std::vector<ParamValue> options, ParamValue value, std::string help) {
  ParamSpec spec;
  spec.name = std::move(name);
  spec.title = std::move(title);
  spec.type = ParamType::Enum;
  spec.unit = std::move(unit);
  spec.options = std::move(options);
  spec.defaultValue = std::move(value);
  spec.help = std::move(help);
  return spec;
}

hubs::StreamAbout slowStream(const std::string& id, const std::string& name,
                             const std::string& unit, double min, double max, double rate) {
  hubs::StreamAbout stream;
  stream.id = id;
  stream.name = name;
  stream.kind = sensors::SourceKind::Slow;
  stream.channels = {{id, unit, min, max}};
  stream.scale = {1};
  stream.offset = {0};
  stream.rate = rate;
  return stream;
}

hubs::About baseAbout(const std::string& name, const std::string& model, const std::string& room) {
  hubs::About about;
  about.revision = 1;
  about.name = name;
  about.model = model;
  about.firmware = "1.3.0";
  about.room = room;
  about.ops = {"identify", "restart", "time"};
  return about;
}

}  // namespace

NodeSetup kitchenSetup() {
  NodeSetup setup;
  setup.id = "kitchen";
  setup.about = baseAbout("Kitchen node", "demo-imu-mic-power", "Kitchen");
  setup.about.ops.emplace_back("lease");

  hubs::StreamAbout vibration;
  vibration.id = "vibration";
  vibration.name = "Kitchen vibration";
  vibration.kind = sensors::SourceKind::Motion;
  for (const char* axis : {"x", "y", "z"}) {
    vibration.channels.push_back({axis, "m/s2", -kLargestAcceleration, kLargestAcceleration});
  }
  vibration.scale.assign(3, kAccelerationStep);
  vibration.offset.assign(3, 0);
  vibration.rate = 100;
  vibration.rateParam = "imu.rate";

  hubs::StreamAbout microphone;
  microphone.id = "microphone";
  microphone.name = "Kitchen microphone";
  microphone.kind = sensors::SourceKind::Audio;
  microphone.channels = {{"l", "1", -1, 1}};
  microphone.scale = {kAudioStep};
  microphone.offset = {0};
  microphone.rate = kSoundRate;

  setup.about.streams = {vibration, microphone,
                         slowStream("power", "Kitchen power", "W", 0, 3000, 1)};
  setup.wires["vibration"] = {
      StreamWire::Form::CborI16, std::chrono::milliseconds(200), {25, 50, 100, 200}};
  setup.wires["microphone"] = {StreamWire::Form::CborI16, std::chrono::milliseconds(100), {}};
  setup.wires["power"] = {StreamWire::Form::Json, {}, {}};

  const auto rate = [](std::int64_t hertz) { return ParamValue(hertz); };
  setup.about.params = {
      choice("imu.rate", "Vibration rate", "Hz", {rate(25), rate(50), rate(100), rate(200)},
             rate(100), "How often the vibration is measured."),
      number("mic.gain", "Microphone gain", "dB", 0, 30, 12,
             "Amplification before the microphone's converter; too much clips loud sounds."),
      number("power.interval", "Power interval", "s", 0.2, 10, 1,
             "Time between two power readings; each is the mean since the last.")};
  return setup;
}

NodeSetup hallSetup() {
  NodeSetup setup;
  setup.id = "hall";
  setup.about = baseAbout("Hall node", "demo-presence-air", "Hall");
  setup.about.ops.emplace_back("lease");
  setup.about.streams = {slowStream("motion", "Hall motion", "1", 0, 1, 0),
                         slowStream("light", "Hall light", "lx", 0, 1000, 1),
                         slowStream("co2", "Hall CO2", "ppm", 400, 2000, 1)};
  for (const char* stream : {"motion", "light", "co2"}) {
    setup.wires[stream] = {StreamWire::Form::Json, {}, {}};
  }
  ParamSpec sensitivity = number("motion.sensitivity", "Motion sensitivity", "", 0, 9, 5,
                                 "How readily the motion sensor fires; high also at nothing.");
  sensitivity.type = ParamType::Int;
  sensitivity.step = 1;
  sensitivity.defaultValue = std::int64_t{5};
  ParamSpec hold = number("motion.hold", "Motion hold time", "s", 1, 60, 4,
                          "How long motion stays on after the sensor last fired.");
  hold.apply = "restart";
  setup.about.params = {sensitivity, hold,
                        number("report.interval", "Report interval", "s", 0.5, 60, 1,
                               "Time between two readings of light and CO2.")};
  return setup;
}

NodeSetup cameraSetup() {
  NodeSetup setup;
  setup.id = "hall_camera";
  setup.about = baseAbout("Hall camera", "demo-camera", "Hall");
  setup.about.ops.emplace_back("snapshot");
  setup.about.thumbnails = true;
  ParamSpec privacy;
  privacy.name = "privacy";
  privacy.title = "Privacy shutter";
  privacy.type = ParamType::Bool;
  privacy.defaultValue = false;
  privacy.help = "Closed, the camera takes no pictures and its exposure cannot be set.";
  setup.about.params = {number("thumb.interval", "Thumbnail interval", "s", 0.5, 10, 1,
                               "Time between two small pictures."),
                        choice("exposure", "Exposure time", "s", {0.067, 0.033, 0.017}, 0.033,
                               "Longer is brighter: about 1/15, 1/30 and 1/60 s."),
                        privacy};
  return setup;
}

NodeSetup houseSetup(std::vector<std::string> activities) {
  NodeSetup setup;
  setup.id = "house";
  setup.about = baseAbout("Demonstration house", "demo-house", "House");
  setup.about.ops = {"act", "time"};
  setup.about.activities = std::move(activities);
  return setup;
}

base::Result<ActArguments> readAct(const nlohmann::json& args) {
  ActArguments act{.activity = hubs::textField(args, "activity"),
                   .on = hubs::boolField(args, "on", true)};
  if (act.activity.empty()) {
    return base::invalid("act: \"activity\" is missing");
  }
  return act;
}

int codeOf(base::ErrorCode code) {
  switch (code) {
    case base::ErrorCode::NotFound:
      return 404;
    case base::ErrorCode::InvalidArgument:
      return 400;
    case base::ErrorCode::Unavailable:
    case base::ErrorCode::Refused:
      return 409;
    default:
      return 500;
  }
}

}  // namespace app
