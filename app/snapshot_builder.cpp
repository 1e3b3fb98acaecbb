// How a Session's snapshot is put together. Runs on the session's thread.

#include <algorithm>
#include <sys/resource.h>
#include <thread>

#include "app/session_parts.h"
#include "hubs/topic_channel.h"

namespace app {

namespace {

constexpr std::size_t kThumbnailColumns = 48;
constexpr auto kSilentAfter = std::chrono::seconds(2);

double processorSeconds() {
  rusage use{};
  getrusage(RUSAGE_SELF, &use);
  const auto seconds = [](const timeval& t) {
    return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) * 1e-6;
  };
  return seconds(use.ru_utime) + seconds(use.ru_stime);
}

/// A device of this computer that is no longer on the project's list.
bool isForeignLocal(const std::string& id, const std::vector<sensors::LocalSource>& list) {
  return id.starts_with(std::string(sensors::kLocalNode) + "/") &&
         std::none_of(list.begin(), list.end(),
                      [&](const sensors::LocalSource& l) { return l.id == id; });
}

bool isTopic(const std::string& id, const std::vector<sensors::LocalSource>& list) {
  return std::any_of(list.begin(), list.end(), [&](const sensors::LocalSource& l) {
    return l.id == id && l.kind == hubs::kTopicKind;
  });
}

}  // namespace

Example Session::Impl::example(const learners::Demonstration& demonstration) {
  const auto kept = thumbnails.find(demonstration.id);
  if (kept != thumbnails.end() && kept->second.first == demonstration.span) {
    Example same = kept->second.second;
    same.demonstration = demonstration;
    return same;
  }
  Example made{.demonstration = demonstration};
  std::vector<std::vector<sensors::BlockPtr>> bySource;
  if (const auto ids = store->sourcesOf(demonstration.recording)) {
    for (const std::string& id : *ids) {
      if (auto blocks = store->readBlocks(demonstration.recording, id, demonstration.span)) {
        bySource.push_back(*std::move(blocks));
      }
    }
  }
  made.thumbnail =
      liveliest(bySource, demonstration.span, kThumbnailColumns, made.thumbnailChannel);
  thumbnails[demonstration.id] = {demonstration.span, made};
  return made;
}

std::vector<LabelCard> Session::Impl::cards() {
  std::vector<LabelCard> all;
  for (const learners::Label& label : teaching->labels()) {
    LabelCard card{.label = label};
    for (const auto& demonstration : teaching->examples()) {
      if (demonstration.label != label.id || demonstration.span.isEmpty()) continue;
      card.examples.push_back(example(demonstration));
      if (demonstration.enabled) {
        ++card.enabled;
        card.seconds += base::toSeconds(demonstration.span.length());
      }
    }
    all.push_back(std::move(card));
  }
  return all;
}

std::vector<SourceView> Session::Impl::sourceViews() {
  const base::Time now = clock.now();
  const TaskSettings settings = taskSettings();
  const std::vector<sensors::LocalSource> local = localList();
  std::vector<sensors::SourceInfo> infos;
  for (const auto& stream : sources.list()) infos.push_back(*stream->info());
  const std::vector<sensors::FrameSpec> specs = frameSpecsFor(settings, infos);
  const auto flagged = flags.open(now);
  const bool anyFlag = !flags.all().empty();
  std::vector<SourceView> views;
  for (const auto& stream : sources.list()) {
    SourceView view{.info = *stream->info(), .counts = stream->counts()};
    if (isForeignLocal(view.info.id, local)) continue;
    view.age =
        view.counts.lastArrival.ns > 0 ? now - view.counts.lastArrival : base::Duration::max();
    view.rowsPerSecond = rates.contains(view.info.id) ? rates.at(view.info.id) : 0;
    const base::Duration period =
        view.info.rate > 0 ? base::fromSeconds(3 / view.info.rate) : std::chrono::seconds(90);
    view.silent = frames->isAway(view.info.id) ||
                  view.age > std::max<base::Duration>(kSilentAfter, period);
    // A value of a topic is sent when it changes: a door may stand for days.
    if (isTopic(view.info.id, local)) view.silent = view.counts.blocks == 0;
    view.used = settings.frames.empty() ||
                std::any_of(settings.frames.begin(), settings.frames.end(),
                            [&](const sensors::FrameSpec& f) { return f.source == view.info.id; });
    for (const sensors::FrameSpec& spec : specs) {
      if (spec.source == view.info.id) view.extractor = spec.extractor;
    }
    if (const auto flag = flagged.find(view.info.id); flag != flagged.end()) view.flag = flag->second;
    if (anyFlag) view.flaggedExamples = flaggedExamples(view.info.id, settings);
    views.push_back(std::move(view));
  }
  return views;
}

void Session::Impl::measure() {
  const base::Time now = clock.now();
  const double seconds = base::toSeconds(now - ratesAt);
  if (seconds < 1.9) return;
  std::uint64_t readings = 0;
  for (const auto& stream : sources.list()) {
    const auto info = stream->info();
    const sensors::StreamCounts counts = stream->counts();
    const std::uint64_t rows = counts.readings / std::max<std::size_t>(info->channels.size(), 1);
    auto& base = rateBase[info->id];
    if (ratesAt.ns > 0) rates[info->id] = static_cast<double>(rows - base.second) / seconds;
    base = {now, rows};
    readings += counts.readings;
  }
  const double processor = processorSeconds();
  if (ratesAt.ns > 0) {
    readingsPerSecond = static_cast<double>(readings - readingsBase) / seconds;
    processorShare = std::min(1.0, (processor - processorBase) / seconds /
                                       std::max(1U, std::thread::hardware_concurrency()));
  }
  readingsBase = readings;
  processorBase = processor;
  ratesAt = now;
}

void Session::Impl::chooseCheck() {
  if (!check->isWatched()) return;
  // While a model is made, what is shown of its task stays: checking would take the time training
  // needs.
  const ModelPhase phase = lessons->model().phase;
  const bool makes = phase == ModelPhase::Training || phase == ModelPhase::Updating;
  if (makes && checkedTask == front->id()) return;
  checkedTask = front->id();
  CheckSubject subject{.settings = withFrames(taskSettings(), front->watched())};
  if (const ModelView model = lessons->model(); model.version > 0) {
    subject.ensemble = lessons->serving();
    subject.version = model.version;
    subject.name = lessons->servingHash() + " " + teaching->fingerprint(subject.settings);
  }
  check->setSubject(std::move(subject));
}

void Session::Impl::buildSnapshot() {
  snapshotDue = false;
  chooseCheck();
  followPlaces();
  auto made = std::make_shared<Snapshot>();
  const auto name = store->meta("name");
  made->projectName = name && !name->empty() ? *name : store->file().stem().string();
  made->projectFile = options.project.string();
  made->readOnly = looksOnly();
  made->lookOnly = options.lookOnly;
  made->savedCopy = savedCopy;
  made->recovered = store->recoveredAfterCrash();
  made->savedAt = store->lastSaved();
  if (std::exchange(librarySavedAt, made->savedAt) != made->savedAt) library->refresh();
  made->link = bus->status();
  made->brokerText = privateBroker ? "private broker" : hubs::brokerUrl(brokerOptions);
  made->brokerWantsPassword = !brokerOptions.password.empty();
  made->site = options.site;
  made->recording = teaching->recording();
  made->cards = cards();
  made->model = lessons->model();
  made->lesson = lessons->lesson();
  made->sources = sourceViews();
  made->nodes = nodes->nodes();
  made->locals = locals->views();
  made->localKinds = locals->kinds();
  made->workers = workers->workers();
  made->task = taskSettings();
  for (TaskDesk* of : desksAtWork()) {
    const TaskSettings settings = of->settings();
    const ModelView model = of->lessons().model();
    const auto labels = of->teaching().labels();
    made->tasks.push_back({.id = of->id(),
                           .key = of->key(),
                           .name = settings.name,
                           .front = of == front,
                           .phase = model.phase,
                           .version = model.version,
                           .labels = static_cast<int>(std::count_if(
                               labels.begin(), labels.end(),
                               [](const learners::Label& l) { return !l.background; }))});
  }
  made->placement = placementView();
  made->places = places.all();
  made->trials = trials.all();
  made->latency = front->task().latency();
  showRules(*made);
  for (const SourceView& source : made->sources) {
    made->lostBlocks += source.counts.lostBlocks;
    made->bytesPerSecond +=
        source.rowsPerSecond * 4 * static_cast<double>(source.info.channels.size());
  }
  made->readingsPerSecond = readingsPerSecond;
  made->processorShare = processorShare;
  made->diskFree = store->diskFree();
  const auto onTrial = trials.newest();
  made->canUndo = onTrial || teaching->edits().canUndo();
  made->undoText = onTrial ? onTrial->param + " on trial" : teaching->edits().undoText();
  made->canRedo = teaching->edits().canRedo();
  made->redoText = teaching->edits().redoText();
  made->notices.assign(notices.begin(), notices.end());
  made->held = heldNow();
  std::function<void()> tell;
  {
    std::lock_guard lock(mutex);
    snapshot = std::move(made);
    tell = listener;
  }
  if (tell) tell();
}

}  // namespace app
