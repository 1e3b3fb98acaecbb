// What a camera's thread does: starts the process, takes what it sends, begins anew when it ends.

#include <algorithm>
#include <array>
#include <csignal>
#include <poll.h>
#include <sys/eventfd.h>

#include "sensors/base/log.h"
#include "sensors/camera_impl.h"
#include "sensors/jpeg_header.h"

namespace sensors {

namespace {

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

}  // namespace

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
  gate.setRate(stream->info()->rate);
  if (!gate.take(1, arrival)) {
    ++lostNext;
    std::lock_guard lock(mutex);
    ++now.lost;
    return;
  }
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
    case capture::Kind::End:  // of a film that was ordered whole; a camera never is
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

}  // namespace sensors
