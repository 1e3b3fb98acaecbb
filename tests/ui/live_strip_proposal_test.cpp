#include <QKeyEvent>
#include <gtest/gtest.h>

#include "tests/ui/application.h"
#include "ui/live_strip.h"

namespace {

/// A strip with a proposal a person can be asked for.
struct Asked {
  app::EventProposal proposal;
  ui::Feed feed = [this] {
    ui::Feed made = sample::feed(std::nullopt);
    made.eventProposal = [this] { return proposal; };
    return made;
  }();
  ui::LiveStrip strip{ui_test::theme(), feed};
  std::vector<std::pair<learners::LabelId, base::TimeSpan>> accepted;
  int closed = 0;

  Asked() {
    QObject::connect(&strip, &ui::LiveStrip::proposalAccepted,
                     [this](learners::LabelId label, const base::TimeSpan& span) {
                       accepted.emplace_back(label, span);
                     });
    QObject::connect(&strip, &ui::LiveStrip::proposalClosed, [this] { ++closed; });
    strip.resize(1200, 240);
    strip.showSnapshot(std::make_shared<const app::Snapshot>(sample::full()));
    strip.tick();
  }

  base::TimeSpan propose(double begin, double end) {
    const base::TimeSpan span{sample::kNow - base::fromSeconds(begin),
                              sample::kNow - base::fromSeconds(end)};
    proposal = {.id = proposal.id + 1, .label = 2, .labelName = "Kettle", .spans = {span}};
    strip.tick();
    return span;
  }
  void press(int key, Qt::KeyboardModifiers modifiers = Qt::NoModifier) {
    QKeyEvent event(QEvent::KeyPress, key, modifiers);
    QApplication::sendEvent(&strip, &event);
  }
};

TEST(LiveStripProposal, EnterKeepsItAsItWasMoved) {
  Asked asked;
  const base::TimeSpan span = asked.propose(24, 20);

  asked.press(Qt::Key_Left, Qt::ShiftModifier);
  asked.press(Qt::Key_Return);

  ASSERT_EQ(asked.accepted.size(), 1U);
  EXPECT_EQ(asked.accepted[0].first, 2);
  EXPECT_EQ(asked.accepted[0].second.begin, span.begin - std::chrono::milliseconds(100));
  EXPECT_EQ(asked.accepted[0].second.end, span.end);
  EXPECT_EQ(asked.closed, 1);
}

TEST(LiveStripProposal, EscDropsItForGood) {
  Asked asked;
  asked.propose(24, 20);

  asked.press(Qt::Key_Escape);
  asked.strip.tick();
  asked.press(Qt::Key_Return);

  EXPECT_TRUE(asked.accepted.empty());
  EXPECT_EQ(asked.closed, 1);
}

TEST(LiveStripProposal, WhatLiesFurtherBackIsBroughtIntoSight) {
  Asked asked;

  const base::TimeSpan span = asked.propose(400, 390);
  asked.strip.tick();

  EXPECT_LE(asked.strip.shown().begin, span.begin);
  EXPECT_GE(asked.strip.shown().end, span.end);
}

TEST(LiveStripProposal, OneThatWasAnsweredIsNotShownAgain) {
  Asked asked;
  asked.propose(24, 20);
  asked.press(Qt::Key_Return);

  asked.strip.tick();
  asked.press(Qt::Key_Return);

  EXPECT_EQ(asked.accepted.size(), 1U);
}

TEST(LiveStripProposal, OneFromBeforeTheStripWasMadeIsNotShown) {
  Asked asked;
  asked.propose(24, 20);
  ui::LiveStrip later(ui_test::theme(), asked.feed);
  int accepted = 0;
  QObject::connect(&later, &ui::LiveStrip::proposalAccepted, [&] { ++accepted; });
  later.showSnapshot(std::make_shared<const app::Snapshot>(sample::full()));

  later.tick();
  QKeyEvent enter(QEvent::KeyPress, Qt::Key_Return, Qt::NoModifier);
  QApplication::sendEvent(&later, &enter);

  EXPECT_EQ(accepted, 0);
}

}  // namespace
