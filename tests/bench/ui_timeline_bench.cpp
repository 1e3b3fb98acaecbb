// How long a frame of the Label page's timeline takes: a day of ten channels, while one zooms from
// all of it to ten seconds and out again, and pans. Prints p50 and p99 in milliseconds.
//   ui_timeline_bench [HOURS]

#include <QApplication>
#include <QElapsedTimer>
#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <random>
#include <thread>

#include "app/library.h"
#include "plugins/host/built_in.h"
#include "ui/session_bridge.h"
#include "ui/theme.h"
#include "ui/views/timeline_view.h"

namespace {

constexpr int kChannels = 10;
constexpr double kRate = 20;
constexpr int kFrames = 600;

double percentile(std::vector<double> values, double share) {
  const auto at = static_cast<std::ptrdiff_t>(share * static_cast<double>(values.size() - 1));
  std::nth_element(values.begin(), values.begin() + at, values.end());
  return values[static_cast<std::size_t>(at)];
}

/// Hours of ten sources that move now and then, in minutes per block.
void fill(app::ProjectStore& store, const base::TimeSpan& span) {
  const auto recording = store.addRecording({.span = span}).value();
  std::mt19937 random(1);
  std::normal_distribution<float> noise(0, 0.1F);
  for (int c = 0; c < kChannels; ++c) {
    sensors::SourceInfo info{.id = "bench/" + std::to_string(c),
                             .name = "Channel " + std::to_string(c),
                             .kind = sensors::SourceKind::Motion,
                             .channels = {{"x", "m/s2", -4, 4}},
                             .rate = kRate};
    if (!store.declareSource(info)) return;
    const auto source = std::make_shared<const sensors::SourceInfo>(info);
    std::vector<sensors::BlockPtr> blocks;
    std::uint64_t sequence = 0;
    for (base::Time t = span.begin; t < span.end; t += std::chrono::minutes(1)) {
      auto block = std::make_shared<sensors::Block>();
      block->source = source;
      block->sequence = sequence++;
      block->start = t;
      block->step = base::fromSeconds(1 / kRate);
      const auto rows = static_cast<std::size_t>(60 * kRate);
      sensors::Samples samples{.rows = rows, .channels = 1, .values = std::vector<float>(rows)};
      const float loud = random() % 20 == 0 ? 20.F : 1.F;
      for (float& value : samples.values) value = noise(random) * loud;
      block->content = std::move(samples);
      blocks.push_back(std::move(block));
    }
    if (const auto done = store.appendChunks(recording, blocks); !done) {
      std::fprintf(stderr, "%s\n", done.error().message.c_str());
    }
  }
}

}  // namespace

int main(int argc, char** argv) {
  qputenv("QT_QPA_PLATFORM", "offscreen");
  QApplication application(argc, argv);
  ui::Theme theme(application, ui::ThemeKind::Light);
  const double hours = argc > 1 ? std::atof(argv[1]) : 24;
  const std::filesystem::path folder =
      std::filesystem::temp_directory_path() / "mimosa-timeline-bench";
  std::filesystem::remove_all(folder);
  std::filesystem::create_directories(folder);
  {
    auto store = app::ProjectStore::open(folder / "day.mimosa").value();
    const base::Time begin{1'700'000'000'000'000'000};
    const base::TimeSpan day{begin, begin + base::fromSeconds(hours * 3600)};
    fill(*store, day);
    const auto registry = plugins::builtIn();
    app::DatasetBuilder builder(*store, registry);
    app::Library library(*store, builder);

    ui::Feed feed{.now = [&] { return day.end; },
                  .columns = [](const std::string&, std::size_t, const base::TimeSpan&,
                                std::size_t) { return std::vector<sensors::EnvelopeColumn>(); },
                  .heard = [](const base::TimeSpan&) { return std::vector<app::RibbonSpan>(); },
                  .said = [](const base::TimeSpan&) { return std::vector<app::RibbonSpan>(); },
                  .latest = [] { return std::optional<app::Answer>(); }};
    feed.library = ui::feedOf(library);
    ui::TimelineView view(theme, feed);
    view.resize(1100, 640);
    view.QWidget::show();
    while (library.contents()->recordings.empty()) std::this_thread::yield();

    ui::TimelineScene scene;
    scene.snapshot = std::make_shared<app::Snapshot>();
    scene.contents = library.contents();
    scene.tracks = ui::timelineTracks(*scene.contents, *scene.snapshot);
    scene.range.setWhole(day);
    QElapsedTimer first;
    first.start();
    std::uint64_t seen = 0;
    view.show(scene);
    view.grab();
    for (bool complete = false; !complete;) {  // all channels at the widest zoom
      complete = true;
      for (const auto& track : scene.tracks) {
        complete = library.columns(track.source, 0, day, 900).complete && complete;
      }
      if (!complete && std::exchange(seen, library.revision()) == seen) std::this_thread::yield();
    }
    std::printf("%.0f h x %zu channels of %.0f Hz: whole day read in %.2f s\n", hours,
                scene.tracks.size(), kRate, static_cast<double>(first.elapsed()) / 1e3);

    std::vector<double> zooming, panning;
    const auto frame = [&](std::vector<double>& times) {
      QElapsedTimer timer;
      timer.start();
      view.show(scene);
      view.grab();
      times.push_back(static_cast<double>(timer.nsecsElapsed()) * 1e-6);
    };
    const base::Time about = day.begin + day.length() * 2 / 5;
    const double factor = std::pow(10.0 / (hours * 3600), 2.0 / kFrames);
    for (int i = 0; i < kFrames; ++i) {
      scene.range.zoom(i < kFrames / 2 ? factor : 1 / factor, about);
      frame(zooming);
    }
    scene.range.show({about, about + std::chrono::hours(1)});
    for (int i = 0; i < kFrames; ++i) {
      scene.range.pan(i < kFrames / 2 ? 0.02 : -0.02);
      frame(panning);
    }
    std::printf(
        "timeline %d x %d px, frame while zooming: p50 %.2f ms, p99 %.2f ms; while panning: "
        "p50 %.2f ms, p99 %.2f ms\n",
        view.width(), view.height(), percentile(zooming, 0.5), percentile(zooming, 0.99),
        percentile(panning, 0.5), percentile(panning, 0.99));
  }
  std::filesystem::remove_all(folder);
  return 0;
}
