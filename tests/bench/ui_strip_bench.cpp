// How long one repaint of the live strip takes: 16 channels of 1 kHz over the last minute, as the
// window draws them 30 times a second. Prints p50 and p99 in milliseconds.

#include <QApplication>
#include <QElapsedTimer>
#include <algorithm>
#include <cstdio>
#include <random>

#include "sensors/envelope.h"
#include "ui/live_strip.h"
#include "ui/theme.h"

namespace {

constexpr int kSources = 16;
constexpr int kRate = 1000;
constexpr int kRepaints = 300;

app::SnapshotPtr house() {
  auto snapshot = std::make_shared<app::Snapshot>();
  for (int i = 0; i < kSources; ++i) {
    app::SourceView view;
    view.info = {.id = "bench/" + std::to_string(i),
                 .name = "Channel " + std::to_string(i),
                 .kind = i % 4 == 0 ? sensors::SourceKind::Audio : sensors::SourceKind::Motion,
                 .channels = {{"x", "m/s²", -1, 1}},
                 .rate = kRate};
    view.counts.blocks = 1;
    snapshot->sources.push_back(std::move(view));
  }
  return snapshot;
}

double percentile(std::vector<double> values, double share) {
  const auto at = static_cast<std::ptrdiff_t>(share * static_cast<double>(values.size() - 1));
  std::nth_element(values.begin(), values.begin() + at, values.end());
  return values[static_cast<std::size_t>(at)];
}

}  // namespace

int main(int argc, char** argv) {
  qputenv("QT_QPA_PLATFORM", "offscreen");
  QApplication application(argc, argv);
  ui::Theme theme(application, ui::ThemeKind::Light);

  std::mt19937 random(1);
  std::normal_distribution<float> noise(0, 0.3F);
  base::Time now{1'000'000'000'000};
  std::vector<sensors::Envelope> envelopes(
      kSources, sensors::Envelope(std::chrono::milliseconds(2), std::chrono::minutes(10)));
  const auto feedUntil = [&](base::Time to) {
    for (; now < to; now += std::chrono::milliseconds(1)) {
      for (sensors::Envelope& envelope : envelopes) {
        envelope.add(now, noise(random));
      }
    }
  };
  feedUntil(now + std::chrono::seconds(61));

  const auto feed = ui::Feed{
      .now = [&] { return now; },
      .columns =
          [&](const std::string& source, std::size_t, const base::TimeSpan& span, std::size_t n) {
            return envelopes[static_cast<std::size_t>(std::stoi(source.substr(6)))].columns(span,
                                                                                            n);
          },
      .heard = [](const base::TimeSpan&) { return std::vector<app::RibbonSpan>(); },
      .said = [](const base::TimeSpan&) { return std::vector<app::RibbonSpan>(); },
      .latest = [] { return std::optional<app::Answer>(); }};
  ui::LiveStrip strip(theme, feed, kSources);
  strip.resize(1440, 700);
  strip.show();
  strip.showSnapshot(house());
  QApplication::processEvents();

  std::vector<double> times;
  for (int i = 0; i < kRepaints; ++i) {
    feedUntil(now + std::chrono::milliseconds(33));
    QElapsedTimer timer;
    timer.start();
    strip.tick();
    strip.grab();
    times.push_back(static_cast<double>(timer.nsecsElapsed()) * 1e-6);
  }
  std::printf("live strip, %zu channels of %d Hz, %d x %d px: p50 %.2f ms, p99 %.2f ms\n",
              strip.tracks().size(), kRate, strip.width(), strip.height(), percentile(times, 0.5),
              percentile(times, 0.99));
  return 0;
}
