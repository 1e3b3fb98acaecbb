#include "app/rule_desk.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "app/automation_sentence.h"
#include "app/project/rule_list.h"
#include "tests/app/rule_samples.h"
#include "tests/support/manual_clock.h"
#include "tests/support/temp_project.h"

namespace {

using app::Action;
using app::AutomationRule;
using base::fromSeconds;
using State = learners::PredictionState;

const auto kWords = std::make_shared<const app::RuleWords>(sample::ruleWords());
constexpr base::Duration kHop = std::chrono::milliseconds(500);

struct Desk : testing::Test {
  support::ManualClock clock;
  sensors::SourceTable sources;
  std::vector<Action> done;
  std::vector<app::DecisionRow> recorded;
  std::vector<std::string> warned;
  base::Result<void> answer;
  app::RuleDesk desk{sources, clock,
                     {.act = [this](const Action& a) {
                        done.push_back(a);
                        return answer;
                      },
                      .record = [this](const app::DecisionRow& r) { recorded.push_back(r); },
                      .warn = [this](const std::string& w) { warned.push_back(w); }}};

  AutomationRule rule() {
    return {.label = 2,
            .dwell = std::chrono::seconds(2),
            .then = {.kind = Action::Kind::Publish, .target = "kettle/led", .value = "on"},
            .noData = {.kind = Action::Kind::Publish, .target = "kettle/led", .value = "off"},
            .warnAfter = std::chrono::seconds(30)};
  }
  void run(const app::Rule& rule, bool enabled = true) {
    app::RuleRow row = app::rowOf(rule, *kWords);
    row.id = 7;
    row.enabled = enabled;
    desk.setWords(kWords);
    desk.setRules({row}, kHop);
  }
  void hear(int label, double seconds, float certainty = 0.9F, State state = State::Known) {
    for (double passed = 0; passed < seconds; passed += 0.5) {
      clock.advance(kHop);
      app::Answer heard;
      heard.labels = kWords->labels;
      heard.prediction.span = {clock.now() - fromSeconds(1), clock.now()};
      heard.prediction.state = state;
      heard.prediction.label = label;
      heard.prediction.certainty = certainty;
      desk.hear(heard);
    }
  }
};

TEST_F(Desk, ARuleHearsTheTaskWhoseLabelItWaitsForAndNoOther) {
  run(rule());
  const auto hearBoth = [&](int first) {
    for (int i = 0; i < 10; ++i) {
      clock.advance(kHop);
      for (const app::TaskId task : {app::kFirstTask, app::kFirstTask + 1}) {
        app::Answer heard{.task = task, .labels = kWords->labels};
        heard.prediction.span = {clock.now() - fromSeconds(1), clock.now()};
        heard.prediction.state = State::Known;
        heard.prediction.label = task == app::kFirstTask ? first : 1;
        heard.prediction.certainty = 0.9F;
        desk.hear(heard);
      }
    }
  };

  hearBoth(2);
  EXPECT_TRUE(done.empty());  // the other task's answers are none of its business
  hearBoth(1);
  EXPECT_EQ(done.size(), 1U);
}

TEST_F(Desk, ActsAndWritesDownWhyWithItsInputs) {
  run(rule());

  hear(1, 5);  // the second label: Kettle

  ASSERT_EQ(done.size(), 1U);
  EXPECT_EQ(done[0].value, "on");
  ASSERT_EQ(recorded.size(), 1U);
  EXPECT_EQ(recorded[0].rule, 7);
  EXPECT_EQ(recorded[0].text, "Kettle 90 %: send \"on\" to kettle/led");
  const auto inputs = nlohmann::json::parse(recorded[0].json);
  EXPECT_EQ(inputs["label"], 2);
  EXPECT_NEAR(inputs["certainty"].get<double>(), 0.9, 1e-6);
  const auto view = desk.view();
  ASSERT_EQ(view.decisions.size(), 1U);
  EXPECT_EQ(view.decisions[0].action, "send \"on\" to kettle/led");
  EXPECT_FALSE(view.rules.at(0).lastDone.empty());
  EXPECT_TRUE(view.rules.at(0).holding.has_value());
}

TEST_F(Desk, WhatIsHeldBackIsWatchedAndSendsNothing) {
  app::RuleRow row = app::rowOf(rule(), *kWords);
  row.id = 7;
  desk.setWords(kWords);
  desk.setRules({row}, kHop, {7});

  hear(1, 5);

  EXPECT_TRUE(done.empty());
  ASSERT_EQ(recorded.size(), 1U);
  EXPECT_EQ(desk.view().decisions.at(0).trouble, "held back");
  EXPECT_TRUE(desk.view().rules.at(0).held);

  desk.setRules({row}, kHop);  // let act: the same rule goes on where it was
  EXPECT_FALSE(desk.view().rules.at(0).held);
  hear(0, 5, 0.9F, State::Background);
  hear(1, 5);
  EXPECT_EQ(done.size(), 1U);
}

TEST_F(Desk, ARuleThatIsOffDoesNothing) {
  run(rule(), false);
  hear(1, 5);
  EXPECT_TRUE(done.empty());
}

TEST_F(Desk, WhenAnswersStopItActsAndWarnsByItself) {
  run(rule());
  hear(0, 2, 0.9F, State::Background);

  for (int i = 0; i < 160; ++i) {
    clock.advance(std::chrono::milliseconds(250));
    desk.elapse();
  }

  ASSERT_EQ(done.size(), 1U);
  EXPECT_EQ(done[0].value, "off");
  EXPECT_EQ(warned.size(), 1U);
}

TEST_F(Desk, AnswersThatComeTooLateAreIgnored) {
  run(rule());
  app::Answer late;
  late.labels = kWords->labels;
  late.prediction.state = State::Known;
  late.prediction.label = 1;
  late.prediction.certainty = 0.99F;
  clock.advance(std::chrono::seconds(100));
  for (double end = 10; end < 20; end += 0.5) {
    late.prediction.span = {base::Time{} + fromSeconds(end - 1), base::Time{} + fromSeconds(end)};
    desk.hear(late);
  }

  EXPECT_TRUE(done.empty());
  EXPECT_EQ(desk.staleAnswers(), 20U);
}

TEST_F(Desk, WhatCouldNotBeDoneSaysWhy) {
  answer = base::Error{base::ErrorCode::Unavailable, "the hub is away"};
  run(rule());
  hear(1, 5);
  EXPECT_EQ(desk.view().decisions.at(0).trouble, "the hub is away");
}

TEST_F(Desk, ConditionsLookAtTheLevelThatHeld) {
  const auto motion = sources.declare({.id = "hall/motion",
                                       .name = "Hall motion",
                                       .kind = sensors::SourceKind::Slow,
                                       .channels = {{.id = "motion"}}});
  const auto publish = [&](float value) {
    auto block = std::make_shared<sensors::Block>();
    block->source = motion->info();
    block->start = clock.now();
    block->offsets = {base::Duration{0}};
    block->content = sensors::Samples{.rows = 1, .channels = 1, .values = {value}};
    motion->publish(block, clock.now());
  };
  AutomationRule both = rule();
  both.also = {{.source = "hall/motion", .is = app::LevelCondition::Is::On}};
  run(both);
  publish(0);
  hear(1, 5);
  EXPECT_TRUE(done.empty());

  publish(1);
  hear(1, 1);

  EXPECT_EQ(done.size(), 1U);
}

TEST_F(Desk, ARuleThatDidNotChangeGoesOnWhereItWas) {
  run(rule());
  hear(1, 5);
  run(rule());  // the names may have changed; the rule did not
  hear(1, 5);
  EXPECT_EQ(done.size(), 1U);
}

TEST_F(Desk, AssertionsAreWatchedOverWhatWasHeard) {
  run(app::Assertion{.label = 2, .time = std::chrono::seconds(10)});
  hear(1, 20);
  desk.check({});
  ASSERT_EQ(desk.view().rules.at(0).violations.size(), 1U);

  // A person says that the end was nothing.
  desk.check({{.label = 1,
               .span = {clock.now() - fromSeconds(12), clock.now() + fromSeconds(1)},
               .by = app::LabelStretch::By::Person}});
  EXPECT_TRUE(desk.view().rules.at(0).violations.empty());
}

TEST(LevelAt, IsTheNewestRowThatIsNotLater) {
  const auto block = [](double start, std::vector<float> values) {
    auto b = std::make_shared<sensors::Block>();
    b->start = base::Time{} + fromSeconds(start);
    b->step = std::chrono::seconds(1);
    b->content = sensors::Samples{.rows = values.size(), .channels = 1, .values = values};
    return b;
  };
  const std::vector<sensors::BlockPtr> blocks = {block(10, {1, 2, 3}), block(20, {4})};
  const auto level = [&](double t) { return app::levelAt(blocks, base::Time{} + fromSeconds(t)); };

  EXPECT_FALSE(level(9));
  EXPECT_EQ(level(10), 1);
  EXPECT_EQ(level(11.5), 2);
  EXPECT_EQ(level(19), 3);
  EXPECT_EQ(level(99), 4);
}

TEST(Rules, ARowThatIsBrokenIsRefused) {
  const app::RuleRow good = app::rowOf(AutomationRule{.label = 2}, *kWords);
  EXPECT_TRUE(app::ruleFrom(good));
  for (const char* json : {"", "[]", "{}", "{\"needs\":7}", "{\"dwell\":-1}"}) {
    app::RuleRow bad = good;
    bad.json = json;
    EXPECT_FALSE(app::ruleFrom(bad)) << json;
  }
  app::RuleRow alien = good;
  alien.kind = "poem";
  EXPECT_FALSE(app::ruleFrom(alien));
  // A file from elsewhere must not make us command our own workers.
  app::RuleRow evil = app::rowOf(
      AutomationRule{.label = 2,
                     .then = {.kind = Action::Kind::Publish, .target = "mimosa/1/home/w/attic"}},
      *kWords);
  EXPECT_FALSE(app::ruleFrom(evil));
}

TEST(Rules, APolicyIsKeptAndReadBackAsTheSameSentence) {
  app::RuleWords words = *kWords;
  words.devices = {"This computer", "Attic Pi"};
  const std::string sentence =
      "Run on a device that is in this house and not is Attic Pi and (answers within 40 ms or has "
      "a GPU), prefer the fastest answer; if none fits, wait.";
  const auto typed = app::readRule(sentence, words);
  ASSERT_TRUE(typed.value);

  const app::RuleRow row = app::rowOf(*typed.value, words);
  const auto read = app::ruleFrom(row);

  EXPECT_EQ(row.kind, "policy");
  EXPECT_EQ(row.text, sentence);
  ASSERT_TRUE(read);
  EXPECT_EQ(std::get<app::Policy>(*read), std::get<app::Policy>(*typed.value));
  EXPECT_TRUE(app::sends(*read)) << "it gives work, and with it data, to other computers";
}

TEST(Rules, ABrokenPolicyIsRefused) {
  app::RuleRow row = app::rowOf(app::Policy{}, *kWords);
  ASSERT_TRUE(app::ruleFrom(row));
  std::string deep = R"({"kind":0,"compare":0,"parts":[]})";
  for (int i = 0; i < 9; ++i) deep = R"({"kind":3,"compare":0,"parts":[)" + deep + "]}";
  for (const std::string& where :
       {std::string("7"), std::string(R"({"kind":99,"compare":0,"parts":[]})"),
        std::string(R"({"kind":1,"compare":0,"parts":[]})"), deep}) {
    row.json = R"({"prefer":0,"otherwise":0,"where":)" + where + "}";
    EXPECT_FALSE(app::ruleFrom(row)) << where;
  }
}

TEST(Rules, AreKeptInTheProjectAndComeBackUnderTheirNumber) {
  support::TempProject project;
  const auto store = project.open();
  app::RuleRow row = app::rowOf(AutomationRule{.label = 2, .warnAfter = std::chrono::minutes(1)},
                                *kWords);
  row.id = putRule(*store, row).value();
  row.enabled = false;
  EXPECT_EQ(putRule(*store, row).value(), row.id);
  EXPECT_EQ(rulesOf(*store).value(), std::vector<app::RuleRow>{row});
  ASSERT_TRUE(removeRule(*store, row.id));
  EXPECT_FALSE(removeRule(*store, row.id));
  ASSERT_TRUE(putRule(*store, row));
  EXPECT_EQ(rulesOf(*store).value(), std::vector<app::RuleRow>{row});

  const auto rule = app::ruleFrom(rulesOf(*store).value()[0]);
  ASSERT_TRUE(rule);
  EXPECT_EQ(std::get<AutomationRule>(*rule).warnAfter, std::chrono::minutes(1));
}

TEST(Rules, ANumberIsNeverUsedTwice) {
  support::TempProject project;
  const auto store = project.open();
  const app::RuleRow row = app::rowOf(AutomationRule{.label = 2}, *kWords);
  const std::int64_t first = putRule(*store, row).value();
  ASSERT_TRUE(removeRule(*store, first));
  EXPECT_GT(putRule(*store, row).value(), first);
}

TEST(Rules, ABrokenListIsAnErrorAndStaysAsItIs) {
  support::TempProject project;
  const auto store = project.open();
  ASSERT_TRUE(store->setMeta("rules", "{\"list\": 7}"));
  EXPECT_FALSE(rulesOf(*store));
  EXPECT_FALSE(putRule(*store, {}));
  EXPECT_EQ(store->meta("rules").value(), "{\"list\": 7}");
}

TEST(Rules, DecisionsAreKeptNewestLast) {
  support::TempProject project;
  const auto store = project.open();
  for (int i = 0; i < 250; ++i) {
    ASSERT_TRUE(addDecisions(
        *store, {{.rule = 1, .at = {i}, .text = std::to_string(i), .json = "{}"}}));
  }
  const auto kept = decisionsOf(*store).value();
  ASSERT_EQ(kept.size(), app::kDecisionsKept);
  EXPECT_EQ(kept.front().text, "50");
  EXPECT_EQ(kept.back().text, "249");
}

}  // namespace
