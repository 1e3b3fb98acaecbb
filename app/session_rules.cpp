// Rules in a session: their edits, what they do, and trying one on what was recorded.

#include <algorithm>
#include <map>

#include "app/automation_sentence.h"
#include "app/project/rule_list.h"
#include "app/rule_trial.h"
#include "app/session_parts.h"
#include "hubs/bus.h"

namespace app {

namespace {

constexpr auto kCheckEvery = std::chrono::seconds(1);
constexpr base::Duration kSaidReach = std::chrono::hours(24);

}  // namespace

RuleDesk::Outside Session::Impl::ruleOutside() {
  return {.act = [this](const Action& action) { return actOnRule(action); },
          .record =
              [this](const DecisionRow& row) {
                director->post([this, row] {
                  decisions.push_back(row);
                  changed();
                });
              },
          .warn =
              [this](const std::string& sentence) {
                director->post([this, sentence] {
                  notice(NoticeView::Kind::Warning,
                         "There are no data, so this rule waits: " + sentence);
                });
              }};
}

/// On the thread of the answer: a message leaves at once; what belongs to the director follows.
base::Result<void> Session::Impl::actOnRule(const Action& action) {
  switch (action.kind) {
    case Action::Kind::Nothing:
      break;
    case Action::Kind::Announce:
      director->post([this, text = action.value] { notice(NoticeView::Kind::Info, text); });
      break;
    case Action::Kind::Publish:
      if (const auto refusal = refusalOf(action.target)) {
        return base::invalid("Not sent: " + action.target + " is not " + *refusal + ".");
      }
      return bus->publish({.topic = action.target,
                           .payload = hubs::toBytes(action.value),
                           .delivery = hubs::Delivery::AtLeastOnce});
    case Action::Kind::AskParam: {
      const auto words = ruleWordsNow();
      const RuleWords::Setting* setting = words->setting(action.target, action.param);
      if (!setting) {
        return base::Error{base::ErrorCode::NotFound,
                           action.target + " has no setting " + action.param + " now."};
      }
      const auto value = base::parsed(setting->spec, action.value);
      if (!value) return value.error();
      director->post([this, node = action.target, param = action.param, value = *value] {
        for (const hubs::NodeView& view : nodes->nodes()) {
          const auto wanted = view.desired.find(param);
          const bool isAsked = view.device.id == node && wanted != view.desired.end() &&
                               base::sameValue(wanted->second, value);
          if (isAsked) return;
        }
        report(nodes->ask(node, param, value));
        rememberDevice(node);
        changed();
      });
      break;
    }
  }
  return {};
}

std::shared_ptr<const RuleWords> Session::Impl::ruleWordsNow() const {
  std::lock_guard lock(mutex);
  return rulesShown->words;
}

/// Names that several tasks have are told apart by the task's.
std::vector<learners::Label> Session::Impl::labelsOfAllTasks() const {
  std::vector<learners::Label> all;
  std::map<std::string, int> count;
  for (const TaskDesk* of : desksAtWork()) {
    for (const learners::Label& label : of->teaching().labels()) {
      all.push_back(label);
      ++count[label.name];
    }
  }
  for (learners::Label& label : all) {
    const TaskDesk* of = taskDesk(label.task);
    const std::string task = of ? of->settings().name : std::string();
    if (count[label.name] > 1 && !task.empty()) label.name += " (" + task + ")";
  }
  return all;
}

std::vector<LabelStretch> Session::Impl::saidStretches() const {
  const base::Time since = clock.now() - kSaidReach;
  std::vector<LabelStretch> said;
  for (const TaskDesk* of : desksAtWork()) {
    for (const learners::Demonstration& d : of->teaching().examples()) {
      if (d.span.isEmpty() || d.span.end < since) continue;
      said.push_back({.label = d.label, .span = d.span, .by = LabelStretch::By::Person});
    }
  }
  return said;
}

void Session::Impl::reloadRules() {
  const auto rows = rulesOf(*store);
  if (!rows) return notice(NoticeView::Kind::Error, rows.error().message);
  heldRules = trust->heldRules(trustId, *rows);
  readPolicy(*rows);
  base::Duration hop{0};
  for (const TaskDesk* of : desksAtWork()) hop = std::max(hop, of->settings().window.hop);
  desk->setRules(*rows, hop, heldRules.rules);
  rulesCheckedAt = {};
}

void Session::Impl::tickRules() {
  desk->elapse();
  const base::Time now = clock.now();
  if (now - rulesCheckedAt < kCheckEvery) return;
  rulesCheckedAt = now;
  desk->check(saidStretches());
  if (decisions.empty()) return;
  report(addDecisions(*store, decisions));
  decisions.clear();
}

void Session::Impl::showRules(const Snapshot& made) {
  std::vector<sensors::SourceInfo> infos;
  for (const SourceView& source : made.sources) infos.push_back(source.info);
  auto named = ruleWords(labelsOfAllTasks(), infos, made.nodes);
  const std::vector<DeviceFacts> devices = devicesNow();
  for (const DeviceFacts& device : devices) named.devices.push_back(device.name);
  auto words = std::make_shared<const RuleWords>(std::move(named));
  desk->setWords(words);
  auto view = std::make_shared<RulesView>(desk->view());
  view->words = std::move(words);
  view->trial = trial;
  for (RuleView& rule : view->rules) {
    const auto* wanted = rule.rule ? std::get_if<Policy>(&*rule.rule) : nullptr;
    if (wanted) rule.devices = choose(*wanted, devices);
    rule.inForce = rule.id == policyRule;
  }
  view->heldByPerson = heldRules.byPerson;
  std::lock_guard lock(mutex);
  rulesShown = std::move(view);
}

void Session::Impl::changeRule(std::optional<RuleRow> before, std::optional<RuleRow> after,
                               const std::string& text) {
  const auto done = edits->inTransaction([&]() -> base::Result<void> {
    if (after && after->id == 0) {  // a new one: the edit has to know its number
      const auto id = app::putRule(*store, *after);
      if (!id) return id.error();
      RuleRow numbered = *after;
      numbered.id = *id;
      const auto kept = edits->keep({ChangeRule{before, numbered}, text});
      return kept ? base::Result<void>() : kept.error();
    }
    const auto performed = edits->perform({ChangeRule{before, after}, text});
    return performed ? base::Result<void>() : performed.error();
  });
  if (!done) return notice(NoticeView::Kind::Error, done.error().message);
  reloadRules();
  changed();
}

std::optional<RuleRow> Session::Impl::ruleRow(std::int64_t id) {
  const auto rows = rulesOf(*store);
  if (!rows) {
    report(rows.error());
    return std::nullopt;
  }
  const auto found =
      std::find_if(rows->begin(), rows->end(), [id](const RuleRow& r) { return r.id == id; });
  return found == rows->end() ? std::nullopt : std::optional(*found);
}

void Session::Impl::startTrial(const Rule& rule, std::int64_t id) {
  if (trialRunning) {  // ends at its next recording; the newest is what the person wants to see
    trialThread.request_stop();
    trialWaiting.emplace(rule, id);
    return;
  }
  trialRunning = true;
  const auto* automation = std::get_if<AutomationRule>(&rule);
  TaskDesk& of = automation ? deskOf(automation->label) : *front;
  const TaskSettings settings =
      of.watched().empty() ? of.settings() : withFrames(of.settings(), of.watched());
  const auto words = ruleWordsNow();
  trial = {.state = TrialView::State::Running,
           .rule = id,
           .text = plainText(sentenceOf(rule, *words))};
  trialThread = std::jthread([this, rule, id, settings, words,
                              ensemble = of.lessons().serving()](std::stop_token stop) {
    TrialView view = app::tryRule(rule,
                             {.store = *store,
                              .builder = *builder,
                              .ensemble = ensemble,
                              .settings = settings,
                              .words = words},
                             stop);
    view.rule = id;
    director->post([this, view = std::move(view)] {
      trialRunning = false;
      trial = view;
      if (const auto next = std::exchange(trialWaiting, std::nullopt)) {
        startTrial(next->first, next->second);
      }
      changed();
    });
  });
  changed();
}

std::shared_ptr<const RulesView> Session::rules() const {
  std::lock_guard lock(impl_->mutex);
  return impl_->rulesShown;
}

void Session::putRule(std::int64_t id, const std::string& sentence) {
  impl_->director->post([impl = impl_.get(), id, sentence] {
    const auto words = impl->ruleWordsNow();
    const auto read = readRule(sentence, *words);
    if (!read.value) {
      return impl->notice(NoticeView::Kind::Warning,
                          "The rule was not understood and is not kept: " + sentence);
    }
    std::optional<RuleRow> before;
    if (id != 0) {
      before = impl->ruleRow(id);
      if (!before) return;
    }
    RuleRow after = rowOf(*read.value, *words);
    after.id = id;
    after.enabled = !before || before->enabled;
    // One that is held stays so however it is changed: its topic may be all that matters.
    const auto deed = deedOf(after);
    if (deed && !impl->heldRules.rules.contains(id)) impl->allow({*deed});
    impl->changeRule(before, after, (before ? "Rule changed: " : "Rule added: ") + after.text);
  });
}

void Session::setRuleEnabled(std::int64_t id, bool enabled) {
  impl_->director->post([impl = impl_.get(), id, enabled] {
    const auto before = impl->ruleRow(id);
    if (!before || before->enabled == enabled) return;
    RuleRow after = *before;
    after.enabled = enabled;
    impl->trustSwitch(*before, after);
    impl->changeRule(before, after, (enabled ? "Rule on: " : "Rule off: ") + before->text);
  });
}

void Session::removeRule(std::int64_t id) {
  impl_->director->post([impl = impl_.get(), id] {
    if (const auto before = impl->ruleRow(id)) {
      if (const auto deed = deedOf(*before)) {
        impl->report(impl->trust->revoke(impl->trustId, {*deed}));
      }
      impl->changeRule(before, std::nullopt, "Rule removed: " + before->text);
    }
  });
}

/// A rule that acts here goes on doing so when a person switches it; one that was switched off here
/// is another one where it is switched on elsewhere.
void Session::Impl::trustSwitch(const RuleRow& before, const RuleRow& after) {
  const auto from = deedOf(before);
  const auto to = deedOf(after);
  if (!from || !to || heldRules.rules.contains(before.id)) return;
  report(trust->revoke(trustId, {*from}));
  allow({*to});
}

void Session::Impl::changeTrust(bool mayAct) {
  const auto rows = rulesOf(*store);
  if (!rows) return report(rows.error());
  report(mayAct ? trust->allowRules(trustId, *rows) : trust->holdRulesBack(trustId));
  reloadRules();
  changed();
}

void Session::letRulesAct() {
  impl_->director->post([impl = impl_.get()] { impl->changeTrust(true); });
}

void Session::holdRulesBack() {
  impl_->director->post([impl = impl_.get()] { impl->changeTrust(false); });
}

void Session::tryRule(std::int64_t id) {
  impl_->director->post([impl = impl_.get(), id] {
    const auto row = impl->ruleRow(id);
    if (!row) return;
    const auto rule = ruleFrom(*row);
    if (!rule) return impl->report(rule.error());
    impl->startTrial(*rule, id);
  });
}

}  // namespace app
