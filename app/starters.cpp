#include "app/starters.h"

#include <algorithm>
#include <map>

#include "app/project/recorder.h"
#include "app/simulator/fast_home.h"
#include "app/teaching.h"
#include "sensors/feature_extractor.h"

namespace app {

namespace {

/// Each activity comes this often: enough to keep recordings back for an honest score.
constexpr std::size_t kRounds = 4;
constexpr base::Duration kLongestTurn = std::chrono::seconds(16);  ///< an activity and its rest
/// What a person leaves out where an activity begins and ends.
constexpr base::Duration kBegin = std::chrono::milliseconds(400);
constexpr base::Duration kEnd = std::chrono::milliseconds(200);
/// How long a home needs to be quiet again: water runs off, a light goes down.
constexpr base::Duration kFade = std::chrono::milliseconds(1500);
constexpr std::size_t kMostRests = 6;

const std::vector<Starter>& all() {
  static const std::vector<Starter> kStarters = {
      {.id = "activity",
       .title = "Activity",
       .icon = "motion",
       .activities = {"cooking", "walking through", "sleeping"},
       .labels = {"Cooking", "Walking through", "Sleeping"},
       .sources = {"hall/light", "hall/motion", "kitchen/microphone", "kitchen/power",
                   "kitchen/vibration"},
       .seed = 11},
      {.id = "appliances",
       .title = "Appliances",
       .icon = "power",
       .activities = {"kettle", "blender", "washing machine"},
       .labels = {"Kettle", "Blender", "Washing machine"},
       .sources = {"kitchen/power", "kitchen/vibration"},
       .seed = 12},
      {.id = "presence",
       .title = "Presence",
       .icon = "house",
       .activities = {"walking through", "sleeping"},
       .labels = {"Somebody moves", "Somebody sleeps"},
       .sources = {"hall/light", "hall/motion", "hall_camera/view", "kitchen/vibration"},
       .seed = 13},
      {.id = "sounds",
       .title = "Sounds",
       .icon = "mic",
       .activities = {"kettle", "tap", "door"},
       .labels = {"Kettle", "Tap", "Door"},
       .sources = {"kitchen/microphone"},
       .seed = 14},
      {.id = "camera",
       .title = "Camera view",
       .icon = "camera",
       .activities = {"walking through", "door"},
       .labels = {"Somebody walks", "Door opens"},
       .sources = {"hall/light", "hall_camera/view"},
       .seed = 15},
  };
  return kStarters;
}

/// Removes the file unless it was finished.
class Unfinished {
 public:
  explicit Unfinished(std::filesystem::path file) : file_(std::move(file)) {}
  ~Unfinished() {
    if (file_.empty()) return;
    std::error_code ignored;
    for (const char* ending : {"", "-wal", "-shm", "-lock"}) {
      std::filesystem::remove(file_.string() + ending, ignored);
    }
  }
  void finish() { file_.clear(); }

 private:
  std::filesystem::path file_;
};

/// The quiet stretches between what was done, without its fading.
std::vector<base::TimeSpan> restsOf(const std::vector<PlayedAct>& acts, base::Time begin) {
  std::vector<base::TimeSpan> rests;
  for (const PlayedAct& act : acts) {
    const base::TimeSpan rest{begin, act.span.begin};
    if (rest.length() >= kFade && rests.size() < kMostRests) rests.push_back(rest);
    begin = act.span.end + kFade;
  }
  return rests;
}

base::Result<void> label(Teaching& teaching, const Starter& starter,
                         const std::vector<PlayedAct>& acts,
                         const std::vector<base::TimeSpan>& rests) {
  const auto background = teaching.backgroundLabel();
  if (!background) return background.error();
  std::map<std::string, learners::LabelId> ids;
  for (std::size_t i = 0; i < starter.labels.size(); ++i) {
    const auto id = teaching.addLabel(starter.labels[i]);
    if (!id) return id.error();
    ids[starter.activities[i]] = *id;
  }
  for (const base::TimeSpan& rest : rests) {
    const auto kept = teaching.keepSpan(*background, rest, learners::Origin::Background, {},
                                        "Background recorded");
    if (!kept) return kept.error();
  }
  for (const PlayedAct& act : acts) {
    const auto id = ids.at(act.activity);
    const auto kept =
        teaching.keepSpan(id, {act.span.begin + kBegin, act.span.end - kEnd},
                          learners::Origin::Person, {}, teaching.label(id)->name + " recorded");
    if (!kept) return kept.error();
  }
  return {};
}

}  // namespace

std::span<const Starter> starters() { return all(); }

const Starter* findStarter(const std::string& id) {
  const auto found =
      std::find_if(all().begin(), all().end(), [&](const Starter& s) { return s.id == id; });
  return found == all().end() ? nullptr : &*found;
}

base::Result<void> makeStarter(const Starter& starter, const std::filesystem::path& project,
                               base::Time now, std::stop_token stop) {
  if (std::filesystem::exists(project)) return {};
  const std::filesystem::path fresh = project.string() + ".new";
  std::error_code ignored;
  std::filesystem::remove(fresh, ignored);
  Unfinished unfinished(fresh);
  {
    auto store = ProjectStore::open(fresh);
    if (!store) return store.error();
    const base::Duration length =
        kLongestTurn * static_cast<std::int64_t>(kRounds * starter.activities.size());
    FastClock clock(now - length);
    const base::Time begin = clock.now();
    sensors::SourceTable sources;
    sensors::Tape tape;
    const auto acts = playFast({.seed = starter.seed,
                                .activities = starter.activities,
                                .length = length},
                               clock, sources, tape, stop);
    if (!acts) return acts.error();
    TaskSettings task;
    for (const auto& stream : sources.list()) {
      const sensors::SourceInfo& info = *stream->info();
      if (const auto known = (*store)->declareSource(info); !known) return known.error();
      const bool used = std::find(starter.sources.begin(), starter.sources.end(), info.id) !=
                        starter.sources.end();
      if (used) task.frames.push_back({info.id, sensors::defaultExtractor(info), task.window});
    }
    if (const auto set = (*store)->setTask(task); !set) return set.error();
    if (const auto named = (*store)->setMeta("name", starter.title); !named) return named.error();
    Recorder recorder(**store, sources, tape, clock, [] {});
    Teaching teaching(**store, recorder, clock);
    const auto enough = std::min(acts->size(), kRounds * starter.activities.size());
    const std::vector<PlayedAct> shown(acts->begin(),
                                       acts->begin() + static_cast<std::ptrdiff_t>(enough));
    if (auto said = label(teaching, starter, shown, restsOf(shown, begin)); !said) return said;
  }
  std::error_code error;
  std::filesystem::rename(fresh, project, error);
  if (error) {
    return base::Error{base::ErrorCode::Io, "The project cannot be written to " +
                                                project.string() + ": " + error.message() + "."};
  }
  unfinished.finish();
  return {};
}

std::vector<std::string> demoArgumentsOf(const Starter& starter) {
  std::string list;
  for (const std::string& activity : starter.activities) {
    list += (list.empty() ? "" : ",") + activity;
  }
  return {"--by-itself", list, "--seed", std::to_string(starter.seed + 1000)};
}

}  // namespace app
