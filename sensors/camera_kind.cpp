// Cameras as a kind of device a project may keep.

#include <unistd.h>

#include "sensors/camera.h"
#include "sensors/camera_passwords.h"

namespace sensors {

namespace {

/// Listing USB cameras reads a few small files of the kernel, so nobody has to wait for it.
class CameraWatch final : public DeviceWatch {
 public:
  std::vector<LocalDevice> devices() const override {
    std::vector<LocalDevice> all;
    for (const auto& [device, name] : usbCameras()) {
      const bool mayRead = ::access(device.c_str(), R_OK | W_OK) == 0;
      all.push_back({.device = device,
                     .name = name.empty() ? "Camera" : name,
                     .detail = device,
                     .isUsual = all.empty(),
                     .trouble = mayRead ? "" : "this user may not use it; the group video may"});
    }
    return all;
  }
  bool isReady() const override { return true; }
};

/// mimosa-camera lies beside the program that runs.
std::filesystem::path cameraProgram() {
  std::error_code error;
  const auto self = std::filesystem::read_symlink("/proc/self/exe", error);
  return (error ? std::filesystem::path() : self.parent_path()) / "mimosa-camera";
}

}  // namespace

LocalKind cameraKind() {
  const auto passwords = std::make_shared<CameraPasswords>(CameraPasswords::usualFile());
  LocalKind kind{.title = "Camera", .icon = "camera", .params = cameraSpecs({})};
  kind.start = [passwords](const LocalSource& local, const LocalSurroundings& surroundings) {
    return std::make_unique<Camera>(CameraOptions{.id = local.id,
                                                  .name = local.name,
                                                  .address = passwords->complete(local.device),
                                                  .settings = local.params,
                                                  .program = cameraProgram()},
                                    surroundings.sources, surroundings.clock,
                                    surroundings.onChange);
  };
  kind.look = [] { return std::make_unique<CameraWatch>(); };
  kind.accept = [passwords](const std::string& typed) -> base::Result<std::string> {
    const auto address = cameraAddress(typed);
    return address ? passwords->keep(*address) : address;
  };
  return kind;
}

}  // namespace sensors
