#include "app/automation_sentence.h"

#include <gtest/gtest.h>
#include <random>

#include "tests/app/rule_samples.h"

namespace {

using app::Action;
using app::AutomationRule;
using app::Piece;
using app::plainText;
using app::readAutomation;
using app::sentenceOf;

const app::RuleWords kWords = sample::ruleWords();

TEST(AutomationSentence, ReadsAsAPersonWouldSayIt) {
  const AutomationRule rule{
      .label = 2,
      .dwell = std::chrono::seconds(5),
      .also = {{.source = "hall/motion", .is = app::LevelCondition::Is::On}},
      .then = {.kind = Action::Kind::Publish, .target = "kettle/led", .value = "on"},
      .warnAfter = std::chrono::minutes(1)};

  EXPECT_EQ(plainText(sentenceOf(rule, kWords)),
            "When Kettle is sure for 5 s and Hall motion is on, send \"on\" to kettle/led; when not "
            "sure do nothing; when no data do nothing and warn after 1 min.");
}

Action someAction(std::mt19937& random) {
  const auto pick = [&](int n) { return static_cast<int>(random() % static_cast<unsigned>(n)); };
  switch (pick(4)) {
    case 0:
      return {};
    case 1:
      return {.kind = Action::Kind::Announce,
              .value = pick(2) != 0 ? "It is on; when not sure, ask" : "say \"what\""};
    case 2:
      return {.kind = Action::Kind::Publish,
              .target = pick(2) != 0 ? "zigbee2mqtt/lamp/set" : "a",
              .value = pick(2) != 0 ? "{\"state\":\"ON\", \"to\": 3}" : ""};
    default:
      switch (pick(3)) {
        case 0:
          return {Action::Kind::AskParam, "kitchen", "led", pick(2) != 0 ? "true" : "false"};
        case 1:
          return {Action::Kind::AskParam, "kitchen", "imu.rate", pick(2) != 0 ? "25" : "50"};
        default:
          return {Action::Kind::AskParam, "kitchen", "gain", pick(2) != 0 ? "6.5" : "0"};
      }
  }
}

AutomationRule someRule(std::mt19937& random) {
  const auto pick = [&](int n) { return static_cast<int>(random() % static_cast<unsigned>(n)); };
  AutomationRule rule;
  rule.label = 1 + pick(6);
  rule.needs = static_cast<AutomationRule::Needs>(pick(2));
  const base::Duration dwells[] = {std::chrono::milliseconds(500), std::chrono::seconds(5),
                                   std::chrono::seconds(90), std::chrono::minutes(10),
                                   std::chrono::hours(2)};
  rule.dwell = dwells[pick(5)];
  for (int n = pick(3); n > 0; --n) {
    const auto is = static_cast<app::LevelCondition::Is>(pick(4));
    const bool measured = is == app::LevelCondition::Is::AtLeast || is == app::LevelCondition::Is::AtMost;
    rule.also.push_back({.source = pick(2) != 0 ? "hall/motion" : "kitchen/plug",
                         .is = is,
                         .value = measured ? pick(4000) / 4.0 - 100 : 0.0});
  }
  rule.then = someAction(random);
  rule.unsure = someAction(random);
  rule.noData = someAction(random);
  if (pick(2) != 0) rule.warnAfter = dwells[pick(5)];
  return rule;
}

std::string problems(const app::Read<AutomationRule>& read, const std::string& text) {
  std::string all = text;
  for (const auto& n : read.notUnderstood) {
    all += "\n  \"" + text.substr(n.begin, n.length) + "\": wanted " + n.wanted;
  }
  for (const auto& m : read.missing) all += "\n  missing " + m;
  return all;
}

TEST(AutomationSentence, WhatIsPrintedIsReadAsTheSameRule) {
  std::mt19937 random(11);
  for (int i = 0; i < 800; ++i) {
    const AutomationRule rule = someRule(random);
    const std::string text = plainText(sentenceOf(rule, kWords));
    const auto read = readAutomation(text, kWords);
    ASSERT_TRUE(read.value) << problems(read, text);
    EXPECT_EQ(*read.value, rule) << text;
    EXPECT_EQ(plainText(sentenceOf(*read.value, kWords)), text);
  }
}

TEST(AutomationSentence, EveryChoiceOfEverySlotIsARule) {
  std::mt19937 random(5);
  for (int i = 0; i < 60; ++i) {
    const app::Sentence sentence = sentenceOf(someRule(random), kWords);
    for (std::size_t slot = 0; slot < sentence.size(); ++slot) {
      for (const std::string& choice : sentence[slot].choices) {
        const std::string text = app::withSlot(sentence, slot, choice);
        const auto read = readAutomation(text, kWords);
        EXPECT_TRUE(read.value) << problems(read, text);
      }
    }
  }
}

TEST(AutomationSentence, FreeTypingIsEchoedAsTheSentence) {
  const auto read = readAutomation(
      "WHEN kettle is sure for 90 sec, say “Tea!” when not sure do nothing when no data do nothing",
      kWords);

  ASSERT_TRUE(read.value);
  EXPECT_EQ(plainText(sentenceOf(*read.value, kWords)),
            "When Kettle is sure for 90 s, say \"Tea!\"; when not sure do nothing; when no data do "
            "nothing.");
}

TEST(AutomationSentence, TheLongestNameIsMeant) {
  const auto read = readAutomation(
      "When Front door is open is sure for 1 s, do nothing; when not sure do nothing; when no data "
      "do nothing.",
      kWords);

  ASSERT_TRUE(read.value);
  EXPECT_EQ(read.value->label, 5);
}

TEST(AutomationSentence, WordsThatAreNotUnderstoodAreNamedByTheirPlace) {
  const std::string text =
      "When Ketle is sure for 5 s, do nothing; when not sure do nothing; when no data do nothing.";

  const auto read = readAutomation(text, kWords);

  EXPECT_FALSE(read.value);
  ASSERT_EQ(read.notUnderstood.size(), 1U);
  EXPECT_EQ(text.substr(read.notUnderstood[0].begin, read.notUnderstood[0].length), "Ketle");
  EXPECT_TRUE(read.missing.empty());
}

TEST(AutomationSentence, WhatToDoWhenUnsureAndWithoutDataMustBeSaid) {
  const auto read = readAutomation("When Kettle is sure for 5 s, do nothing.", kWords);

  EXPECT_FALSE(read.value);
  EXPECT_EQ(read.missing, (std::vector<std::string>{"what to do when not sure",
                                                    "what to do when no data"}));
}

TEST(AutomationSentence, ASettingKeepsItsLimits) {
  const std::string text =
      "When Kettle is sure for 5 s, set Kitchen node Gain to 31; when not sure do nothing; when no "
      "data do nothing.";

  const auto read = readAutomation(text, kWords);

  EXPECT_FALSE(read.value);
  ASSERT_EQ(read.notUnderstood.size(), 1U);
  EXPECT_EQ(text.substr(read.notUnderstood[0].begin, read.notUnderstood[0].length), "31");
}

TEST(AutomationSentence, TopicsThatARuleMustNotUse) {
  for (const char* topic : {"mimosa/1/home/node/kitchen/cmd", "mimosa", "$SYS/x", "a/#", "a/+/b",
                            ""}) {
    EXPECT_TRUE(app::refusalOf(topic)) << topic;
  }
  EXPECT_TRUE(app::refusalOf(std::string(201, 'a')));
  EXPECT_FALSE(app::refusalOf("kettle/led"));
  EXPECT_FALSE(app::refusalOf("mimosas/lamp"));
}

TEST(AutomationSentence, AHouseWithoutLabelsHasNoExample) {
  app::RuleWords words;
  EXPECT_FALSE(app::exampleAutomation(words));

  const auto example = app::exampleAutomation(kWords);
  ASSERT_TRUE(example);
  EXPECT_TRUE(readAutomation(plainText(sentenceOf(*example, kWords)), kWords).value);
}

TEST(SentenceReader, AnythingAPersonTypesIsReadWithoutHarm) {
  std::mt19937 random(3);
  const std::string pieces[] = {"When ", "Kettle", " is ", "sure", " for ", "5 s",  ", ",  "\"",
                                "send",  " to ",   "“",    "”",    "; ",    "when", " no", " data ",
                                "do ",   "Kü",     "\xC3", "9e99", "-",     ".",    "and ", "\t"};
  for (int i = 0; i < 1500; ++i) {
    std::string text;
    for (int n = static_cast<int>(random() % 30); n > 0; --n) text += pieces[random() % 24];
    const auto read = readAutomation(text, kWords);
    EXPECT_EQ(read.value.has_value(), read.notUnderstood.empty() && read.missing.empty()) << text;
    for (const auto& n : read.notUnderstood) EXPECT_LE(n.begin + n.length, text.size());
  }
}

}  // namespace
