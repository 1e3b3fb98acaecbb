// A house for a while: many sensors and four microphones, everything traced, framed and recorded.
// Prints what was lost. Takes a folder and minutes (default: 0.5).

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <cmath>
#include <condition_variable>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <mutex>
#include <sys/resource.h>
#include <thread>

#include "app/project/recorder.h"
#include "app/traces.h"
#include "plugins/host/built_in.h"
#include "sensors/frame_hub.h"

namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr int kSensors = 20;
constexpr std::size_t kSensorChannels = 10;
constexpr double kSensorRate = 100;
constexpr int kMicrophones = 4;
constexpr double kSoundRate = 16000;
constexpr milliseconds kTick{20};

/// A source whose rows depend on nothing but their place.
struct Player {
  std::shared_ptr<sensors::SourceStream> stream;
  sensors::SourceInfoPtr info;
  std::uint64_t sequence = 0;
  base::Time next;

  void play(base::Time now) {
    const auto rows = static_cast<std::size_t>(info->rate * base::toSeconds(base::Duration(kTick)));
    auto block = std::make_shared<sensors::Block>();
    block->source = info;
    block->sequence = sequence++;
    block->start = next;
    block->step = base::fromSeconds(1 / info->rate);
    sensors::Samples samples{.rows = rows, .channels = info->channels.size()};
    samples.values.resize(rows * samples.channels);
    for (std::size_t i = 0; i < samples.values.size(); ++i) {
      samples.values[i] =
          0.001F * static_cast<float>((i * 2654435761U + block->sequence * 40503U) % 1000);
    }
    block->content = std::move(samples);
    next = block->end();
    stream->publish(std::move(block), now);
  }
};

struct House {
  base::SystemClock clock;
  plugins::Registry registry = plugins::builtIn();
  sensors::SourceTable sources;
  sensors::Tape tape;
  app::Traces traces{tape};
  sensors::FrameHub frames{sources, registry.extractors, clock};
  std::vector<Player> players;
  std::vector<std::shared_ptr<sensors::FrameFeed>> feeds;
  std::vector<std::shared_ptr<sensors::Reader<sensors::Frame>>> readers;

  void add(const std::string& id, sensors::SourceKind kind, double rate, std::size_t channels) {
    sensors::SourceInfo info{.id = id, .name = id, .kind = kind, .rate = rate};
    for (std::size_t c = 0; c < channels; ++c) {
      info.channels.push_back({.id = std::to_string(c), .unit = "1"});
    }
    Player player{.stream = sources.declare(info)};
    player.info = player.stream->info();
    player.next = clock.now();
    traces.follow(player.stream);
    if (auto feed = frames.acquire({id, sensors::defaultExtractor(info), {}})) {
      readers.push_back((*feed)->subscribe(100'000));
      feeds.push_back(*std::move(feed));
    }
    players.push_back(std::move(player));
  }
};

double processorSeconds() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) {
    std::fputs("usage: soak_bench FOLDER [MINUTES]\n", stderr);
    return 2;
  }
  const double minutes = argc > 2 ? std::atof(argv[2]) : 0.5;
  const auto file = std::filesystem::path(argv[1]) / "soak.mimosa";
  std::filesystem::create_directories(argv[1]);
  std::filesystem::remove(file);
  auto store = app::ProjectStore::open(file);
  if (!store) {
    std::fprintf(stderr, "%s\n", store.error().message.c_str());
    return 1;
  }
  House house;
  app::Recorder recorder(**store, house.sources, house.tape, house.clock, [] {});
  for (int i = 0; i < kSensors; ++i) {
    house.add("sensor/" + std::to_string(i), sensors::SourceKind::Motion, kSensorRate,
              kSensorChannels);
  }
  for (int i = 0; i < kMicrophones; ++i) {
    house.add("sound/" + std::to_string(i), sensors::SourceKind::Audio, kSoundRate, 1);
  }
  const auto started = recorder.start(base::Duration{0});
  if (!started) {
    std::fprintf(stderr, "%s\n", started.error().message.c_str());
    return 1;
  }
  const double busyBefore = processorSeconds();
  const base::Time begin = house.clock.now();
  for (Player& player : house.players) player.next = begin;
  const base::Time end = begin + base::fromSeconds(minutes * 60);
  std::mutex mutex;
  std::condition_variable never;
  std::vector<double> lateMs;
  for (base::Time due = begin; due < end; due += kTick) {
    std::unique_lock lock(mutex);
    const base::Duration left = due - house.clock.now();
    if (left.count() > 0) never.wait_for(lock, left, [] { return false; });
    lateMs.push_back(std::max(0.0, base::toSeconds(house.clock.now() - due) * 1000));
    for (Player& player : house.players) player.play(house.clock.now());
  }
  const double lived = base::toSeconds(house.clock.now() - begin);
  const auto recording = recorder.stop();

  std::uint64_t readings = 0;
  std::uint64_t lost = recorder.state().droppedBlocks;
  std::uint64_t rows = 0;
  for (const Player& player : house.players) {
    readings += player.stream->counts().readings;
    lost += player.stream->counts().lostBlocks;
  }
  for (const auto& feed : house.feeds) lost += feed->dropped();
  std::uint64_t kept = 0;
  for (const Player& player : house.players) {
    const auto blocks = (*store)->readBlocks(*started, player.info->id, {begin, end});
    for (std::size_t b = 0; blocks && b < blocks->size(); ++b) rows += (*blocks)[b]->rows();
    for (std::size_t b = 0; blocks && b < blocks->size(); ++b) {
      kept += (*blocks)[b]->rows() * player.info->channels.size();
    }
  }
  std::uint64_t answered = 0;
  for (const auto& reader : house.readers) {
    while (reader->poll()) ++answered;
  }
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  std::sort(lateMs.begin(), lateMs.end());
  std::printf("%d sensors x %zu channels at %.0f/s, %d microphones at %.0f/s, %.1f minutes\n",
              kSensors, kSensorChannels, kSensorRate, kMicrophones, kSoundRate, lived / 60);
  std::printf("%.0f readings/s, %llu sent, %llu kept on disk, %llu blocks lost%s\n",
              static_cast<double>(readings) / lived, static_cast<unsigned long long>(readings),
              static_cast<unsigned long long>(kept), static_cast<unsigned long long>(lost),
              recording && !recording->gapped ? "" : ", the recording has gaps");
  std::printf("%llu frames, %.0f %% of a core, %.0f MB at most, %.1f MB on disk\n",
              static_cast<unsigned long long>(answered),
              100 * (processorSeconds() - busyBefore) / lived,
              static_cast<double>(usage.ru_maxrss) / 1024,
              static_cast<double>(std::filesystem::file_size(file)) / 1e6);
  std::printf("a 20 ms tick came late by p50 %.1f ms, p99 %.1f ms, at most %.1f ms\n",
              lateMs[lateMs.size() / 2], lateMs[lateMs.size() * 99 / 100], lateMs.back());
  return 0;
}
