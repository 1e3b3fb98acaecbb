// Settings on trial: asked for, and back by themselves unless somebody keeps them. The clock is the
// session's; what is open is in the project before the device is asked, so that nothing that
// nobody kept outlives this program.

#include <algorithm>

#include "app/session_parts.h"

namespace app {

namespace {

constexpr const char* kKey = "settings on trial";

const hubs::NodeView* find(const std::vector<hubs::NodeView>& nodes, const std::string& id) {
  const auto found = std::find_if(nodes.begin(), nodes.end(),
                                  [&](const hubs::NodeView& n) { return n.device.id == id; });
  return found == nodes.end() ? nullptr : &*found;
}

}  // namespace

/// What ended without being kept while the program was away goes back before any device is told.
base::Result<void> Session::Impl::endFormerTrials(
    std::map<std::string, ProjectStore::DeviceSettings>& settings) {
  const auto text = store->meta(kKey);
  if (!text) return text.error();
  if (text->empty()) return {};
  const auto former = settingTrialsFrom(*text);
  if (!former) {
    if (auto cleared = store->setMeta(kKey, {}); !cleared) return cleared;
    return former.error();
  }
  for (const SettingTrial& one : *former) {
    ProjectStore::DeviceSettings& device = settings[one.node];
    // The device may have been asked just before the end: beyond that version, whichever it was.
    device.version += 2;
    if (one.before) {
      device.desired[one.param] = *one.before;
    } else {
      device.desired.erase(one.param);
    }
    if (auto kept = store->setDeviceSettings(one.node, device); !kept) return kept;
  }
  return store->setMeta(kKey, {});
}

void Session::Impl::saveTrials() {
  std::vector<SettingTrial> running;
  std::copy_if(trials.all().begin(), trials.all().end(), std::back_inserter(running),
               [](const SettingTrial& t) { return t.state == SettingTrial::State::Running; });
  report(store->setMeta(kKey, running.empty() ? std::string() : toJson(running)));
}

void Session::Impl::sendBack(const SettingTrial& one) {
  report(one.before ? nodes->ask(one.node, one.param, *one.before)
                    : nodes->forget(one.node, one.param));
  rememberDevice(one.node);
  const auto all = nodes->nodes();
  const hubs::NodeView* node = find(all, one.node);
  if (!node || !node->device.online) {
    const std::string name =
        node && !node->device.about.name.empty() ? node->device.about.name : one.node;
    notice(NoticeView::Kind::Warning,
           name + " is away. Its " + one.param + " goes back as soon as it is there again.");
  }
}

void Session::Impl::tickTrials() {
  const auto over = trials.due(clock.now());
  for (const SettingTrial& one : over) sendBack(one);
  if (!over.empty()) saveTrials();
  // A device that answered is back, or says itself why not.
  std::vector<SettingTrial> ended;
  const auto all = trials.all().empty() ? std::vector<hubs::NodeView>() : nodes->nodes();
  for (const SettingTrial& one : trials.all()) {
    if (one.state != SettingTrial::State::GoingBack) continue;
    const hubs::NodeView* node = find(all, one.node);
    if (!node || !node->device.online) continue;
    const auto status = node->params.find(one.param);
    const bool waits =
        status != node->params.end() && status->second.state == hubs::ParamState::Waiting;
    if (!waits) ended.push_back(one);
  }
  for (const SettingTrial& one : ended) trials.end(one.node, one.param);
  if (!over.empty() || !ended.empty()) changed();
}

void Session::Impl::endTrial(const std::string& node, const std::string& param) {
  if (const auto one = trials.goBack(node, param)) sendBack(*one);
  saveTrials();
  changed();
}

void Session::tryParam(const std::string& node, const std::string& param,
                       const base::ParamValue& value) {
  impl_->director->post([impl = impl_.get(), node, param, value] {
    const auto all = impl->nodes->nodes();
    const hubs::NodeView* view = find(all, node);
    if (!view) {
      return impl->notice(NoticeView::Kind::Warning, "There is no node called " + node + ".");
    }
    SettingTrial trial{.node = node,
                       .param = param,
                       .tried = value,
                       .until = impl->clock.now() + SettingTrials::kLength};
    if (const auto status = view->params.find(param); status != view->params.end()) {
      trial.before = status->second.asked ? status->second.asked : status->second.reported;
    }
    // What it goes back to may be asked for at the next start as well.
    if (trial.before) impl->allow({settingDeed(node, param, *trial.before)});
    const base::Time until = trial.until;
    if (const auto started = impl->trials.start(std::move(trial)); !started) {
      return impl->report(started);
    }
    impl->saveTrials();
    if (const auto asked = impl->nodes->ask(node, param, value); !asked) {
      impl->trials.end(node, param);
      impl->saveTrials();
      return impl->report(asked);
    }
    impl->rememberDevice(node);
    impl->director->postAt(until, [impl] { impl->tickTrials(); });
    impl->changed();
  });
}

void Session::keepTrial(const std::string& node, const std::string& param) {
  impl_->director->post([impl = impl_.get(), node, param] {
    const auto running = std::any_of(
        impl->trials.all().begin(), impl->trials.all().end(), [&](const SettingTrial& t) {
          return t.node == node && t.param == param && t.state == SettingTrial::State::Running;
        });
    if (!running) return;
    const auto trial = impl->trials.end(node, param);
    impl->saveTrials();
    const auto kept = impl->teaching->edits().keep(
        {AskParam{.node = node, .param = param, .before = trial->before, .after = trial->tried},
         param + " set to " + base::toText(trial->tried)});
    if (!kept) impl->notice(NoticeView::Kind::Error, kept.error().message);
    impl->changed();
  });
}

void Session::endTrial(const std::string& node, const std::string& param) {
  impl_->director->post([impl = impl_.get(), node, param] { impl->endTrial(node, param); });
}

}  // namespace app
