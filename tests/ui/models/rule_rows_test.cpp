#include "ui/models/rule_rows.h"

#include <gtest/gtest.h>

#include "tests/ui/sample_rules.h"

namespace {

const app::RuleWords kWords = sample::wordsOf(sample::house());

TEST(RuleRows, WhatIsTypedIsEchoedOrUnderlined) {
  EXPECT_TRUE(ui::typedRule("  ", kWords).hint.isEmpty());

  const auto whole = ui::typedRule("kettle never lasts more than 10 min", kWords);
  EXPECT_TRUE(whole.complete);
  EXPECT_EQ(whole.echo, "Kettle never lasts more than 10 min.");

  const QString text = QStringLiteral("When Küttle is sure for 5 s, do nothing");
  const auto wrong = ui::typedRule(text, kWords);
  EXPECT_FALSE(wrong.complete);
  ASSERT_EQ(wrong.underlined.size(), 1U);
  EXPECT_EQ(text.mid(wrong.underlined[0].begin, wrong.underlined[0].length), "Küttle");
  EXPECT_TRUE(wrong.hint.contains("Küttle")) << wrong.hint.toStdString();

  EXPECT_TRUE(ui::typedRule("When Kettle is sure for 5 s, do nothing", kWords)
                  .hint.contains("what to do when not sure"));
}

TEST(RuleRows, SaysWhatARuleDoesNow) {
  app::RuleView rule = sample::ruleView(1, *app::exampleAutomation(kWords), kWords);
  EXPECT_EQ(ui::ruleState(rule), "waits");
  rule.holding = std::chrono::seconds(3);
  EXPECT_EQ(ui::ruleState(rule), "holds for 3 s");
  rule.enabled = false;
  EXPECT_EQ(ui::ruleState(rule), "switched off");
  rule.rule.reset();
  EXPECT_TRUE(ui::needsAttention(rule));

  app::RuleView never = sample::ruleView(2, app::Assertion{.label = 2}, kWords);
  EXPECT_EQ(ui::ruleState(never), "kept so far");
  never.violations.resize(3);
  EXPECT_EQ(ui::ruleState(never), "broken 3 times");
}

TEST(RuleRows, ATrialSaysHowOftenAndOverWhat) {
  app::TrialView trial = sample::withRules().trial;
  EXPECT_EQ(ui::trialSummary(trial), "Over 12 recordings, 4 min: 11 times.");
  const QStringList lines = ui::trialLines(trial, 8);
  ASSERT_EQ(lines.size(), 9);
  EXPECT_EQ(lines.back(), "and 3 more");
  EXPECT_TRUE(lines.front().contains("send \"on\" to zigbee2mqtt/lamp/set"));

  trial.total = 0;
  trial.decisions.clear();
  EXPECT_EQ(ui::trialSummary(trial), "Over 12 recordings, 4 min: never.");
  EXPECT_TRUE(ui::trialLines(trial, 8).isEmpty());
}

TEST(RuleRows, TheExampleIsARule) {
  EXPECT_TRUE(ui::problemOf(ui::exampleSentence(kWords), kWords).isEmpty());
  EXPECT_TRUE(ui::problemOf(ui::exampleAssertionSentence(kWords), kWords).isEmpty());
  EXPECT_TRUE(ui::exampleSentence({}).empty());
}

}  // namespace
