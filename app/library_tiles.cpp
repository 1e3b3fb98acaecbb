#include "app/library_tiles.h"

#include <algorithm>
#include <cmath>

#include "sensors/extractors/mel.h"

namespace app {

namespace {

using sensors::EnvelopeColumn;

constexpr std::size_t kFramesPerBin = 4;
constexpr float kQuiet = -4.6F;  // ln(0.01), what silence has
constexpr float kLoud = 4.0F;

void widen(EnvelopeColumn& column, float low, float high) {
  if (column.isEmpty()) {
    column = {low, high};
  } else {
    column.min = std::min(column.min, low);
    column.max = std::max(column.max, high);
  }
}

/// Calls `visit(recording, its part of span)` for all that hold `source`.
template <class Visit>
void eachRecording(const LibraryContents& contents, const std::string& source,
                   const base::TimeSpan& span, Visit visit) {
  for (const StoredRecording& stored : contents.recordings) {
    if (stored.recording.span.begin >= span.end) break;
    const base::TimeSpan part = base::intersection(stored.recording.span, span);
    if (!part.isEmpty() &&
        std::find(stored.sources.begin(), stored.sources.end(), source) != stored.sources.end()) {
      visit(stored.recording, part);
    }
  }
}

}  // namespace

std::int64_t binNs(int level) { return kFinestBinNs << (2 * level); }

base::TimeSpan tileSpan(int level, std::int64_t index) {
  const std::int64_t length = binNs(level) * kTileBins;
  return {{index * length}, {(index + 1) * length}};
}

int levelFor(base::Duration column) {
  int level = 0;
  while (level + 1 < kTileLevels && binNs(level + 1) <= column.count()) ++level;
  return level;
}

std::size_t Tile::bytes() const {
  std::size_t sum = sizeof(Tile) + levels.size() + known.size();
  for (const auto& channel : bins) sum += channel.size() * sizeof(EnvelopeColumn);
  return sum;
}

TilePtr readTile(const ProjectStore& store, const LibraryContents& contents,
                 const sensors::SourceInfo& source, int level, std::int64_t index) {
  auto tile = std::make_shared<Tile>();
  const base::TimeSpan whole = tileSpan(level, index);
  const std::int64_t width = binNs(level);
  tile->bins.assign(source.channels.size(), std::vector<EnvelopeColumn>(kTileBins));
  eachRecording(
      contents, source.id, whole, [&](const Recording& recording, const base::TimeSpan& part) {
        const std::int64_t first = (part.begin - whole.begin).count() / width;
        const std::int64_t last = ((part.end - whole.begin).count() + width - 1) / width;
        const base::TimeSpan span{whole.begin + base::Duration(first * width),
                                  whole.begin + base::Duration(last * width)};
        for (std::size_t channel = 0; channel < source.channels.size(); ++channel) {
          const auto columns = store.storedColumns(recording.id, source.id, channel, span,
                                                   static_cast<std::size_t>(last - first));
          for (std::size_t i = 0; columns && i < columns->size(); ++i) {
            const EnvelopeColumn& column = (*columns)[i];
            if (!column.isEmpty()) {
              widen(tile->bins[channel][static_cast<std::size_t>(first) + i], column.min,
                    column.max);
            }
          }
        }
      });
  return tile;
}

TilePtr readSpectrum(const ProjectStore& store, const LibraryContents& contents,
                     const sensors::SourceInfo& source, int level, std::int64_t index) {
  auto tile = std::make_shared<Tile>();
  constexpr std::size_t kBands = StoredSpectrum::kBands;
  tile->levels.assign(static_cast<std::size_t>(kTileBins) * kBands, 0);
  tile->known.assign(static_cast<std::size_t>(kTileBins), 0);
  if (source.rate < sensors::Mel::kSlowest || source.channels.empty()) return tile;

  const base::TimeSpan whole = tileSpan(level, index);
  const sensors::MelTable table(source.rate);
  const double perNs = source.rate * 1e-9;
  std::vector<float> sound(
      static_cast<std::size_t>(static_cast<double>(whole.length().count()) * perNs) + table.frame +
      1);
  std::vector<std::uint8_t> there(sound.size());
  const base::TimeSpan reach{whole.begin, whole.end + base::fromSeconds(sensors::Mel::kFrame)};
  eachRecording(
      contents, source.id, reach, [&](const Recording& recording, const base::TimeSpan& part) {
        const auto blocks = store.readBlocks(recording.id, source.id, part);
        if (!blocks) return;
        for (const sensors::BlockPtr& block : *blocks) {
          const sensors::Samples* samples = block->samples();
          for (std::size_t row = 0; samples != nullptr && row < samples->rows; ++row) {
            const auto at = static_cast<std::int64_t>(
                static_cast<double>((block->timeOf(row) - whole.begin).count()) * perNs + 0.5);
            if (at < 0 || at >= std::ssize(sound) || samples->isMissing(row, 0)) continue;
            sound[static_cast<std::size_t>(at)] = samples->at(row, 0);
            there[static_cast<std::size_t>(at)] = 1;
          }
        }
      });

  sensors::FrameWalk walk(table, sound);
  std::vector<float> mel(sensors::Mel::kBands);
  const double bin = static_cast<double>(binNs(level)) * perNs;
  const std::size_t frames = std::clamp<std::size_t>(
      static_cast<std::size_t>(bin / static_cast<double>(table.frame)), 1, kFramesPerBin);
  for (std::size_t i = 0; i < static_cast<std::size_t>(kTileBins); ++i) {
    for (std::size_t k = 0; k < frames; ++k) {
      const auto from = static_cast<std::size_t>(
          bin * (static_cast<double>(i) + static_cast<double>(k) / static_cast<double>(frames)));
      if (from + table.frame > sound.size() || !there[from] || !there[from + table.frame - 1]) {
        continue;
      }
      table.writeLogMel(walk.magnitudes(std::span(sound).subspan(from, table.frame)), mel);
      tile->known[i] = 1;
      for (std::size_t b = 0; b < kBands; ++b) {
        const float pair = std::max(mel[2 * b], mel[2 * b + 1]);  // NaN: above half the rate
        const float share = std::isnan(pair) ? 0 : (pair - kQuiet) / (kLoud - kQuiet);
        auto& level8 = tile->levels[i * kBands + b];
        level8 = std::max(level8, static_cast<std::uint8_t>(std::clamp(share, 0.0F, 1.0F) * 255));
      }
    }
  }
  return tile;
}

void addBins(const std::vector<EnvelopeColumn>& bins, const base::TimeSpan& tile,
             const base::TimeSpan& span, std::vector<EnvelopeColumn>& out) {
  if (bins.empty() || out.empty() || span.isEmpty()) return;
  const double bin = static_cast<double>(tile.length().count()) / static_cast<double>(bins.size());
  const double column =
      static_cast<double>(span.length().count()) / static_cast<double>(out.size());
  const auto offset = static_cast<double>((tile.begin - span.begin).count());
  const auto first = std::max(0.0, std::floor(-offset / bin));
  const auto last =
      std::min(static_cast<double>(bins.size()),
               std::ceil((static_cast<double>(span.length().count()) - offset) / bin));
  for (auto i = static_cast<std::int64_t>(first); i < static_cast<std::int64_t>(last); ++i) {
    const EnvelopeColumn& from = bins[static_cast<std::size_t>(i)];
    if (from.isEmpty()) continue;
    const double begin = offset + bin * static_cast<double>(i);
    const auto c0 = static_cast<std::int64_t>(std::floor(std::max(0.0, begin) / column));
    const auto c1 = static_cast<std::int64_t>(std::ceil((begin + bin) / column)) - 1;
    for (std::int64_t c = c0; c <= std::min(std::max(c0, c1), std::ssize(out) - 1); ++c) {
      widen(out[static_cast<std::size_t>(c)], from.min, from.max);
    }
  }
}

}  // namespace app
