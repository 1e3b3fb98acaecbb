#include "app/dataset_builder.h"

#include <algorithm>
#include <atomic>
#include <optional>
#include <thread>

#include "app/recording_frames.h"
#include "sensors/frame_joiner.h"

namespace app {
namespace {

using learners::Demonstration;

constexpr float kSilence = 1e-3F;
constexpr std::size_t kManyRecordings = 8;  // from here on two threads are worth it

/// Rows of the dataset cut from one recording.
struct RecordingRows {
  std::vector<float> values;
  std::vector<std::uint8_t> missing;
  bool anyMissing = false;
  std::vector<const Demonstration*> demonstration;  ///< [rows]
  std::vector<base::TimeSpan> spans;
};

/// What one recording is made into rows with.
struct Work {
  Recording recording;
  std::vector<const Demonstration*> demonstrations;
};

sensors::FramePtr frameAt(const RecordingFrames& frames, std::size_t i, const FramePart& part) {
  const std::size_t width = part.layout->features.size();
  auto frame = std::make_shared<sensors::Frame>();
  frame->span = frames.spans[i];
  frame->layout = part.layout;
  const auto from = static_cast<std::ptrdiff_t>(i * width);
  const auto to = static_cast<std::ptrdiff_t>((i + 1) * width);
  frame->values.assign(frames.values.begin() + from, frames.values.begin() + to);
  if (frames.missing.empty()) {
    frame->missing.assign(width, 0);
  } else {
    frame->missing.assign(frames.missing.begin() + from, frames.missing.begin() + to);
  }
  return frame;
}

/// Puts the parts' frames side by side, oldest first.
std::vector<sensors::FramePtr> joined(const std::vector<FramePart>& parts,
                                      const std::vector<RecordingFramesPtr>& frames) {
  std::vector<sensors::FrameLayoutPtr> layouts;
  for (const FramePart& part : parts) layouts.push_back(part.layout);
  // Frames go in by time of begin, so a part that is not there when the next begins never comes:
  // the least patience there is lets equal spans meet and holds up nothing else.
  sensors::FrameJoiner joiner(layouts, base::Duration{1});
  std::vector<sensors::FramePtr> rows;
  std::vector<std::size_t> next(parts.size(), 0);
  for (;;) {
    std::size_t first = parts.size();
    for (std::size_t p = 0; p < parts.size(); ++p) {
      if (next[p] < frames[p]->spans.size() &&
          (first == parts.size() ||
           frames[p]->spans[next[p]].begin < frames[first]->spans[next[first]].begin)) {
        first = p;
      }
    }
    if (first == parts.size()) break;
    const auto ready = joiner.push(first, frameAt(*frames[first], next[first]++, parts[first]));
    rows.insert(rows.end(), ready.begin(), ready.end());
  }
  const auto rest = joiner.finish();
  rows.insert(rows.end(), rest.begin(), rest.end());
  return rows;
}

/// The demonstration `span` belongs to, or null.
const Demonstration* ownerOf(const base::TimeSpan& span,
                             const std::vector<const Demonstration*>& candidates) {
  const Demonstration* owner = nullptr;
  base::Duration most{0};
  for (const Demonstration* candidate : candidates) {
    const base::Duration inside = base::intersection(span, candidate->span).length();
    const bool enough = candidate->origin == learners::Origin::Import ? inside == span.length()
                                                                      : inside * 2 >= span.length();
    const bool better = inside > most || (inside == most && owner && candidate->id > owner->id);
    if (enough && better) {
      owner = candidate;
      most = inside;
    }
  }
  return owner;
}

/// The frames that touch no stretch in which `source` was flagged.
RecordingFramesPtr withoutFlagged(RecordingFramesPtr frames, const std::string& source,
                                  const std::vector<Flag>& flags) {
  const auto isFlagged = [&](const base::TimeSpan& span) {
    return std::any_of(flags.begin(), flags.end(), [&](const Flag& flag) {
      return flag.source == source && flag.span.overlaps(span);
    });
  };
  if (std::none_of(frames->spans.begin(), frames->spans.end(), isFlagged)) return frames;
  auto kept = std::make_shared<RecordingFrames>();
  const std::size_t width = frames->values.size() / frames->spans.size();
  const auto copy = [&](const auto& from, auto& to, std::size_t i, std::size_t n) {
    if (from.empty()) return;
    const auto first = from.begin() + static_cast<std::ptrdiff_t>(i * n);
    to.insert(to.end(), first, first + static_cast<std::ptrdiff_t>(n));
  };
  for (std::size_t i = 0; i < frames->spans.size(); ++i) {
    if (isFlagged(frames->spans[i])) continue;
    kept->spans.push_back(frames->spans[i]);
    copy(frames->values, kept->values, i, width);
    copy(frames->missing, kept->missing, i, width);
    copy(frames->loudness, kept->loudness, i, 1);
  }
  return kept;
}

/// Loudness by begin of window, over all sound sources the larger.
std::map<base::Time, float> loudnessByTime(const std::vector<RecordingFramesPtr>& frames) {
  std::map<base::Time, float> loudness;
  for (const RecordingFramesPtr& part : frames) {
    for (std::size_t i = 0; i < part->loudness.size(); ++i) {
      float& value = loudness[part->spans[i].begin];
      value = std::max(value, part->loudness[i]);
    }
  }
  return loudness;
}

RecordingRows rowsOf(const Work& work, const std::vector<FramePart>& parts,
                     const std::vector<RecordingFramesPtr>& frames) {
  RecordingRows rows;
  const auto loudness = loudnessByTime(frames);
  const auto isSilent = [&](base::Time begin) {
    const auto found = loudness.find(begin);
    return found != loudness.end() && found->second < kSilence;
  };
  std::vector<std::pair<sensors::FramePtr, const Demonstration*>> owned;
  std::map<const Demonstration*, bool> heard;  // whether any of its windows is not silent
  for (sensors::FramePtr& frame : joined(parts, frames)) {
    const Demonstration* owner = ownerOf(frame->span, work.demonstrations);
    if (!owner) continue;
    heard[owner] |= !isSilent(frame->span.begin);
    owned.emplace_back(std::move(frame), owner);
  }
  for (const auto& [frame, owner] : owned) {
    if (owner->origin == learners::Origin::Import && heard[owner] && isSilent(frame->span.begin)) {
      continue;
    }
    rows.values.insert(rows.values.end(), frame->values.begin(), frame->values.end());
    rows.missing.insert(rows.missing.end(), frame->missing.begin(), frame->missing.end());
    rows.missing.resize(rows.values.size(), 0);
    rows.demonstration.push_back(owner);
    rows.spans.push_back(frame->span);
  }
  rows.anyMissing =
      std::any_of(rows.missing.begin(), rows.missing.end(), [](std::uint8_t m) { return m != 0; });
  if (!rows.anyMissing) rows.missing = {};
  return rows;
}

/// Removes the demonstrations of labels that have fewer than `fewest` enabled ones.
void dropScarce(std::vector<Demonstration>& demonstrations,
                const std::vector<learners::Label>& labels, int fewest) {
  std::map<learners::LabelId, int> count;
  for (const Demonstration& one : demonstrations) {
    if (one.enabled && !one.span.isEmpty()) ++count[one.label];
  }
  for (const learners::Label& label : labels) {
    if (label.background) count[label.id] = fewest;
  }
  std::erase_if(demonstrations, [&](const auto& one) { return count[one.label] < fewest; });
}

/// Enabled demonstrations by recording, in the recordings' order.
std::vector<Work> workOf(std::vector<Recording> recordings,
                         const std::vector<Demonstration>& demonstrations,
                         const std::set<std::int64_t>& only) {
  std::map<std::int64_t, std::vector<const Demonstration*>> byRecording;
  for (const Demonstration& demonstration : demonstrations) {
    if (!only.empty() && !only.contains(demonstration.id)) continue;
    if (demonstration.enabled) byRecording[demonstration.recording].push_back(&demonstration);
  }
  std::vector<Work> work;
  for (Recording& recording : recordings) {
    const auto found = byRecording.find(recording.id);
    if (found != byRecording.end()) work.push_back({std::move(recording), found->second});
  }
  return work;
}

/// Everything but the frames: labels with rows, groups, tags.
class ContentBuilder {
 public:
  ContentBuilder(const std::vector<FramePart>& parts, const std::vector<Work>& work,
                 std::vector<learners::Label> labels)
      : work_(work), labels_(std::move(labels)) {
    std::vector<sensors::FrameLayoutPtr> layouts;
    for (const FramePart& part : parts) layouts.push_back(part.layout);
    content_.layout = *sensors::joinLayouts(layouts);
    for (const Work& one : work) {
      tagged_ |= !one.recording.splitTag.empty();
      if (!one.recording.group.empty()) groups_.try_emplace(one.recording.group, one.recording.id);
    }
  }

  base::Result<learners::DatasetPtr> build(std::vector<RecordingRows> rows) {
    std::size_t count = 0;
    bool anyMissing = false;
    for (const RecordingRows& part : rows) {
      count += part.spans.size();
      anyMissing |= part.anyMissing;
      for (const Demonstration* owner : part.demonstration) labelIndex_[owner->label] = 0;
    }
    if (count == 0) {
      return base::invalid("nothing can be learnt yet: no example is as long as the task's window");
    }
    std::sort(labels_.begin(), labels_.end(),
              [](const auto& a, const auto& b) { return a.id < b.id; });
    for (const learners::Label& label : labels_) {
      const auto used = labelIndex_.find(label.id);
      if (used == labelIndex_.end()) continue;
      used->second = static_cast<std::int32_t>(content_.labels.size());
      content_.labels.push_back(label);
    }
    content_.values.reserve(count * content_.layout.features.size());
    for (std::size_t i = 0; i < rows.size(); ++i) {
      append(work_[i].recording, rows[i], anyMissing);
      rows[i] = {};
    }
    return learners::Dataset::make(std::move(content_));
  }

 private:
  void append(const Recording& recording, const RecordingRows& rows, bool anyMissing) {
    content_.values.insert(content_.values.end(), rows.values.begin(), rows.values.end());
    if (anyMissing) {
      content_.missing.insert(content_.missing.end(), rows.missing.begin(), rows.missing.end());
      content_.missing.resize(content_.values.size(), 0);
    }
    const std::int64_t group = recording.group.empty() ? recording.id : groups_.at(recording.group);
    for (std::size_t r = 0; r < rows.spans.size(); ++r) {
      content_.label.push_back(labelIndex_.at(rows.demonstration[r]->label));
      content_.group.push_back(group);
      content_.unit.push_back(rows.demonstration[r]->id);
      if (tagged_) content_.splitTag.push_back(recording.splitTag);
      content_.span.push_back(rows.spans[r]);
    }
  }

  const std::vector<Work>& work_;
  std::vector<learners::Label> labels_;
  std::map<learners::LabelId, std::int32_t> labelIndex_;
  std::map<std::string, std::int64_t> groups_;  ///< its first recording's id
  bool tagged_ = false;
  learners::DatasetContent content_;
};

}  // namespace

struct DatasetBuilder::Impl {
  Impl(const ProjectStore& projectStore, const plugins::Registry& pluginRegistry,
       std::size_t cacheBytes)
      : store(projectStore), registry(pluginRegistry), cache(cacheBytes) {}

  base::Result<std::vector<RecordingRows>> allRows(const std::vector<Work>& work,
                                                   const std::vector<FramePart>& parts,
                                                   const BuildOptions& options,
                                                   const std::vector<Flag>& flagged);
  base::Result<RecordingRows> rows(const Work& work, const std::vector<FramePart>& parts,
                                   const BuildOptions& options, const std::vector<Flag>& flagged);
  /// Those that say something about what `settings` learn from.
  base::Result<std::vector<Flag>> flagsFor(const TaskSettings& settings) const;

  const ProjectStore& store;
  const plugins::Registry& registry;
  FrameCache cache;
  std::function<std::vector<Flag>()> flags;
};

base::Result<std::vector<Flag>> DatasetBuilder::Impl::flagsFor(const TaskSettings& settings) const {
  auto all = flags ? base::Result<std::vector<Flag>>(flags()) : flagsOf(store);
  if (!all) return all;
  std::erase_if(*all, [&](const Flag& flag) {
    const auto choice = settings.choices.find(flag.source);
    return choice != settings.choices.end() && choice->second.learnFlagged;
  });
  return all;
}

base::Result<RecordingRows> DatasetBuilder::Impl::rows(const Work& work,
                                                       const std::vector<FramePart>& parts,
                                                       const BuildOptions& options,
                                                       const std::vector<Flag>& flagged) {
  std::vector<RecordingFramesPtr> all;
  for (const FramePart& part : parts) {
    auto computed = options.change
                        ? computeFrames(store, work.recording, part, options.change)
                        : cache.frames(store, work.recording, part);
    if (!computed) return computed.error();
    all.push_back(withoutFlagged(*std::move(computed), part.spec.source, flagged));
  }
  return rowsOf(work, parts, all);
}

base::Result<std::vector<RecordingRows>> DatasetBuilder::Impl::allRows(
    const std::vector<Work>& work, const std::vector<FramePart>& parts,
    const BuildOptions& options, const std::vector<Flag>& flagged) {
  std::vector<RecordingRows> results(work.size());
  std::vector<std::optional<base::Error>> errors(work.size());
  std::atomic<std::size_t> next = 0;
  std::atomic<std::size_t> done = 0;
  std::atomic<bool> failed = false;
  const auto take = [&](bool reports) {
    for (std::size_t i = next++; i < work.size(); i = next++) {
      if (options.stop.stop_requested() || failed) return;
      auto one = rows(work[i], parts, options, flagged);
      if (one) {
        results[i] = std::move(*one);
      } else {
        errors[i] = one.error();
        failed = true;
      }
      ++done;
      if (reports && options.progress) {
        options.progress(static_cast<double>(done) / static_cast<double>(work.size()));
      }
    }
  };
  {
    std::jthread helper;
    if (work.size() >= kManyRecordings) helper = std::jthread([&] { take(false); });
    take(true);
  }
  for (const auto& error : errors) {
    if (error) return *error;
  }
  if (options.stop.stop_requested()) {
    return base::Error{base::ErrorCode::Cancelled, "gathering the examples was stopped"};
  }
  return results;
}

DatasetBuilder::DatasetBuilder(const ProjectStore& store, const plugins::Registry& registry,
                               std::size_t cacheBytes)
    : impl_(std::make_unique<Impl>(store, registry, cacheBytes)) {}

DatasetBuilder::~DatasetBuilder() = default;

void DatasetBuilder::setFlags(std::function<std::vector<Flag>()> flags) {
  impl_->flags = std::move(flags);
}

base::Result<learners::DatasetPtr> DatasetBuilder::build(const TaskSettings& settings,
                                                         const BuildOptions& options) {
  const auto sources = impl_->store.sources();
  if (!sources) return sources.error();
  auto recordings = impl_->store.recordings();
  if (!recordings) return recordings.error();
  auto demonstrations = impl_->store.demonstrations();
  if (!demonstrations) return demonstrations.error();
  auto labels = impl_->store.labels();
  if (!labels) return labels.error();
  std::erase_if(*labels, [&](const auto& label) { return label.task != settings.id; });
  std::erase_if(*demonstrations, [&](const auto& example) {
    return std::ranges::find(*labels, example.label, &learners::Label::id) == labels->end();
  });
  for (learners::Label& label : *labels) label.task = kFirstTask;  // a model knows none
  const auto parts = framePartsFor(frameSpecsFor(settings, *sources), *sources, impl_->registry);
  if (!parts) return parts.error();
  dropScarce(*demonstrations, *labels, options.fewestExamples);
  const std::vector<Work> work = workOf(std::move(*recordings), *demonstrations, options.only);
  if (work.empty()) return base::invalid("nothing can be learnt yet: there are no examples");
  const auto flagged = impl_->flagsFor(settings);
  if (!flagged) return flagged.error();
  auto rows = impl_->allRows(work, *parts, options, *flagged);
  if (!rows) return rows.error();
  return ContentBuilder(*parts, work, *labels).build(std::move(*rows));
}

base::Result<std::vector<sensors::FramePtr>> DatasetBuilder::frames(const TaskSettings& settings,
                                                                    const Recording& recording) {
  const auto sources = impl_->store.sources();
  if (!sources) return sources.error();
  const auto parts = framePartsFor(frameSpecsFor(settings, *sources), *sources, impl_->registry);
  if (!parts) return parts.error();
  std::vector<RecordingFramesPtr> all;
  for (const FramePart& part : *parts) {
    auto computed = impl_->cache.frames(impl_->store, recording, part);
    if (!computed) return computed.error();
    all.push_back(std::move(*computed));
  }
  return joined(*parts, all);
}

}  // namespace app
