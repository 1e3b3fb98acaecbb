#pragma once
// Envelope: smallest and largest sample of one channel at every zoom, so a plot costs as much as it
// has pixels. Levels are built as data arrive; each level merges four bins of the one below.

#include <cstdint>
#include <deque>
#include <vector>

#include "sensors/base/time.h"
#include "sensors/block.h"

namespace sensors {

/// One pixel column. min > max where nothing was measured in it.
struct EnvelopeColumn {
  float min = 1;
  float max = 0;
  bool isEmpty() const { return min > max; }
};

/// One thread at a time.
class Envelope {
 public:
  /// `bin`: the finest resolution in time. `keep`: what is older is forgotten.
  Envelope(base::Duration bin, base::Duration keep);

  void add(base::Time t, float value);
  /// Adds column `channel` of a block; missing values are skipped.
  void add(const Block& block, std::size_t channel);

  /// `n` columns of equal width over `span`, left to right. A peak inside the span is never missed.
  std::vector<EnvelopeColumn> columns(const base::TimeSpan& span, std::size_t n) const;
  /// As columns(), but a column without samples repeats the value that held there (slow sources),
  /// at most `holdLimit` long.
  std::vector<EnvelopeColumn> heldColumns(const base::TimeSpan& span, std::size_t n,
                                          base::Duration holdLimit) const;
  base::TimeSpan covered() const;

 private:
  struct Bin {
    float min = 1;
    float max = 0;
    float last = 0;
  };
  struct Level {
    std::int64_t first = 0;  ///< index of bins.front(): floor(time / width)
    std::deque<Bin> bins;
  };
  static constexpr int kFactor = 4;
  static constexpr int kLevels = 9;

  /// Widens bin `index` of the finest level, and those above it, by `bin`.
  void merge(std::int64_t index, const Bin& bin);
  Bin summary(std::int64_t beginNs, std::int64_t endNs) const;

  base::Duration bin_;
  base::Duration keep_;
  std::vector<Level> levels_;
};

}  // namespace sensors
