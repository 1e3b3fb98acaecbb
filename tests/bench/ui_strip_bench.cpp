// How long one frame of the live strip takes: 16 channels of 1 kHz over the last minute; and what
// ux asks for, 8 live tracks with both ribbons full, paced at 60 frames a second. Prints p50 and p99
// in milliseconds, and how many frames came late.

#include <QApplication>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QTimer>
#include <cstdio>
#include <random>

#include "sensors/envelope.h"
#include "tests/bench/own_process.h"
#include "ui/live_strip.h"
#include "ui/theme.h"

namespace {

constexpr int kRate = 1000;
constexpr int kRepaints = 300;
constexpr double kSixtieth = 1000.0 / 60;  ///< milliseconds

app::SnapshotPtr house(int sources) {
  auto snapshot = std::make_shared<app::Snapshot>();
  for (int i = 0; i < sources; ++i) {
    app::SourceView view;
    view.info = {.id = "bench/" + std::to_string(i),
                 .name = "Channel " + std::to_string(i),
                 .kind = i % 4 == 0 ? sensors::SourceKind::Audio : sensors::SourceKind::Motion,
                 .channels = {{"x", "m/s²", -1, 1}},
                 .rate = kRate};
    view.counts.blocks = 1;
    snapshot->sources.push_back(std::move(view));
  }
  for (int i = 0; i < 4; ++i) {
    app::LabelCard card;
    card.label = {.id = i + 1, .name = "Label " + std::to_string(i), .colour = i, .background = i == 0};
    snapshot->cards.push_back(card);
  }
  return snapshot;
}

/// Channels that move as time does.
class Channels {
 public:
  explicit Channels(int count)
      : envelopes_(static_cast<std::size_t>(count),
                   sensors::Envelope(std::chrono::milliseconds(2), std::chrono::minutes(10))) {
    feedFor(std::chrono::seconds(61));
  }
  void feedFor(base::Duration length) {
    for (const base::Time to = now_ + length; now_ < to; now_ += std::chrono::milliseconds(1)) {
      for (sensors::Envelope& envelope : envelopes_) envelope.add(now_, noise_(random_));
    }
  }
  base::Time now() const { return now_; }

  /// Ribbons whose spans last `each`; none where it is 0.
  ui::Feed feed(base::Duration each) const {
    const auto ribbon = [each](const base::TimeSpan& span) {
      std::vector<app::RibbonSpan> spans;
      for (base::Time at = span.begin; each.count() > 0 && at < span.end; at += each) {
        const auto n = static_cast<int>(at.ns / each.count());
        spans.push_back({.span = {at, at + each * 9 / 10},
                         .label = n % 4,
                         .text = "Label " + std::to_string(n % 4),
                         .certainty = 0.5F + 0.05F * static_cast<float>(n % 10)});
      }
      return spans;
    };
    return {.now = [this] { return now_; },
            .columns =
                [this](const std::string& source, std::size_t, const base::TimeSpan& span,
                       std::size_t n) {
                  return envelopes_[static_cast<std::size_t>(std::stoi(source.substr(6)))].columns(
                      span, n);
                },
            .heard = ribbon,
            .said = ribbon,
            .latest = [] { return std::optional<app::Answer>(); }};
  }

 private:
  std::mt19937 random_{1};
  std::normal_distribution<float> noise_{0, 0.3F};
  base::Time now_{1'000'000'000'000};
  std::vector<sensors::Envelope> envelopes_;
};

double frame(ui::LiveStrip& strip) {
  QElapsedTimer timer;
  timer.start();
  strip.tick();
  strip.grab();
  return static_cast<double>(timer.nsecsElapsed()) * 1e-6;
}

void measure(const ui::Theme& theme, int sources, const QSize& size, base::Duration ribbons) {
  Channels channels(sources);
  ui::LiveStrip strip(theme, channels.feed(ribbons), static_cast<std::size_t>(sources));
  strip.resize(size);
  strip.show();
  strip.showSnapshot(house(sources));
  QApplication::processEvents();
  std::vector<double> times;
  const double before = bench::processorMs();
  double feeding = 0;
  for (int i = 0; i < kRepaints; ++i) {
    const double fed = bench::processorMs();
    channels.feedFor(std::chrono::milliseconds(17));
    feeding += bench::processorMs() - fed;
    times.push_back(frame(strip));
  }
  std::printf("live strip, %zu channels of %d Hz%s, %d x %d px: p50 %.2f ms, p99 %.2f ms a frame, "
              "%.2f ms of processor\n",
              strip.tracks().size(), kRate, ribbons.count() > 0 ? " and ribbons" : "", strip.width(),
              strip.height(), bench::percentile(times, 0.5), bench::percentile(times, 0.99),
              (bench::processorMs() - before - feeding) / kRepaints);
}

/// Frames begun every sixtieth of a second for five seconds.
void measurePaced(const ui::Theme& theme) {
  constexpr int kTracks = 8;
  Channels channels(kTracks);
  ui::LiveStrip strip(theme, channels.feed(std::chrono::milliseconds(700)), kTracks);
  strip.resize(1440, 250);
  strip.show();
  strip.showSnapshot(house(kTracks));
  QEventLoop loop;
  QTimer timer;
  timer.setTimerType(Qt::PreciseTimer);
  std::vector<double> gaps;
  QElapsedTimer since;
  since.start();
  QObject::connect(&timer, &QTimer::timeout, [&] {
    gaps.push_back(static_cast<double>(since.nsecsElapsed()) * 1e-6);
    since.restart();
    channels.feedFor(std::chrono::milliseconds(16));
    frame(strip);
    if (gaps.size() >= kRepaints) loop.quit();
  });
  timer.start(16);
  loop.exec();
  const auto late = std::count_if(gaps.begin(), gaps.end(), [](double gap) { return gap > 2 * kSixtieth; });
  std::printf("the same at 60 frames a second: from frame to frame p50 %.1f ms, p99 %.1f ms; %td of "
              "%zu later than two sixtieths\n",
              bench::percentile(gaps, 0.5), bench::percentile(gaps, 0.99), late, gaps.size());
}

}  // namespace

int main(int argc, char** argv) {
  qputenv("QT_QPA_PLATFORM", "offscreen");
  QApplication application(argc, argv);
  ui::Theme theme(application, ui::ThemeKind::Light);
  measure(theme, 16, {1440, 700}, base::Duration{0});
  measure(theme, 8, {1440, 250}, std::chrono::milliseconds(700));
  measurePaced(theme);
  return 0;
}
