#pragma once
// LocalKind: what a kind of device on this computer (a microphone, a camera) can do: be found, be
// started. A project keeps LocalSources; kinds are listed in plugins::Registry.

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "sensors/base/params.h"
#include "sensors/source.h"

namespace sensors {

/// Ids of local sources begin so; no node may have this name.
inline constexpr const char* kLocalNode = "this.computer";

/// One device of this computer as a project keeps it. Never holds a password.
struct LocalSource {
  std::string id;      ///< of its stream: "this.computer/microphone-default"; see localId()
  std::string kind;    ///< key in the registry: "microphone", "camera"
  std::string device;  ///< what its kind finds it by, the same after every start
  std::string name;    ///< for people, unique: "Microphone"
  std::map<std::string, base::ParamValue> params;  ///< what differs from the kind's defaults
  friend bool operator==(const LocalSource&, const LocalSource&) = default;
};

/// The same device gets the same id again, so what was taught with it stays true.
std::string localId(const std::string& kind, const std::string& device);

/// A device that could be added, found by a DeviceWatch.
struct LocalDevice {
  std::string device;  ///< for LocalSource::device
  std::string name;    ///< for people: "USB microphone"
  std::string detail;  ///< "2 channels, 48 000/s"
  bool isUsual = false;  ///< what the system would take unasked; at most one
  double level = -1;     ///< live loudness or activity, [0, 1]; below 0: not known
  std::string trouble;   ///< why it cannot be used now, or empty
  friend bool operator==(const LocalDevice&, const LocalDevice&) = default;
};

/// Looks for devices as long as it lives. Thread-safe.
class DeviceWatch {
 public:
  virtual ~DeviceWatch() = default;
  /// Never waits. Empty while the first look is not over; see isReady().
  virtual std::vector<LocalDevice> devices() const = 0;
  virtual bool isReady() const = 0;
};

/// What a local source is started with. All outlive it.
struct LocalSurroundings {
  SourceTable& sources;
  const base::Clock& clock;
  std::function<void()> onChange;  ///< any thread, cheap: trouble came or went
};

struct LocalKind {
  std::string title;  ///< "Microphone"
  std::string icon;   ///< of the icon for it: "mic"
  std::vector<base::ParamSpec> params;
  /// Starts the source and returns at once; the device is opened on a thread of the source, and
  /// tried again for as long as it lives. Never null.
  std::function<std::unique_ptr<Source>(const LocalSource& local,
                                        const LocalSurroundings& surroundings)>
      start;
  /// Starts to look for devices; returns at once. Null where they are found by other means.
  std::function<std::unique_ptr<DeviceWatch>()> look;
  /// Makes a device of what a person typed, and keeps passwords in it elsewhere. Null where only
  /// devices that were found can be added. Errors: InvalidArgument with a sentence; Io.
  std::function<base::Result<std::string>(const std::string& typed)> accept;
};
using LocalKinds = std::map<std::string, LocalKind>;

}  // namespace sensors
