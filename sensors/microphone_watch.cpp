// How loud it is at each microphone, while somebody chooses one.

#include <algorithm>
#include <atomic>
#include <cmath>
#include <cstdio>
#include <mutex>
#include <thread>

#include "sensors/microphone.h"

namespace sensors {

namespace {

constexpr std::size_t kMostOpen = 6;  ///< devices listened to at once
constexpr double kFloor = -60;        ///< dB of full scale
constexpr double kFall = 0.9;         ///< of a level per take, so that eyes can follow

class MicrophoneWatch final : public DeviceWatch {
 public:
  explicit MicrophoneWatch(std::shared_ptr<SoundDriver> driver)
      : driver_(std::move(driver)),
        thread_([this](std::stop_token stop) { run(stop); }) {}

  std::vector<LocalDevice> devices() const override {
    std::lock_guard lock(mutex_);
    std::vector<LocalDevice> all;
    for (const auto& entry : entries_) {
      all.push_back(entry->device);
      if (entry->stream) all.back().level = entry->level.load(std::memory_order_relaxed);
    }
    return all;
  }
  bool isReady() const override {
    std::lock_guard lock(mutex_);
    return isReady_;
  }

 private:
  struct Entry {
    LocalDevice device;
    std::atomic<double> level = 0;
    std::unique_ptr<SoundStream> stream;  // last: its callback writes the level
  };

  void run(std::stop_token stop) {
    for (const SoundDevice& found : driver_->devices()) {
      auto entry = std::make_shared<Entry>();
      char detail[64];
      std::snprintf(detail, sizeof detail, "%d %s, %.0f/s", found.channels,
                    found.channels == 1 ? "channel" : "channels", found.rate);
      entry->device = {
          .device = found.id, .name = found.name, .detail = detail, .isUsual = found.isUsual};
      std::lock_guard lock(mutex_);
      entries_.push_back(std::move(entry));
    }
    std::vector<std::shared_ptr<Entry>> all;
    {
      std::lock_guard lock(mutex_);
      // The usual one first: it is what most people want.
      std::stable_partition(entries_.begin(), entries_.end(),
                            [](const auto& e) { return e->device.isUsual; });
      isReady_ = true;
      all = entries_;
    }
    for (std::size_t i = 0; i < std::min(all.size(), kMostOpen) && !stop.stop_requested(); ++i) {
      Entry* entry = all[i].get();
      auto opened = driver_->open(entry->device.device, {}, [entry](const SoundTake& take) {
        const double before = entry->level.load(std::memory_order_relaxed);
        entry->level.store(std::max(loudness(take.samples), before * kFall),
                           std::memory_order_relaxed);
      });
      std::lock_guard lock(mutex_);
      if (opened) {
        entry->stream = *std::move(opened);
      } else {
        entry->device.trouble = opened.error().message;
      }
    }
  }

  std::shared_ptr<SoundDriver> driver_;
  mutable std::mutex mutex_;
  std::vector<std::shared_ptr<Entry>> entries_;
  bool isReady_ = false;
  std::jthread thread_;
};

}  // namespace

double loudness(std::span<const std::int16_t> take) {
  if (take.empty()) return 0;
  double sum = 0;
  for (const std::int16_t sample : take) {
    const double x = sample / 32768.0;
    sum += x * x;
  }
  const double decibels = 10 * std::log10(sum / static_cast<double>(take.size()) + 1e-12);
  return std::clamp(1 - decibels / kFloor, 0.0, 1.0);
}

std::unique_ptr<DeviceWatch> watchMicrophones(std::shared_ptr<SoundDriver> driver) {
  return std::make_unique<MicrophoneWatch>(std::move(driver));
}

}  // namespace sensors
