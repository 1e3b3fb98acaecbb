#include "app/session.h"

#include <algorithm>

#include "app/session_parts.h"
#include "sensors/base/log.h"

namespace app {

namespace {

using std::chrono::milliseconds;

constexpr auto kTick = milliseconds(250);
constexpr auto kSnapshotPause = milliseconds(40);
constexpr std::size_t kNotices = 50;

}  // namespace

void Session::Impl::changed() {
  director->post([this] {
    if (std::exchange(snapshotDue, true)) return;
    director->postAt(clock.now() + kSnapshotPause, [this] { buildSnapshot(); });
  });
}

void Session::Impl::followAway() {
  for (const hubs::NodeView& node : nodes->nodes()) {
    for (const hubs::StreamAbout& stream : node.device.about.streams) {
      frames->setAway(node.device.id + "/" + stream.id, !node.device.online);
    }
  }
}

void Session::Impl::tick() {
  const base::Time now = clock.now();
  for (const auto& child : children) {
    if (const auto alive = child->keepAlive(now); !alive)
      notice(NoticeView::Kind::Error, alive.error().message);
  }
  if (privateBroker && bus->status().state == hubs::LinkState::Lost)
    report(privateBroker->reviveIfDead());
  followAway();
  measure();
  tickTrials();
  choosePlaces();
  learnNorms();
  watchFlags();
  watchSkew();
  watchTrails();
  tickRules();
  changed();
  director->postAt(now + kTick, [this] { tick(); });
}

void Session::Impl::notice(NoticeView::Kind kind, const std::string& text) {
  if (text.empty()) return;
  const auto same =
      std::find_if(notices.begin(), notices.end(), [&](const auto& n) { return n.text == text; });
  if (same != notices.end()) {
    ++same->count;
    same->time = clock.now();
  } else {
    notices.push_back({.kind = kind, .text = text, .time = clock.now(), .id = nextNotice++});
    if (notices.size() > kNotices) notices.pop_front();
  }
  base::logLine(kind == NoticeView::Kind::Error ? base::LogLevel::Error : base::LogLevel::Warning,
                text);
  changed();
}

void Session::Impl::report(const base::Result<void>& result) {
  if (!result) notice(NoticeView::Kind::Error, result.error().message);
}

void Session::Impl::sourceDeclared(const std::shared_ptr<sensors::SourceStream>& stream) {
  traces->follow(stream);
  director->post([this, stream] {
    if (!looksOnly()) report(store->declareSource(*stream->info()));
    changed();
  });
}

TaskSettings Session::Impl::taskSettings() const {
  return front->settings();
}

void Session::Impl::changeTask(const std::function<void(TaskSettings&)>& change,
                               const std::string& text) {
  const TaskSettings before = taskSettings();
  TaskSettings after = before;
  change(after);
  const auto done = edits->perform({ChangeTask{before, after}, text});
  if (!done) return notice(NoticeView::Kind::Error, done.error().message);
  taskChanged(before, after);
  lessons->taskChanged();
}

void Session::Impl::taskChanged(const TaskSettings& one, const TaskSettings& other) {
  if (TaskDesk* of = taskDesk(other.id)) of->settingsChanged(one, other);
  if (one.window.hop != other.window.hop) reloadRules();
}

}  // namespace app
