#include "app/teaching.h"

#include <algorithm>

#include "app/project/new_label.h"
#include "sensors/base/hash.h"
#include "sensors/extractors/version.h"

namespace app {

namespace {

std::string trimmed(const std::string& text) {
  const auto begin = text.find_first_not_of(" \t\n\r");
  if (begin == std::string::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t\n\r") - begin + 1);
}

}  // namespace

Teaching::Teaching(ProjectStore& store, Recorder& recorder, const base::Clock& clock, TaskId task,
                   std::shared_ptr<EditList> edits)
    : store_(store),
      recorder_(recorder),
      clock_(clock),
      task_(task),
      edits_(edits ? std::move(edits) : std::make_shared<EditList>(store)) {
  reload();
}

void Teaching::reload() {
  if (auto labels = store_.labels()) labels_ = *std::move(labels);
  std::erase_if(labels_, [this](const learners::Label& l) { return l.task != task_; });
  if (auto examples = store_.demonstrations()) examples_ = *std::move(examples);
  // What is still being said is no example yet: no step speaks of it that could be undone.
  std::erase_if(examples_, [this](const auto& e) { return !label(e.label) || isOpen(e.id); });
  std::sort(examples_.begin(), examples_.end(),
            [](const auto& a, const auto& b) { return a.id < b.id; });
  const auto order = [](const learners::Label& l) {
    return std::pair(l.key < 0 ? 100 : l.key, l.id);
  };
  std::sort(labels_.begin(), labels_.end(),
            [&](const auto& a, const auto& b) { return order(a) < order(b); });
}

bool Teaching::isOpen(std::int64_t example) const {
  return std::any_of(open_.begin(), open_.end(),
                     [&](const Open& open) { return open.example.id == example; });
}

const learners::Label* Teaching::label(learners::LabelId id) const {
  const auto found =
      std::find_if(labels_.begin(), labels_.end(), [&](const auto& l) { return l.id == id; });
  return found == labels_.end() ? nullptr : &*found;
}

base::Result<learners::LabelId> Teaching::backgroundLabel() {
  for (const learners::Label& l : labels_) {
    if (l.background) return l.id;
  }
  const auto id = store_.addLabel(
      {.name = "Background", .colour = 0, .key = 0, .background = true, .task = task_});
  if (id) reload();
  return id;
}

base::Result<learners::LabelId> Teaching::addLabel(const std::string& typed) {
  const std::string name = trimmed(typed);
  if (name.empty()) return base::invalid("A label needs a name.");
  const bool taken =
      std::any_of(labels_.begin(), labels_.end(), [&](const auto& l) { return l.name == name; });
  if (taken) return base::invalid("There is a label called " + name + " already.");
  const learners::Label wanted = newLabel(name, labels_, task_);
  learners::LabelId id = 0;
  const auto done = edits_->inTransaction([&]() -> base::Result<void> {
    const auto added = store_.addLabel(wanted);
    if (!added) return added.error();
    id = *added;
    learners::Label label = wanted;
    label.id = id;
    const auto kept = edits_->keep({AddLabel{label}, "Label " + name});
    return kept ? base::Result<void>() : kept.error();
  });
  if (!done) return done.error();
  reload();
  return id;
}

base::Result<void> Teaching::renameLabel(learners::LabelId id, const std::string& typed) {
  const std::string name = trimmed(typed);
  const learners::Label* before = label(id);
  if (!before || name == before->name) return {};
  if (name.empty()) return base::invalid("A label needs a name.");
  for (const learners::Label& other : labels_) {
    if (other.name == name) return base::invalid("There is a label called " + name + " already.");
  }
  const auto done =
      edits_->perform({RenameLabel{id, before->name, name}, before->name + " renamed to " + name});
  reload();
  return done ? base::Result<void>() : done.error();
}

base::Result<void> Teaching::removeLabel(learners::LabelId id) {
  const learners::Label* gone = label(id);
  if (!gone || gone->background)
    return base::invalid("The background stays: everything is compared with it.");
  RemoveLabel edit{*gone, {}};
  std::copy_if(examples_.begin(), examples_.end(), std::back_inserter(edit.examples),
               [&](const auto& e) { return e.label == id; });
  const auto done = edits_->perform({edit, "Label " + gone->name + " removed"});
  reload();
  return done ? base::Result<void>() : done.error();
}

base::Result<void> Teaching::open(learners::LabelId label, base::Time begin) {
  learners::Demonstration example{.label = label,
                                  .span = {begin, begin},
                                  .recording = recorder_.state().recording,
                                  .origin = this->label(label) && this->label(label)->background
                                                ? learners::Origin::Background
                                                : learners::Origin::Person};
  const auto id = store_.addDemonstration(example);
  if (!id) return id.error();
  example.id = *id;
  open_.push_back({example, false});
  return {};
}

base::Result<void> Teaching::start(learners::LabelId label, base::Duration window,
                                   base::Duration planned) {
  const learners::Label* wanted = this->label(label);
  if (!wanted) return base::invalid("There is no such label.");
  const base::Time now = clock_.now();
  if (free_ == Free::Runs) {
    if (!open_.empty()) close(open_.back(), now);  // one thing at a time
    return open(label, now);
  }
  const bool running = !open_.empty() && !open_.front().released;
  if (running && open_.front().example.origin == learners::Origin::Background &&
      !wanted->background) {
    return open(label, now);
  }
  if (free_ == Free::Released) {
    if (const auto done = finish(); !done) return done.error();
  }
  if (!open_.empty()) {
    while (!open_.front().released) release();  // what is said inside a background ends first
    if (const auto done = finish(); !done) return done.error();
  }
  window_ = window;
  planned_ = planned;
  const auto recording = recorder_.start(std::max(kPreRoll, window));
  if (!recording) return recording.error();
  return open(label, now);
}

void Teaching::close(Open& open, base::Time end) {
  if (open.released) return;
  open.released = true;
  auto& span = open.example.span;
  span.end = end;
  // A hasty tap still speaks about one window: it reaches back into what was kept before the key.
  if (span.length() < window_) span.begin = end - window_;
  // At once, so that a crash does not stretch it over what came after. A label that was taken back
  // took the row with it; finish() reports what else can fail.
  static_cast<void>(store_.updateDemonstration(open.example));
}

bool Teaching::release() {
  if (free_ != Free::No) {
    const bool said = !open_.empty() && !open_.back().released;
    if (said) {
      close(open_.back(), clock_.now());  // the recording goes on
      return false;
    }
    return std::exchange(free_, Free::Released) == Free::Runs;
  }
  if (open_.empty() || open_.front().released) return false;
  const base::Time now = clock_.now();
  if (open_.size() > 1 && !open_.back().released) {
    close(open_.back(), now);  // the background recording goes on
    return false;
  }
  for (Open& open : open_) close(open, now);
  return true;
}

std::vector<learners::Demonstration> Teaching::cutOut(const learners::Demonstration& background,
                                                      const std::vector<Open>& others) const {
  std::vector<learners::Demonstration> pieces = {background};
  for (const Open& other : others) {
    std::vector<learners::Demonstration> rest;
    for (const auto& piece : pieces) {
      if (!piece.span.overlaps(other.example.span)) {
        rest.push_back(piece);
        continue;
      }
      auto before = piece, after = piece;
      before.span.end = std::min(piece.span.end, other.example.span.begin);
      after.span.begin = std::max(piece.span.begin, other.example.span.end);
      if (!before.span.isEmpty()) rest.push_back(before);
      if (!after.span.isEmpty()) rest.push_back(after);
    }
    pieces = std::move(rest);
  }
  return pieces;
}

base::Result<std::optional<std::int64_t>> Teaching::finish() {
  const bool whole = free_ == Free::Released;
  if (!whole && (open_.empty() || free_ != Free::No || !open_.front().released)) {
    return std::optional<std::int64_t>();
  }
  free_ = Free::No;
  std::vector<Open> open = std::exchange(open_, {});
  const auto recording = recorder_.stop();
  if (!recording) {
    reload();  // what was said is in the file all the same
    return recording.error();
  }
  if (whole) {
    const auto kept = edits_->keep({KeepRecording{recording->id}, "Recorded without a label"});
    if (!kept) return kept.error();
  }
  // A label that was taken back meanwhile took the rows of its examples with it.
  std::erase_if(open, [this](const Open& o) { return label(o.example.label) == nullptr; });
  if (open.empty()) return std::optional<std::int64_t>();

  std::vector<learners::Demonstration> all;
  const bool nested =
      !whole && open.size() > 1 && open.front().example.origin == learners::Origin::Background;
  const auto first = nested ? cutOut(open.front().example, {open.begin() + 1, open.end()})
                            : std::vector{open.front().example};
  all.insert(all.end(), first.begin(), first.end());
  std::transform(open.begin() + 1, open.end(), std::back_inserter(all),
                 [](const Open& o) { return o.example; });

  std::optional<std::int64_t> edit;
  const auto done = edits_->inTransaction([&]() -> base::Result<void> {
    // The row written when the key went down is replaced by what it became. It may be gone with a
    // label that was taken back and brought again.
    for (const Open& o : open) {
      const auto removed = store_.removeDemonstration(o.example.id);
      if (!removed && removed.error().code != base::ErrorCode::NotFound) return removed;
    }
    bool firstPiece = true;
    for (auto& example : all) {
      const bool reused =
          example.id == open.front().example.id && !std::exchange(firstPiece, false);
      if (reused) {
        const auto id = store_.addDemonstration(example);
        if (!id) return id.error();
        example.id = *id;
      } else if (auto restored = store_.restoreDemonstration(example); !restored) {
        return restored;
      }
    }
    const learners::Label* what = label(open.back().example.label);
    const auto kept =
        edits_->keep({AddExamples{all}, (what ? what->name : "Example") + " recorded"});
    if (!kept) return kept.error();
    edit = *kept;
    return {};
  });
  reload();
  if (!done) return done.error();
  return edit;
}

base::Result<std::optional<std::int64_t>> Teaching::endNow() {
  for (Open& open : open_) close(open, clock_.now());
  if (free_ != Free::No) free_ = Free::Released;
  return finish();
}

base::Result<void> Teaching::discard() {
  if (free_ != Free::No) return discardFree();
  if (open_.empty()) return {};
  std::vector<std::int64_t> ids;
  for (Open& open : open_) {
    close(open, clock_.now());
    ids.push_back(open.example.id);
  }
  if (const auto done = finish(); !done) return done.error();
  for (const std::int64_t id : ids) {
    if (auto removed = remove(id); !removed) return removed;
  }
  return {};
}

base::Result<learners::Demonstration> Teaching::keepSpan(learners::LabelId label,
                                                         const base::TimeSpan& span,
                                                         learners::Origin origin,
                                                         const std::string& modelHash,
                                                         const std::string& text) {
  const auto recording = recorder_.keep(span);
  if (!recording) return recording.error();
  learners::Demonstration example{.label = label,
                                  .span = base::intersection(span, recording->span),
                                  .recording = recording->id,
                                  .origin = origin,
                                  .modelHash = modelHash};
  if (example.span.isEmpty()) return base::invalid("Nothing was kept of that time.");
  const auto done = edits_->inTransaction([&]() -> base::Result<void> {
    const auto id = store_.addDemonstration(example);
    if (!id) return id.error();
    example.id = *id;
    const auto kept = edits_->keep({AddExamples{{example}}, text});
    return kept ? base::Result<void>() : kept.error();
  });
  reload();
  if (!done) return done.error();
  return example;
}

base::Result<void> Teaching::setEnabled(std::int64_t example, bool enabled) {
  const bool isKnown = std::any_of(examples_.begin(), examples_.end(),
                                   [&](const auto& e) { return e.id == example; });
  if (!isKnown) {
    return base::invalid(isOpen(example) ? "That example is still being recorded."
                                         : "That example is no longer there.");
  }
  const auto done = edits_->perform(
      {EnableExample{example, enabled}, enabled ? "Example used again" : "Example left out"});
  reload();
  return done ? base::Result<void>() : done.error();
}

base::Result<void> Teaching::remove(std::int64_t id) {
  const auto found =
      std::find_if(examples_.begin(), examples_.end(), [&](const auto& e) { return e.id == id; });
  if (found == examples_.end()) return {};
  const learners::Label* of = label(found->label);
  const auto done =
      edits_->perform({RemoveExample{*found},
                      "Example of " + (of ? of->name : std::string("a label")) + " removed"});
  reload();
  return done ? base::Result<void>() : done.error();
}

RecordingView Teaching::recording() const {
  RecordingView view;
  const RecorderState state = recorder_.state();
  const bool said = !open_.empty() && !open_.back().released;
  view.recording = state.recording;
  view.free = free_ == Free::Runs;
  view.storedRows = state.storedRows;
  view.trouble = state.trouble;
  if (view.free && !said) {
    view.active = true;
    view.since = freeSince_;
    return view;
  }
  if (open_.empty() || (!view.free && open_.front().released)) return view;
  const Open& shown = open_.back().released ? open_.front() : open_.back();
  view.active = true;
  view.label = shown.example.label;
  view.labelName = label(view.label) ? label(view.label)->name : std::string();
  view.since = shown.example.span.begin;
  view.planned = &shown == &open_.front() ? planned_ : base::Duration{0};
  return view;
}

std::string Teaching::fingerprint(const TaskSettings& task) const {
  base::Hasher hasher;
  hasher.addValue(sensors::kFeaturesVersion);
  for (const auto& e : examples_) {
    if (!e.enabled || e.span.isEmpty()) continue;
    hasher.addValue(e.id).addValue(e.label).addValue(e.span.begin.ns).addValue(e.span.end.ns);
  }
  TaskSettings framing = task;
  framing.name.clear();
  framing.trainOn.clear();
  framing.serveOn.clear();
  framing.trainingPaused = false;
  framing.steadiness = 0;
  framing.limits.clear();
  hasher.add(toJson(framing));
  return hasher.finish();
}

int Teaching::labelsWithAtLeast(int wanted) const {
  int labels = 0;
  for (const learners::Label& l : labels_) {
    const auto n = std::count_if(examples_.begin(), examples_.end(), [&](const auto& e) {
      return e.label == l.id && e.enabled && !e.span.isEmpty();
    });
    if (!l.background && n >= wanted) ++labels;
  }
  return labels;
}

}  // namespace app
