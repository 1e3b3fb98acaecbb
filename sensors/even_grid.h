#pragma once
// EvenGrid: puts the rows of an even source where they belong on one window's grid of times.

#include <vector>

#include "sensors/block.h"

namespace sensors {

/// For one window; blocks are added in order of time.
class EvenGrid {
 public:
  /// Slots lie 1 / `rate` apart from `begin` on; a row goes to the nearest.
  EvenGrid(base::Time begin, double rate, std::size_t slots, std::size_t channels);

  /// Adds the rows that belong here. Only for a block with as many channels.
  void add(const Block& block);
  /// Masks what is missing or not finite. Returns the share of slots with at least one number.
  double finish();
  /// [slots x channels], row-major; after finish().
  Samples take() { return std::move(samples_); }

 private:
  std::int64_t slotOf(base::Time t) const;
  void copy(const Samples& from, std::size_t row, std::int64_t slot, std::size_t count);
  void place(const Samples& from, std::size_t row, std::int64_t slot);
  void moveBack(std::size_t slot);

  base::Time begin_;
  double rate_;
  std::size_t channels_;
  std::vector<std::uint8_t> isFilled_;
  std::int64_t last_ = -1;  ///< newest filled slot
  Samples samples_;
};

}  // namespace sensors
