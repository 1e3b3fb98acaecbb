// What a project may do on this computer unasked: what it may is done, what it may not is held until
// a person lets it.

#include <algorithm>

#include "app/project/rule_list.h"
#include "app/session_parts.h"

namespace app {

namespace {

HeldThing::Kind kindOf(const sensors::LocalSource& local) {
  if (local.kind == "microphone") return HeldThing::Kind::Listen;
  return local.kind == "camera" ? HeldThing::Kind::Watch : HeldThing::Kind::Use;
}

std::vector<Deed> deedsOf(const std::vector<sensors::LocalSource>& list) {
  std::vector<Deed> deeds;
  for (const sensors::LocalSource& local : list) deeds.push_back(deedOf(local));
  return deeds;
}

std::vector<Deed> deedsOf(const std::string& node,
                          const std::map<std::string, base::ParamValue>& desired) {
  std::vector<Deed> deeds;
  for (const auto& [param, value] : desired) deeds.push_back(settingDeed(node, param, value));
  return deeds;
}

bool isIn(const std::vector<Deed>& deeds, const Deed& deed) {
  return std::find(deeds.begin(), deeds.end(), deed) != deeds.end();
}

}  // namespace

void Session::Impl::allow(const std::vector<Deed>& deeds) { report(trust->allow(trustId, deeds)); }

/// `before` became `after` at a person's hand. What is new was wanted here, unless it was made of
/// something that is held; what left is not to come back from elsewhere.
void Session::Impl::trustLocals(const std::vector<sensors::LocalSource>& before,
                                const std::vector<sensors::LocalSource>& after) {
  const Trust::Allowed may = trust->allowed(trustId);
  std::vector<Deed> wanted;
  for (const sensors::LocalSource& local : after) {
    const auto former = std::find_if(before.begin(), before.end(),
                                     [&](const auto& b) { return b.id == local.id; });
    const bool isHeld = former != before.end() && !may(deedOf(*former));
    if (!isHeld) wanted.push_back(deedOf(local));
  }
  std::vector<Deed> ended;
  for (const Deed& deed : deedsOf(before)) {
    if (!isIn(deedsOf(after), deed)) ended.push_back(deed);
  }
  report(trust->revoke(trustId, ended));
  allow(wanted);
}

/// A step was taken back or done again: only what this session knows comes back by itself.
void Session::Impl::trustLocalsAgain(const std::vector<sensors::LocalSource>& before,
                                     const std::vector<sensors::LocalSource>& after) {
  std::vector<Deed> ended;
  for (const Deed& deed : deedsOf(before)) {
    if (!isIn(deedsOf(after), deed)) ended.push_back(deed);
  }
  report(trust->revoke(trustId, ended));
  report(trust->allowAgain(trustId, deedsOf(after)));
}

void Session::Impl::trustRuleAgain(const std::optional<RuleRow>& before,
                                   const std::optional<RuleRow>& after) {
  const auto from = before ? deedOf(*before) : std::nullopt;
  const auto to = after ? deedOf(*after) : std::nullopt;
  if (from) report(trust->revoke(trustId, {*from}));
  if (to) report(trust->allowAgain(trustId, {*to}));
}

void Session::Impl::followLocals() {
  const std::vector<sensors::LocalSource> list = localList();
  const Trust::Allowed may = trust->allowed(trustId);
  std::set<std::string> waiting;
  for (const sensors::LocalSource& local : list) {
    if (!may(deedOf(local))) waiting.insert(local.id);
  }
  locals->follow(list, waiting);
  reviewHeld();
}

/// Asks the nodes for what was asked of them before, as far as that was asked here.
void Session::Impl::restoreSettings() {
  auto settings = store->deviceSettings();
  if (!settings) return report(settings.error());
  report(endFormerTrials(*settings));
  const Trust::Allowed may = trust->allowed(trustId);
  for (const auto& [node, kept] : *settings) {
    std::map<std::string, base::ParamValue> desired = kept.desired;
    std::erase_if(desired, [&, &id = node](const auto& setting) {
      return !may(settingDeed(id, setting.first, setting.second));
    });
    if (!desired.empty() || kept.desired.empty()) nodes->restore(node, kept.version, desired);
  }
}

/// Keeps what the node is asked for now; what is held of it stays in the project.
void Session::Impl::rememberDevice(const std::string& node) {
  const auto settings = store->deviceSettings();
  if (!settings) return report(settings.error());
  const Trust::Allowed may = trust->allowed(trustId);
  for (const hubs::NodeView& view : nodes->nodes()) {
    if (view.device.id != node) continue;
    ProjectStore::DeviceSettings now{view.desiredVersion, view.desired};
    if (const auto kept = settings->find(node); kept != settings->end()) {
      for (const auto& [param, value] : kept->second.desired) {
        if (!may(settingDeed(node, param, value))) now.desired.try_emplace(param, value);
      }
      now.version = std::max(now.version, kept->second.version);
    }
    allow(deedsOf(node, view.desired));
    report(store->setDeviceSettings(node, now));
  }
  reviewHeld();
}

/// A step about a setting was taken back or done again. The list of steps is part of the file: what
/// was never asked here waits as well.
void Session::Impl::askAgain(const AskParam& edit, bool forward) {
  const auto wanted = forward ? std::optional(edit.after) : edit.before;
  if (wanted && !trust->allowed(trustId)(settingDeed(edit.node, edit.param, *wanted))) {
    const auto settings = store->deviceSettings();
    if (!settings) return report(settings.error());
    ProjectStore::DeviceSettings now;
    if (const auto kept = settings->find(edit.node); kept != settings->end()) now = kept->second;
    now.desired[edit.param] = *wanted;
    report(store->setDeviceSettings(edit.node, now));
    return reviewHeld();
  }
  report(wanted ? nodes->ask(edit.node, edit.param, *wanted)
                : nodes->forget(edit.node, edit.param));
  rememberDevice(edit.node);
}

bool Session::Impl::mayWorkOn(const std::string& worker) const {
  return trust->allowed(trustId)(workerDeed(worker));
}

std::set<std::string> Session::Impl::workersOfTasks() const {
  std::set<std::string> all;
  const auto tasks = store->tasks();
  for (const TaskSettings& task : tasks ? *tasks : std::vector<TaskSettings>()) {
    all.insert({task.trainOn, task.serveOn});
  }
  all.erase(std::string());
  all.erase(kHere);
  return all;
}

void Session::Impl::reviewHeld() {
  const Trust::Allowed may = trust->allowed(trustId);
  held = {.isProject = !may(answersDeed())};
  for (const sensors::LocalSource& local : localList()) {
    if (!may(deedOf(local))) held.things.push_back({kindOf(local), local.name, local.device});
  }
  if (const auto settings = store->deviceSettings()) {
    for (const auto& [node, kept] : *settings) {
      for (const auto& [param, value] : kept.desired) {
        if (may(settingDeed(node, param, value))) continue;
        held.things.push_back({HeldThing::Kind::Set, node, param + " = " + base::toText(value)});
      }
    }
  }
  for (const std::string& worker : workersOfTasks()) {
    if (!may(workerDeed(worker))) held.things.push_back({HeldThing::Kind::Work, worker});
  }
  // Nobody else listens at a broker of our own.
  mayTell = privateBroker || may(answersDeed());
  if (!mayTell) held.things.push_back({HeldThing::Kind::Tell});
}

Held Session::Impl::heldNow() const {
  Held all = held;
  if (heldRules.byPerson) return all;  // the page Rules says so
  for (const RuleView& rule : desk->view().rules) {
    if (rule.held && rule.enabled) all.things.push_back({HeldThing::Kind::Follow, rule.text});
  }
  return all;
}

void Session::Impl::letProject() {
  std::vector<Deed> deeds = deedsOf(localList());
  deeds.push_back(answersDeed());
  for (const std::string& worker : workersOfTasks()) deeds.push_back(workerDeed(worker));
  const auto kept = store->deviceSettings();
  if (!kept) return report(kept.error());
  const Trust::Allowed former = trust->allowed(trustId);
  for (const auto& [node, device] : *kept) {
    for (const Deed& deed : deedsOf(node, device.desired)) deeds.push_back(deed);
  }
  allow(deeds);
  for (const auto& [node, device] : *kept) {
    const auto asked = deedsOf(node, device.desired);
    if (std::all_of(asked.begin(), asked.end(), former)) continue;
    // A node ignores a version it has seen, and it may have seen this one without what was held.
    std::int64_t version = device.version;
    for (const hubs::NodeView& view : nodes->nodes()) {
      if (view.device.id == node) version = std::max(version, view.desiredVersion);
    }
    nodes->restore(node, version + 1, device.desired);
    report(store->setDeviceSettings(node, {version + 1, device.desired}));
  }
  if (const auto rows = rulesOf(*store); rows && !heldRules.byPerson) {
    report(trust->allowRules(trustId, *rows));
  }
  followLocals();
  reloadRules();
  for (TaskDesk* of : desksAtWork()) {
    if (!of->settings().serveOn.empty()) of->serveAnew();
  }
  changed();
}

void Session::letProject() {
  impl_->director->post([impl = impl_.get()] { impl->letProject(); });
}

}  // namespace app
