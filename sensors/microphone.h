#pragma once
// Microphone: sound of one device of this computer as a source: 20 ms blocks on the program's clock,
// at the rate a person chose whatever the device's own. A device that goes away is opened again when
// it is back, as a new stretch of time.

#include "sensors/local_kind.h"
#include "sensors/microphone_driver.h"

namespace sensors {

struct MicrophoneSettings {
  enum class Channels { Mix, Left, Right, Both };
  double rate = 16000;
  Channels channels = Channels::Mix;
  /// How long nothing may come before the device is opened anew.
  base::Duration patience = std::chrono::milliseconds(1500);
  base::Duration firstPause = std::chrono::milliseconds(500);  ///< before opening again; doubles
  base::Duration longestPause = std::chrono::seconds(8);
};

/// Starts to listen to `local.device`; its thread opens the device.
std::unique_ptr<Source> startMicrophone(std::shared_ptr<SoundDriver> driver,
                                        const LocalSource& local,
                                        const LocalSurroundings& surroundings,
                                        const MicrophoneSettings& settings);

/// "rate" and "channels".
std::vector<base::ParamSpec> microphoneParams();
/// Values that do not fit are the defaults.
MicrophoneSettings microphoneSettings(const LocalSource& local);

/// Lists the devices and how loud it is at each, for as long as it lives.
std::unique_ptr<DeviceWatch> watchMicrophones(std::shared_ptr<SoundDriver> driver);
/// Loudness for people: 0 at -60 dB of full scale and below, 1 at full scale; mean square of `take`.
double loudness(std::span<const std::int16_t> take);

LocalKind microphoneKind(std::shared_ptr<SoundDriver> driver);

}  // namespace sensors
