#include "ui/pages/now_panel.h"

#include <QMouseEvent>
#include <gtest/gtest.h>

#include "tests/ui/application.h"
#include "ui/live_strip.h"
#include "ui/views/certainty_view.h"
#include "ui/views/key_line.h"

namespace {

using ui_test::Bench;

app::Answer kettleAgain() {
  return sample::answer(sample::full(), {0.01F, 0.91F, 0.05F, 0.03F}, 1);
}

TEST(NowPanel, TheKeysOfACorrectionAreAllInSightInASmallWindow) {
  app::Snapshot s = sample::full();
  const char* names[] = {"Kettle",    "Tap",    "Blender",  "Front door that is heavy",
                         "Washing",   "Vacuum", "Doorbell", "Shower",
                         "Dishwasher"};
  s.cards.resize(1);
  for (int i = 0; i < 9; ++i) {
    auto label = sample::label(2 + i, names[i], i % 8 + 1);
    label.key = i + 1;
    s.cards.push_back(sample::card(label, 3, 3, 1000 + 20 * i));
  }
  s.notices.push_back({.kind = app::NoticeView::Kind::Warning,
                       .text =
                           "The hub home stopped answering at 14:02. Microphone and camera go on. "
                           "I keep trying; 212 readings are missing so far, of all of them.",
                       .time = sample::kNow,
                       .id = 4});
  Bench bench(s, kettleAgain());
  bench.window.resize(1024, 700);
  bench.show(s);
  auto* keys = bench.window.findChild<ui::KeyLine*>();
  ASSERT_NE(keys, nullptr);

  for (const bool asked : {false, true}) {
    if (asked) {
      QKeyEvent down(QEvent::KeyPress, Qt::Key_C, Qt::NoModifier);
      QApplication::sendEvent(&bench.window, &down);
    }
    bench.show(s);
    EXPECT_GE(keys->height(), keys->heightForWidth(keys->width())) << asked;
    const QRect place(keys->mapTo(&bench.window, QPoint(0, 0)), keys->size());
    const auto* strip = bench.window.findChild<ui::LiveStrip*>();
    EXPECT_LT(place.bottom(), strip->mapTo(&bench.window, QPoint(0, 0)).y()) << asked;
  }
}

TEST(NowPanel, OnlyADragMovesANotchAndAClickLeavesTheLimitAsTested) {
  Bench bench(sample::full(), kettleAgain());
  auto* bars = bench.window.findChild<ui::CertaintyView*>();
  ASSERT_NE(bars, nullptr);
  // The notch is where the pointer says that it can be pulled sideways.
  const auto mouse = [&](QEvent::Type type, const QPointF& at, Qt::MouseButtons down) {
    QMouseEvent event(type, at, bars->mapToGlobal(at),
                      type == QEvent::MouseMove ? Qt::NoButton : Qt::LeftButton, down,
                      Qt::NoModifier);
    QApplication::sendEvent(bars, &event);
  };
  QPointF notch(0, 8);
  do {
    notch.rx() += 1;
    mouse(QEvent::MouseMove, notch, Qt::NoButton);
  } while (bars->cursor().shape() != Qt::SplitHCursor && notch.x() < bars->width());
  ASSERT_LT(notch.x(), bars->width());

  mouse(QEvent::MouseButtonPress, notch, Qt::LeftButton);
  mouse(QEvent::MouseMove, notch + QPointF(2, 0), Qt::LeftButton);
  mouse(QEvent::MouseButtonRelease, notch + QPointF(2, 0), Qt::NoButton);
  EXPECT_EQ(bench.last<ui::intent::SetLimit>(), nullptr);

  mouse(QEvent::MouseButtonPress, notch, Qt::LeftButton);
  mouse(QEvent::MouseMove, notch + QPointF(40, 0), Qt::LeftButton);
  mouse(QEvent::MouseButtonRelease, notch + QPointF(40, 0), Qt::NoButton);
  EXPECT_NE(bench.last<ui::intent::SetLimit>(), nullptr);
}

}  // namespace
