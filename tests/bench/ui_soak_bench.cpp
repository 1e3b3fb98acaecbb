// A house for a while, everything traced, framed, recorded and shown by the window: what was lost,
// and how long the window's event loop stood still. Takes a folder, what the house is made of and
// minutes (default: 0.5):
//   readings   20 sensors x 10 channels at 100/s and four microphones
//   wide       one sensor of 1172 channels at 500/s
//   media      four microphones and two cameras at 10/s

#include <QApplication>
#include <QElapsedTimer>
#include <QTimer>
#include <algorithm>
#include <atomic>
#include <chrono>
#include <cmath>
#include <condition_variable>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <filesystem>
#include <mutex>
#include <sys/resource.h>
#include <thread>

#include "app/project/recorder.h"
#include "app/simulator/hall_camera.h"
#include "app/traces.h"
#include "plugins/host/built_in.h"
#include "sensors/frame_hub.h"
#include "ui/main_window.h"
#include "ui/theme.h"

namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr double kSoundRate = 16000;
constexpr double kPictureRate = 10;
constexpr std::size_t kPictures = 60;
constexpr milliseconds kTick{20};
constexpr milliseconds kBeat{5};         ///< of the event loop
constexpr milliseconds kSnapshots{250};  ///< as often as a session makes them

/// Somebody walks through the hall, again and again.
std::vector<base::Bytes> pictures() {
  app::HallCamera camera(1);
  std::vector<base::Bytes> all;
  for (std::size_t i = 0; i < kPictures; ++i) {
    const double way = static_cast<double>(i) / kPictures;
    app::HallScene scene;
    if (i % 2 == 0 || way < 0.5) scene.figures.push_back({.across = way, .stride = 8 * way});
    all.push_back(camera.take(scene, 0.033).jpeg);
  }
  return all;
}

/// A source whose rows depend on nothing but their place.
struct Player {
  std::shared_ptr<sensors::SourceStream> stream;
  sensors::SourceInfoPtr info;
  std::uint64_t sequence = 0;
  base::Time next;
  const std::vector<base::Bytes>* film = nullptr;  ///< of a camera

  void play(base::Time now) {
    auto block = std::make_shared<sensors::Block>();
    block->source = info;
    block->start = next;
    block->step = base::fromSeconds(1 / info->rate);
    if (film) {
      if (next > now) return;
      block->content = sensors::Image{.width = app::HallCamera::kWidth,
                                      .height = app::HallCamera::kHeight,
                                      .jpeg = (*film)[sequence % film->size()]};
    } else {
      const auto rows =
          static_cast<std::size_t>(info->rate * base::toSeconds(base::Duration(kTick)));
      sensors::Samples samples{.rows = rows, .channels = info->channels.size()};
      samples.values.resize(rows * samples.channels);
      for (std::size_t i = 0; i < samples.values.size(); ++i) {
        samples.values[i] =
            0.001F * static_cast<float>((i * 2654435761U + sequence * 40503U) % 1000);
      }
      block->content = std::move(samples);
    }
    block->sequence = sequence++;
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
  std::vector<base::Bytes> film;
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
    if (kind == sensors::SourceKind::Picture) player.film = &film;
    traces.follow(player.stream);
    if (auto feed = frames.acquire({id, sensors::defaultExtractor(info), {}})) {
      readers.push_back((*feed)->subscribe(100'000));
      feeds.push_back(*std::move(feed));
    } else {
      std::fprintf(stderr, "no features: %s\n", feed.error().message.c_str());
    }
    players.push_back(std::move(player));
  }
  void addMicrophones() {
    for (int i = 0; i < 4; ++i) {
      add("sound/" + std::to_string(i), sensors::SourceKind::Audio, kSoundRate, 1);
    }
  }

  app::SnapshotPtr snapshot() const {
    auto made = std::make_shared<app::Snapshot>();
    made->projectName = "Soak";
    made->link.state = hubs::LinkState::Online;
    for (const Player& player : players) {
      made->sources.push_back({.info = *player.info,
                               .counts = player.stream->counts(),
                               .rowsPerSecond = player.info->rate});
    }
    return made;
  }
  ui::Feed feed() const {
    return {.now = [this] { return clock.now(); },
            .columns =
                [this](const std::string& source, std::size_t channel, const base::TimeSpan& span,
                       std::size_t n) { return traces.columns(source, channel, span, n); },
            .heard = [](const base::TimeSpan&) { return std::vector<app::RibbonSpan>(); },
            .said = [](const base::TimeSpan&) { return std::vector<app::RibbonSpan>(); },
            .latest = [] { return std::optional<app::Answer>(); }};
  }
};

/// True where there is such a house.
bool furnish(House& house, const char* what) {
  if (std::strcmp(what, "readings") == 0) {
    for (int i = 0; i < 20; ++i) {
      house.add("sensor/" + std::to_string(i), sensors::SourceKind::Motion, 100, 10);
    }
    house.addMicrophones();
  } else if (std::strcmp(what, "wide") == 0) {
    house.add("wide/all", sensors::SourceKind::Motion, 500, 1172);
  } else if (std::strcmp(what, "media") == 0) {
    house.film = pictures();
    house.addMicrophones();
    for (int i = 0; i < 2; ++i) {
      house.add("camera/" + std::to_string(i), sensors::SourceKind::Picture, kPictureRate, 0);
    }
  }
  return !house.players.empty();
}

struct Lateness {
  std::vector<double> ms;
  void print(const char* what) {
    std::sort(ms.begin(), ms.end());
    std::printf("%s late by p50 %.1f ms, p99 %.1f ms, at most %.1f ms\n", what, ms[ms.size() / 2],
                ms[ms.size() * 99 / 100], ms.back());
  }
};

/// Plays the house in real time until `end`.
Lateness play(House& house, base::Time begin, base::Time end) {
  Lateness late;
  std::mutex mutex;
  std::condition_variable never;
  for (base::Time due = begin; due <= end; due += kTick) {
    std::unique_lock lock(mutex);
    const base::Duration left = due - house.clock.now();
    if (left.count() > 0) never.wait_for(lock, left, [] { return false; });
    if (due == end) break;  // what was played last is over now
    late.ms.push_back(std::max(0.0, base::toSeconds(house.clock.now() - due) * 1000));
    for (Player& player : house.players) player.play(house.clock.now());
  }
  return late;
}

double processorSeconds() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

void print(House& house, const app::ProjectStore& store, std::int64_t recording,
           const base::TimeSpan& span, std::uint64_t lost) {
  std::uint64_t sent = 0, kept = 0, frames = 0;
  for (const Player& player : house.players) {
    const std::size_t wide = std::max<std::size_t>(player.info->channels.size(), 1);
    sent += player.film ? player.sequence : player.stream->counts().readings;
    lost += player.stream->counts().lostBlocks;
    const base::TimeSpan minute = {span.begin, span.begin + std::chrono::minutes(1)};
    for (base::TimeSpan part = minute; part.begin < span.end;
         part = {part.end, part.end + std::chrono::minutes(1)}) {
      part.end = std::min(part.end, span.end);
      const auto blocks = store.readBlocks(recording, player.info->id, part);
      for (std::size_t b = 0; blocks && b < blocks->size(); ++b) kept += (*blocks)[b]->rows() * wide;
    }
  }
  for (const auto& feed : house.feeds) lost += feed->dropped();
  for (const auto& reader : house.readers) {
    while (reader->poll()) ++frames;
  }
  std::printf("%.0f readings and pictures a second, %llu sent, %llu kept on disk, %llu blocks lost\n",
              static_cast<double>(sent) / base::toSeconds(span.length()),
              static_cast<unsigned long long>(sent), static_cast<unsigned long long>(kept),
              static_cast<unsigned long long>(lost));
  std::printf("%llu frames\n", static_cast<unsigned long long>(frames));
}

}  // namespace

int main(int argc, char** argv) {
  QApplication application(argc, argv);
  House house;
  if (argc < 3 || !furnish(house, argv[2])) {
    std::fputs("usage: ui_soak_bench FOLDER readings|wide|media [MINUTES]\n", stderr);
    return 2;
  }
  const double minutes = argc > 3 ? std::atof(argv[3]) : 0.5;
  const auto file = std::filesystem::path(argv[1]) / "soak.mimosa";
  std::filesystem::create_directories(argv[1]);
  std::filesystem::remove(file);
  auto store = app::ProjectStore::open(file);
  if (!store) {
    std::fprintf(stderr, "%s\n", store.error().message.c_str());
    return 1;
  }
  app::Recorder recorder(**store, house.sources, house.tape, house.clock, [] {});
  ui::Theme theme(application, ui::ThemeKind::Light);
  ui::MainWindow window(theme, house.feed());
  window.show();
  window.showSnapshot(house.snapshot());
  QApplication::processEvents();

  const auto started = recorder.start(base::Duration{0});
  if (!started) {
    std::fprintf(stderr, "%s\n", started.error().message.c_str());
    return 1;
  }
  const double busyBefore = processorSeconds();
  const base::Time begin = house.clock.now();
  for (Player& player : house.players) player.next = begin;
  const base::Time end = begin + base::fromSeconds(minutes * 60);
  Lateness ticks, beats;
  QTimer snapshots, beat;
  QObject::connect(&snapshots, &QTimer::timeout,
                   [&] { window.showSnapshot(house.snapshot()); });
  snapshots.start(kSnapshots);
  QElapsedTimer since;
  beat.setTimerType(Qt::PreciseTimer);
  QObject::connect(&beat, &QTimer::timeout, [&] {
    beats.ms.push_back(std::max(0.0, static_cast<double>(since.nsecsElapsed()) * 1e-6 -
                                         static_cast<double>(kBeat.count())));
    since.start();
  });
  since.start();
  beat.start(kBeat);
  {
    const std::jthread player([&] {
      ticks = play(house, begin, end);
      QMetaObject::invokeMethod(&application, &QApplication::quit, Qt::QueuedConnection);
    });
    QApplication::exec();
  }
  const base::TimeSpan span{begin, house.clock.now()};
  const double busy = processorSeconds() - busyBefore;
  const auto recording = recorder.stop();

  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  std::printf("%s, %.1f minutes\n", argv[2], base::toSeconds(span.length()) / 60);
  print(house, **store, *started, span, recorder.state().droppedBlocks);
  if (!recording || recording->gapped) std::printf("the recording has gaps\n");
  std::printf("%.0f %% of a core, %.0f MB at most, %.1f MB on disk\n",
              100 * busy / base::toSeconds(span.length()),
              static_cast<double>(usage.ru_maxrss) / 1024,
              static_cast<double>(std::filesystem::file_size(file)) / 1e6);
  ticks.print("a 20 ms tick of the house came");
  beats.print("a 5 ms beat of the window's event loop came");
  return 0;
}
