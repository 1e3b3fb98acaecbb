#pragma once
// Sound files (WAV, FLAC, Ogg Vorbis, Opus, AIFF) as one channel of samples.

#include <filesystem>
#include <vector>

#include "sensors/base/result.h"

namespace app {

/// One channel, full scale is 1.
struct Sound {
  double rate = 0;  ///< samples per second
  std::vector<float> samples;
};

/// What a sound file says of itself.
struct SoundFacts {
  double rate = 0;  ///< samples per second
  int channels = 0;
  double seconds = 0;
};
/// Reads the head of the file alone. Errors: as readAudio().
base::Result<SoundFacts> lookAtAudio(const std::filesystem::path& file);

/// The mean of all channels. At most two hours, 1000 to 192000 samples a second, 16 channels.
/// Errors: NotFound; Corrupt where it cannot be decoded; InvalidArgument beyond the limits.
base::Result<Sound> readAudio(const std::filesystem::path& file);

}  // namespace app
