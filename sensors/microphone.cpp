#include "sensors/microphone.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <cmath>
#include <ctime>
#include <semaphore.h>
#include <thread>

#include "sensors/capture_clock.h"
#include "sensors/flood_gate.h"
#include "sensors/microphone_resampler.h"
#include "sensors/sample_ring.h"

namespace sensors {

namespace {

constexpr std::size_t kTakesInRing = 64;  ///< 1.3 s
constexpr float kFullScale = 32768.0F;

/// Wakes one thread from a callback that may not wait.
class Bell {
 public:
  Bell() { sem_init(&semaphore_, 0, 0); }
  ~Bell() { sem_destroy(&semaphore_); }
  Bell(const Bell&) = delete;
  Bell& operator=(const Bell&) = delete;

  void ring() { sem_post(&semaphore_); }
  /// False where `patience` ended first.
  bool wait(base::Duration patience) {
    timespec until{};
    clock_gettime(CLOCK_MONOTONIC, &until);
    const std::int64_t ns = until.tv_nsec + patience.count();
    until.tv_sec += ns / 1'000'000'000;
    until.tv_nsec = ns % 1'000'000'000;
    while (sem_clockwait(&semaphore_, CLOCK_MONOTONIC, &until) != 0) {
      if (errno != EINTR) return false;
    }
    return true;
  }

 private:
  sem_t semaphore_;
};

/// One take as it waits for the microphone's thread.
struct Slot {
  std::array<std::int16_t, static_cast<std::size_t>(SoundDriver::kFastest / 50) *
                               SoundDriver::kMostChannels>
      samples{};
  std::size_t count = 0;
  base::Time captured;  ///< of the first frame
  bool lost = false;
};

/// From the sound system's thread to the microphone's.
struct Inlet {
  explicit Inlet(const base::Clock& programClock) : clock(programClock) {}

  void take(const SoundTake& take) {
    Slot* slot = ring.claim();
    if (!slot || take.samples.size() > slot->samples.size()) {
      overruns.fetch_add(1, std::memory_order_relaxed);
    } else {
      std::copy(take.samples.begin(), take.samples.end(), slot->samples.begin());
      slot->count = take.samples.size();
      slot->captured = clock.now() - take.age;
      slot->lost = take.lost;
      ring.commit();
    }
    bell.ring();
  }

  const base::Clock& clock;
  SampleRing<Slot> ring{kTakesInRing};
  std::atomic<std::uint64_t> overruns = 0;
  Bell bell;
};

std::size_t channelsOf(MicrophoneSettings::Channels channels) {
  return channels == MicrophoneSettings::Channels::Both ? 2 : 1;
}

SourceInfo infoOf(const LocalSource& local, const MicrophoneSettings& settings) {
  SourceInfo info{
      .id = local.id, .name = local.name, .kind = SourceKind::Audio, .rate = settings.rate};
  const Channel sound{.id = "sound", .unit = "1", .min = -1, .max = 1};
  info.channels.assign(channelsOf(settings.channels), sound);
  if (info.channels.size() == 2) {
    info.channels[0].id = "l";
    info.channels[1].id = "r";
  }
  return info;
}

/// The chosen channels of takes with `wide` of them, as numbers.
void choose(std::span<const std::int16_t> samples, std::size_t wide,
            MicrophoneSettings::Channels channels, std::vector<float>& out) {
  using Channels = MicrophoneSettings::Channels;
  out.clear();
  for (std::size_t i = 0; i + wide <= samples.size(); i += wide) {
    const auto left = static_cast<float>(samples[i]) / kFullScale;
    const auto right = static_cast<float>(samples[i + wide - 1]) / kFullScale;
    if (channels == Channels::Both) {
      out.push_back(left);
      out.push_back(right);
    } else {
      out.push_back(channels == Channels::Left    ? left
                    : channels == Channels::Right ? right
                                                  : (left + right) / 2);
    }
  }
}

/// Turns takes of one opening of the device into blocks.
class Assembly {
 public:
  Assembly(SoundFormat format, const MicrophoneSettings& settings, CaptureClock& clock)
      : format_(format),
        settings_(settings),
        clock_(clock),
        wide_(channelsOf(settings.channels)),
        blockRows_(static_cast<std::size_t>(std::lround(settings.rate / 50))),
        resampler_(format.rate, settings.rate, static_cast<int>(wide_)) {
    clock_.interrupt();
  }

  /// Frames are missing before what comes next.
  void restart() {
    resampler_.reset();
    waiting_.clear();
    framesIn_ = rowsOut_ = 0;
    clock_.interrupt();
  }

  template <class Give>  // void(const CaptureClock::Stamp&, std::vector<float> values)
  void add(const Slot& slot, const Give& give) {
    const auto wideIn = static_cast<std::size_t>(format_.channels);
    choose({slot.samples.data(), slot.count}, wideIn, settings_.channels, chosen_);
    resampler_.add(chosen_, waiting_);
    while (waiting_.size() >= blockRows_ * wide_) {
      // The first row's place among the frames of the device says when it was captured.
      const double at = static_cast<double>(rowsOut_) / settings_.rate -
                        static_cast<double>(framesIn_) / format_.rate;
      const base::Time measured = slot.captured + base::fromSeconds(at);
      const auto end = waiting_.begin() + static_cast<std::ptrdiff_t>(blockRows_ * wide_);
      give(clock_.stamp(measured, blockRows_), std::vector<float>(waiting_.begin(), end));
      waiting_.erase(waiting_.begin(), end);
      rowsOut_ += blockRows_;
    }
    framesIn_ += slot.count / wideIn;
  }

 private:
  SoundFormat format_;
  const MicrophoneSettings& settings_;
  CaptureClock& clock_;
  std::size_t wide_;
  std::size_t blockRows_;
  StreamResampler resampler_;
  std::vector<float> chosen_;
  std::vector<float> waiting_;
  std::uint64_t framesIn_ = 0;
  std::uint64_t rowsOut_ = 0;
};

class Microphone final : public Source {
 public:
  Microphone(std::shared_ptr<SoundDriver> driver, const LocalSource& local,
             const LocalSurroundings& surroundings, const MicrophoneSettings& settings)
      : driver_(std::move(driver)),
        local_(local),
        surroundings_(surroundings),
        settings_(settings),
        inlet_(surroundings.clock),
        clock_(settings.rate),
        stream_(surroundings.sources.declare(infoOf(local, settings))),
        thread_([this](std::stop_token stop) { run(stop); }) {}

  std::string id() const override { return local_.id; }
  std::optional<base::Error> trouble() const override {
    std::lock_guard lock(mutex_);
    return trouble_;
  }

 private:
  void run(std::stop_token stop) {
    const std::stop_callback wake(stop, [this] { inlet_.bell.ring(); });
    base::Duration pause = settings_.firstPause;
    while (!stop.stop_requested()) {
      const SoundFormat wanted{settings_.rate, SoundDriver::kMostChannels};
      auto opened = driver_->open(local_.device, wanted,
                                  [this](const SoundTake& take) { inlet_.take(take); });
      if (opened) {
        if (listen(**opened, stop)) pause = settings_.firstPause;
      } else {
        say(opened.error());
      }
      opened = base::Error{};  // closed before it is opened again
      while (!stop.stop_requested() && inlet_.bell.wait(pause)) {
      }
      pause = std::min(pause * 2, settings_.longestPause);
    }
  }

  /// Until nothing comes any more. True where something came at all.
  bool listen(const SoundStream& opened, std::stop_token stop) {
    Assembly assembly(opened.format(), settings_, clock_);
    bool heard = false;
    while (!stop.stop_requested()) {
      if (!inlet_.bell.wait(settings_.patience) || !opened.isRunning()) {
        drain(assembly);
        say(base::Error{base::ErrorCode::Unavailable,
                        local_.name + " is silent: no sound comes from it. I keep trying."});
        return heard;
      }
      if (drain(assembly)) {
        heard = true;
        say(std::nullopt);
      }
    }
    return heard;
  }

  bool drain(Assembly& assembly) {
    bool any = false;
    while (const Slot* slot = inlet_.ring.front()) {
      const std::uint64_t overruns = inlet_.overruns.load(std::memory_order_relaxed);
      if (slot->lost || overruns != seenOverruns_) {
        lost_ += std::max<std::uint64_t>(overruns - seenOverruns_, slot->lost ? 1 : 0);
        seenOverruns_ = overruns;
        assembly.restart();
      }
      assembly.add(*slot, [&](const CaptureClock::Stamp& stamp, std::vector<float> values) {
        publish(stamp, std::move(values));
      });
      inlet_.ring.release();
      any = true;
    }
    return any;
  }

  void publish(const CaptureClock::Stamp& stamp, std::vector<float> values) {
    auto block = std::make_shared<Block>();
    block->source = stream_->info();
    gate_.setRate(block->source->rate);
    const auto rows = static_cast<double>(values.size() / block->source->channels.size());
    if (!gate_.take(rows, surroundings_.clock.now())) {
      ++lost_;  // told with the next block that is taken
      return;
    }
    block->lostBefore = std::exchange(lost_, 0);
    sequence_ += block->lostBefore;
    block->sequence = sequence_++;
    block->start = stamp.start;
    block->step = stamp.step;
    const std::size_t channels = block->source->channels.size();
    block->content = Samples{
        .rows = values.size() / channels, .channels = channels, .values = std::move(values)};
    stream_->publish(std::move(block), surroundings_.clock.now());
  }

  void say(std::optional<base::Error> trouble) {
    {
      std::lock_guard lock(mutex_);
      const bool same = trouble_.has_value() == trouble.has_value() &&
                        (!trouble || trouble->message == trouble_->message);
      if (same) return;
      trouble_ = std::move(trouble);
    }
    surroundings_.onChange();
  }

  const std::shared_ptr<SoundDriver> driver_;
  const LocalSource local_;
  const LocalSurroundings surroundings_;
  const MicrophoneSettings settings_;
  Inlet inlet_;
  CaptureClock clock_;
  std::shared_ptr<SourceStream> stream_;
  std::uint64_t sequence_ = 0;
  FloodGate gate_{0};
  std::uint64_t lost_ = 0;
  std::uint64_t seenOverruns_ = 0;
  mutable std::mutex mutex_;
  std::optional<base::Error> trouble_;
  std::jthread thread_;  // last: joined before anything it uses is gone
};

}  // namespace

std::unique_ptr<Source> startMicrophone(std::shared_ptr<SoundDriver> driver,
                                        const LocalSource& local,
                                        const LocalSurroundings& surroundings,
                                        const MicrophoneSettings& settings) {
  return std::make_unique<Microphone>(std::move(driver), local, surroundings, settings);
}

std::vector<base::ParamSpec> microphoneParams() {
  return {{.name = "rate",
           .title = "Rate",
           .type = base::ParamType::Enum,
           .unit = "Hz",
           .options = {std::int64_t{8000}, std::int64_t{16000}, std::int64_t{22050},
                       std::int64_t{32000}, std::int64_t{44100}, std::int64_t{48000}},
           .defaultValue = std::int64_t{16000},
           .help = "16 000 is enough for the sounds of a home."},
          {.name = "channels",
           .title = "Channels",
           .type = base::ParamType::Enum,
           .options = {std::string("mix"), std::string("left"), std::string("right"),
                       std::string("both")},
           .defaultValue = std::string("mix"),
           .help = "Both together as one, one of them, or each for itself."}};
}

MicrophoneSettings microphoneSettings(const LocalSource& local) {
  const auto specs = microphoneParams();
  base::Params params(specs);
  for (const auto& [name, value] : local.params) {
    [[maybe_unused]] const auto fits = params.set(specs, name, value);
  }
  using Channels = MicrophoneSettings::Channels;
  const std::string channels = params.text("channels");
  return {.rate = params.number("rate", 16000),
          .channels = channels == "left"    ? Channels::Left
                      : channels == "right" ? Channels::Right
                      : channels == "both"  ? Channels::Both
                                            : Channels::Mix};
}

LocalKind microphoneKind(std::shared_ptr<SoundDriver> driver) {
  return {.title = "Microphone",
          .icon = "mic",
          .params = microphoneParams(),
          .start =
              [driver](const LocalSource& local, const LocalSurroundings& surroundings) {
                return startMicrophone(driver, local, surroundings, microphoneSettings(local));
              },
          .look = [driver] { return watchMicrophones(driver); }};
}

}  // namespace sensors
