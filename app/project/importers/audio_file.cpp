#include "app/project/importers/audio_file.h"

#include <cmath>
#include <memory>
#include <sndfile.h>

namespace app {
namespace {

constexpr int kLeastRate = 1000;
constexpr int kMostRate = 192000;
constexpr int kMostFileChannels = 16;
constexpr std::size_t kMostSeconds = 2 * 3600;
constexpr std::size_t kPiece = 1 << 14;

using SoundHandle = std::unique_ptr<SNDFILE, int (*)(SNDFILE*)>;

base::Result<SoundHandle> openSound(const std::filesystem::path& file, SF_INFO& info) {
  const std::string name = file.filename().string();
  std::error_code failed;
  if (!std::filesystem::is_regular_file(file, failed)) {
    return base::Error{base::ErrorCode::NotFound, "there is no sound file " + file.string()};
  }
  SoundHandle open(sf_open(file.c_str(), SFM_READ, &info), sf_close);
  if (!open) {
    return base::Error{base::ErrorCode::Corrupt, name + " cannot be read as sound (" +
                                                     sf_strerror(nullptr) +
                                                     "); WAV, FLAC and Ogg files can"};
  }
  if (info.samplerate < kLeastRate || info.samplerate > kMostRate || info.channels < 1 ||
      info.channels > kMostFileChannels) {
    return base::invalid(name + " has " + std::to_string(info.channels) + " channels at " +
                         std::to_string(info.samplerate) +
                         " Hz; 1 to 16 channels at 1000 to 192000 Hz can be read");
  }
  return open;
}

}  // namespace

base::Result<SoundFacts> lookAtAudio(const std::filesystem::path& file) {
  SF_INFO info{};
  const auto open = openSound(file, info);
  if (!open) return open.error();
  const double rate = info.samplerate;
  return SoundFacts{rate, info.channels, static_cast<double>(info.frames) / rate};
}

base::Result<Sound> readAudio(const std::filesystem::path& file) {
  const std::string name = file.filename().string();
  SF_INFO info{};
  const auto handle = openSound(file, info);
  if (!handle) return handle.error();
  SNDFILE* const open = handle->get();
  const auto channels = static_cast<std::size_t>(info.channels);
  Sound sound{.rate = static_cast<double>(info.samplerate), .samples = {}};
  std::vector<float> piece(kPiece * channels);
  for (;;) {
    const sf_count_t got = sf_readf_float(open, piece.data(), kPiece);
    if (got <= 0) break;
    for (std::size_t i = 0; i < static_cast<std::size_t>(got); ++i) {
      float sum = 0;
      for (std::size_t c = 0; c < channels; ++c) sum += piece[i * channels + c];
      const float mean = sum / static_cast<float>(channels);
      sound.samples.push_back(std::isfinite(mean) ? mean : 0);
    }
    if (sound.samples.size() > kMostSeconds * static_cast<std::size_t>(info.samplerate)) {
      return base::invalid(name + " is longer than two hours; cut it into pieces");
    }
  }
  if (sf_error(open) != SF_ERR_NO_ERROR) {
    return base::Error{base::ErrorCode::Corrupt, name + " is damaged: " + sf_strerror(open)};
  }
  if (sound.samples.empty()) {
    return base::Error{base::ErrorCode::Corrupt, name + " holds no sound"};
  }
  return sound;
}

}  // namespace app
