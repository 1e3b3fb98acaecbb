#include "sensors/camera.h"

#include <algorithm>
#include <array>
#include <csignal>
#include <mutex>
#include <poll.h>
#include <sys/eventfd.h>
#include <thread>

#include "sensors/base/log.h"
#include "sensors/camera_process.h"
#include "sensors/capture/wire.h"
#include "sensors/jpeg_header.h"

namespace sensors {

namespace {

using capture::Orders;
using std::chrono::seconds;

constexpr base::Duration kFirstPause = seconds(1);
/// Opening a camera over the network may take this long, and so may a pause between pictures,
/// besides the time between two of them.
constexpr base::Duration kPatience = seconds(20);
/// Pictures that come this long show that the camera works, so the next pause is short again.
constexpr base::Duration kSteady = seconds(5);
/// What the child made is still not trusted to be small.
constexpr JpegLimits kTaken{.bytes = std::size_t{16} << 20};
constexpr double kMeanShare = 0.1;  ///< of the newest picture in the mean of bytes

Orders ordersOf(const std::string& address, const std::map<std::string, base::ParamValue>& asked) {
  base::Params params(cameraSpecs(address));
  Orders orders{.address = address};
  for (const auto& [name, value] : asked) {
    if (name.starts_with("device.")) {
      orders.device[name] = value;
    } else {
      static_cast<void>(params.set(cameraSpecs(address), name, value));
    }
  }
  orders.rate = params.number("rate", 5);
  orders.shape.quality = static_cast<int>(params.integer("quality", 80));
  const std::string size = params.text("size");
  orders.shape.square = size == "224 x 224";
  orders.shape.longest = size == "as sent" ? 0 : orders.shape.square ? 224 : std::stoi(size);
  if (asked.contains("resolution")) orders.resolution = params.text("resolution");
  return orders;
}

}  // namespace

struct Camera::Impl {
  Impl(CameraOptions given, SourceTable& table, const base::Clock& programClock,
       std::function<void()> listener)
      : options(std::move(given)),
        sources(table),
        clock(programClock),
        onChange(listener ? std::move(listener) : [] {}),
        wake(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
    for (const auto& [name, value] : options.settings) {
      now.settings[name].asked = value;
    }
    now.specs = cameraSpecs(options.address);
    orders = ordersOf(options.address, options.settings);
    stream = sources.declare(info());
  }

  SourceInfo info() const {
    return {.id = options.id,
            .name = options.name,
            .kind = SourceKind::Picture,
            .channels = {},
            .rate = orders.rate};
  }

  void run(std::stop_token stop);
  void live(std::stop_token stop, CameraProcess& process);
  void take(const capture::Message& message);
  void publish(capture::Taken taken);
  void say(const capture::Said& said);
  void setTrouble(const std::string& sentence);
  bool sendOrders(CameraProcess& process);
  bool pause(std::stop_token stop, base::Duration length);
  void applyOwn();

  const CameraOptions options;
  SourceTable& sources;
  const base::Clock& clock;
  const std::function<void()> onChange;
  const capture::Descriptor wake;
  std::shared_ptr<SourceStream> stream;

  // Of the camera's thread.
  std::uint64_t sequence = 0;
  std::uint64_t lostNext = 0;
  std::shared_ptr<const base::Bytes> background;
  base::Time connectedAt;
  bool gaveReason = false;

  mutable std::mutex mutex;  ///< of what follows
  CameraState now;
  Orders orders;
  bool ordersChanged = false;
  bool tryAtOnce = false;

  std::jthread thread;  // last: joined before anything it uses is gone
};

void Camera::Impl::setTrouble(const std::string& sentence) {
  {
    std::lock_guard lock(mutex);
    if (!sentence.empty()) now.online = false;
    if (now.trouble == sentence) return;
    now.trouble = sentence;
  }
  if (!sentence.empty()) base::logWarning(sentence);
  onChange();
}

/// Settings that are carried out here and by the child for certain are reported at once.
void Camera::Impl::applyOwn() {
  const auto specs = cameraSpecs(options.address);
  for (const base::ParamSpec& spec : specs) {
    if (spec.name == "resolution") continue;  // the device's own
    CameraSetting& setting = now.settings[spec.name];
    const auto value = setting.asked.value_or(spec.defaultValue);
    if (setting.reported && base::sameValue(*setting.reported, value)) continue;
    setting.reported = value;
    setting.since = clock.now();
  }
}

bool Camera::Impl::sendOrders(CameraProcess& process) {
  std::string line;
  {
    std::lock_guard lock(mutex);
    line = toJson(orders) + "\n";
    ordersChanged = false;
    applyOwn();
  }
  stream = sources.declare(info());
  return capture::writeAll(process.orders(), line.data(), line.size());
}

void Camera::Impl::publish(capture::Taken taken) {
  const auto size = jpegSize(taken.jpeg, kTaken);
  if (!size) {
    ++lostNext;
    std::lock_guard lock(mutex);
    ++now.lost;
    return;
  }
  if (!taken.background.empty() && jpegSize(taken.background, kTaken)) {
    background = std::make_shared<const base::Bytes>(std::move(taken.background));
  }
  const base::Time arrival = clock.now();
  const std::int64_t steady =
      std::chrono::steady_clock::now().time_since_epoch() / std::chrono::nanoseconds(1);
  const base::Duration age(
      std::clamp<std::int64_t>(steady - taken.steadyNs, 0, base::Duration(kPatience).count()));
  auto block = std::make_shared<Block>();
  block->source = stream->info();
  block->sequence = sequence++;
  block->start = arrival - age;
  block->lostBefore = std::exchange(lostNext, 0);
  const auto bytes = static_cast<double>(taken.jpeg.size());
  block->content = Image{.width = size->width,
                         .height = size->height,
                         .jpeg = std::move(taken.jpeg),
                         .background = background};
  const bool isFirst = connectedAt.ns == 0;
  {
    std::lock_guard lock(mutex);
    if (isFirst) {
      connectedAt = arrival;
      ++now.connections;
    }
    const bool sameSize = now.width == size->width && now.height == size->height;
    now.bytes = sameSize && now.bytes > 0 ? now.bytes + kMeanShare * (bytes - now.bytes) : bytes;
    now.wholeBytes = taken.wholeBytes;
    now.width = size->width;
    now.height = size->height;
    now.online = true;
    now.lastPicture = block->start;
    now.newest = block;
  }
  stream->publish(block, arrival);
  setTrouble({});
  if (isFirst) onChange();
}

void Camera::Impl::say(const capture::Said& said) {
  {
    std::lock_guard lock(mutex);
    now.sentWidth = said.width;
    now.sentHeight = said.height;
    now.specs = cameraSpecs(options.address);
    now.specs.insert(now.specs.end(), said.specs.begin(), said.specs.end());
    for (const auto& [name, value] : said.reported) {
      CameraSetting& setting = now.settings[name];
      if (!setting.reported || !base::sameValue(*setting.reported, value)) {
        setting.since = clock.now();
      }
      setting.reported = value;
    }
    for (auto& [name, setting] : now.settings) {
      const auto why = said.refused.find(name);
      setting.refused = why == said.refused.end() ? std::string() : why->second;
    }
  }
  onChange();
}

void Camera::Impl::take(const capture::Message& message) {
  switch (message.kind) {
    case capture::Kind::Picture:
      if (auto taken = capture::takenFrom(message.body)) publish(*std::move(taken));
      return;
    case capture::Kind::Said:
      if (const auto said =
              capture::saidFrom(std::string(message.body.begin(), message.body.end()))) {
        say(*said);
      }
      return;
    case capture::Kind::Trouble:
      gaveReason = true;
      setTrouble(options.name + " " + std::string(message.body.begin(), message.body.end()) + ".");
      return;
    case capture::Kind::Lost: {
      ++lostNext;
      std::lock_guard lock(mutex);
      ++now.lost;
      return;
    }
  }
}

/// One process from its start to its end.
void Camera::Impl::live(std::stop_token stop, CameraProcess& process) {
  if (!sendOrders(process)) return;
  capture::MessageReader reader;
  std::array<std::uint8_t, 64 * 1024> buffer{};
  auto heard = std::chrono::steady_clock::now();
  while (!stop.stop_requested()) {
    base::Duration patience = kPatience;
    bool changed = false;
    {
      std::lock_guard lock(mutex);
      patience += base::fromSeconds(2 / orders.rate);
      changed = ordersChanged;
    }
    if (changed && !sendOrders(process)) return;
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
        heard + patience - std::chrono::steady_clock::now());
    if (left.count() <= 0) {
      gaveReason = true;
      setTrouble(options.name +
                 (connectedAt.ns > 0 ? " stopped sending pictures." : " does not answer."));
      return;
    }
    std::array<pollfd, 2> ready = {pollfd{process.messages(), POLLIN, 0},
                                   pollfd{wake.get(), POLLIN, 0}};
    ::poll(ready.data(), ready.size(), static_cast<int>(left.count()));
    eventfd_t woken = 0;
    ::eventfd_read(wake.get(), &woken);
    if (ready[0].revents == 0) continue;
    const ssize_t n = ::read(process.messages(), buffer.data(), buffer.size());
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return;
    heard = std::chrono::steady_clock::now();
    const auto messages = reader.push(buffer.data(), static_cast<std::size_t>(n));
    if (!messages) return;
    for (const capture::Message& message : *messages) take(message);
  }
}

/// False where the camera is to end.
bool Camera::Impl::pause(std::stop_token stop, base::Duration length) {
  const auto until = std::chrono::steady_clock::now() + length;
  while (!stop.stop_requested()) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
        until - std::chrono::steady_clock::now());
    {
      std::lock_guard lock(mutex);
      if (std::exchange(tryAtOnce, false)) return true;
    }
    if (left.count() <= 0) return true;
    pollfd one{wake.get(), POLLIN, 0};
    ::poll(&one, 1, static_cast<int>(left.count()));
    eventfd_t woken = 0;
    ::eventfd_read(wake.get(), &woken);
  }
  return false;
}

void Camera::Impl::run(std::stop_token stop) {
  const std::stop_callback wakeUp(stop, [this] { ::eventfd_write(wake.get(), 1); });
  base::Duration wait = kFirstPause;
  while (!stop.stop_requested()) {
    auto process = CameraProcess::start(options.program);
    connectedAt = {};
    gaveReason = false;
    bool crashed = false;
    if (process) {
      live(stop, *process);
      crashed = process->end();
    } else {
      gaveReason = true;
      setTrouble(options.name + ": " + process.error().message + ".");
    }
    if (stop.stop_requested()) return;
    const bool worked = connectedAt.ns > 0 && clock.now() - connectedAt >= kSteady;
    if (crashed) {  // whatever it was decoding is lost; the next picture may be fine
      ++lostNext;
      std::lock_guard lock(mutex);
      ++now.lost;
    }
    if (!gaveReason) {
      setTrouble(options.name + (crashed ? " sent something that ended its process."
                                         : " cannot be read: its process ended."));
    }
    if (worked) wait = kFirstPause;
    if (crashed && worked) continue;
    if (!pause(stop, wait)) return;
    wait = std::min(wait * 2, base::Duration(kLongestPause));
  }
}

Camera::Camera(CameraOptions options, SourceTable& sources, const base::Clock& clock,
               std::function<void()> onChange)
    : impl_(std::make_unique<Impl>(std::move(options), sources, clock, std::move(onChange))) {
  impl_->thread =
      std::jthread([impl = impl_.get()](std::stop_token stop) { impl->run(std::move(stop)); });
}

Camera::~Camera() = default;

std::string Camera::id() const { return impl_->options.id; }
const CameraOptions& Camera::options() const { return impl_->options; }

CameraState Camera::state() const {
  std::lock_guard lock(impl_->mutex);
  return impl_->now;
}

std::optional<base::Error> Camera::trouble() const {
  std::lock_guard lock(impl_->mutex);
  if (impl_->now.trouble.empty()) return {};
  return base::Error{base::ErrorCode::Unavailable, impl_->now.trouble};
}

base::Result<void> Camera::ask(const std::string& setting, const base::ParamValue& value) {
  {
    std::lock_guard lock(impl_->mutex);
    const auto& specs = impl_->now.specs;
    const auto spec =
        std::find_if(specs.begin(), specs.end(), [&](const auto& s) { return s.name == setting; });
    if (spec == specs.end()) {
      return base::Error{base::ErrorCode::NotFound,
                         impl_->options.name + " has no setting called " + setting};
    }
    auto fitting = base::checked(*spec, value);
    if (!fitting) return fitting.error();
    CameraSetting& asked = impl_->now.settings[setting];
    asked.asked = *fitting;
    asked.refused.clear();
    asked.since = impl_->clock.now();
    std::map<std::string, base::ParamValue> all;
    for (const auto& [name, one] : impl_->now.settings) {
      if (one.asked) all[name] = *one.asked;
    }
    impl_->orders = ordersOf(impl_->options.address, all);
    impl_->ordersChanged = true;
  }
  ::eventfd_write(impl_->wake.get(), 1);
  return {};
}

void Camera::forget(const std::string& setting) {
  {
    std::lock_guard lock(impl_->mutex);
    impl_->now.settings[setting].asked.reset();
    std::map<std::string, base::ParamValue> all;
    for (const auto& [name, one] : impl_->now.settings) {
      if (one.asked) all[name] = *one.asked;
    }
    impl_->orders = ordersOf(impl_->options.address, all);
    impl_->ordersChanged = true;
  }
  ::eventfd_write(impl_->wake.get(), 1);
}

void Camera::tryNow() {
  {
    std::lock_guard lock(impl_->mutex);
    impl_->tryAtOnce = true;
  }
  ::eventfd_write(impl_->wake.get(), 1);
}

}  // namespace sensors
