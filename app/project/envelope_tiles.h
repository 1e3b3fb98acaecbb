#pragma once
// Envelope tiles: smallest and largest sample of a recording's channel at five zooms, as they are
// saved beside the samples. A tile holds 256 bins of one level; a level's bins are eight times as
// wide as those of the one below. Tiles are derived: made again from the samples, they are equal.

#include <array>
#include <map>
#include <span>
#include <vector>

#include "sensors/base/result.h"
#include "sensors/block.h"
#include "sensors/envelope.h"

namespace app {

/// What was measured in one bin. min > max where nothing was.
struct EnvelopeBin {
  float min = 1;
  float max = 0;
  float last = 0;  ///< kept for sources whose value holds, else 0
  bool isEmpty() const { return min > max; }
  /// Takes in `later`, which lies after what is here.
  void widen(const EnvelopeBin& later);
  friend bool operator==(const EnvelopeBin&, const EnvelopeBin&) = default;
};

inline constexpr int kEnvelopeLevels = 5;
inline constexpr std::int64_t kEnvelopeFactor = 8;
inline constexpr std::int64_t kBinsPerTile = 256;

using EnvelopeTile = std::array<EnvelopeBin, kBinsPerTile>;
/// Bins of one level by index: bin i is [i, i + 1) times the level's width.
using EnvelopeBins = std::map<std::int64_t, EnvelopeBin>;

/// False for pictures and for rows that are features already: nobody draws those over time.
bool hasEnvelope(sensors::SourceKind kind);
/// Of one bin. 4 samples of slow rates and 16 of fast ones at level 0; 100 ms where there is no
/// rate.
base::Duration binWidth(double rate, int level);

/// Adds the samples of column `channel`.
void addToBins(EnvelopeBins& bins, const sensors::Block& block, std::size_t channel,
               base::Duration width);
/// The bins of the level above.
EnvelopeBins coarser(const EnvelopeBins& bins);
/// Index of the tile that holds bin `bin`, also below zero.
std::int64_t tileOf(std::int64_t bin);

enum class KeepLast { No, Yes };
base::Bytes encodeTile(const EnvelopeTile& tile, KeepLast keepLast);
/// Errors: Corrupt.
base::Result<EnvelopeTile> decodeTile(std::span<const std::uint8_t> bytes);

/// Pixel columns over a span, filled with bins and samples in any order.
class ColumnBuilder {
 public:
  ColumnBuilder(const base::TimeSpan& span, std::size_t n);

  /// A bin of [begin, begin + width): widens every column that it touches.
  void add(base::Time begin, base::Duration width, const EnvelopeBin& bin);
  void add(const sensors::Block& block, std::size_t channel);
  /// Fills columns in which nothing was measured with the value that held; `before`: empty, or what
  /// held when the span began.
  void hold(const EnvelopeBin& before);
  std::vector<sensors::EnvelopeColumn> take() { return std::move(columns_); }

 private:
  base::TimeSpan span_;
  std::vector<std::int64_t> edges_;  ///< [n + 1]
  std::vector<sensors::EnvelopeColumn> columns_;
  std::vector<float> last_;
  std::vector<std::int64_t> lastAt_;
};

}  // namespace app
