// What the threads of a Library do: read tables, tiles and events, and hear recordings.

#include "app/edits.h"
#include "app/label_limits.h"
#include "app/library_events.h"
#include "app/library_impl.h"

namespace app {

namespace {

constexpr std::size_t kEventColumns = 24'000;

/// The disjoint stretches of `spans` (by begin), bridged where they are less than `gap` apart.
std::vector<base::TimeSpan> joined(const std::vector<StoredRecording>& recordings,
                                   base::Duration gap) {
  std::vector<base::TimeSpan> all;
  for (const StoredRecording& stored : recordings) {
    const base::TimeSpan& span = stored.recording.span;
    if (!all.empty() && span.begin - all.back().end < gap) {
      all.back().end = std::max(all.back().end, span.end);
    } else {
      all.push_back(span);
    }
  }
  return all;
}

}  // namespace

void Library::Impl::readContents() {
  stale = false;
  auto made = std::make_shared<LibraryContents>();
  auto recordings = store.recordings();
  if (!recordings) return;
  std::sort(recordings->begin(), recordings->end(),
            [](const Recording& a, const Recording& b) { return a.span.begin < b.span.begin; });
  for (Recording& recording : *recordings) {
    if (recording.span.isEmpty()) continue;  // still runs
    if (!sourcesOf.contains(recording.id)) {
      if (auto sources = store.sourcesOf(recording.id)) sourcesOf[recording.id] = *sources;
    }
    made->recordings.push_back({recording, sourcesOf[recording.id]});
  }
  made->sittings = joined(made->recordings, kSameSitting);
  made->covered = joined(made->recordings, base::Duration{1});
  if (auto sources = store.sources()) made->sources = *std::move(sources);
  if (auto commands = store.commands()) made->commands = *std::move(commands);
  const auto deployments = store.deployments();
  for (std::size_t i = 0; deployments && i < deployments->size(); ++i) {
    const DeploymentRow& row = (*deployments)[i];
    auto& known = lineages[row.id];  // a deployment never changes
    if (!known) known = std::make_shared<const ModelLineage>(lineageOf(row));
    made->models.push_back(known);
  }
  for (const CommandRow& row : made->commands) {
    if (row.undone || row.kind != "reject_proposal") continue;
    const auto edit = editFrom(row.kind, row.json);
    if (const auto* no = edit ? std::get_if<RejectProposal>(&*edit) : nullptr) {
      made->rejected.push_back({no->label, no->span});
    }
  }
  made->mistakes = mistakesIn(store);
  {
    std::lock_guard lock(mutex);
    forgetChanged(*contents, *made);
    contents = std::move(made);
  }
  ++revision;
}

/// Under the lock.
void Library::Impl::forgetChanged(const LibraryContents& before, const LibraryContents& after) {
  const auto part = [](const LibraryContents& of, const LibraryContents& notIn) {
    std::map<std::int64_t, base::TimeSpan> others;
    for (const StoredRecording& r : notIn.recordings) others[r.recording.id] = r.recording.span;
    std::vector<base::TimeSpan> spans;
    for (const StoredRecording& r : of.recordings) {
      const auto same = others.find(r.recording.id);
      if (same == others.end() || same->second != r.recording.span) {
        spans.push_back(r.recording.span);
      }
    }
    return spans;
  };
  std::vector<base::TimeSpan> changed = part(after, before);
  for (const base::TimeSpan& span : part(before, after)) changed.push_back(span);
  if (changed.empty()) return;
  const auto meets = [&](const base::TimeSpan& span) {
    return std::any_of(changed.begin(), changed.end(),
                       [&](const base::TimeSpan& c) { return c.overlaps(span); });
  };
  tiles.eraseIf([&](const LibraryTileKey& key) { return meets(tileSpan(key.level, key.index)); });
  pictures.eraseIf([&](const LibraryPictureKey& key) {
    return meets({{std::get<1>(key)}, {std::get<1>(key) + std::get<2>(key)}});
  });
  std::erase_if(events, [&](const auto& entry) { return meets(entry.second.first); });
}

void Library::Impl::wantTile(const LibraryTileKey& key, const sensors::SourceInfo& source) {
  reading.ask(key.name(), [this, key, source] {
    const LibraryContentsPtr from = known();
    TilePtr made = key.spectrum ? readSpectrum(store, *from, source, key.level, key.index)
                                : readTile(store, *from, source, key.level, key.index);
    {
      std::lock_guard lock(mutex);
      if (contents != from) return;  // asked again where it is still wanted
      const std::size_t bytes = made->bytes();
      tiles.put(key, std::move(made), bytes);
    }
    ++revision;
  });
}

/// Under the lock.
const Tile* Library::Impl::tile(const LibraryTileKey& key) {
  const TilePtr* found = tiles.find(key);
  return found == nullptr ? nullptr : found->get();
}

void Library::Impl::listen(const Recording& recording, const LibraryModel& with) {
  HeardRecording heard{.by = with.ensemble, .spans = {}};
  const auto limits =
      limitsInForce(with.ensemble->labels(), with.ensemble->content().limits, with.settings.limits);
  const auto frames = builder.frames(with.settings, recording);
  for (std::size_t i = 0; frames && i < frames->size(); ++i) {
    const sensors::Frame& frame = *(*frames)[i];
    if (frame.layout->hash() != with.ensemble->schema()) break;
    learners::Prediction p = with.ensemble->predict(frame);
    applyLimits(limits, p);
    const base::Duration hop = std::min(with.settings.window.hop, p.span.length());
    const base::Time middle = p.span.begin + p.span.length() / 2;
    HeardSpan next{.span = {middle - hop / 2, middle + hop / 2},
                   .recording = recording.id,
                   .certainty = p.certainty,
                   .state = p.state,
                   .belowLimit = p.belowLimit,
                   .imputed = p.imputed};
    if (p.label >= 0) next.label = with.ensemble->labels()[static_cast<std::size_t>(p.label)].id;
    if (!heard.spans.empty()) {
      HeardSpan& last = heard.spans.back();
      if (last.label == next.label && last.state == next.state &&
          last.belowLimit == next.belowLimit && next.span.begin - last.span.end <= hop / 2) {
        last.certainty = std::max(last.certainty, next.certainty);
        last.span.end = next.span.end;
        last.imputed = last.imputed || next.imputed;
        continue;
      }
    }
    heard.spans.push_back(next);
  }
  {
    std::lock_guard lock(mutex);
    if (model.ensemble == with.ensemble) listened[recording.id] = std::move(heard);
  }
  ++revision;
}

void Library::Impl::readEvents(const base::TimeSpan& sitting) {
  const LibraryContentsPtr from = known();
  const base::Duration column = std::max<base::Duration>(
      std::chrono::milliseconds(50), sitting.length() / static_cast<std::int64_t>(kEventColumns));
  const auto n = static_cast<std::size_t>(
      std::max<std::int64_t>(1, sitting.length() / std::max(column, base::Duration{1})));
  const int level = levelFor(column);
  std::vector<std::vector<float>> activity;
  for (const sensors::SourceInfo& source : from->sources) {
    if (source.kind == sensors::SourceKind::Picture) continue;
    std::vector<std::vector<sensors::EnvelopeColumn>> channels(
        source.channels.size(), std::vector<sensors::EnvelopeColumn>(n));
    const std::int64_t length = tileSpan(level, 0).length().count();
    for (std::int64_t i = sitting.begin.ns / length; i * length < sitting.end.ns; ++i) {
      const base::TimeSpan span = tileSpan(level, i);
      if (!touches(from->covered, base::intersection(span, sitting))) continue;
      const LibraryTileKey key{source.id, false, level, i};
      TilePtr there;
      {
        std::lock_guard lock(mutex);
        if (const TilePtr* found = tiles.find(key)) there = *found;
      }
      if (!there) {
        there = readTile(store, *from, source, level, i);
        std::lock_guard lock(mutex);
        if (contents == from) tiles.put(key, there, there->bytes());
      }
      for (std::size_t c = 0; c < channels.size(); ++c) {
        addBins(there->bins[c], span, sitting, channels[c]);
      }
    }
    for (const auto& columns : channels) activity.push_back(activityOf(columns));
  }
  auto found =
      eventsIn(activity, sitting, std::max<base::Duration>(std::chrono::seconds(1), column),
               std::chrono::milliseconds(200));
  {
    std::lock_guard lock(mutex);
    if (contents != from) return;
    events[sitting.begin.ns] = {sitting, std::move(found)};
  }
  ++revision;
}

}  // namespace app
