#pragma once
// A project that holds an hour: sound, motion and power, recorded in one piece, and demonstrations
// of three labels in it. For benchmarks only.

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <random>

#include "app/project/store.h"

namespace bench {

inline constexpr int kHourSeconds = 3600;

template <class T>
T orEnd(base::Result<T> result) {
  if (!result) {
    std::fprintf(stderr, "%s\n", result.error().message.c_str());
    std::exit(1);
  }
  return std::move(result).value();
}

/// What happens in second `s`: 0 nothing, 1 and 2 a label each.
inline int happeningAt(int s) { return s % 60 < 20 ? 0 : s % 60 < 26 ? 1 : s % 60 < 32 ? 2 : 0; }

/// Makes the project; the program ends where that fails.
inline void makeHour(const std::filesystem::path& file) {
  const auto store = orEnd(app::ProjectStore::open(file));
  const base::Time begin =
      base::floorTo(base::SystemClock().now(), std::chrono::seconds(1)) - std::chrono::hours(2);
  const base::TimeSpan whole{begin, begin + std::chrono::seconds(kHourSeconds)};
  const auto sourceOf = [](const char* id, const char* name, sensors::SourceKind kind,
                           std::vector<sensors::Channel> channels, double rate) {
    return std::make_shared<const sensors::SourceInfo>(sensors::SourceInfo{
        .id = id, .name = name, .kind = kind, .channels = std::move(channels), .rate = rate});
  };
  const sensors::SourceInfoPtr sources[] = {
      sourceOf("kitchen/mic", "Kitchen mic", sensors::SourceKind::Audio, {{"l", "1", -1, 1}}, 16000),
      sourceOf("kitchen/imu", "Counter", sensors::SourceKind::Motion,
               {{"x", "m/s2"}, {"y", "m/s2"}, {"z", "m/s2"}}, 100),
      sourceOf("kitchen/plug", "Plug power", sensors::SourceKind::Slow, {{"power", "W"}}, 1)};
  for (const auto& source : sources) {
    if (const auto kept = store->declareSource(*source); !kept) std::exit(1);
  }
  const std::int64_t labels[] = {
      orEnd(store->addLabel({.name = "Background", .background = true})),
      orEnd(store->addLabel({.name = "Kettle", .colour = 1, .key = 1})),
      orEnd(store->addLabel({.name = "Tap", .colour = 2, .key = 2}))};
  const auto recording = orEnd(store->addRecording({.span = whole}));
  std::mt19937 random(1);
  std::normal_distribution<float> noise;
  for (int s = 0; s < kHourSeconds; ++s) {
    const auto what = static_cast<float>(happeningAt(s));
    std::vector<sensors::BlockPtr> batch;
    for (const auto& source : sources) {
      auto block = std::make_shared<sensors::Block>();
      block->source = source;
      block->sequence = static_cast<std::uint64_t>(s);
      block->start = begin + std::chrono::seconds(s);
      block->step = base::fromSeconds(1 / source->rate);
      sensors::Samples samples{.rows = static_cast<std::size_t>(source->rate),
                               .channels = source->channels.size()};
      for (std::size_t i = 0; i < samples.rows * samples.channels; ++i) {
        const float t = static_cast<float>(i) / static_cast<float>(source->rate);
        samples.values.push_back(0.02F * noise(random) +
                                 0.2F * what * std::sin(6.2832F * 170 * what * t));
      }
      block->content = std::move(samples);
      batch.push_back(std::move(block));
    }
    if (const auto kept = store->appendChunks(recording, batch); !kept) std::exit(1);
    if (s % 60 == 5 || s % 60 == 21 || s % 60 == 27) {
      const base::Time at = begin + std::chrono::seconds(s);
      orEnd(store->addDemonstration({.label = labels[happeningAt(s)],
                                     .span = {at, at + std::chrono::seconds(4)},
                                     .recording = recording}));
    }
  }
}

}  // namespace bench
