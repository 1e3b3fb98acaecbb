#include "app/assertion.h"

#include <gtest/gtest.h>

#include "tests/app/rule_samples.h"

namespace {

using app::Assertion;
using app::LabelStretch;
using base::fromSeconds;
using By = LabelStretch::By;

const app::RuleWords kWords = sample::ruleWords();
constexpr learners::LabelId kKettle = 2, kTap = 3, kDoor = 4;

base::Time at(double seconds) { return base::Time{1'000'000'000'000} + fromSeconds(seconds); }
LabelStretch heard(learners::LabelId label, double from, double to, float certainty = 0.9F) {
  return {.label = label, .span = {at(from), at(to)}, .certainty = certainty};
}
LabelStretch said(learners::LabelId label, double from, double to) {
  return {.label = label, .span = {at(from), at(to)}, .by = By::Person};
}

TEST(Assertion, WhatLastsTooLongIsCutWhereItShouldHaveEnded) {
  const Assertion assertion{.label = kKettle, .time = std::chrono::minutes(10)};

  const auto found = violations(
      assertion, {heard(kKettle, 0, 590), heard(kKettle, 1000, 1720), heard(kTap, 0, 5000)}, kWords);

  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].span, (base::TimeSpan{at(1600), at(1720)}));
  EXPECT_EQ(found[0].proposal.label, 1);  // the background
  EXPECT_EQ(found[0].proposal.by, app::Proposal::By::Assertion);
  EXPECT_NE(found[0].text.find("Kettle lasted 12 min"), std::string::npos) << found[0].text;
}

TEST(Assertion, ABreakThatIsShorterThanTheBridgeIsNone) {
  const Assertion assertion{.label = kKettle, .time = std::chrono::seconds(10)};
  const std::vector<LabelStretch> pieces = {heard(kKettle, 0, 6), heard(kKettle, 7, 12)};

  EXPECT_EQ(violations(assertion, pieces, kWords).size(), 1U);
  EXPECT_TRUE(violations(assertion, pieces, kWords, std::chrono::milliseconds(500)).empty());
}

TEST(Assertion, APersonsWordEndsIt) {
  const Assertion assertion{.label = kKettle, .time = std::chrono::seconds(10)};

  EXPECT_TRUE(
      violations(assertion, {heard(kKettle, 0, 12), said(1, 10, 12)}, kWords).empty());
}

TEST(Assertion, NeverAtOnceKeepsWhoIsSurer) {
  const Assertion assertion{.kind = Assertion::Kind::NeverBoth, .label = kKettle, .other = kTap};

  const auto found = violations(
      assertion,
      {heard(kKettle, 0, 10, 0.7F), heard(kTap, 8, 12, 0.95F), heard(kTap, 30, 40)}, kWords);

  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].span, (base::TimeSpan{at(8), at(10)}));
  EXPECT_EQ(found[0].proposal.label, kTap);
}

TEST(Assertion, WhatMustComeBeforeIsMissedOnlyWhereItWouldHaveBeenHeard) {
  const Assertion assertion{.kind = Assertion::Kind::Before,
                            .label = kDoor,
                            .other = kTap,
                            .time = std::chrono::seconds(60)};

  const auto found = violations(assertion,
                                {heard(kTap, 10, 12),  // nothing is known of the minute before
                                 heard(kDoor, 100, 102), heard(kTap, 150, 160),
                                 heard(kTap, 300, 310)},
                                kWords);

  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].span, (base::TimeSpan{at(240), at(300)}));
  EXPECT_EQ(found[0].proposal.label, kDoor);
}

TEST(Assertion, NothingHeardBreaksNothing) {
  EXPECT_TRUE(violations({.label = kKettle}, {}, kWords).empty());
}

TEST(AssertionSentence, IsReadAsItIsPrinted) {
  const std::pair<Assertion, const char*> cases[] = {
      {{.label = kKettle}, "Kettle never lasts more than 10 min."},
      {{.kind = Assertion::Kind::NeverBoth, .label = kKettle, .other = kTap, .time = {}},
       "Kettle and Tap are never at once."},
      {{.kind = Assertion::Kind::Before,
        .label = kDoor,
        .other = kTap,
        .time = std::chrono::minutes(1)},
       "Front door always comes before Tap, by at most 1 min."}};
  for (const auto& [assertion, text] : cases) {
    EXPECT_EQ(plainText(sentenceOf(assertion, kWords)), text);
    const auto read = app::readAssertion(text, kWords);
    ASSERT_TRUE(read.value) << text;
    EXPECT_EQ(*read.value, assertion);
    for (std::size_t slot = 0; const app::Piece& piece : sentenceOf(assertion, kWords)) {
      for (const std::string& choice : piece.choices) {
        const std::string other = app::withSlot(sentenceOf(assertion, kWords), slot, choice);
        const auto again = app::readAssertion(other, kWords);
        EXPECT_TRUE(again.value || !again.missing.empty()) << other;
      }
      ++slot;
    }
  }
}

TEST(AssertionSentence, ALabelIsNotBeforeItself) {
  const auto read = app::readAssertion("Tap and Tap are never at once", kWords);
  EXPECT_FALSE(read.value);
  EXPECT_EQ(read.missing, std::vector<std::string>{"two different labels"});
}

TEST(AssertionSentence, WhatIsNotUnderstoodIsNamed) {
  const std::string text = "Kettle rarely lasts long";
  const auto read = app::readAssertion(text, kWords);
  ASSERT_EQ(read.notUnderstood.size(), 1U);
  EXPECT_EQ(text.substr(read.notUnderstood[0].begin), "rarely lasts long");
}

}  // namespace
