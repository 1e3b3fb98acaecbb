// The devices of this computer a project uses: added, changed, removed, looked for.

#include <algorithm>

#include "app/session_parts.h"
#include "hubs/topic_channel.h"

namespace app {

namespace {

/// The task as it looks at what is on `list`, where it names its sources one by one.
TaskSettings taskFor(const TaskSettings& task, const std::vector<sensors::LocalSource>& before,
                     const std::vector<sensors::LocalSource>& after,
                     const std::vector<sensors::SourceInfo>& known) {
  const auto isOn = [](const std::vector<sensors::LocalSource>& list, const std::string& id) {
    return std::any_of(list.begin(), list.end(), [&](const auto& l) { return l.id == id; });
  };
  TaskSettings all = task;
  all.frames.clear();
  TaskSettings changed = task;
  for (const sensors::FrameSpec& spec : frameSpecsFor(all, known)) {
    const bool isSeen = std::any_of(changed.frames.begin(), changed.frames.end(),
                                    [&](const auto& f) { return f.source == spec.source; });
    const bool came = !isOn(before, spec.source) && isOn(after, spec.source);
    const bool left = isOn(before, spec.source) && !isOn(after, spec.source);
    if (left && changed.frames.empty()) changed.frames = frameSpecsFor(all, known);
    if (left) std::erase_if(changed.frames, [&](const auto& f) { return f.source == spec.source; });
    if (came && !changed.frames.empty() && !isSeen) changed.frames.push_back(spec);
  }
  return changed;
}

}  // namespace

std::vector<sensors::LocalSource> Session::Impl::localList() const {
  const auto kept = store->meta(kLocalSourcesKey);
  auto list = localSourcesFrom(kept ? *kept : std::string());
  return list ? *std::move(list) : std::vector<sensors::LocalSource>();
}

void Session::Impl::changeLocals(std::vector<sensors::LocalSource> after, const std::string& text) {
  const std::vector<sensors::LocalSource> before = localList();
  const auto known = store->sources();
  if (!known) return notice(NoticeView::Kind::Error, known.error().message);
  ChangeLocal edit{.before = before, .after = after};
  for (TaskDesk* of : desksAtWork()) {
    edit.tasksBefore.push_back(of->settings());
    edit.tasksAfter.push_back(taskFor(edit.tasksBefore.back(), before, after, *known));
  }
  const auto done = teaching->edits().perform({edit, text});
  if (!done) return notice(NoticeView::Kind::Error, done.error().message);
  trustLocals(before, after);
  followLocals();
  for (TaskDesk* of : desksAtWork()) of->lessons().taskChanged();
  changed();
}

void Session::Impl::loginChanged(const std::string& broker) {
  director->post([this, broker] {
    locals->startAnew([&](const sensors::LocalSource& source) {
      const auto channel = hubs::topicChannelOf(source);
      const auto own = channel ? hubs::parseBrokerUrl(channel->broker)
                               : base::Result<hubs::MqttOptions>(channel.error());
      return own && hubs::brokerUrl(*own) == broker;
    });
    changed();
  });
}

void Session::addLocal(const sensors::LocalSource& source) {
  impl_->director->post([impl = impl_.get(), source] {
    sensors::LocalSource added = source;
    const auto kind = impl->registry.localKinds.find(source.kind);
    if (kind != impl->registry.localKinds.end() && kind->second.accept) {
      auto device = kind->second.accept(source.device);
      if (!device) return impl->notice(NoticeView::Kind::Warning, device.error().message);
      added.device = *std::move(device);
      if (added.name.empty()) added.name = kind->second.title;
    }
    auto list = withLocalSource(impl->localList(), std::move(added));
    if (!list) return impl->notice(NoticeView::Kind::Warning, list.error().message);
    const std::string name = list->back().name;
    impl->changeLocals(*std::move(list), name + " added");
  });
}

void Session::changeLocal(const sensors::LocalSource& source) {
  impl_->director->post([impl = impl_.get(), source] {
    auto list = impl->localList();
    for (sensors::LocalSource& kept : list) {
      if (kept.id != source.id || kept == source) continue;
      const bool renamed = kept.name != source.name;
      const std::string text =
          renamed ? kept.name + " is now " + source.name : source.name + " set otherwise";
      kept.name = source.name;
      kept.params = source.params;
      return impl->changeLocals(list, text);
    }
  });
}

void Session::removeLocal(const std::string& id) {
  impl_->director->post([impl = impl_.get(), id] {
    auto list = impl->localList();
    const auto found =
        std::find_if(list.begin(), list.end(), [&](const auto& l) { return l.id == id; });
    if (found == list.end()) return;
    const std::string name = found->name;
    list.erase(found);
    impl->changeLocals(std::move(list), name + " removed");
  });
}

void Session::lookFor(const std::string& kind) {
  impl_->director->post([impl = impl_.get(), kind] { impl->locals->look(kind); });
}

LocalSearch Session::localSearch() const { return impl_->locals->search(); }

}  // namespace app
