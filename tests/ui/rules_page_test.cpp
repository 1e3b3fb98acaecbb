#include "ui/pages/rules_page.h"

#include <QAction>
#include <QCheckBox>
#include <QKeyEvent>
#include <QLabel>
#include <QLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QShortcut>
#include <gtest/gtest.h>

#include "tests/ui/accessibility.h"
#include "tests/ui/application.h"
#include "tests/ui/sample_rules.h"
#include "ui/models/rule_rows.h"
#include "ui/pages/rule_card.h"
#include "ui/views/sentence_view.h"

namespace {


struct Put {
  std::int64_t rule;
  std::string sentence;
};

/// The window on the page Rules, with everything asked of the rules written down.
struct RulesBench {
  std::vector<Put> put;
  std::vector<std::pair<std::int64_t, bool>> switched;
  std::vector<std::int64_t> tried;
  std::vector<std::int64_t> removed;
  int letAct = 0;
  int heldBack = 0;
  ui::MainWindow window;

  explicit RulesBench(const app::RulesView& rules) : window(ui_test::theme(), feed(rules)) {
    window.show();
    QApplication::setActiveWindow(&window);
    window.showSnapshot(std::make_shared<const app::Snapshot>(sample::house()));
    window.showPage(ui::PageId::Rules);
    QApplication::processEvents();
  }
  ui::Feed feed(const app::RulesView& rules) {
    ui::Feed feed = sample::feed(std::nullopt, rules);
    feed.rules.put = [this](std::int64_t rule, const std::string& s) { put.push_back({rule, s}); };
    feed.rules.setEnabled = [this](std::int64_t rule, bool on) { switched.emplace_back(rule, on); };
    feed.rules.letAct = [this] { ++letAct; };
    feed.rules.holdBack = [this] { ++heldBack; };
    feed.rules.tryOut = [this](std::int64_t rule) { tried.push_back(rule); };
    feed.rules.remove = [this](std::int64_t rule) { removed.push_back(rule); };
    return feed;
  }
  void type(const QString& text) {
    for (const QChar c : text) {
      QKeyEvent down(QEvent::KeyPress, 0, Qt::NoModifier, c);
      QApplication::sendEvent(QApplication::focusWidget(), &down);
    }
  }
  /// Enter in the text field that has the keyboard.
  void enter() {
    if (auto* slot = qobject_cast<ui::SlotBox*>(QApplication::focusWidget())) {
      QKeyEvent down(QEvent::KeyPress, Qt::Key_Return, Qt::NoModifier);
      QApplication::sendEvent(slot, &down);
      return;
    }
    for (auto* shortcut : QApplication::focusWidget()->findChildren<QShortcut*>()) {
      if (shortcut->key() == QKeySequence(Qt::Key_Return)) {
        Q_EMIT shortcut->activated();
        break;
      }
    }
    QApplication::processEvents();
  }
  void tab() {
    QKeyEvent down(QEvent::KeyPress, Qt::Key_Tab, Qt::NoModifier);
    QApplication::sendEvent(QApplication::focusWidget(), &down);
  }
  ui::SlotBox* slotSaying(const QString& text) {
    for (auto* box : window.findChildren<ui::SlotBox*>()) {
      if (box->isVisible() && box->currentText() == text) {
        return box;
      }
    }
    return nullptr;
  }
  QPushButton* button(const QString& text) {
    for (auto* b : window.findChildren<QPushButton*>()) {
      if (b->isVisible() && b->text() == text) {
        return b;
      }
    }
    return nullptr;
  }
};

TEST(RulesPage, TheEmptyPageOffersAnExampleThatEnterTakes) {
  RulesBench bench(sample::noRules());
  EXPECT_TRUE(ui_test::textsOf(bench.window).contains("Example: When Kettle is sure for 5 s"));

  QKeyEvent enter(QEvent::KeyPress, Qt::Key_Return, Qt::NoModifier);
  QApplication::sendEvent(&bench.window, &enter);

  ASSERT_EQ(bench.put.size(), 1U);
  const Put* put = &bench.put.back();
  EXPECT_EQ(put->rule, 0);
  EXPECT_EQ(put->sentence.substr(0, 27), "When Kettle is sure for 5 s");
}

TEST(RulesPage, WithoutALabelItSaysWhatIsNeededFirst) {
  app::RulesView none;
  RulesBench bench(none);
  EXPECT_TRUE(ui_test::textsOf(bench.window).contains("Add one on the page Teach first."));
}

TEST(RulesPage, ARuleIsTypedByKeyboardAlone) {
  RulesBench bench(sample::withRules());
  for (QAction* action : bench.window.actions()) {
    if (action->text() == nameOf(ui::actionSpec(ui::ActionId::NewRule))) {
      action->trigger();
    }
  }

  bench.type("Tap never lasts more than");
  EXPECT_FALSE(bench.button("Add")->isEnabled());
  bench.enter();
  EXPECT_TRUE(bench.put.empty());  // not yet a sentence
  bench.type(" 5 min");
  EXPECT_TRUE(ui_test::textsOf(bench.window)
                  .contains("I understand: Tap never lasts more than 5 min."));
  bench.enter();

  ASSERT_EQ(bench.put.size(), 1U);
  const Put* put = &bench.put.back();
  EXPECT_EQ(put->sentence, "Tap never lasts more than 5 min");
}

TEST(RulesPage, APolicyIsTypedAndSaysWhichComputersFitAndWhyOthersDoNot) {
  app::RulesView rules = sample::withRules();
  RulesBench bench(rules);
  bench.window.findChild<ui::RulesPage*>()->startTyping();
  bench.type("Run on a device that is in this house, prefer the least busy; if none fits, wait");
  bench.enter();
  ASSERT_EQ(bench.put.size(), 1U);

  const QString texts = ui_test::textsOf(bench.window);
  EXPECT_TRUE(texts.contains("Where it is learnt and answered"));
  EXPECT_TRUE(texts.contains("✓ NUC: load 12")) << texts.toStdString();
  EXPECT_TRUE(texts.contains("✕ Attic Pi: answers within 40 ms: 61 ms")) << texts.toStdString();
}

TEST(RulesPage, TypingThroughASlotChangesTheRule) {
  RulesBench bench(sample::withRules());
  ui::SlotBox* dwell = bench.slotSaying("10 s");
  ASSERT_NE(dwell, nullptr);
  dwell->setFocus(Qt::TabFocusReason);
  dwell->lineEdit()->selectAll();

  bench.type("2 min");
  bench.enter();

  ASSERT_EQ(bench.put.size(), 1U);
  const Put* put = &bench.put.back();
  EXPECT_EQ(put->rule, 2);
  EXPECT_NE(put->sentence.find("for 2 min"), std::string::npos) << put->sentence;
}

TEST(RulesPage, WhatASlotDoesNotUnderstandIsMarkedAndNothingChanges) {
  RulesBench bench(sample::withRules());
  ui::SlotBox* dwell = bench.slotSaying("10 s");
  ASSERT_NE(dwell, nullptr);
  dwell->setFocus(Qt::TabFocusReason);
  dwell->lineEdit()->selectAll();

  bench.type("soon");
  bench.enter();

  EXPECT_TRUE(bench.put.empty());
  EXPECT_EQ(dwell->property("role").toString(), "slot-wrong");
  EXPECT_TRUE(dwell->toolTip().contains("soon"));
}

TEST(RulesPage, ACardSwitchesTriesAndRemovesItsRule) {
  RulesBench bench(sample::withRules());
  auto* card = bench.window.findChildren<ui::RuleCard*>().at(0);
  card->findChild<QCheckBox*>()->click();
  ASSERT_EQ(bench.switched.size(), 1U);
  EXPECT_EQ(bench.switched[0], std::pair(std::int64_t{1}, false));

  for (auto* b : card->findChildren<QPushButton*>()) {
    if (b->text() == "Try on recordings") {
      b->click();
    }
  }
  EXPECT_EQ(bench.tried, std::vector<std::int64_t>{1});
}

TEST(RulesPage, RulesFromElsewhereSaySoAndOneButtonLetsThemAct) {
  RulesBench bench(sample::withHeldRules());
  EXPECT_TRUE(ui_test::textsOf(bench.window).contains("3 rules were not made on this computer"));
  EXPECT_EQ(bench.button("Hold them back"), nullptr);
  QPushButton* let = bench.button("Let them act");
  ASSERT_NE(let, nullptr);
  EXPECT_NE(let->focusPolicy() & Qt::TabFocus, 0);
  let->click();
  EXPECT_EQ(bench.letAct, 1);
}

TEST(RulesPage, RulesThatActCanBeHeldBack) {
  RulesBench bench(sample::withRules());
  EXPECT_EQ(bench.button("Let them act"), nullptr);
  ASSERT_NE(bench.button("Hold them back"), nullptr);
  bench.button("Hold them back")->click();
  EXPECT_EQ(bench.heldBack, 1);
}

TEST(RulesPage, SaysWhenAPersonHeldThemBack) {
  app::RulesView rules = sample::withHeldRules();
  rules.heldByPerson = true;
  EXPECT_TRUE(ui::heldLine(rules).startsWith("3 rules are held back"));
}

TEST(RulesPage, OwesEverybodyWhatEveryPageDoes) {
  const auto lines = [](const QStringList& faults) {
    return faults.join(QLatin1Char('\n')).toStdString();
  };
  for (const app::RulesView& rules :
       {sample::withRules(), sample::withHeldRules(), sample::noRules(), app::RulesView()}) {
    RulesBench bench(rules);
    for (const ui::PageId page : {ui::PageId::Rules, ui::PageId::Fleet}) {
      bench.window.showPage(page);
      QApplication::processEvents();
      EXPECT_EQ(lines(ui_test::namelessControls(bench.window)), "");
      EXPECT_EQ(lines(ui_test::unreachableControls(bench.window)), "");
      EXPECT_EQ(lines(ui_test::jumpsOfTab(bench.window)), "");
      QStringList small = ui_test::smallTargets(bench.window);
      small.removeIf([](const QString& f) { return f.contains(QLatin1String("StatusStrip")); });
      EXPECT_EQ(lines(small), "");
    }
  }
}

TEST(RulesPage, ACommaStaysAtTheWordBeforeIt) {
  RulesBench bench(sample::withRules());
  int commas = 0;
  for (auto* view : bench.window.findChildren<ui::SentenceView*>()) {
    for (int width : {800, 500, 300}) {
      view->setFixedWidth(width);
      view->layout()->activate();
      const QLayout* words = view->layout();
      for (int i = 1; i < words->count(); ++i) {
        const auto* mark = qobject_cast<QLabel*>(words->itemAt(i)->widget());
        if (mark == nullptr || !QStringLiteral(",;.").contains(mark->text())) {
          continue;
        }
        ++commas;
        const QRect before = words->itemAt(i - 1)->geometry();
        EXPECT_EQ(before.right() + 1, mark->geometry().left());
        EXPECT_EQ(before.center().y() / 38, mark->geometry().center().y() / 38);
      }
    }
  }
  EXPECT_GT(commas, 30);
}

TEST(RulesPage, NoLineBeginsWithAPlusOrATimes) {
  RulesBench bench(sample::withRules());
  int signs = 0;
  for (auto* view : bench.window.findChildren<ui::SentenceView*>()) {
    for (int width : {800, 620, 500, 410}) {
      view->setFixedWidth(width);
      view->layout()->activate();
      const QLayout* words = view->layout();
      for (int i = 1; i < words->count(); ++i) {
        if (qobject_cast<QPushButton*>(words->itemAt(i)->widget()) == nullptr) {
          continue;
        }
        ++signs;
        EXPECT_GT(words->itemAt(i)->geometry().left(), 0) << width;
      }
    }
  }
  EXPECT_GT(signs, 10);
}

TEST(RulesPage, ShowInLabelAsksForTheFirstThatBrokeIt) {
  app::RulesView rules = sample::withRules();
  const base::TimeSpan first{sample::kNow - base::fromSeconds(900),
                             sample::kNow - base::fromSeconds(800)};
  auto& violations = rules.rules[3].violations;
  violations.insert(violations.begin(), {.span = first, .text = "earlier", .proposal = {.span = first}});
  RulesBench bench(rules);
  std::vector<base::TimeSpan> wanted;
  QObject::connect(bench.window.findChild<ui::RulesPage*>(), &ui::RulesPage::brokenWanted,
                   [&](const base::TimeSpan& span) { wanted.push_back(span); });
  ASSERT_NE(bench.button("Show in Label"), nullptr);
  bench.button("Show in Label")->click();
  EXPECT_EQ(wanted, std::vector{first});
}

TEST(RulesPage, ShowsWhatWouldHaveHappenedBesideTheRuleThatWasTried) {
  RulesBench bench(sample::withRules());
  const QString texts = ui_test::textsOf(bench.window);
  EXPECT_TRUE(texts.contains("Over 12 recordings, 4 min: 11 times."));
  EXPECT_TRUE(texts.contains("and 3 more"));
  EXPECT_TRUE(texts.contains("Now: broken once"));
}

}  // namespace
