#pragma once
// Camera::Impl: what a camera knows and what its thread works on. Private to the camera.

#include <mutex>
#include <sys/eventfd.h>
#include <thread>

#include "sensors/camera.h"
#include "sensors/camera_process.h"
#include "sensors/capture/wire.h"
#include "sensors/flood_gate.h"

namespace sensors {

/// What the child is told; settings it does not know are left out.
capture::Orders ordersOf(const std::string& address,
                         const std::map<std::string, base::ParamValue>& asked);

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
  FloodGate gate{0};
  std::shared_ptr<const base::Bytes> background;
  base::Time connectedAt;
  bool gaveReason = false;

  mutable std::mutex mutex;  ///< of what follows
  CameraState now;
  capture::Orders orders;
  bool ordersChanged = false;
  bool tryAtOnce = false;

  std::jthread thread;  // last: joined before anything it uses is gone
};

}  // namespace sensors
