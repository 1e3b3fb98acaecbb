// How each source was when something was taught with it, for the comparison with now; and where what
// is heard now falls among what was taught.

#include <algorithm>

#include "app/session_parts.h"
#include "sensors/base/log.h"

namespace app {

namespace {

constexpr std::size_t kExamples = 4;  ///< per source: enough to know how it usually is
constexpr auto kFlagsEvery = std::chrono::milliseconds(500);
constexpr auto kSaveFlagsEvery = std::chrono::seconds(30);
constexpr auto kSkewEvery = std::chrono::seconds(60);

}  // namespace

void Session::Impl::learnNorms() {
  const auto& examples = teaching->examples();
  if (examples.size() == normExamples) return;
  normExamples = examples.size();
  for (const auto& stream : sources.list()) {
    const std::string id = stream->info()->id;
    if (traces->hasNorm(id)) continue;
    std::vector<sensors::BlockPtr> blocks;
    std::size_t read = 0;
    for (const learners::Demonstration& example : examples) {
      if (!example.enabled || read == kExamples) continue;
      auto some = store->readBlocks(example.recording, id, example.span);
      if (!some || some->empty()) continue;
      blocks.insert(blocks.end(), some->begin(), some->end());
      ++read;
    }
    sensors::SourceNorm norm = sensors::normOf(blocks);
    if (!norm.channels.empty()) traces->setNorm(id, std::move(norm));
  }
}

void Session::Impl::watchFlags() {
  const base::Time now = clock.now();
  if (now - flagsHeardAt < kFlagsEvery) return;
  flagsHeardAt = now;
  for (const auto& stream : sources.list()) {
    const auto info = stream->info();
    flags.hear(info->id, flagFilter.pass(*info, traces->quality(info->id, now).findings, now), now);
  }
  // What goes on is written now and then as well: it must not be forgotten in a crash.
  const bool goesOn = now - flagsSavedAt > kSaveFlagsEvery && !flags.open(now).empty();
  if (flags.unsaved() || goesOn) {
    flagsSavedAt = now;
    report(setFlags(*store, flags.all()));
  }
}

int Session::Impl::flaggedExamples(const std::string& source, const TaskSettings& settings) const {
  const auto choice = settings.choices.find(source);
  if (choice != settings.choices.end() && choice->second.learnFlagged) return 0;
  int touched = 0;
  const std::vector<Flag> all = flags.all();
  for (const learners::Demonstration& example : teaching->examples()) {
    touched += example.enabled && std::any_of(all.begin(), all.end(), [&](const Flag& flag) {
                 return flag.source == source && flag.span.overlaps(example.span);
               })
                   ? 1
                   : 0;
  }
  return touched;
}

/// The examples are built once per state of them, on the thread `past`; what was framed for training
/// is remembered by the builder.
void Session::Impl::watchSkew() {
  const base::Time now = clock.now();
  if (skewRunning || now - skewAt < kSkewEvery || !lessons->serving()) return;
  const ModelPhase phase = lessons->model().phase;
  if (phase == ModelPhase::Training || phase == ModelPhase::Updating) return;
  skewAt = now;
  auto heard = front->seen().all();
  if (heard.size() < SkewView::kLeastFrames) return;
  skewRunning = true;
  const TaskSettings settings = withFrames(taskSettings(), front->watched());
  past->post([this, settings, heard = std::move(heard), task = front->id(),
              fingerprint = teaching->fingerprint(settings)] {
    if (fingerprint != skewFingerprint || !skewTaught) {
      auto built = builder->build(settings, {.stop = skewStop.get_token(),
                                            .fewestExamples = Lessons::kExamplesToStart});
      if (!built) base::logWarning("not compared with now: " + built.error().message);
      skewTaught = built ? *built : nullptr;
      skewFingerprint = fingerprint;
    }
    auto view = std::make_shared<const SkewView>(skewTaught ? skewOf(*skewTaught, heard)
                                                            : SkewView{});
    {
      std::lock_guard lock(mutex);
      skewShown = std::move(view);
      skewTask = task;
    }
    director->post([this] {
      skewRunning = false;
      changed();
    });
  });
}

void Session::Impl::watchTrails() {
  const base::Time now = clock.now();
  if (trailsRunning || now - trailsAt < SeenFrames::kEvery || !check->isWatched()) return;
  const CheckReportPtr report = check->view().report;
  if (!report) return;
  std::vector<MapProjectionPtr> maps;
  for (const CheckMap& map : report->maps) {
    if (map.projection) maps.push_back(map.projection);
  }
  if (maps.empty()) return;
  trailsAt = now;
  trailsRunning = true;
  past->post([this, maps = std::move(maps), seen = front->seen().all()] {
    auto trails = std::make_shared<MapTrails>();
    for (const MapProjectionPtr& map : maps) trails->push_back(trailOf(map, seen));
    {
      std::lock_guard lock(mutex);
      trailsShown = std::move(trails);
    }
    director->post([this] {
      trailsRunning = false;
      changed();
    });
  });
}

std::shared_ptr<const MapTrails> Session::trails() const {
  std::lock_guard lock(impl_->mutex);
  return impl_->trailsShown;
}

std::shared_ptr<const SkewView> Session::skew() const {
  std::lock_guard lock(impl_->mutex);
  static const auto kNothing = std::make_shared<const SkewView>();
  return impl_->skewTask == impl_->front->id() ? impl_->skewShown : kNothing;
}

std::shared_ptr<const sensors::Image> Session::picture(const std::string& source) const {
  const sensors::BlockPtr newest = impl_->tape.newest(source);
  const sensors::Image* const image = newest ? newest->image() : nullptr;
  return image ? std::shared_ptr<const sensors::Image>(newest, image) : nullptr;
}

sensors::SourceQuality Session::quality(const std::string& source) const {
  return impl_->traces->quality(source, impl_->clock.now());
}

}  // namespace app
