// How long one step of scrolling through a list of 100 000 examples takes. Prints p50 and p99 in
// milliseconds; 60 frames a second leave 16.7.

#include <QApplication>
#include <QElapsedTimer>
#include <QScrollBar>
#include <algorithm>
#include <cstdio>

#include "ui/theme.h"
#include "ui/views/example_list.h"

namespace {

constexpr int kExamples = 100'000;
constexpr int kSteps = 600;

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
  std::vector<sensors::EnvelopeColumn> picture;
  for (int i = 0; i < 48; ++i) {
    const float swing = 0.2F + 0.8F * static_cast<float>(i % 12) / 12;
    picture.push_back({-swing, swing});
  }
  std::vector<std::int64_t> ids;
  for (int i = 0; i < kExamples; ++i) ids.push_back(i);
  ui::ExampleList list(theme);
  list.resize(300, 900);
  list.show();
  QElapsedTimer filling;
  filling.start();
  list.show(std::move(ids), [&](std::int64_t id) {
    return ui::ExampleRow{.id = id,
                          .first = QStringLiteral("11-18 08:12 · example %1").arg(id),
                          .second = QStringLiteral("said Kettle 71 %"),
                          .colour = static_cast<int>(id % 9),
                          .thumbnail = &picture};
  });
  QApplication::processEvents();
  const double filled = static_cast<double>(filling.nsecsElapsed()) / 1e6;
  std::vector<double> times;
  QScrollBar* bar = list.verticalScrollBar();
  for (int i = 0; i < kSteps; ++i) {
    QElapsedTimer one;
    one.start();
    // Page after page through all of it, so that every frame shows rows that were not there.
    bar->setValue(static_cast<int>(static_cast<double>(bar->maximum()) * i / kSteps));
    list.viewport()->repaint();
    times.push_back(static_cast<double>(one.nsecsElapsed()) / 1e6);
  }
  std::printf("examples %d  filled %.1f ms  frame p50 %.2f ms  p99 %.2f ms\n", kExamples, filled,
              percentile(times, 0.5), percentile(times, 0.99));
  return 0;
}
