#include "ui/pages/label_page.h"

#include <QAbstractItemView>
#include <QKeyEvent>
#include <cmath>
#include <gtest/gtest.h>
#include <numbers>

#include "app/teaching.h"
#include "plugins/host/built_in.h"
#include "tests/support/manual_clock.h"
#include "tests/support/scripted_source.h"
#include "tests/support/temp_project.h"
#include "tests/support/wait_until.h"
#include "tests/ui/application.h"
#include "tests/ui/sample_library.h"

namespace {

using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr base::Time kStart{1'700'000'000'000'000'000};
constexpr base::Duration kLength = minutes(10);

/// What a person needs for a key, and to look at something and decide: Card, Moran and Newell,
/// "The keystroke-level model" (1980): K for an average typist, M; and two seconds of looking.
constexpr base::Duration kKey = milliseconds(280);
constexpr base::Duration kDecide = milliseconds(1350);
constexpr base::Duration kLook = seconds(2);

/// Something that happened: begin and end in seconds, and which label (1 Kettle, 2 Tap, 3 Mixer).
struct Truth {
  double begin, end;
  int label;
};
std::vector<Truth> truths() {
  std::vector<Truth> all;
  double at = 11;
  for (int i = 0; at < 580; ++i) {
    const double length = 4 + 3 * (i % 4);
    all.push_back({at, at + length, 1 + (i * 7 + i / 3) % 3});
    at += length + 9 + 2 * (i % 3);
  }
  return all;
}

const Truth* at(const std::vector<Truth>& all, double t) {
  for (const Truth& truth : all) {
    if (t >= truth.begin && t < truth.end) {
      return &truth;
    }
  }
  return nullptr;
}

/// Ten minutes of a kitchen in a project, the page on it, and a person at the keyboard. What the
/// page wants is done to the project.
struct PersonAtLabels : testing::Test {
  support::TempProject project;
  std::unique_ptr<app::ProjectStore> store = project.open();
  support::ManualClock clock{kStart + std::chrono::hours(2)};
  sensors::SourceTable sources;
  sensors::Tape tape;
  app::Recorder recorder{*store, sources, tape, clock, [] {}};
  app::Teaching teaching{*store, recorder, clock};
  plugins::Registry registry = plugins::builtIn();
  app::DatasetBuilder builder{*store, registry};
  std::unique_ptr<app::Library> library;
  std::unique_ptr<ui::MainWindow> window;
  ui::LabelPage* page = nullptr;
  int keys = 0;

  void SetUp() override {
    const auto truth = truths();
    const auto mic =
        support::shared(support::sourceInfo("node/mic", sensors::SourceKind::Audio, 2000));
    const auto imu = support::shared(
        support::sourceInfo("node/imu", sensors::SourceKind::Motion, 50, 1, "m/s2"));
    const auto plug =
        support::shared(support::sourceInfo("node/plug", sensors::SourceKind::Motion, 10, 1, "W"));
    const auto recording = store->addRecording({.span = {kStart, kStart + kLength}}).value();
    const auto record = [&](const sensors::SourceInfoPtr& source, int who, double quiet,
                            double loud) {
      ASSERT_TRUE(store->declareSource(*source));
      const auto rows = static_cast<std::size_t>(source->rate * base::toSeconds(kLength));
      const auto rate = static_cast<std::size_t>(source->rate);
      ASSERT_TRUE(store->appendChunks(
          recording, support::blocksOf(source, kStart, rows, rate, [&](double t) {
            const Truth* now = at(truth, t);
            const bool on = now != nullptr && now->label == who;
            return static_cast<float>((on ? loud : quiet) *
                                      std::sin(t * 2 * std::numbers::pi * 90.7));
          })));
    };
    record(plug, 1, 0.3, 900);
    record(mic, 2, 0.01, 0.5);
    record(imu, 3, 0.05, 3);
    for (const char* name : {"Kettle", "Tap", "Mixer"}) {
      ASSERT_TRUE(teaching.addLabel(name));
    }
    library = std::make_unique<app::Library>(*store, builder);
    ui::Feed feed = sample::feed(std::nullopt);
    feed.now = [this] { return clock.now(); };
    feed.heard = [](const base::TimeSpan&) { return std::vector<app::RibbonSpan>(); };
    feed.library = ui::feedOf(*library);
    window = std::make_unique<ui::MainWindow>(ui_test::theme(), feed);
    QObject::connect(window.get(), &ui::MainWindow::wanted,
                     [this](const ui::Intent& intent) { carryOut(intent); });
    window->resize(1440, 900);
    window->show();
    QApplication::setActiveWindow(window.get());
    show();
    window->showPage(ui::PageId::Label);
    page = window->findChild<ui::LabelPage*>();
    ASSERT_TRUE(until([&] { return !page->scene().events.empty(); }));
  }

  void show() {
    auto snapshot = std::make_shared<app::Snapshot>();
    for (const learners::Label& label : teaching.labels()) {
      app::LabelCard card{.label = label};
      for (const auto& d : teaching.examples()) {
        if (d.label == label.id) {
          card.examples.push_back({.demonstration = d});
        }
      }
      snapshot->cards.push_back(card);
    }
    snapshot->canUndo = teaching.edits().canUndo();
    window->showSnapshot(snapshot);
  }
  void carryOut(const ui::Intent& intent) {
    if (const auto* revise = std::get_if<ui::intent::ReviseExamples>(&intent)) {
      const auto done =
          teaching.revise(revise->replaced, revise->placed, revise->text.toStdString());
      EXPECT_TRUE(done) << (done ? "" : done.error().message);
    } else if (const auto* no = std::get_if<ui::intent::RejectProposal>(&intent)) {
      EXPECT_TRUE(teaching.reject(no->label, no->span));
    } else if (const auto* remove = std::get_if<ui::intent::RemoveExample>(&intent)) {
      EXPECT_TRUE(teaching.remove(remove->demonstration));
    } else if (std::holds_alternative<ui::intent::Undo>(intent)) {
      EXPECT_TRUE(teaching.edits().undo());
      teaching.reload();
    }
    show();
  }
  bool until(const std::function<bool()>& done) {
    return support::waitUntil(
        [&] {
          QApplication::processEvents();
          return done();
        },
        seconds(60));
  }
  void press(int key, Qt::KeyboardModifiers with = Qt::NoModifier) {
    clock.advance(kKey);
    ++keys;
    QWidget* focus = QApplication::focusWidget();
    QKeyEvent event(QEvent::KeyPress, key, with);
    QApplication::sendEvent(focus != nullptr ? focus : window.get(), &event);
  }
  void release(int key) {
    QWidget* focus = QApplication::focusWidget();
    QKeyEvent event(QEvent::KeyRelease, key, Qt::NoModifier);
    QApplication::sendEvent(focus != nullptr ? focus : window.get(), &event);
  }
  const ui::TimelineScene& scene() const { return page->scene(); }
  double secondsOf(base::Time t) const { return base::toSeconds(t - kStart); }
};

TEST_F(PersonAtLabels, LabelsTenMinutesOfThreeTracksInSixMinutesByKeyboard) {
  const auto truth = truths();
  const base::Time began = clock.now();

  for (std::size_t i = 0; i < truth.size(); ++i) {
    press(Qt::Key_BracketRight);
    ASSERT_TRUE(scene().mark) << i;
    clock.advance(kLook + kDecide);
    const double middle = secondsOf(scene().mark->begin + scene().mark->length() / 2);
    const Truth* happened = at(truth, middle);
    ASSERT_NE(happened, nullptr) << "nothing happened at " << middle;
    press(Qt::Key_0 + happened->label);
  }
  // One look at the whole, one wrong label found, set right and a piece of it cut off and taken
  // back.
  press(Qt::Key_0, Qt::ControlModifier);
  press(Qt::Key_Home);
  press(Qt::Key_Period);
  clock.advance(kLook + kDecide);
  press(Qt::Key_2);
  ASSERT_NE(teaching.examples()[0].label, teaching.labels()[0].id);
  press(Qt::Key_Z, Qt::ControlModifier);

  const auto said = teaching.examples();
  ASSERT_EQ(said.size(), truth.size());
  for (std::size_t i = 0; i < truth.size(); ++i) {
    const auto same = std::find_if(said.begin(), said.end(), [&](const auto& d) {
      return std::abs(secondsOf(d.span.begin) - truth[i].begin) < 0.3 &&
             std::abs(secondsOf(d.span.end) - truth[i].end) < 0.3;
    });
    ASSERT_NE(same, said.end()) << "nothing at " << truth[i].begin;
    EXPECT_EQ(teaching.label(same->label)->key, truth[i].label) << truth[i].begin;
  }
  const double minutesTaken = base::toSeconds(clock.now() - began) / 60;
  std::printf(
      "10 min of three tracks, %zu events: %d keys, %.1f min of typing, looking, deciding\n",
      truth.size(), keys, minutesTaken);
  EXPECT_LE(minutesTaken, 6);
}

TEST_F(PersonAtLabels, EnterTwiceMarksAndANumberLabels) {
  press(Qt::Key_Home);
  press(Qt::Key_Return);
  press(Qt::Key_Right);
  press(Qt::Key_Right);
  press(Qt::Key_Return);
  press(Qt::Key_Right);  // the mark stands still now
  press(Qt::Key_1);

  ASSERT_EQ(teaching.examples().size(), 1U);
  EXPECT_EQ(teaching.examples()[0].span.begin, kStart);
  EXPECT_NEAR(secondsOf(teaching.examples()[0].span.end), 12, 0.01);  // twice a hundredth of 10 min
}

TEST_F(PersonAtLabels, ANumberHeldWhilePlayingLabelsWhatWasHeardThen) {
  press(Qt::Key_Home);
  press(Qt::Key_Space);
  clock.advance(seconds(5));
  ASSERT_TRUE(until([&] { return secondsOf(scene().cursor) > 4.9; }));
  press(Qt::Key_2);
  clock.advance(seconds(3));
  ASSERT_TRUE(until([&] { return scene().mark && scene().mark->length() > milliseconds(2900); }));
  release(Qt::Key_2);

  ASSERT_EQ(teaching.examples().size(), 1U);
  const auto& span = teaching.examples()[0].span;
  EXPECT_NEAR(secondsOf(span.begin), 5 - 0.25, 0.3);
  EXPECT_NEAR(base::toSeconds(span.length()), 3, 0.35);
  press(Qt::Key_Escape);
  EXPECT_FALSE(page->isPlaying());
}

TEST_F(PersonAtLabels, SplitJoinTrimAndNudgeAreOneStepEach) {
  press(Qt::Key_BracketRight);
  press(Qt::Key_1);
  press(Qt::Key_Period);
  press(Qt::Key_Comma);
  press(Qt::Key_Home);
  press(Qt::Key_Period);
  const auto first = teaching.examples().at(0);
  ASSERT_EQ(scene().selected, first.id);

  press(Qt::Key_Right, Qt::AltModifier);
  EXPECT_EQ(teaching.examples()[0].span.begin, first.span.begin + milliseconds(10));
  press(Qt::Key_Left, Qt::AltModifier | Qt::ShiftModifier);
  EXPECT_EQ(teaching.examples()[0].span.begin, first.span.begin - milliseconds(90));

  press(Qt::Key_Plus);
  press(Qt::Key_Plus);
  press(Qt::Key_Right);
  press(Qt::Key_X);
  ASSERT_EQ(teaching.examples().size(), 2U);
  press(Qt::Key_J);
  ASSERT_EQ(teaching.examples().size(), 1U);
  carryOut(ui::intent::Undo{});
  carryOut(ui::intent::Undo{});
  carryOut(ui::intent::Undo{});
  carryOut(ui::intent::Undo{});
  EXPECT_EQ(teaching.examples().at(0), first);
}

TEST_F(PersonAtLabels, SimilarOnesAreLabelledTogether) {
  press(Qt::Key_BracketRight);
  press(Qt::Key_0 + truths()[0].label);
  press(Qt::Key_Home);
  press(Qt::Key_Period);
  press(Qt::Key_A, Qt::ControlModifier | Qt::ShiftModifier);
  ASSERT_TRUE(until([&] { return !scene().proposals.empty(); }));
  const auto found = scene().proposals.size();
  press(Qt::Key_Return, Qt::ShiftModifier);

  EXPECT_EQ(teaching.examples().size(), 1 + found);
  carryOut(ui::intent::Undo{});
  EXPECT_EQ(teaching.examples().size(), 1U);
}

/// The page over made-up data, with what it wants written down.
struct MorningPage : testing::Test {
  std::unique_ptr<ui::MainWindow> window;
  std::vector<ui::Intent> wanted;
  std::shared_ptr<const app::RulesView> rules = std::make_shared<app::RulesView>();
  ui::LabelPage* page = nullptr;

  void SetUp() override {
    ui::Feed feed = sample::feed(std::nullopt);
    feed.library = sample::morningLibrary();
    feed.rules.view = [this] { return rules; };
    window = std::make_unique<ui::MainWindow>(ui_test::theme(), feed);
    QObject::connect(window.get(), &ui::MainWindow::wanted,
                     [this](const ui::Intent& intent) { wanted.push_back(intent); });
    window->resize(1440, 900);
    window->show();
    QApplication::setActiveWindow(window.get());
    window->showSnapshot(std::make_shared<app::Snapshot>(sample::morningSnapshot()));
    window->showPage(ui::PageId::Label);
    page = window->findChild<ui::LabelPage*>();
    QApplication::processEvents();
  }
  void press(int key) {
    QKeyEvent event(QEvent::KeyPress, key, Qt::NoModifier);
    QApplication::sendEvent(window.get(), &event);
  }
};

TEST_F(MorningPage, WhatABrokenRuleProposesIsReachedAcceptedAndRejected) {
  const auto ago = [](double s) { return sample::kNow - base::fromSeconds(s); };
  const auto snapshot = sample::morningSnapshot();
  const auto nothing = std::find_if(snapshot.cards.begin(), snapshot.cards.end(),
                                    [](const auto& c) { return c.label.background; });
  ASSERT_NE(nothing, snapshot.cards.end());
  app::RulesView broken;
  broken.rules.push_back({.id = 1, .rule = app::Assertion{.label = 2}});
  for (const double at : {2100.0, 700.0}) {
    const base::TimeSpan span{ago(at), ago(at - 60)};
    broken.rules[0].violations.push_back({.span = span,
                                          .text = "Kettle lasted 11 min",
                                          .proposal = {.by = app::Proposal::By::Assertion,
                                                       .label = nothing->label.id,
                                                       .span = span,
                                                       .certainty = 0,
                                                       .reason = "Kettle lasted 11 min"}});
  }
  rules = std::make_shared<app::RulesView>(broken);
  window->showSnapshot(std::make_shared<app::Snapshot>(snapshot));
  const auto chosen = [&]() -> const ui::Proposal& {
    return page->scene().proposals.at(page->scene().proposal.value());
  };

  page->showMoment(broken.rules[0].violations[0].span);
  ASSERT_TRUE(page->scene().proposal);
  EXPECT_EQ(chosen().why, ui::Proposal::Why::Broken);
  EXPECT_EQ(chosen().span, broken.rules[0].violations[0].span);
  EXPECT_TRUE(ui_test::textsOf(*window).contains("Kettle lasted 11 min"));
  press(Qt::Key_Return);
  const auto* accepted = std::get_if<ui::intent::ReviseExamples>(&wanted.back());
  ASSERT_NE(accepted, nullptr);
  EXPECT_EQ(accepted->placed.at(0).label, nothing->label.id);

  std::size_t tabs = 0;
  while (chosen().span != broken.rules[0].violations[1].span && tabs++ < 100) {
    press(Qt::Key_Tab);
  }
  EXPECT_EQ(chosen().span, broken.rules[0].violations[1].span);
  press(Qt::Key_Backspace);
  const auto* rejected = std::get_if<ui::intent::RejectProposal>(&wanted.back());
  ASSERT_NE(rejected, nullptr);
  EXPECT_EQ(rejected->span, broken.rules[0].violations[1].span);
}

TEST_F(MorningPage, TabEnterAcceptsBackspaceRejectsAndANumberSaysAnother) {
  const auto all = page->scene().proposals;
  ASSERT_GE(all.size(), 3U);
  press(Qt::Key_Home);

  press(Qt::Key_Tab);
  press(Qt::Key_Return);
  const auto* accepted = std::get_if<ui::intent::ReviseExamples>(&wanted.back());
  ASSERT_NE(accepted, nullptr);
  EXPECT_EQ(accepted->placed.at(0).label, all[0].label);
  EXPECT_EQ(accepted->placed.at(0).span, all[0].span);

  press(Qt::Key_Backspace);  // the next one came by itself
  const auto* rejected = std::get_if<ui::intent::RejectProposal>(&wanted.back());
  ASSERT_NE(rejected, nullptr);
  EXPECT_EQ(rejected->span, all[1].span);

  press(Qt::Key_2);
  const auto* other = std::get_if<ui::intent::ReviseExamples>(&wanted.back());
  ASSERT_NE(other, nullptr);
  EXPECT_EQ(other->placed.at(0).label, 3);
  EXPECT_EQ(other->placed.at(0).span, all[2].span);
}

TEST_F(MorningPage, EveryLabelOfTheTimelineIsInTheTable) {
  const auto* table = page->facts()->findChild<QAbstractItemView*>();
  ASSERT_NE(table, nullptr);
  ASSERT_EQ(table->model()->rowCount(), static_cast<int>(page->scene().said.size()));

  table->model()->setData(table->model()->index(0, 2), QStringLiteral("blen"), Qt::EditRole);

  const auto* changed = std::get_if<ui::intent::ReviseExamples>(&wanted.back());
  ASSERT_NE(changed, nullptr);
  EXPECT_EQ(changed->placed.at(0).label, 4);
  EXPECT_EQ(changed->replaced.at(0), page->scene().said[0].id);
}

}  // namespace
