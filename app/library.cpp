#include "app/library.h"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <deque>
#include <functional>
#include <list>
#include <map>
#include <mutex>
#include <set>
#include <thread>
#include <tuple>

#include "app/edits.h"
#include "app/library_events.h"
#include "app/library_similar.h"
#include "app/library_tiles.h"

namespace app {

namespace {

constexpr std::size_t kMostWaiting = 256;
constexpr std::size_t kTileBytes = std::size_t{96} << 20;
constexpr std::size_t kMostPictures = 400;
constexpr std::size_t kEventColumns = 24'000;
constexpr std::size_t kMostSimilar = 40;
constexpr std::size_t kTelling = 3;

/// Questions that wait for a thread, newest first; the oldest are forgotten where too many wait:
/// who still wants to know asks again.
class Desk {
 public:
  /// Does nothing where a question of that name waits already.
  void ask(const std::string& name, std::function<void()> work) {
    std::lock_guard lock(mutex_);
    if (!names_.insert(name).second) return;
    waiting_.push_back({name, std::move(work)});
    if (waiting_.size() > kMostWaiting) {
      names_.erase(waiting_.front().first);
      waiting_.pop_front();
    }
    ready_.notify_one();
  }

 private:
  void run(const std::stop_token& stop) {
    while (true) {
      std::unique_lock lock(mutex_);
      if (!ready_.wait(lock, stop, [this] { return !waiting_.empty(); })) return;
      if (stop.stop_requested()) return;
      const auto [name, work] = std::move(waiting_.back());
      waiting_.pop_back();
      lock.unlock();
      work();
      lock.lock();
      names_.erase(name);
    }
  }

  std::mutex mutex_;
  std::condition_variable_any ready_;
  std::deque<std::pair<std::string, std::function<void()>>> waiting_;
  std::set<std::string> names_;  ///< waiting or being worked on
  std::jthread thread_{[this](const std::stop_token& stop) { run(stop); }};  // last
};

/// Values by key up to a weight; those unused for longest go first. One thread at a time.
template <class Key, class Value>
class Recent {
 public:
  explicit Recent(std::size_t limit) : limit_(limit) {}
  const Value* find(const Key& key) {
    const auto found = at_.find(key);
    if (found == at_.end()) return nullptr;
    order_.splice(order_.begin(), order_, found->second);
    return &found->second->value;
  }
  void put(const Key& key, Value value, std::size_t weight) {
    erase(key);
    order_.push_front({key, std::move(value), weight});
    at_[key] = order_.begin();
    weight_ += weight;
    while (weight_ > limit_ && order_.size() > 1) erase(Key(order_.back().key));
  }
  template <class Test>
  void eraseIf(Test test) {
    std::vector<Key> gone;
    for (const Entry& entry : order_) {
      if (test(entry.key)) gone.push_back(entry.key);
    }
    for (const Key& key : gone) erase(key);
  }

 private:
  struct Entry {
    Key key;
    Value value;
    std::size_t weight;
  };
  void erase(const Key& key) {
    const auto found = at_.find(key);
    if (found == at_.end()) return;
    weight_ -= found->second->weight;
    order_.erase(found->second);
    at_.erase(found);
  }

  std::size_t limit_;
  std::size_t weight_ = 0;
  std::list<Entry> order_;
  std::map<Key, typename std::list<Entry>::iterator> at_;
};

struct TileKey {
  std::string source;
  bool spectrum = false;
  int level = 0;
  std::int64_t index = 0;
  auto operator<=>(const TileKey&) const = default;
  std::string name() const {
    return (spectrum ? "s " : "t ") + source + " " + std::to_string(level) + " " +
           std::to_string(index);
  }
};
using PictureKey = std::tuple<std::string, std::int64_t, std::int64_t>;
using ImagePtr = std::shared_ptr<const sensors::Image>;

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

bool touches(const std::vector<base::TimeSpan>& sorted, const base::TimeSpan& span) {
  const auto after =
      std::lower_bound(sorted.begin(), sorted.end(), span.begin,
                       [](const base::TimeSpan& s, base::Time t) { return s.end <= t; });
  return after != sorted.end() && after->overlaps(span);
}

struct Model {
  learners::EnsemblePtr ensemble;
  TaskSettings settings;
};

/// What one recording was heard as.
struct Listened {
  learners::EnsemblePtr by;
  std::vector<HeardSpan> spans;
};

}  // namespace

struct Library::Impl {
  Impl(const ProjectStore& s, DatasetBuilder& b) : store(s), builder(b) {}

  const ProjectStore& store;
  DatasetBuilder& builder;
  std::atomic<bool> stale = true;
  std::atomic<std::uint64_t> revision = 1;
  // Of the reading thread: what never changes.
  std::map<std::int64_t, std::vector<std::string>> sourcesOf;
  std::map<std::int64_t, std::shared_ptr<const ModelLineage>> lineages;

  std::mutex mutex;  ///< guards what follows
  LibraryContentsPtr contents = std::make_shared<LibraryContents>();
  Recent<TileKey, TilePtr> tiles{kTileBytes};
  Recent<PictureKey, ImagePtr> pictures{kMostPictures};
  std::map<std::int64_t, std::pair<base::TimeSpan, std::vector<base::TimeSpan>>>
      events;  // by begin
  Model model;
  std::map<std::int64_t, Listened> listened;
  std::optional<SimilarAnswer> similar;

  Desk ears;  // before `reading`: both end before what they use
  Desk reading;

  LibraryContentsPtr known() {
    std::lock_guard lock(mutex);
    return contents;
  }

  void readContents();
  void forgetChanged(const LibraryContents& before, const LibraryContents& after);
  void wantTile(const TileKey& key, const sensors::SourceInfo& source);
  const Tile* tile(const TileKey& key);
  void listen(const Recording& recording, const Model& with);
  void readEvents(const base::TimeSpan& sitting);
};

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
  tiles.eraseIf([&](const TileKey& key) { return meets(tileSpan(key.level, key.index)); });
  pictures.eraseIf([&](const PictureKey& key) {
    return meets({{std::get<1>(key)}, {std::get<1>(key) + std::get<2>(key)}});
  });
  std::erase_if(events, [&](const auto& entry) { return meets(entry.second.first); });
}

void Library::Impl::wantTile(const TileKey& key, const sensors::SourceInfo& source) {
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
const Tile* Library::Impl::tile(const TileKey& key) {
  const TilePtr* found = tiles.find(key);
  return found == nullptr ? nullptr : found->get();
}

void Library::Impl::listen(const Recording& recording, const Model& with) {
  Listened heard{.by = with.ensemble, .spans = {}};
  const auto frames = builder.frames(with.settings, recording);
  for (std::size_t i = 0; frames && i < frames->size(); ++i) {
    const sensors::Frame& frame = *(*frames)[i];
    if (frame.layout->hash() != with.ensemble->schema()) break;
    const learners::Prediction p = with.ensemble->predict(frame);
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
      const TileKey key{source.id, false, level, i};
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

Library::Library(const ProjectStore& store, DatasetBuilder& builder)
    : impl_(std::make_unique<Impl>(store, builder)) {}
Library::~Library() = default;

void Library::refresh() { impl_->stale = true; }

LibraryContentsPtr Library::contents() const {
  if (impl_->stale) {
    impl_->reading.ask("contents", [impl = impl_.get()] { impl->readContents(); });
  }
  return impl_->known();
}

std::uint64_t Library::revision() const { return impl_->revision; }

StoredColumns Library::columns(const std::string& source, std::size_t channel,
                               const base::TimeSpan& span, std::size_t n) const {
  StoredColumns answer;
  answer.columns.resize(n);
  const LibraryContentsPtr contents = this->contents();
  const auto info = std::find_if(contents->sources.begin(), contents->sources.end(),
                                 [&](const sensors::SourceInfo& s) { return s.id == source; });
  if (n == 0 || span.isEmpty() || info == contents->sources.end()) return answer;
  const int level = levelFor(span.length() / static_cast<std::int64_t>(n));
  const std::int64_t length = tileSpan(level, 0).length().count();
  std::vector<TileKey> wanted;
  {
    std::lock_guard lock(impl_->mutex);
    for (std::int64_t i = span.begin.ns / length; i * length < span.end.ns; ++i) {
      base::TimeSpan tile = tileSpan(level, i);
      if (!touches(contents->covered, base::intersection(tile, span))) continue;
      TileKey key{source, false, level, i};
      const Tile* there = impl_->tile(key);
      if (there == nullptr) {
        answer.complete = false;
        wanted.push_back(key);
        for (int up = 1; up <= 4 && there == nullptr && level + up < kTileLevels; ++up) {
          const std::int64_t above = i >> (2 * up);
          there = impl_->tile({source, false, level + up, above});
          if (there != nullptr) tile = tileSpan(level + up, above);
        }
      }
      if (there != nullptr && channel < there->bins.size()) {
        addBins(there->bins[channel], tile, span, answer.columns);
      }
    }
  }
  for (const TileKey& key : wanted) impl_->wantTile(key, *info);
  return answer;
}

StoredSpectrum Library::spectrum(const std::string& source, const base::TimeSpan& span,
                                 std::size_t n) const {
  constexpr std::size_t kBands = StoredSpectrum::kBands;
  StoredSpectrum answer;
  answer.levels.assign(n * kBands, 0);
  answer.known.assign(n, 0);
  const LibraryContentsPtr contents = this->contents();
  const auto info = std::find_if(contents->sources.begin(), contents->sources.end(),
                                 [&](const sensors::SourceInfo& s) { return s.id == source; });
  if (n == 0 || span.isEmpty() || info == contents->sources.end()) return answer;
  const base::Duration column = span.length() / static_cast<std::int64_t>(n);
  if (column > kWidestSpectrum) return answer;
  const int level = std::max(2, levelFor(column));
  const std::int64_t length = tileSpan(level, 0).length().count();
  std::vector<TileKey> wanted;
  {
    std::lock_guard lock(impl_->mutex);
    for (std::int64_t i = span.begin.ns / length; i * length < span.end.ns; ++i) {
      const base::TimeSpan tile = tileSpan(level, i);
      if (!touches(contents->covered, base::intersection(tile, span))) continue;
      const TileKey key{source, true, level, i};
      const Tile* there = impl_->tile(key);
      if (there == nullptr) {
        answer.complete = false;
        wanted.push_back(key);
        continue;
      }
      const auto at = [&](base::Time t) {
        return std::clamp<std::int64_t>(
            static_cast<std::int64_t>(static_cast<double>((t - span.begin).count()) /
                                      static_cast<double>(column.count())),
            0, static_cast<std::int64_t>(n));
      };
      for (std::int64_t c = at(tile.begin); c < at(tile.end); ++c) {
        const base::Time t = span.begin + column * c + column / 2;
        const std::int64_t bin =
            std::clamp<std::int64_t>((t - tile.begin).count() / binNs(level), 0, kTileBins - 1);
        answer.known[static_cast<std::size_t>(c)] = there->known[static_cast<std::size_t>(bin)];
        std::copy_n(there->levels.begin() + bin * static_cast<std::int64_t>(kBands), kBands,
                    answer.levels.begin() + c * static_cast<std::int64_t>(kBands));
      }
    }
  }
  for (const TileKey& key : wanted) impl_->wantTile(key, *info);
  return answer;
}

std::shared_ptr<const sensors::Image> Library::picture(const std::string& source, base::Time t,
                                                       base::Duration within) const {
  const PictureKey key{source, t.ns, within.count()};
  {
    std::lock_guard lock(impl_->mutex);
    if (const ImagePtr* found = impl_->pictures.find(key)) return *found;
    if (!touches(impl_->contents->covered, {t, t + within})) return nullptr;
  }
  impl_->reading.ask(
      "p " + source + " " + std::to_string(t.ns) + " " + std::to_string(within.count()),
      [impl = impl_.get(), key, source, t, within] {
        const LibraryContentsPtr from = impl->known();
        ImagePtr image;
        for (const StoredRecording& stored : from->recordings) {
          const base::TimeSpan part = base::intersection(stored.recording.span, {t, t + within});
          if (part.isEmpty() || image) continue;
          // A long stretch between two pictures shown is not read to its end.
          const base::TimeSpan least{part.begin,
                                     std::min(part.end, part.begin + std::chrono::seconds(5))};
          const auto blocks = impl->store.readBlocks(stored.recording.id, source, least);
          if (!blocks || blocks->empty()) continue;
          if (const sensors::Image* found = blocks->front()->image()) {
            image = std::shared_ptr<const sensors::Image>(blocks->front(), found);
          }
        }
        {
          std::lock_guard lock(impl->mutex);
          if (impl->contents != from) return;
          impl->pictures.put(key, std::move(image), 1);
        }
        ++impl->revision;
      });
  return nullptr;
}

std::optional<std::vector<base::TimeSpan>> Library::events(const base::TimeSpan& sitting) const {
  {
    std::lock_guard lock(impl_->mutex);
    const auto found = impl_->events.find(sitting.begin.ns);
    if (found != impl_->events.end() && found->second.first == sitting) {
      return found->second.second;
    }
  }
  if (!sitting.isEmpty()) {
    impl_->reading.ask("e " + std::to_string(sitting.begin.ns),
                       [impl = impl_.get(), sitting] { impl->readEvents(sitting); });
  }
  return std::nullopt;
}

void Library::setModel(learners::EnsemblePtr model, int, TaskSettings settings,
                       const std::vector<sensors::FrameSpec>& frames) {
  settings.frames = frames;
  {
    std::lock_guard lock(impl_->mutex);
    if (impl_->model.ensemble != model) impl_->listened.clear();
    impl_->model = {std::move(model), std::move(settings)};
  }
  ++impl_->revision;
}

Heard Library::heard(const base::TimeSpan& span) const {
  Heard answer;
  const LibraryContentsPtr contents = this->contents();
  std::vector<Recording> unheard;
  Model model;
  {
    std::lock_guard lock(impl_->mutex);
    model = impl_->model;
    if (!model.ensemble) return answer;
    for (const StoredRecording& stored : contents->recordings) {
      const Recording& recording = stored.recording;
      if (recording.span.begin >= span.end) break;
      if (!recording.span.overlaps(span)) continue;
      if (recording.span.length() > kLongest) {
        ++answer.tooLong;
        continue;
      }
      const auto found = impl_->listened.find(recording.id);
      if (found == impl_->listened.end()) {
        unheard.push_back(recording);
        continue;
      }
      answer.spans.insert(answer.spans.end(), found->second.spans.begin(),
                          found->second.spans.end());
    }
  }
  answer.complete = unheard.empty();
  for (auto recording = unheard.rbegin(); recording != unheard.rend(); ++recording) {
    impl_->ears.ask(
        "h " + std::to_string(recording->id),
        [impl = impl_.get(), recording = *recording, model] { impl->listen(recording, model); });
  }
  std::sort(answer.spans.begin(), answer.spans.end(),
            [](const auto& a, const auto& b) { return a.span.begin < b.span.begin; });
  return answer;
}

void Library::findSimilar(const base::TimeSpan& span, std::int64_t recording,
                          const base::TimeSpan& within) {
  {
    std::lock_guard lock(impl_->mutex);
    impl_->similar.reset();
  }
  impl_->ears.ask("similar " + std::to_string(span.begin.ns), [=, impl = impl_.get()] {
    TaskSettings settings;
    {
      std::lock_guard lock(impl->mutex);
      settings = impl->model.settings;
    }
    if (settings.frames.empty()) {
      if (auto kept = impl->store.task()) settings = *kept;
    }
    SimilarAnswer answer{.to = span, .spans = {}, .trouble = {}};
    std::vector<RecordingOfFrames> all;
    for (const StoredRecording& stored : impl->known()->recordings) {
      const Recording& r = stored.recording;
      if (!r.span.overlaps(within) || r.span.length() > kLongest) continue;
      auto frames = impl->builder.frames(settings, r);
      if (frames) {
        all.push_back({r.id, *std::move(frames)});
      } else {
        answer.trouble = frames.error().message;
      }
    }
    answer.spans = similarSpans(all, span, recording, kMostSimilar, kTelling);
    {
      std::lock_guard lock(impl->mutex);
      impl->similar = std::move(answer);
    }
    ++impl->revision;
  });
}

std::optional<SimilarAnswer> Library::similar() const {
  std::lock_guard lock(impl_->mutex);
  return impl_->similar;
}

}  // namespace app
