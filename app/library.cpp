#include "app/library.h"

#include <algorithm>

#include "app/library_impl.h"
#include "app/library_similar.h"

namespace app {

namespace {

constexpr std::size_t kMostSimilar = 40;
constexpr std::size_t kTelling = 3;

}  // namespace

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
  std::vector<LibraryTileKey> wanted;
  {
    std::lock_guard lock(impl_->mutex);
    for (std::int64_t i = span.begin.ns / length; i * length < span.end.ns; ++i) {
      base::TimeSpan tile = tileSpan(level, i);
      if (!touches(contents->covered, base::intersection(tile, span))) continue;
      LibraryTileKey key{source, false, level, i};
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
  for (const LibraryTileKey& key : wanted) impl_->wantTile(key, *info);
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
  std::vector<LibraryTileKey> wanted;
  {
    std::lock_guard lock(impl_->mutex);
    for (std::int64_t i = span.begin.ns / length; i * length < span.end.ns; ++i) {
      const base::TimeSpan tile = tileSpan(level, i);
      if (!touches(contents->covered, base::intersection(tile, span))) continue;
      const LibraryTileKey key{source, true, level, i};
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
  for (const LibraryTileKey& key : wanted) impl_->wantTile(key, *info);
  return answer;
}

std::shared_ptr<const sensors::Image> Library::picture(const std::string& source, base::Time t,
                                                       base::Duration within) const {
  const LibraryPictureKey key{source, t.ns, within.count()};
  {
    std::lock_guard lock(impl_->mutex);
    if (const LibraryImagePtr* found = impl_->pictures.find(key)) return *found;
    if (!touches(impl_->contents->covered, {t, t + within})) return nullptr;
  }
  impl_->reading.ask(
      "p " + source + " " + std::to_string(t.ns) + " " + std::to_string(within.count()),
      [impl = impl_.get(), key, source, t, within] {
        const LibraryContentsPtr from = impl->known();
        LibraryImagePtr image;
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
    const bool same =
        impl_->model.ensemble == model && impl_->model.settings.limits == settings.limits;
    if (!same) impl_->listened.clear();
    impl_->model = {std::move(model), std::move(settings)};
  }
  ++impl_->revision;
}

Heard Library::heard(const base::TimeSpan& span) const {
  Heard answer;
  const LibraryContentsPtr contents = this->contents();
  std::vector<Recording> unheard;
  LibraryModel model;
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

std::optional<PastState> Library::asOf(base::Time time) const {
  {
    std::lock_guard lock(impl_->mutex);
    if (impl_->past && impl_->past->time == time) return impl_->past;
  }
  impl_->ears.ask("as of " + std::to_string(time.ns), [impl = impl_.get(), time] {
    PastState state = pastStateOf(impl->store, time);
    {
      std::lock_guard lock(impl->mutex);
      impl->past = std::move(state);
    }
    ++impl->revision;
  });
  return std::nullopt;
}

std::optional<SimilarAnswer> Library::similar() const {
  std::lock_guard lock(impl_->mutex);
  return impl_->similar;
}

}  // namespace app
