#pragma once
// Camera: a camera as a source of pictures: a USB device, an RTSP or HTTP address, a film.
// It is opened, read and decoded in a process of its own (mimosa-camera), which may hang, be fed
// bombs or crash: the most that is lost is pictures, and they are counted.

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "sensors/base/params.h"
#include "sensors/local_kind.h"

namespace sensors {

struct CameraOptions {
  std::string id;    ///< of its source: "this.computer/hall_camera"
  std::string name;  ///< for people: "Hall camera"
  std::string
      address;  ///< "/dev/video0", "rtsp://...", "http(s)://...", a file. May hold a password.
  std::map<std::string, base::ParamValue> settings;  ///< as asked before
  std::filesystem::path program;                     ///< mimosa-camera
};

/// One setting of a camera: what was asked for and what it has.
struct CameraSetting {
  std::optional<base::ParamValue> asked;
  std::optional<base::ParamValue> reported;
  std::string refused;  ///< why it has another value than it was asked for, or empty
  base::Time since;     ///< when one of them last changed
};

/// A camera as people see it. A plain value.
struct CameraState {
  bool online = false;  ///< pictures come
  std::string trouble;  ///< one sentence, or empty
  base::Time lastPicture;
  int connections = 0;     ///< each one is a segment of its own
  std::uint64_t lost = 0;  ///< pictures that could not be decoded
  int sentWidth = 0;       ///< pixels of what the camera sends; 0: unknown
  int sentHeight = 0;
  int width = 0;  ///< of what is kept
  int height = 0;
  double bytes = 0;                     ///< of a kept picture, mean of the last ones
  double wholeBytes = 0;                ///< of the same picture at full size; 0: unknown
  std::shared_ptr<const Block> newest;  ///< null before the first
  std::vector<base::ParamSpec> specs;
  std::map<std::string, CameraSetting> settings;
};

/// Thread-safe. Publishes from its constructor to its destructor; a lost camera is tried again
/// after 1, 2, 4 ... 30 s. `onChange` is called from its thread after something a person could see
/// changed.
class Camera final : public Source {
 public:
  static constexpr base::Duration kLongestPause = std::chrono::seconds(30);

  Camera(CameraOptions options, SourceTable& sources, const base::Clock& clock,
         std::function<void()> onChange = {});
  ~Camera() override;

  std::string id() const override;
  std::optional<base::Error> trouble() const override;
  CameraState state() const;
  const CameraOptions& options() const;

  /// Asks for a value; whether it was taken is seen in state().
  /// Errors: NotFound for a setting it has not; InvalidArgument where the value does not fit.
  base::Result<void> ask(const std::string& setting, const base::ParamValue& value);
  /// Asks no longer for it; what was set stays until the camera is opened anew.
  void forget(const std::string& setting);
  /// Tries a lost camera again at once.
  void tryNow();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// The settings every camera has: rate, size, quality; of a USB device also its resolution.
std::vector<base::ParamSpec> cameraSpecs(const std::string& address);
/// USB cameras of this computer: device file and what it calls itself.
std::vector<std::pair<std::string, std::string>> usbCameras();
/// Cameras as a kind of device a project may keep. mimosa-camera lies beside the program.
LocalKind cameraKind();

/// Reads what a person typed as an address. Errors: InvalidArgument with a sentence where it can be
/// no camera's.
base::Result<std::string> cameraAddress(const std::string& typed);

}  // namespace sensors
