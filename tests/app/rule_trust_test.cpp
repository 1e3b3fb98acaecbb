// A project from elsewhere shows its rules and sends nothing; what is typed here acts.

#include "app/rule_trust.h"

#include <gtest/gtest.h>

#include "app/project/rule_list.h"
#include "app/rule.h"
#include "tests/app/rule_samples.h"
#include "tests/support/home_session.h"

namespace {

using app::Action;

app::RuleRow ruleRow(std::int64_t id, const std::string& topic) {
  const app::AutomationRule rule{
      .label = 2, .then = {.kind = Action::Kind::Publish, .target = topic, .value = "on"}};
  app::RuleRow row = app::rowOf(rule, sample::ruleWords());
  row.id = id;
  return row;
}

struct Trust : testing::Test {
  support::TempFolder folder;
  app::RuleTrust trust{folder.path() / "settings" / "rules-that-act"};
  const std::string project = "0123456789abcdef";
  using Ids = std::set<std::int64_t>;
};

TEST_F(Trust, HoldsWhatItDoesNotKnowAndLetsActWhatWasTyped) {
  const auto typed = ruleRow(1, "lamp");
  ASSERT_TRUE(trust.allow(project, typed));
  EXPECT_EQ(trust.held(project, {typed, ruleRow(2, "door")}).rules, Ids{2});
}

TEST_F(Trust, ARuleThatWasChangedElsewhereIsHeld) {
  ASSERT_TRUE(trust.allow(project, ruleRow(1, "lamp")));
  EXPECT_EQ(trust.held(project, {ruleRow(1, "door")}).rules, Ids{1});
  EXPECT_EQ(trust.held("fedcba9876543210", {ruleRow(1, "lamp")}).rules, Ids{1});
}

TEST_F(Trust, RulesThatSendNothingAreNeverHeld) {
  const auto words = sample::ruleWords();
  app::RuleRow says = app::rowOf(
      app::AutomationRule{.label = 2, .then = {.kind = Action::Kind::Announce, .value = "on"}}, words);
  app::RuleRow never = app::rowOf(app::Assertion{.label = 2}, words);
  EXPECT_TRUE(trust.held(project, {says, never}).rules.empty());
}

TEST_F(Trust, SendingWhenUnsureOrWithoutDataCountsAsWell) {
  app::AutomationRule quiet{.label = 2};
  quiet.noData = {.kind = Action::Kind::AskParam, .target = "kitchen", .param = "led", .value = "on"};
  app::RuleRow row = app::rowOf(quiet, sample::ruleWords());
  row.id = 3;
  EXPECT_EQ(trust.held(project, {row}).rules, Ids{3});
}

TEST_F(Trust, APersonLetsThemActAndHoldsThemBack) {
  const std::vector<app::RuleRow> rows = {ruleRow(1, "lamp"), ruleRow(2, "door")};
  ASSERT_TRUE(trust.allowAll(project, rows));
  ASSERT_TRUE(trust.allow("another", rows[0]));
  EXPECT_TRUE(trust.held(project, rows).rules.empty());

  ASSERT_TRUE(trust.holdBack(project));
  EXPECT_EQ(trust.held(project, rows).rules, (Ids{1, 2}));
  EXPECT_TRUE(trust.held(project, rows).byPerson);
  EXPECT_EQ(trust.held("another", rows).rules, Ids{2});

  ASSERT_TRUE(trust.allowAll(project, rows));
  EXPECT_FALSE(trust.held(project, rows).byPerson);
}

TEST_F(Trust, AFileThatCannotBeReadTrustsNothing) {
  std::filesystem::create_directories(folder.path() / "settings" / "rules-that-act");
  EXPECT_EQ(trust.held(project, {ruleRow(1, "lamp")}).rules, Ids{1});
  EXPECT_FALSE(trust.allow(project, ruleRow(1, "lamp")));
}

/// A project that is opened, carried elsewhere and opened again.
struct Carried : testing::Test {
  support::TempFolder mine, theirs;

  static app::SessionOptions options(const support::TempFolder& folder,
                                     const support::TempFolder& computer) {
    app::SessionOptions options = support::homeOptions(folder.path());
    options.startWorker = options.startDemoHome = false;
    options.settingsFolder = computer.path() / "settings";
    return options;
  }
  static bool shows(const app::Session& session, std::size_t rules, std::size_t held) {
    return support::waitUntil([&] {
      const auto view = session.rules();
      return view->rules.size() == rules &&
             std::count_if(view->rules.begin(), view->rules.end(),
                           [](const app::RuleView& r) { return r.held; }) ==
                 static_cast<std::ptrdiff_t>(held);
    });
  }
  /// A project in `mine` with a rule that was typed there.
  void typeOne() {
    const auto session = support::openSession(options(mine, mine));
    ASSERT_TRUE(session);
    session->addLabel("Kettle");
    ASSERT_TRUE(support::waitUntil([&] {
      const auto words = session->rules()->words;
      return std::any_of(words->labels.begin(), words->labels.end(),
                         [](const auto& l) { return l.name == "Kettle"; });
    }));
    session->putRule(0, sentence());
    EXPECT_TRUE(shows(*session, 1, 0));
  }
  void carry() const {
    std::filesystem::copy(mine.path() / "home.mimosa", theirs.path() / "home.mimosa");
  }
  static std::string sentence(const std::string& dwell = "5 s") {
    return "When Kettle is sure for " + dwell +
           ", send \"on\" to kettle/led; when not sure do nothing; when no data do nothing.";
  }
};

TEST_F(Carried, WhatWasTypedHereActsAlsoAfterClosing) {
  typeOne();
  const auto again = support::openSession(options(mine, mine));
  ASSERT_TRUE(again);
  EXPECT_TRUE(shows(*again, 1, 0));
}

TEST_F(Carried, OnAnotherComputerItIsHeldUntilSomebodyLetsItAct) {
  typeOne();
  carry();
  {
    const auto there = support::openSession(options(theirs, theirs));
    ASSERT_TRUE(there);
    EXPECT_TRUE(shows(*there, 1, 1));
    there->putRule(1, sentence("9 s"));
    EXPECT_TRUE(support::waitUntil([&] {
      return there->rules()->rules.at(0).text.find("for 9 s") != std::string::npos;
    }));
    EXPECT_TRUE(shows(*there, 1, 1));  // changed, and still held
    there->putRule(0, sentence("7 s"));
    EXPECT_TRUE(shows(*there, 2, 1));
    there->letRulesAct();
    EXPECT_TRUE(shows(*there, 2, 0));
    there->holdRulesBack();
    EXPECT_TRUE(shows(*there, 2, 2));
    EXPECT_TRUE(there->rules()->heldByPerson);
    there->letRulesAct();
    EXPECT_TRUE(shows(*there, 2, 0));
  }
  const auto again = support::openSession(options(theirs, theirs));
  ASSERT_TRUE(again);
  EXPECT_TRUE(shows(*again, 2, 0));
}

TEST_F(Carried, WhatSomebodyPutIntoTheFileElsewhereIsHeldAtHome) {
  typeOne();
  carry();
  {
    auto store = app::ProjectStore::open(theirs.path() / "home.mimosa");
    ASSERT_TRUE(store);
    app::RuleRow more = ruleRow(0, "front-door/unlock");
    ASSERT_TRUE(app::putRule(**store, more));
  }
  // The same computer: what was typed here acts, what came with the file does not.
  const auto back = support::openSession(options(theirs, mine));
  ASSERT_TRUE(back);
  EXPECT_TRUE(shows(*back, 2, 1));
  EXPECT_FALSE(back->rules()->rules.at(0).held);
}

}  // namespace
