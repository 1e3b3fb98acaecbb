#pragma once
// SoundDriver: what the microphone needs of the sound system: a list of devices, and takes of sound
// from one of them. PortAudio behind it in the house, a script in tests.

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "sensors/base/result.h"
#include "sensors/base/time.h"

namespace sensors {

struct SoundDevice {
  std::string id;    ///< the system's name of it
  std::string name;  ///< for people
  int channels = 1;
  double rate = 0;  ///< its own, frames per second
  bool isUsual = false;
};

struct SoundFormat {
  double rate = 16000;
  int channels = 1;
};

/// Frames as they came: [frames x channels], 16 bits, full scale is 32768.
struct SoundTake {
  std::span<const std::int16_t> samples;
  base::Duration age{0};  ///< since the first frame was captured, as far as the system says
  bool lost = false;      ///< the system lost frames before these
};

/// Called on the sound system's thread; must not wait, allocate or take a lock.
using SoundSink = std::function<void(const SoundTake&)>;

/// An open device; closed by the destructor, after which the sink is not called any more.
class SoundStream {
 public:
  virtual ~SoundStream() = default;
  /// What the takes have; the rate may be another than was asked for.
  virtual SoundFormat format() const = 0;
  virtual bool isRunning() const = 0;
};

/// Thread-safe.
class SoundDriver {
 public:
  /// Opens whatever the system takes unasked.
  static constexpr const char* kUsual = "default";
  /// How much sound a take holds at most.
  static constexpr base::Duration kTake = std::chrono::milliseconds(20);
  static constexpr double kFastest = 48000;
  static constexpr int kMostChannels = 2;

  virtual ~SoundDriver() = default;
  /// Looks anew where no stream is open. Empty where there is no microphone.
  virtual std::vector<SoundDevice> devices() = 0;
  /// Takes are kTake long. `wanted` is met as far as the device can; channels never are more than
  /// the device has or kMostChannels. Errors: NotFound; Unavailable where it cannot be opened now.
  virtual base::Result<std::unique_ptr<SoundStream>> open(const std::string& id, SoundFormat wanted,
                                                          SoundSink sink) = 0;
};

/// One for the program. ALSA's and JACK's talk on standard error is silenced.
std::shared_ptr<SoundDriver> portAudioDriver();

}  // namespace sensors
