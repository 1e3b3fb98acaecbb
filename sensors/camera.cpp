#include "sensors/camera.h"

#include <algorithm>
#include <sys/eventfd.h>

#include "sensors/camera_impl.h"

namespace sensors {

capture::Orders ordersOf(const std::string& address,
                         const std::map<std::string, base::ParamValue>& asked) {
  base::Params params(cameraSpecs(address));
  capture::Orders orders{.address = address};
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
