// PortAudio as a SoundDriver.

#include <algorithm>
#include <atomic>
#include <cstdarg>
#include <cstring>
#include <dlfcn.h>
#include <mutex>
#include <portaudio.h>

#include "sensors/base/log.h"
#include "sensors/microphone_driver.h"

namespace sensors {

namespace {

void ignoreAlsa(const char*, int, const char*, int, const char*, ...) {}
void ignoreJack(const char*) {}

/// ALSA and JACK tell every absent card and server on standard error. PortAudio brings both
/// libraries; where one is not there, nothing is to be silenced.
void silenceLibraries() {
  using AlsaHandler = void (*)(const char*, int, const char*, int, const char*, ...);
  using SetAlsa = int (*)(AlsaHandler);
  if (const auto set = reinterpret_cast<SetAlsa>(dlsym(RTLD_DEFAULT, "snd_lib_error_set_handler")))
    set(&ignoreAlsa);
  using SetJack = void (*)(void (*)(const char*));
  for (const char* name : {"jack_set_error_function", "jack_set_info_function"}) {
    if (const auto set = reinterpret_cast<SetJack>(dlsym(RTLD_DEFAULT, name))) set(&ignoreJack);
  }
}

/// "USB PnP: Audio (hw:1,0)" -> "USB PnP": what stands before the first colon of a card.
std::string nameFor(const std::string& id) {
  if (id == SoundDriver::kUsual) return "This computer's microphone";
  const auto card = id.find(" (hw:");
  const auto colon = id.find(':');
  if (card == std::string::npos || colon == std::string::npos || colon == 0) return id;
  return id.substr(0, std::min(colon, card));
}

class PortAudio;

class PortStream final : public SoundStream {
 public:
  PortStream(std::shared_ptr<PortAudio> owner, SoundFormat format, SoundSink sink)
      : owner_(std::move(owner)), format_(format), sink_(std::move(sink)) {}
  ~PortStream() override;

  SoundFormat format() const override { return format_; }
  bool isRunning() const override { return !ended_.load(); }

  static int onTake(const void* input, void*, unsigned long frames,
                    const PaStreamCallbackTimeInfo* time, PaStreamCallbackFlags flags,
                    void* self) {
    auto& stream = *static_cast<PortStream*>(self);
    if (!input) return paContinue;
    const double length = static_cast<double>(frames) / stream.format_.rate;
    // What the system says about the age is only believed where it can be true.
    const double said = time->currentTime - time->inputBufferAdcTime;
    const bool isTrue = time->inputBufferAdcTime > 0 && said >= 0 && said < 1;
    stream.sink_({.samples = {static_cast<const std::int16_t*>(input),
                              frames * static_cast<unsigned long>(stream.format_.channels)},
                  .age = base::fromSeconds(isTrue ? std::max(said, length) : length),
                  .lost = (flags & paInputOverflow) != 0});
    return paContinue;
  }
  static void onEnd(void* self) { static_cast<PortStream*>(self)->ended_ = true; }

  PaStream* opened = nullptr;

 private:
  std::shared_ptr<PortAudio> owner_;
  SoundFormat format_;
  SoundSink sink_;
  std::atomic<bool> ended_ = false;
};

/// All calls of PortAudio go through one lock: it is not safe for several threads.
class PortAudio final : public SoundDriver, public std::enable_shared_from_this<PortAudio> {
 public:
  ~PortAudio() override {
    if (isReady_) Pa_Terminate();
  }

  std::vector<SoundDevice> devices() override {
    std::lock_guard lock(mutex_);
    lookAnew();
    std::vector<SoundDevice> all;
    for (PaDeviceIndex i = 0; isReady_ && i < Pa_GetDeviceCount(); ++i) {
      const PaDeviceInfo* info = Pa_GetDeviceInfo(i);
      if (!info || info->maxInputChannels < 1) continue;
      all.push_back({.id = info->name,
                     .name = nameFor(info->name),
                     .channels = info->maxInputChannels > 64 ? kMostChannels  // "any number"
                                                             : info->maxInputChannels,
                     .rate = info->defaultSampleRate,
                     .isUsual = i == Pa_GetDefaultInputDevice()});
    }
    return all;
  }

  base::Result<std::unique_ptr<SoundStream>> open(const std::string& id, SoundFormat wanted,
                                                  SoundSink sink) override {
    std::lock_guard lock(mutex_);
    PaDeviceIndex device = find(id);
    if (device == paNoDevice) {
      lookAnew();
      device = find(id);
    }
    if (device == paNoDevice) {
      return base::Error{base::ErrorCode::NotFound,
                         id == kUsual ? "This computer has no microphone. I keep looking for one."
                                      : nameFor(id) + " is not there. I keep looking for it."};
    }
    const PaDeviceInfo* info = Pa_GetDeviceInfo(device);
    PaStreamParameters input{};
    input.device = device;
    input.sampleFormat = paInt16;
    input.channelCount = std::clamp(info->maxInputChannels, 1, std::min(wanted.channels,
                                                                         kMostChannels));
    input.suggestedLatency = std::max(info->defaultHighInputLatency, 0.04);
    PaError failed = paNoError;
    for (const double rate : {wanted.rate, info->defaultSampleRate}) {
      if (rate > kFastest) continue;
      auto stream = std::make_unique<PortStream>(
          shared_from_this(), SoundFormat{rate, input.channelCount}, sink);
      failed = start(*stream, input, rate);
      if (failed == paNoError) return std::unique_ptr<SoundStream>(std::move(stream));
    }
    return base::Error{base::ErrorCode::Unavailable, nameFor(id) + " cannot be opened: " +
                                                         Pa_GetErrorText(failed) +
                                                         ". I keep trying."};
  }

  void close(PaStream* stream) {
    std::lock_guard lock(mutex_);
    Pa_AbortStream(stream);
    Pa_CloseStream(stream);
    --open_;
  }

 private:
  PaError start(PortStream& stream, const PaStreamParameters& input, double rate) {
    const auto frames =
        static_cast<unsigned long>(rate * base::toSeconds(base::Duration(kTake)) + 0.5);
    PaStream* opened = nullptr;
    PaError failed = Pa_OpenStream(&opened, &input, nullptr, rate, frames, paNoFlag,
                                   &PortStream::onTake, &stream);
    if (failed != paNoError) return failed;
    Pa_SetStreamFinishedCallback(opened, &PortStream::onEnd);
    failed = Pa_StartStream(opened);
    if (failed != paNoError) {
      Pa_CloseStream(opened);
      return failed;
    }
    stream.opened = opened;
    ++open_;
    return paNoError;
  }

  /// PortAudio sees what was plugged in since only after a new beginning, which would end streams.
  void lookAnew() {
    if (open_ > 0) return;
    if (isReady_) Pa_Terminate();
    silenceLibraries();
    const PaError failed = Pa_Initialize();
    isReady_ = failed == paNoError;
    if (!isReady_) base::logWarning(std::string("sound: ") + Pa_GetErrorText(failed));
  }

  PaDeviceIndex find(const std::string& id) {
    if (!isReady_) return paNoDevice;
    for (PaDeviceIndex i = 0; i < Pa_GetDeviceCount(); ++i) {
      const PaDeviceInfo* info = Pa_GetDeviceInfo(i);
      if (info && info->maxInputChannels > 0 && id == info->name) return i;
    }
    return id == kUsual ? Pa_GetDefaultInputDevice() : paNoDevice;
  }

  std::mutex mutex_;
  bool isReady_ = false;
  int open_ = 0;
};

PortStream::~PortStream() {
  if (opened) owner_->close(opened);
}

}  // namespace

std::shared_ptr<SoundDriver> portAudioDriver() {
  static std::mutex mutex;
  static std::weak_ptr<SoundDriver> only;
  std::lock_guard lock(mutex);
  auto driver = only.lock();
  if (!driver) only = driver = std::make_shared<PortAudio>();
  return driver;
}

}  // namespace sensors
