#pragma once
// ScriptedSound: a sound system whose devices are plugged in, heard and pulled out by a test.

#include <map>
#include <mutex>

#include "sensors/microphone_driver.h"

namespace support {

/// Thread-safe. say() calls the sinks on the test's own thread.
class ScriptedSound final : public sensors::SoundDriver,
                            public std::enable_shared_from_this<ScriptedSound> {
 public:
  void plug(const sensors::SoundDevice& device) {
    std::lock_guard lock(mutex_);
    devices_[device.id] = device;
  }
  /// Takes stop coming; streams of it end.
  void unplug(const std::string& id) {
    std::lock_guard lock(mutex_);
    devices_.erase(id);
    for (Stream* stream : streams_) {
      if (stream->id == id) stream->running = false;
    }
  }
  /// True where somebody listens to it.
  bool say(const std::string& id, const std::vector<std::int16_t>& samples, bool lost = false) {
    std::lock_guard lock(mutex_);
    bool heard = false;
    for (Stream* stream : streams_) {
      if (stream->id != id || !stream->running) continue;
      const double frames = static_cast<double>(samples.size()) / stream->shape.channels;
      stream->sink({.samples = samples,
                    .age = base::fromSeconds(frames / stream->shape.rate),
                    .lost = lost});
      heard = true;
    }
    return heard;
  }
  int opened() const {
    std::lock_guard lock(mutex_);
    return opened_;
  }
  bool isOpen() const {
    std::lock_guard lock(mutex_);
    return !streams_.empty();
  }

  std::vector<sensors::SoundDevice> devices() override {
    std::lock_guard lock(mutex_);
    std::vector<sensors::SoundDevice> all;
    for (const auto& [id, device] : devices_) all.push_back(device);
    return all;
  }
  base::Result<std::unique_ptr<sensors::SoundStream>> open(const std::string& id,
                                                           sensors::SoundFormat wanted,
                                                           sensors::SoundSink sink) override {
    std::lock_guard lock(mutex_);
    const auto found = devices_.find(id);
    if (found == devices_.end()) {
      return base::Error{base::ErrorCode::NotFound, id + " is not there"};
    }
    const sensors::SoundDevice& device = found->second;
    const sensors::SoundFormat shape{device.rate > 0 ? device.rate : wanted.rate,
                                     std::min(device.channels, wanted.channels)};
    auto stream = std::make_unique<Stream>(*this, id, shape, std::move(sink));
    streams_.push_back(stream.get());
    ++opened_;
    return std::unique_ptr<sensors::SoundStream>(std::move(stream));
  }

 private:
  struct Stream final : sensors::SoundStream {
    Stream(ScriptedSound& system, std::string device, sensors::SoundFormat is,
           sensors::SoundSink to)
        : owner(system), id(std::move(device)), shape(is), sink(std::move(to)) {}
    ~Stream() override {
      std::lock_guard lock(owner.mutex_);
      std::erase(owner.streams_, this);
    }
    sensors::SoundFormat format() const override { return shape; }
    bool isRunning() const override {
      std::lock_guard lock(owner.mutex_);
      return running;
    }
    ScriptedSound& owner;
    std::string id;
    sensors::SoundFormat shape;
    sensors::SoundSink sink;
    bool running = true;
  };

  mutable std::mutex mutex_;
  std::map<std::string, sensors::SoundDevice> devices_;
  std::vector<Stream*> streams_;
  int opened_ = 0;
};

}  // namespace support
