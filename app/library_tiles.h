#pragma once
// Library tiles: fixed pieces of time at fixed zooms, read from the store once and kept. Private to
// app/library*.cpp.

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "app/library.h"

namespace app {

/// A tile of level l holds kTileBins bins of kFinestBin * 4^l. Index i begins at i times its length
/// on the clock.
inline constexpr int kTileLevels = 11;
inline constexpr std::int64_t kTileBins = 512;
inline constexpr std::int64_t kFinestBinNs = 500'000;

std::int64_t binNs(int level);
base::TimeSpan tileSpan(int level, std::int64_t index);
/// The coarsest level whose bins are not wider than a column.
int levelFor(base::Duration column);

struct Tile {
  /// [channels][kTileBins]; empty where nothing was recorded
  std::vector<std::vector<sensors::EnvelopeColumn>> bins;
  std::vector<std::uint8_t> levels;  ///< spectrum: [kTileBins x StoredSpectrum::kBands]
  std::vector<std::uint8_t> known;   ///< spectrum: [kTileBins]

  std::size_t bytes() const;
};
using TilePtr = std::shared_ptr<const Tile>;

/// Reads all channels of `source` from the recordings that touch the tile.
TilePtr readTile(const ProjectStore& store, const LibraryContents& contents,
                 const sensors::SourceInfo& source, int level, std::int64_t index);
/// Reads the tile's sound and makes its spectrum; where bins are longer than a frame of 25 ms, each
/// shows the loudest of a few frames in it.
TilePtr readSpectrum(const ProjectStore& store, const LibraryContents& contents,
                     const sensors::SourceInfo& source, int level, std::int64_t index);

/// Widens the columns of `out`, equal parts of `span`, by the bins of a tile.
void addBins(const std::vector<sensors::EnvelopeColumn>& bins, const base::TimeSpan& tile,
             const base::TimeSpan& span, std::vector<sensors::EnvelopeColumn>& out);

}  // namespace app
