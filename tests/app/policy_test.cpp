#include "app/policy.h"

#include <gtest/gtest.h>
#include <random>

namespace {

using app::DeviceFacts;
using app::Policy;
using app::PolicyClause;
using Kind = PolicyClause::Kind;
using Compare = PolicyClause::Compare;

const std::vector<std::string> kDevices = {"NUC", "Attic Pi", "Attic Pi 2"};

/// The devices of the paper's table in spirit: 32 GB has the most memory.
std::vector<DeviceFacts> house() {
  return {{.id = "nuc", .name = "NUC", .online = true, .gpu = false, .inHouse = true,
           .answerMs = 39, .cores = 4, .memoryGb = 8, .load = 0.2},
          {.id = "pi", .name = "Attic Pi", .online = true, .gpu = false, .inHouse = true,
           .answerMs = 41, .cores = 4, .memoryGb = 3.7, .load = 0.1},
          {.id = "vm", .name = "Cloud", .online = true, .gpu = true, .inHouse = false,
           .answerMs = 120, .cores = 16, .memoryGb = 32, .load = 0.5},
          {.id = "off", .name = "Tower", .online = false, .gpu = true, .inHouse = true,
           .answerMs = 5, .cores = 32, .memoryGb = 64, .load = 0}};
}

std::string picked(const Policy& policy) { return choose(policy, house()).device.value_or("none"); }

TEST(Policy, EveryFormPicksAsItSays) {
  EXPECT_EQ(picked({.where = {.kind = Kind::HasGpu}}), "vm");
  EXPECT_EQ(picked({.where = {.kind = Kind::InHouse}}), "pi");
  EXPECT_EQ(picked({.where = {.kind = Kind::IsDevice, .device = "NUC"}}), "nuc");
  EXPECT_EQ(picked({.where = {.kind = Kind::AnswersMs, .value = 40}}), "nuc");
  EXPECT_EQ(picked({.where = {.kind = Kind::Not, .parts = {{.kind = Kind::InHouse}}}}), "vm");
  EXPECT_EQ(picked({.prefer = Policy::Prefer::MostMemory}), "vm");
  EXPECT_EQ(picked({.prefer = Policy::Prefer::LeastMemory}), "pi");
  EXPECT_EQ(picked({.prefer = Policy::Prefer::MostCores}), "vm");
  EXPECT_EQ(picked({.prefer = Policy::Prefer::FewestCores}), "pi");  // a tie: the lower load
  EXPECT_EQ(picked({.prefer = Policy::Prefer::FastestAnswer}), "nuc");
  EXPECT_EQ(picked({}), "pi");
}

TEST(Policy, AThresholdIsMetAtItsValueAndNotBeyond) {
  const PolicyClause within{.kind = Kind::AnswersMs, .value = 40};
  EXPECT_TRUE(judge(within, house()[0]).meets);
  const auto verdict = judge(within, house()[1]);
  EXPECT_FALSE(verdict.meets);
  EXPECT_EQ(verdict.failed, "answers within 40 ms: 41 ms");
  EXPECT_TRUE(judge({.kind = Kind::Cores, .compare = Compare::Exactly, .value = 4}, house()[0]).meets);
}

TEST(Policy, ARefusalNamesTheClauseAndWhoComesClosest) {
  const auto choice = choose({.where = {.kind = Kind::AnswersMs, .value = 30}}, house());
  EXPECT_FALSE(choice.device);
  EXPECT_EQ(choice.reason,
            "No device can do this. NUC comes closest; it fails at \"answers within 30 ms: 39 "
            "ms\".");
}

TEST(Policy, WhatIsNotKnownIsNotMet) {
  const DeviceFacts unknown{.id = "x", .name = "X", .online = true};
  EXPECT_FALSE(judge({.kind = Kind::HasGpu}, unknown).meets);
  EXPECT_FALSE(judge({.kind = Kind::Not, .parts = {{.kind = Kind::HasGpu}}}, unknown).meets);
  EXPECT_FALSE(judge({.kind = Kind::MemoryGb, .value = 4}, unknown).meets);
}

TEST(Policy, BestEffortTakesSomebodyAsLongAsAnybodyIsUp) {
  const Policy policy{.where = {.kind = Kind::AnswersMs, .value = 1},
                      .otherwise = Policy::Otherwise::BestEffort};
  const auto choice = choose(policy, house());
  EXPECT_EQ(choice.device, "vm");  // 16 cores, half of them free
  EXPECT_TRUE(choice.bestEffort);
  EXPECT_FALSE(choose(policy, {house()[3]}).device);
}

TEST(Policy, OnlyInThisHouseNeverLeavesIt) {
  const Policy policy{.where = {.kind = Kind::InHouse}};
  EXPECT_FALSE(choose(policy, {house()[2]}).device);
}

PolicyClause someClause(std::mt19937& random, int depth) {
  const auto pick = [&](int n) { return static_cast<int>(random() % static_cast<unsigned>(n)); };
  if (depth > 0 && pick(3) != 0) {
    PolicyClause clause{.kind = pick(3) == 0 ? Kind::Not : pick(2) == 0 ? Kind::And : Kind::Or};
    const int parts = clause.kind == Kind::Not ? 1 : 2 + pick(2);
    for (int i = 0; i < parts; ++i) clause.parts.push_back(someClause(random, depth - 1));
    return clause;
  }
  switch (pick(7)) {
    case 0:
      return {.kind = Kind::HasGpu};
    case 1:
      return {.kind = Kind::InHouse};
    case 2:
      return {.kind = Kind::IsDevice, .device = kDevices[static_cast<std::size_t>(pick(3))]};
    default: {
      const Kind kinds[] = {Kind::AnswersMs, Kind::Cores, Kind::MemoryGb, Kind::LoadPercent};
      return {.kind = kinds[pick(4)],
              .compare = static_cast<Compare>(pick(3)),
              .value = pick(50) / 2.0};
    }
  }
}

/// The truth table, written down without thinking about reasons.
bool holds(const PolicyClause& c, const DeviceFacts& d) {
  const auto number = [&](double fact) {
    return c.compare == Compare::AtMost    ? fact <= c.value
           : c.compare == Compare::AtLeast ? fact >= c.value
                                           : fact == c.value;
  };
  switch (c.kind) {
    case Kind::Always:
      return true;
    case Kind::And:
      return std::all_of(c.parts.begin(), c.parts.end(), [&](const auto& p) { return holds(p, d); });
    case Kind::Or:
      return std::any_of(c.parts.begin(), c.parts.end(), [&](const auto& p) { return holds(p, d); });
    case Kind::Not:
      return !holds(c.parts[0], d);
    case Kind::HasGpu:
      return *d.gpu;
    case Kind::InHouse:
      return *d.inHouse;
    case Kind::IsDevice:
      return d.name == c.device;
    case Kind::AnswersMs:
      return number(*d.answerMs);
    case Kind::Cores:
      return number(*d.cores);
    case Kind::MemoryGb:
      return number(*d.memoryGb);
    case Kind::LoadPercent:
      return number(*d.load * 100);
  }
  return false;
}

DeviceFacts someDevice(std::mt19937& random) {
  const auto pick = [&](int n) { return static_cast<int>(random() % static_cast<unsigned>(n)); };
  return {.id = "d", .name = kDevices[static_cast<std::size_t>(pick(3))], .online = true,
          .gpu = pick(2) == 0, .inHouse = pick(2) == 0, .answerMs = pick(50) / 2.0,
          .cores = pick(25), .memoryGb = pick(50) / 2.0, .load = pick(50) / 200.0};
}

TEST(Policy, AHundredNestedPoliciesAgreeWithTheTruthTableOnTwentyDevices) {
  std::mt19937 random(17);
  for (int p = 0; p < 100; ++p) {
    const PolicyClause clause = someClause(random, 3);
    const auto conflict = conflictOf(clause);
    for (int i = 0; i < 20; ++i) {
      const DeviceFacts device = someDevice(random);
      const auto verdict = judge(clause, device);
      EXPECT_EQ(verdict.meets, holds(clause, device)) << clauseText(clause);
      EXPECT_EQ(verdict.failed.empty(), verdict.meets) << clauseText(clause);
      EXPECT_FALSE(conflict && verdict.meets) << clauseText(clause) << ": " << *conflict;
    }
  }
}

TEST(Policy, ConflictsAreNamed) {
  const auto conflict = [](const char* text) {
    const auto read = app::readPolicy(std::string("Run on a device that ") + text +
                                          ", prefer the least busy; if none fits, wait.",
                                      kDevices);
    EXPECT_TRUE(read.value) << text;
    return read.value ? conflictOf(read.value->where).value_or("") : "unread";
  };
  EXPECT_EQ(conflict("is in this house and not is in this house"),
            "No device can both be one that is in this house and one that not is in this house.");
  EXPECT_NE(conflict("answers within 40 ms and answers in at least 50 ms"), "");
  EXPECT_NE(conflict("is NUC and is Attic Pi"), "");
  EXPECT_EQ(conflict("is NUC or (is NUC and is Attic Pi)"), "");
  EXPECT_EQ(conflict("is in this house and has a GPU"), "");
}

TEST(PolicySentence, WhatIsPrintedIsReadAsTheSamePolicy) {
  std::mt19937 random(23);
  for (int i = 0; i < 1000; ++i) {
    const Policy policy{.where = someClause(random, 3),
                        .prefer = static_cast<Policy::Prefer>(random() % 6),
                        .otherwise = static_cast<Policy::Otherwise>(random() % 3)};
    const std::string text = plainText(sentenceOf(policy, kDevices));
    const auto read = app::readPolicy(text, kDevices);
    ASSERT_TRUE(read.value) << text << (read.missing.empty() ? "" : read.missing[0]);
    EXPECT_EQ(*read.value, policy) << text;
  }
}

TEST(PolicySentence, ReadsAsAPersonWouldSayIt) {
  const Policy policy{
      .where = {.kind = Kind::And,
                .parts = {{.kind = Kind::InHouse}, {.kind = Kind::AnswersMs, .value = 40}}}};
  EXPECT_EQ(plainText(sentenceOf(policy, kDevices)),
            "Run on a device that is in this house and answers within 40 ms, prefer the least busy; "
            "if none fits, do not run and tell me.");
}

TEST(PolicySentence, EveryChoiceOfEverySlotIsAPolicy) {
  std::mt19937 random(2);
  for (int i = 0; i < 60; ++i) {
    const app::Sentence sentence =
        sentenceOf(Policy{.where = someClause(random, 2)}, kDevices);
    for (std::size_t slot = 0; slot < sentence.size(); ++slot) {
      for (const std::string& choice : sentence[slot].choices) {
        const std::string text = app::withSlot(sentence, slot, choice);
        const auto read = app::readPolicy(text, kDevices);
        EXPECT_TRUE(read.value) << text;
      }
    }
  }
}

TEST(PolicySentence, TooDeepOrUnknownIsRefused) {
  const auto read = [](const char* text) {
    return app::readPolicy(std::string("Run on a device that ") + text +
                               ", prefer the least busy; if none fits, wait.",
                           kDevices);
  };
  EXPECT_FALSE(read("not not not not has a GPU").value);
  EXPECT_TRUE(read("not not not has a GPU").value);
  EXPECT_FALSE(read("is Attik").value);
  EXPECT_FALSE(read(std::string(500, '(').c_str()).value);
}

}  // namespace
