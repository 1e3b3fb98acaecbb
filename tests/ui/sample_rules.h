#pragma once
// The made-up house with rules in every state. For tests and pictures.

#include "app/automation_sentence.h"
#include "tests/ui/sample_house.h"

namespace sample {

inline app::RuleWords wordsOf(const app::Snapshot& s) {
  std::vector<learners::Label> labels;
  for (const app::LabelCard& c : s.cards) {
    labels.push_back(c.label);
  }
  std::vector<sensors::SourceInfo> infos;
  for (const app::SourceView& v : s.sources) {
    infos.push_back(v.info);
  }
  app::RuleWords words = app::ruleWords(labels, infos, s.nodes);
  words.devices = {"This computer", "NUC", "Attic Pi"};
  return words;
}

inline app::RuleView ruleView(std::int64_t id, const app::Rule& rule, const app::RuleWords& words) {
  app::RuleView view{.id = id, .rule = rule};
  view.text = app::plainText(app::sentenceOf(rule, words));
  return view;
}

/// What the house's rules may speak of, and no rule yet.
inline app::RulesView noRules() {
  app::RulesView rules;
  rules.words = std::make_shared<app::RuleWords>(wordsOf(house()));
  return rules;
}

inline ui::Feed feed(std::optional<app::Answer> latest, app::RulesView rules) {
  ui::Feed feed = sample::feed(std::move(latest));
  const auto view = std::make_shared<const app::RulesView>(std::move(rules));
  feed.rules = {.view = [view] { return view; },
                .put = [](std::int64_t, const std::string&) {},
                .setEnabled = [](std::int64_t, bool) {},
                .remove = [](std::int64_t) {},
                .tryOut = [](std::int64_t) {},
                .letAct = [] {},
                .holdBack = [] {}};
  return feed;
}

inline app::RulesView withRules() {
  app::RulesView s = noRules();
  const app::RuleWords& words = *s.words;
  app::AutomationRule tea = *app::exampleAutomation(words);
  tea.also = {{.source = "hall/motion", .is = app::LevelCondition::Is::On}};
  app::AutomationRule lamp{
      .label = 3,
      .needs = app::AutomationRule::Needs::FairlySure,
      .dwell = std::chrono::seconds(10),
      .also = {{.source = "kitchen/plug", .is = app::LevelCondition::Is::AtLeast, .value = 1200}},
      .then = {.kind = app::Action::Kind::Publish, .target = "zigbee2mqtt/lamp/set", .value = "on"},
      .unsure = {},
      .noData = {.kind = app::Action::Kind::Publish,
                 .target = "zigbee2mqtt/lamp/set",
                 .value = "off"}};
  app::AutomationRule light{
      .label = 4,
      .then = {app::Action::Kind::AskParam, "kitchen", "led", "true"},
  };
  s.rules = {ruleView(1, tea, words), ruleView(2, lamp, words), ruleView(3, light, words),
                   ruleView(4, app::Assertion{.label = 2}, words),
                   ruleView(5,
                            app::Assertion{.kind = app::Assertion::Kind::NeverBoth,
                                           .label = 3,
                                           .other = 4,
                                           .time = {}},
                            words)};
  const app::Policy policy{
      .where = {.kind = app::PolicyClause::Kind::And,
                .parts = {{.kind = app::PolicyClause::Kind::InHouse},
                          {.kind = app::PolicyClause::Kind::AnswersMs, .value = 40}}}};
  app::RuleView where = ruleView(6, policy, words);
  where.inForce = true;
  where.devices = app::choose(
      policy,
      {{.id = "", .name = "This computer", .online = true, .inHouse = true, .load = 0.3},
       {.id = "nuc", .name = "NUC", .online = true, .inHouse = true, .answerMs = 18, .load = 0.12},
       {.id = "attic",
        .name = "Attic Pi",
        .online = true,
        .inHouse = true,
        .answerMs = 61,
        .load = 0.62}});
  s.rules.push_back(where);
  s.rules[0].holding = std::chrono::seconds(3);
  s.rules[0].lastDone = "11:02:11 say \"Kettle is on\"";
  s.rules[2].enabled = false;
  s.rules[3].violations = {
      {.span = {kNow - fromSeconds(700), kNow - fromSeconds(100)},
       .text = "Kettle lasted 12 min, from 10:42:11",
       .proposal = {}}};
  app::TrialView& trial = s.trial;
  trial.state = app::TrialView::State::Done;
  trial.rule = 2;
  trial.recordings = 12;
  trial.covered = std::chrono::seconds(260);
  trial.total = 11;
  for (int i = 0; i < 11; ++i) {
    trial.decisions.push_back({.at = kNow - fromSeconds(4000 - 300 * i),
                               .text = i == 3 ? "no data" : "Tap 9" + std::to_string(i % 9) + " %",
                               .action = "send \"on\" to zigbee2mqtt/lamp/set"});
  }
  return s;
}

/// The same as it looks on another computer.
inline app::RulesView withHeldRules() {
  app::RulesView s = withRules();
  for (app::RuleView& rule : s.rules) {
    rule.held = rule.rule && app::sends(*rule.rule);
  }
  s.trial = {};
  return s;
}

}  // namespace sample
