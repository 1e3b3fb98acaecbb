#pragma once
// A made-up house with nodes, settings in every state and other computers. For tests and pictures.

#include <QBuffer>
#include <QImage>
#include <QPainter>

#include "sensors/microphone.h"
#include "tests/ui/sample_snapshot.h"

namespace sample {

inline base::ParamSpec setting(const char* name, const char* title, base::ParamType type,
                               const char* unit, double min, double max) {
  base::ParamSpec spec;
  spec.name = name;
  spec.title = title;
  spec.type = type;
  spec.unit = unit;
  spec.min = min;
  spec.max = max;
  spec.help = std::string("Sets ") + title + ".";
  return spec;
}

inline hubs::ParamStatus status(std::optional<base::ParamValue> asked,
                                std::optional<base::ParamValue> reported, hubs::ParamState state,
                                const char* message = "") {
  return {.asked = std::move(asked),
          .reported = std::move(reported),
          .state = state,
          .message = message,
          .since = kNow - fromSeconds(120)};
}

inline std::shared_ptr<const base::Bytes> picture() {
  QImage image(224, 168, QImage::Format_RGB32);
  image.fill(QColor(94, 108, 120));
  QPainter painter(&image);
  painter.fillRect(0, 120, 224, 48, QColor(70, 62, 54));
  painter.fillRect(30, 40, 50, 100, QColor(150, 120, 90));
  painter.fillRect(140, 20, 60, 50, QColor(210, 220, 225));
  painter.end();
  QByteArray bytes;
  QBuffer buffer(&bytes);
  image.save(&buffer, "JPEG");
  const auto* data = reinterpret_cast<const std::uint8_t*>(bytes.constData());
  return std::make_shared<const base::Bytes>(data, data + bytes.size());
}

inline hubs::NodeView node(const char* id, const char* name, const char* room) {
  hubs::NodeView view;
  view.device = {.id = id, .about = {}, .online = true, .lastHeard = kNow - fromSeconds(0.2)};
  view.device.about.name = name;
  view.device.about.room = room;
  view.device.about.model = "demo-imu-mic";
  view.device.about.firmware = "1.3.0";
  return view;
}

/// Its settings are in the five states, in the order of hubs::ParamState.
inline hubs::NodeView kitchenNode() {
  using Type = base::ParamType;
  using State = hubs::ParamState;
  hubs::NodeView view = node("kitchen", "Kitchen node", "Kitchen");
  auto rate = setting("imu.rate", "Vibration rate", Type::Enum, "Hz", 0, 0);
  rate.options = {std::int64_t{25}, std::int64_t{50}, std::int64_t{100}};
  auto gain = setting("mic.gain", "Microphone gain", Type::Float, "dB", 0, 30);
  gain.apply = "restart";
  view.device.about.params = {rate, gain,
                              setting("sense", "Motion sensitivity", Type::Int, "", 0, 9),
                              setting("every", "Report interval", Type::Float, "s", 0.5, 60),
                              setting("led", "Status light", Type::Bool, "", 0, 0)};
  view.params = {{"imu.rate", status(std::int64_t{50}, std::int64_t{50}, State::InStep)},
                 {"mic.gain", status(6.0, 0.0, State::Waiting)},
                 {"sense", status(std::int64_t{12}, std::int64_t{5}, State::Refused,
                                  "sense: 12 is not between 0 and 9")},
                 {"every", status(2.0, 10.0, State::ChangedElsewhere)},
                 {"led", status(std::nullopt, true, State::NotAsked)}};
  return view;
}

inline app::WorkerView worker(const char* id, const char* name, const char* host, int cores,
                              double memory, double load, double roundTrip, const char* doing) {
  app::WorkerView w;
  w.id = id;
  w.name = name;
  w.host = host;
  w.online = true;
  w.cores = cores;
  w.memoryGb = memory;
  w.load = load;
  w.roundTripMs = roundTrip;
  w.doing = doing;
  return w;
}

/// One computer at work for the first task, from so many minutes ago until so many; 0: now.
inline app::PlaceStretch place(app::PlaceStretch::Work work, const char* worker, const char* name,
                               double from, double to, app::PlaceStretch::By by) {
  return {.taskName = "Kitchen sounds",
          .work = work,
          .span = {kNow - fromSeconds(60 * from), kNow - fromSeconds(60 * to)},
          .running = to == 0,
          .worker = worker,
          .computer = name,
          .by = by};
}

/// Sounds of the kitchen were learnt in the attic, answered here, then on the NUC by a rule, a while
/// by nobody, and in the attic at last.
inline std::shared_ptr<const app::PlaceStretches> places() {
  using Work = app::PlaceStretch::Work;
  using By = app::PlaceStretch::By;
  app::PlaceStretches all = {place(Work::Learning, "attic", "Attic Pi", 52, 50.5, By::Person),
                             place(Work::Answering, "", "This computer", 50.5, 31, By::Nobody),
                             place(Work::Answering, "nuc", "NUC", 31, 19, By::Policy),
                             place(Work::Answering, "", "", 19, 16, By::Policy),
                             place(Work::Answering, "attic", "Attic Pi", 16, 0, By::Policy),
                             place(Work::Learning, "attic", "Attic Pi", 9, 8.2, By::Policy)};
  all[3].none = true;
  all[3].reason = "No device can do this. NUC comes closest; it fails at \"answers within 40 ms: "
                  "61 ms\".";
  for (std::size_t i = 2; i < all.size(); ++i) {
    all[i].policy =
        "Run on a device that is in this house and answers within 40 ms, prefer the least busy; if "
        "none fits, do not run and tell me.";
    all[i].prefer = app::Policy::Prefer::LeastBusy;
  }
  for (const std::size_t i : {std::size_t{4}, std::size_t{5}}) {
    all[i].reason = "Attic Pi: load 12 %";
    all[i].ranked = {{"attic", "Attic Pi", true, "load 12 %"},
                     {"", "This computer", true, "load 47 %"},
                     {"nuc", "NUC", false, "answers within 40 ms: 61 ms"},
                     {"cloud", "Cloud", false, "is offline"}};
  }
  return std::make_shared<const app::PlaceStretches>(std::move(all));
}

/// Beside that, who is home is answered here all the time.
inline std::shared_ptr<const app::PlaceStretches> placesOfTasks() {
  app::PlaceStretches all = *places();
  app::PlaceStretch home = place(app::PlaceStretch::Work::Answering, "", "This computer", 90, 0,
                                 app::PlaceStretch::By::Person);
  home.task = 2;
  home.taskName = "Who is home";
  all.insert(all.begin(), home);
  return std::make_shared<const app::PlaceStretches>(std::move(all));
}

inline app::Snapshot house() {
  app::Snapshot s = full();
  s.places = places();
  s.brokerText = "mqtt://192.168.1.5:1883";
  hubs::NodeView hall = node("hall", "Hall node", "Hall");
  hall.device.about.params = {setting("hold", "Hold time", base::ParamType::Float, "s", 1, 60)};
  hubs::NodeView camera = node("hall_camera", "Hall camera", "Hall");
  camera.device.about.thumbnails = true;
  camera.device.online = false;
  camera.device.lastHeard = kNow - fromSeconds(95);
  camera.thumbnail = picture();
  hubs::NodeView demo = node("house", "Demonstration house", "House");
  demo.device.about.ops = {"act", "time"};
  demo.device.about.activities = {"kettle", "washing_machine", "door",      "walking through",
                                  "tap",    "vacuum",          "microwave", "sleeping"};
  s.nodes = {kitchenNode(), hall, camera, demo};
  s.sources[1].counts.lostBlocks = 3;
  s.sources[0].counts.clockOffset = std::chrono::milliseconds(12);
  s.sources[2].used = false;
  s.sources[3].silent = true;
  s.sources[3].age = std::chrono::seconds(38);
  app::WorkerView here = worker("here", "bench", "bench", 2, 24, 0.18, 0.1, "");
  here.local = true;
  app::WorkerView away = worker("cloud", "Cloud", "vm-4", 16, 32, 0, 0, "");
  away.online = false;
  sensors::LocalSource usb{.id = "this.computer/microphone-usb",
                           .kind = "microphone",
                           .device = "usb",
                           .name = "USB microphone"};
  sensors::LocalSource webcam{.id = "this.computer/microphone-webcam",
                              .kind = "microphone",
                              .device = "webcam",
                              .name = "Webcam"};
  s.locals = {{usb, "Microphone", "mic", ""},
              {webcam, "Microphone", "mic",
               "Webcam is silent: no sound comes from it. I keep trying."}};
  s.localKinds = {{"microphone", "Microphone", "mic", sensors::microphoneParams()}};
  app::SourceView heard = s.sources[0];
  heard.info.id = usb.id;
  heard.info.name = usb.name;
  s.sources.push_back(heard);
  s.workers = {away, worker("attic", "Attic Pi", "attic", 4, 3.7, 0.62, 3, "training main"),
               worker("nuc", "NUC", "nuc.local", 4, 8, 0.12, 14.2, "serving main"), here};
  s.task.trainOn = "attic";
  return s;
}

/// What a project from elsewhere would do in the house.
inline app::Held held() {
  using Kind = app::HeldThing::Kind;
  return {.isProject = true,
          .things = {{Kind::Listen, "Kitchen", "hw:0"},
                     {Kind::Watch, "Hall", "rtsp://10.0.0.7/stream"},
                     {Kind::Watch, "Door", "/dev/video0"},
                     {Kind::Set, "kitchen", "gain = 3"},
                     {Kind::Follow,
                      "When Kettle is sure for 5 s, send \"on\" to lamp; when not sure do nothing; "
                      "when no data do nothing."},
                     {Kind::Tell}}};
}

}  // namespace sample
