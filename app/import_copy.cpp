#include "app/import_copy.h"

#include <algorithm>
#include <map>
#include <set>

#include "app/dataset_builder.h"
#include "app/edits.h"
#include "app/project/clean_name.h"
#include "app/project/forget.h"
#include "app/project/importers/importers.h"
#include "app/project/new_label.h"
#include "sensors/base/log.h"

namespace app {

namespace {

using learners::Label;

// Read and written at once, in one transaction that recorder and director wait for: some megabytes.
constexpr double kValuesAtOnce = 2'000'000;
constexpr double kPicturesAtOnce = 48;
constexpr base::Duration kShortestPiece = std::chrono::seconds(1);
constexpr base::Duration kLongestPiece = std::chrono::hours(24 * 365);
constexpr base::Duration kBetween = std::chrono::seconds(5);
/// Until then lies what had no times of its own; real recordings are younger.
constexpr base::Duration kImportedTimes = std::chrono::hours(24 * 365 * 5);

bool hasOwnTimes(const Recording& recording) {
  const base::Duration after = recording.span.begin - kImportOrigin;
  return after.count() < 0 || after > kImportedTimes || after % kImportGrid != base::Duration(0);
}

/// How much later what has no times of its own lies in `to`.
base::Result<base::Duration> shiftIn(const ProjectStore& to) {
  const auto known = to.recordings();
  if (!known) return known.error();
  base::Duration free{0};
  for (const Recording& recording : *known) {
    const base::Duration after = recording.span.end - kImportOrigin;
    if (after <= kImportedTimes) free = std::max(free, after + kBetween);
  }
  return (free + kImportGrid - base::Duration(1)) / kImportGrid * kImportGrid;
}

/// How much of a recording is one piece.
base::Duration pieceOf(const sensors::SourceInfo& info) {
  if (info.rate <= 0) return std::chrono::hours(24);
  const bool isPictures = info.kind == sensors::SourceKind::Picture;
  const auto channels = static_cast<double>(std::max<std::size_t>(1, info.channels.size()));
  const double seconds = (isPictures ? kPicturesAtOnce : kValuesAtOnce / channels) / info.rate;
  const double most = base::toSeconds(kLongestPiece);
  return base::fromSeconds(std::clamp(seconds, base::toSeconds(kShortestPiece), most));
}

/// `info` as `to` may know it: under another id where that is another source there.
base::Result<sensors::SourceInfo> sourceIn(ProjectStore& to, sensors::SourceInfo info) {
  const auto known = to.sources();
  if (!known) return known.error();
  const std::string id = info.id;
  for (int number = 2;; ++number) {
    const auto same = std::find_if(known->begin(), known->end(),
                                   [&](const auto& other) { return other.id == info.id; });
    if (same == known->end()) break;
    if (same->kind == info.kind && same->rate == info.rate && same->channels == info.channels) {
      return *same;
    }
    info.id = id + "-" + std::to_string(number);
  }
  auto declared = to.declareSource(info);
  return declared ? base::Result(std::move(info))
                  : base::Result<sensors::SourceInfo>(declared.error());
}

class Copier {
 public:
  Copier(const ProjectStore& from, ProjectStore& to, const CopyOptions& options)
      : from_(from), to_(to), options_(options) {}

  base::Result<ImportedRecordings> run() {
    const auto recordings = from_.recordings();
    const auto task = from_.task();
    const auto shift = shiftIn(to_);
    const auto sources = from_.sources();
    if (!recordings || !task || !shift || !sources) {
      return !recordings ? recordings.error()
             : !task     ? task.error()
             : !shift    ? shift.error()
                         : sources.error();
    }
    for (const sensors::SourceInfo& info : *sources) pieces_[info.id] = pieceOf(info);
    made_.window = task->window;
    for (const Recording& recording : *recordings) all_ += base::toSeconds(recording.span.length());
    for (const Recording& recording : *recordings) {
      const base::Duration later = hasOwnTimes(recording) ? base::Duration(0) : *shift;
      if (auto copied = copy(recording, later); !copied) return copied.error();
    }
    if (auto said = copySaid(); !said) return said.error();
    if (auto on = goOn(); !on) return on.error();
    return std::move(made_);
  }
  /// What lies in the bin by now, also of a recording that is not whole.
  const std::vector<std::int64_t>& begun() const { return made_.recordings; }

 private:
  base::Result<void> copy(const Recording& recording, base::Duration later) {
    Recording own = recording;
    own.id = 0;
    own.span = {recording.span.begin + later, recording.span.end + later};
    const auto begun = to_.inTransaction([&]() -> base::Result<void> {
      const auto id = to_.addRecording(own);
      if (!id) return id.error();
      own.id = *id;
      const auto binned = forgetRecording(to_, own.id);
      return binned ? base::Result<void>() : binned.error();
    });
    if (!begun) return begun;
    made_.recordings.push_back(own.id);
    const auto sources = from_.sourcesOf(recording.id);
    if (!sources) return sources.error();
    const auto parts = static_cast<double>(std::max<std::size_t>(1, sources->size()));
    const double before = done_;
    for (const std::string& source : *sources) {
      const auto copied = copySamples(recording, own.id, source, later,
                                      [&](double seconds) { report(done_ + seconds / parts); });
      if (!copied) return copied;
      done_ += base::toSeconds(recording.span.length()) / parts;
    }
    done_ = before + base::toSeconds(recording.span.length());
    report(done_);
    places_[recording.id] = {own.id, later};
    return {};
  }

  base::Result<void> goOn() const {
    if (!options_.stop.stop_requested()) return {};
    return base::Error{base::ErrorCode::Cancelled,
                       "The import was stopped. Nothing was brought in."};
  }

  void report(double seconds) const {
    if (options_.progress && all_ > 0) options_.progress(std::min(1.0, seconds / all_));
  }

  base::Result<void> copySamples(const Recording& recording, std::int64_t to,
                                 const std::string& source, base::Duration later,
                                 const std::function<void(double)>& copied) {
    const base::Duration length = pieces_.at(source);
    for (base::Time at = recording.span.begin; at < recording.span.end;) {
      if (auto on = goOn(); !on) return on;
      const bool isLast = recording.span.end - at <= length;
      const base::TimeSpan piece{at, isLast ? recording.span.end : at + length};
      at = piece.end;
      const auto blocks = from_.readBlocks(recording.id, source, piece);
      if (!blocks) return blocks.error();
      std::vector<sensors::BlockPtr> own;
      for (const sensors::BlockPtr& block : *blocks) {
        const auto info = ownSource(block->source);
        if (!info) return info.error();
        auto moved = std::make_shared<sensors::Block>(*block);
        moved->source = *info;
        moved->start = block->start + later;
        own.push_back(std::move(moved));
      }
      if (auto kept = to_.appendChunks(to, own); !kept) return kept;
      copied(base::toSeconds(at - recording.span.begin));
    }
    return {};
  }

  base::Result<sensors::SourceInfoPtr> ownSource(const sensors::SourceInfoPtr& info) {
    sensors::SourceInfoPtr& own = sources_[info->id];
    if (!own) {
      auto made = sourceIn(to_, *info);
      if (!made) return made.error();
      made_.sources.push_back(*made);
      own = std::make_shared<const sensors::SourceInfo>(*std::move(made));
    }
    return own;
  }

  base::Result<void> copySaid() {
    const auto labels = from_.labels();
    const auto examples = from_.demonstrations();
    if (!labels || !examples) return labels ? examples.error() : labels.error();
    std::map<learners::LabelId, std::string> names;
    for (const Label& label : *labels) names[label.id] = label.name;
    for (learners::Demonstration example : *examples) {
      const auto& [recording, later] = places_.at(example.recording);
      const std::string& name = names[example.label];
      example.id = example.label = 0;
      example.recording = recording;
      example.span = {example.span.begin + later, example.span.end + later};
      made_.said.push_back({name, example});
    }
    return {};
  }

  const ProjectStore& from_;
  ProjectStore& to_;
  const CopyOptions& options_;
  double all_ = 0;   ///< seconds of all recordings
  double done_ = 0;  ///< of those that are copied
  ImportedRecordings made_;
  std::map<std::int64_t, std::pair<std::int64_t, base::Duration>> places_;  ///< by the id in from_
  std::map<std::string, sensors::SourceInfoPtr> sources_;
  std::map<std::string, base::Duration> pieces_;  ///< by source
};

/// `task` as it looks at what came.
TaskSettings lookingAt(const TaskSettings& task, const ImportedRecordings& imported, bool isFirst,
                       const std::vector<sensors::SourceInfo>& known) {
  TaskSettings after = task;
  // What says nothing of a window leaves the one that a person or a starter chose.
  if (isFirst && imported.window != TaskSettings{}.window) {
    after.window = imported.window;
    for (auto& frame : after.frames) frame.window = after.window;
  }
  if (after.frames.empty()) return after;  // it looks at all
  TaskSettings all = after;
  all.frames.clear();
  for (const sensors::FrameSpec& spec : frameSpecsFor(all, known)) {
    const auto isIt = [&](const auto& one) { return one == spec.source; };
    const bool came = std::any_of(imported.sources.begin(), imported.sources.end(),
                                  [&](const auto& s) { return isIt(s.id); });
    const bool isSeen = std::any_of(after.frames.begin(), after.frames.end(),
                                    [&](const auto& f) { return isIt(f.source); });
    if (came && !isSeen) after.frames.push_back(spec);
  }
  return after;
}

}  // namespace

base::Result<ImportedRecordings> copyIntoBin(const ProjectStore& from, ProjectStore& to,
                                             const CopyOptions& options) {
  Copier copier(from, to, options);
  auto copied = copier.run();
  if (!copied) {  // the room it took, on a disk that may be full, is not kept until the bin is
                  // emptied
    if (const auto left = dropFromBin(to, copier.begun()); !left) {
      base::logWarning(left.error().message);
    }
  }
  return copied;
}

base::Result<void> keepImported(ProjectStore& store, EditList& edits, TaskId task,
                                const ImportedRecordings& imported, const std::string& text) {
  return edits.inTransaction([&]() -> base::Result<void> {
    const auto all = store.labels();
    const auto before = store.task(task);
    const auto known = store.sources();
    const auto examples = store.demonstrations();
    if (!all || !before || !known || !examples) {
      return !all      ? all.error()
             : !before ? before.error()
             : !known  ? known.error()
                       : examples.error();
    }
    std::vector<Label> labels = *all;
    std::erase_if(labels, [&](const Label& label) { return label.task != task; });
    BringIn edit{.recordings = imported.recordings};
    for (const std::int64_t recording : imported.recordings) {
      if (auto out = restoreRecording(store, recording); !out) return out;
    }
    for (const ImportedRecordings::Said& said : imported.said) {
      const std::string name = cleanName(said.label);
      auto label = std::find_if(labels.begin(), labels.end(),
                                [&](const Label& l) { return l.name == name; });
      if (label == labels.end()) {
        Label made = newLabel(name, labels, task);
        const auto id = store.addLabel(made);
        if (!id) return id.error();
        made.id = *id;
        edit.labels.push_back(made);
        label = labels.insert(labels.end(), made);
      }
      learners::Demonstration example = said.example;
      example.label = label->id;
      const auto id = store.addDemonstration(example);
      if (!id) return id.error();
      example.id = *id;
      edit.examples.push_back(example);
    }
    const TaskSettings after = lookingAt(*before, imported, examples->empty(), *known);
    if (toJson(after) != toJson(*before)) {
      if (auto set = store.setTask(after); !set) return set;
      edit.tasksBefore = {*before};
      edit.tasksAfter = {after};
    }
    const auto kept = edits.keep({edit, text});
    return kept ? base::Result<void>() : kept.error();
  });
}

}  // namespace app
