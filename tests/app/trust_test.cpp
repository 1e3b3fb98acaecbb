// A project from elsewhere listens to nothing, watches nothing and sends nothing until a person lets
// it; what was made here does at once.

#include "app/trust.h"

#include <gtest/gtest.h>

#include "app/local_sources.h"
#include "app/project/rule_list.h"
#include "app/rule.h"
#include "tests/app/rule_samples.h"
#include "tests/support/home_session.h"

namespace {

using app::Action;

bool soon(const std::function<bool()>& condition) {
  return support::waitUntil(condition, std::chrono::seconds(60));
}

app::RuleRow ruleRow(std::int64_t id, const std::string& topic) {
  const app::AutomationRule rule{
      .label = 2, .then = {.kind = Action::Kind::Publish, .target = topic, .value = "on"}};
  app::RuleRow row = app::rowOf(rule, sample::ruleWords());
  row.id = id;
  return row;
}

struct TrustFile : testing::Test {
  support::TempFolder folder;
  app::Trust trust{folder.path() / "settings" / "trusted"};
  const std::string project = "0123456789abcdef";
  using Ids = std::set<std::int64_t>;

  void allow(const app::RuleRow& row) { ASSERT_TRUE(trust.allow(project, {*app::deedOf(row)})); }
  Ids held(const std::vector<app::RuleRow>& rows, const std::string& of) const {
    return trust.heldRules(of, rows).rules;
  }
  Ids held(const std::vector<app::RuleRow>& rows) const { return held(rows, project); }
};

TEST_F(TrustFile, HoldsWhatItDoesNotKnowAndLetsActWhatWasTyped) {
  const auto typed = ruleRow(1, "lamp");
  allow(typed);
  EXPECT_EQ(held({typed, ruleRow(2, "door")}), Ids{2});
}

TEST_F(TrustFile, ARuleThatWasChangedElsewhereIsHeld) {
  allow(ruleRow(1, "lamp"));
  EXPECT_EQ(held({ruleRow(1, "door")}), Ids{1});
  EXPECT_EQ(held({ruleRow(1, "lamp")}, "fedcba9876543210"), Ids{1});
}

TEST_F(TrustFile, ARuleThatWasOffHereAndIsOnNowIsHeld) {
  app::RuleRow off = ruleRow(1, "lamp");
  off.enabled = false;
  allow(off);
  EXPECT_TRUE(held({off}).empty());
  EXPECT_EQ(held({ruleRow(1, "lamp")}), Ids{1});

  allow(ruleRow(1, "lamp"));
  EXPECT_TRUE(held({off}).empty()) << "switched off elsewhere it does less than it may";
}

TEST_F(TrustFile, RulesThatSendNothingAreNeverHeld) {
  const auto words = sample::ruleWords();
  const app::RuleRow says = app::rowOf(
      app::AutomationRule{.label = 2, .then = {.kind = Action::Kind::Announce, .value = "on"}}, words);
  const app::RuleRow never = app::rowOf(app::Assertion{.label = 2}, words);
  EXPECT_TRUE(held({says, never}).empty());
}

TEST_F(TrustFile, SendingWhenUnsureOrWithoutDataCountsAsWell) {
  app::AutomationRule quiet{.label = 2};
  quiet.noData = {.kind = Action::Kind::AskParam, .target = "kitchen", .param = "led", .value = "on"};
  app::RuleRow row = app::rowOf(quiet, sample::ruleWords());
  row.id = 3;
  EXPECT_EQ(held({row}), Ids{3});
}

TEST_F(TrustFile, APersonLetsRulesActAndHoldsThemBack) {
  const std::vector<app::RuleRow> rows = {ruleRow(1, "lamp"), ruleRow(2, "door")};
  ASSERT_TRUE(trust.allow(project, {app::answersDeed()}));
  ASSERT_TRUE(trust.allowRules(project, rows));
  ASSERT_TRUE(trust.allow("another", {*app::deedOf(rows[0])}));
  EXPECT_TRUE(held(rows).empty());

  ASSERT_TRUE(trust.holdRulesBack(project));
  EXPECT_EQ(held(rows), (Ids{1, 2}));
  EXPECT_TRUE(trust.heldRules(project, rows).byPerson);
  EXPECT_EQ(held(rows, "another"), Ids{2});
  EXPECT_TRUE(trust.allowed(project)(app::answersDeed())) << "only rules are held back";

  ASSERT_TRUE(trust.allowRules(project, rows));
  EXPECT_FALSE(trust.heldRules(project, rows).byPerson);
}

TEST_F(TrustFile, ADeviceIsKnownByWhatItIsAndNotByItsName) {
  const sensors::LocalSource mic{.id = "this.computer/mic", .kind = "microphone", .device = "hw:0", .name = "Mic"};
  ASSERT_TRUE(trust.allow(project, {app::deedOf(mic)}));
  const auto may = [&](const sensors::LocalSource& local) {
    return trust.allowed(project)(app::deedOf(local));
  };

  sensors::LocalSource renamed = mic, other = mic, set = mic;
  renamed.name = "Kitchen";
  other.device = "hw:1";
  set.params["rate"] = std::int64_t{48000};
  EXPECT_TRUE(may(renamed));
  EXPECT_FALSE(may(other));
  EXPECT_FALSE(may(set));
}

TEST_F(TrustFile, WhatAPersonEndedComesBackByUndoAndNotFromElsewhere) {
  const app::Deed set = app::settingDeed("kitchen", "gain", 3.0);
  ASSERT_TRUE(trust.allow(project, {set}));
  ASSERT_TRUE(trust.revoke(project, {set}));
  EXPECT_FALSE(trust.allowed(project)(set));

  app::Trust later(folder.path() / "settings" / "trusted");
  ASSERT_TRUE(later.allowAgain(project, {set}));
  EXPECT_FALSE(later.allowed(project)(set));
  ASSERT_TRUE(trust.allowAgain(project, {set}));
  EXPECT_TRUE(trust.allowed(project)(set));
}

TEST_F(TrustFile, AFileThatCannotBeReadTrustsNothing) {
  std::filesystem::create_directories(folder.path() / "settings" / "trusted");
  EXPECT_EQ(held({ruleRow(1, "lamp")}), Ids{1});
  EXPECT_FALSE(trust.allow(project, {app::answersDeed()}));
}

TEST(Held, IsSaidInOneSentence) {
  using Kind = app::HeldThing::Kind;
  EXPECT_EQ(app::heldSentence({}), "");
  EXPECT_EQ(app::heldSentence({.isProject = true,
                               .things = {{Kind::Listen, "Mic", "hw:0"},
                                          {Kind::Set, "kitchen", "gain = 3"},
                                          {Kind::Tell}}}),
            "This project is from elsewhere. It would listen to Mic (hw:0), set gain = 3 on kitchen and "
            "tell at the hub what it hears.");
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
    return soon([&] {
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
    ASSERT_TRUE(soon([&] {
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
    EXPECT_TRUE(soon([&] {
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

TEST_F(Carried, ARuleSwitchedOffHereIsHeldWhenItWasSwitchedOnElsewhere) {
  typeOne();
  const auto isOn = [](const app::Session& session, bool on) {
    return soon([&] { return session.rules()->rules.at(0).enabled == on; });
  };
  {
    const auto session = support::openSession(options(mine, mine));
    ASSERT_TRUE(session);
    ASSERT_TRUE(shows(*session, 1, 0));
    session->setRuleEnabled(1, false);
    ASSERT_TRUE(isOn(*session, false));
    session->undo();
    ASSERT_TRUE(isOn(*session, true));
    EXPECT_TRUE(shows(*session, 1, 0)) << "a step that was taken back here";
    session->setRuleEnabled(1, false);
    ASSERT_TRUE(isOn(*session, false));
  }
  carry();
  {
    auto store = app::ProjectStore::open(theirs.path() / "home.mimosa");
    ASSERT_TRUE(store);
    auto row = app::rulesOf(**store)->at(0);
    row.enabled = true;
    ASSERT_TRUE(app::putRule(**store, row));
  }
  const auto back = support::openSession(options(theirs, mine));
  ASSERT_TRUE(back);
  EXPECT_TRUE(shows(*back, 1, 1));
}

/// A project with a microphone and a node's setting.
struct CarriedSenses : Carried {
  struct Running final : sensors::Source {
    Running(std::atomic<int>& count, std::string sourceId) : running(count), id_(std::move(sourceId)) {
      ++running;
    }
    ~Running() override { --running; }
    std::string id() const override { return id_; }
    std::optional<base::Error> trouble() const override { return std::nullopt; }
    std::atomic<int>& running;
    std::string id_;
  };

  std::atomic<int> listening = 0;

  std::unique_ptr<app::Session> open(const support::TempFolder& folder,
                                     const support::TempFolder& computer) {
    plugins::Registry registry = plugins::builtIn();
    registry.localKinds["microphone"] = {
        .title = "Microphone",
        .icon = "mic",
        .start = [this](const sensors::LocalSource& local, const sensors::LocalSurroundings&)
            -> std::unique_ptr<sensors::Source> {
          return std::make_unique<Running>(listening, local.id);
        }};
    auto session = app::Session::open(options(folder, computer), std::move(registry));
    EXPECT_TRUE(session);
    return session ? *std::move(session) : nullptr;
  }
  static sensors::LocalSource microphone(const std::string& device = "hw:0") {
    return {.kind = "microphone", .device = device, .name = "Mic"};
  }
  static bool holds(const app::Session& session, std::size_t things) {
    return soon([&] { return session.snapshot()->held.things.size() == things; });
  }
  bool listensTo(int n) const {
    return soon([&] { return listening == n; });
  }
  static bool hasLocals(const app::Session& session, std::size_t n) {
    return soon([&] { return session.snapshot()->locals.size() == n; });
  }
  /// A project in `mine`, made there, that listens and keeps a setting of a node.
  void make() {
    {
      const auto session = open(mine, mine);
      ASSERT_TRUE(session);
      session->addLocal(microphone());
      ASSERT_TRUE(listensTo(1));
      EXPECT_TRUE(session->snapshot()->held.things.empty());
    }
    auto store = app::ProjectStore::open(mine.path() / "home.mimosa");
    ASSERT_TRUE(store);
    ASSERT_TRUE((*store)->setDeviceSettings("kitchen", {.version = 4, .desired = {{"gain", 3.0}}}));
    const auto id = (*store)->meta("rules id");
    ASSERT_TRUE(id);
    app::Trust trust(mine.path() / "settings" / "trusted");
    ASSERT_TRUE(trust.allow(*id, {app::settingDeed("kitchen", "gain", 3.0)}));
  }
};

TEST_F(CarriedSenses, WhereItWasMadeItListensAtOnce) {
  make();
  const auto again = open(mine, mine);
  ASSERT_TRUE(again);
  EXPECT_TRUE(listensTo(1));
  EXPECT_TRUE(holds(*again, 0));
}

TEST_F(CarriedSenses, OnAnotherComputerNothingListensUntilAPersonLetsIt) {
  make();
  carry();
  {
    const auto there = open(theirs, theirs);
    ASSERT_TRUE(there);
    there->settle();
    EXPECT_EQ(listening, 0);
    const app::Held held = there->snapshot()->held;
    EXPECT_TRUE(held.isProject);
    ASSERT_EQ(held.things.size(), 2u);
    EXPECT_EQ(held.things[0], (app::HeldThing{app::HeldThing::Kind::Listen, "Mic", "hw:0"}));
    EXPECT_EQ(held.things[1], (app::HeldThing{app::HeldThing::Kind::Set, "kitchen", "gain = 3"}));
    EXPECT_TRUE(there->snapshot()->locals.at(0).held);

    // What a person adds here is used; what is changed of a held one stays held.
    there->addLocal(microphone("hw:9"));
    EXPECT_TRUE(listensTo(1));
    sensors::LocalSource louder = there->snapshot()->locals.at(0).source;
    louder.params["rate"] = std::int64_t{48000};
    there->changeLocal(louder);
    ASSERT_TRUE(soon(
        [&] { return there->snapshot()->locals.at(0).source.params.contains("rate"); }));
    EXPECT_EQ(listening, 1);

    there->letProject();
    EXPECT_TRUE(listensTo(2));
    EXPECT_TRUE(holds(*there, 0));
  }
  EXPECT_EQ(listening, 0);
  const auto again = open(theirs, theirs);
  ASSERT_TRUE(again);
  EXPECT_TRUE(listensTo(2));
}

TEST_F(CarriedSenses, WhatWasAddedElsewhereIsHeldAtHome) {
  make();
  carry();
  {
    auto store = app::ProjectStore::open(theirs.path() / "home.mimosa");
    ASSERT_TRUE(store);
    auto list = app::localSourcesFrom(*(*store)->meta(app::kLocalSourcesKey));
    auto more = app::withLocalSource(*list, microphone("hw:1"));
    ASSERT_TRUE(more);
    ASSERT_TRUE((*store)->setMeta(app::kLocalSourcesKey, app::toJson(*more)));
    ASSERT_TRUE((*store)->setDeviceSettings(
        "kitchen", {.version = 9, .desired = {{"gain", 3.0}, {"door", std::string("open")}}}));
  }
  const auto back = open(theirs, mine);
  ASSERT_TRUE(back);
  ASSERT_TRUE(holds(*back, 2));
  EXPECT_FALSE(back->snapshot()->held.isProject);
  EXPECT_EQ(back->snapshot()->held.things[0].detail, "hw:1");
  EXPECT_EQ(back->snapshot()->held.things[1].detail, "door = open");
  EXPECT_EQ(listening, 1);
}

TEST_F(CarriedSenses, AMicrophoneTakenAwayHereComesBackByUndoAlone) {
  make();
  {
    const auto session = open(mine, mine);
    ASSERT_TRUE(session);
    ASSERT_TRUE(listensTo(1));
    session->removeLocal(session->snapshot()->locals.at(0).source.id);
    ASSERT_TRUE(listensTo(0));
    session->undo();
    EXPECT_TRUE(listensTo(1));
    session->redo();
    ASSERT_TRUE(listensTo(0));
    ASSERT_TRUE(hasLocals(*session, 0));
  }
  carry();
  {
    auto store = app::ProjectStore::open(theirs.path() / "home.mimosa");
    ASSERT_TRUE(store);
    auto list = app::withLocalSource({}, microphone());
    ASSERT_TRUE((*store)->setMeta(app::kLocalSourcesKey, app::toJson(*list)));
  }
  const auto back = open(theirs, mine);
  ASSERT_TRUE(back);
  EXPECT_TRUE(holds(*back, 1));
  EXPECT_EQ(listening, 0);
}

}  // namespace
