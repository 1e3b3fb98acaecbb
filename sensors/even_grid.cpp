#include "sensors/even_grid.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>

namespace sensors {

namespace {

/// First of `rows` whose slot is at least `from`; slots never fall.
template <class Slot>
std::size_t firstRow(std::size_t rows, const Slot& slot, std::int64_t from) {
  std::size_t low = 0;
  std::size_t high = rows;
  while (low < high) {
    const std::size_t middle = (low + high) / 2;
    if (slot(middle) < from) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

}  // namespace

EvenGrid::EvenGrid(base::Time begin, double rate, std::size_t slots, std::size_t channels)
    : begin_(begin), rate_(rate), channels_(channels), isFilled_(slots) {
  samples_.rows = slots;
  samples_.channels = channels;
  samples_.values.resize(slots * channels);
}

std::int64_t EvenGrid::slotOf(base::Time t) const {
  const double rows = static_cast<double>((t - begin_).count()) * rate_ / 1e9;
  return static_cast<std::int64_t>(std::floor(rows + 0.5));
}

void EvenGrid::add(const Block& block) {
  const Samples& from = *block.samples();
  const auto slots = static_cast<std::int64_t>(isFilled_.size());
  const auto slot = [&](std::size_t row) { return slotOf(block.timeOf(row)); };
  // Rows rise in time, so those of this window are one run.
  const std::size_t first = firstRow(from.rows, slot, 0);
  const std::size_t end = firstRow(from.rows, slot, slots);
  if (first >= end) {
    return;
  }
  const std::int64_t low = slot(first);
  const auto count = static_cast<std::int64_t>(end - first);
  if (block.offsets.empty() && low > last_ && slot(end - 1) - low == count - 1) {
    copy(from, first, low, static_cast<std::size_t>(count));
    return;
  }
  for (std::size_t row = first; row < end; ++row) {
    place(from, row, slot(row));
  }
}

double EvenGrid::finish() {
  std::size_t measured = 0;
  bool isWhole = true;
  std::vector<std::uint8_t> missing(samples_.values.size());
  for (std::size_t slot = 0; slot < isFilled_.size(); ++slot) {
    std::size_t present = 0;
    for (std::size_t i = slot * channels_; i < (slot + 1) * channels_; ++i) {
      const bool isThere = isFilled_[slot] && std::isfinite(samples_.values[i]);
      missing[i] = isThere ? 0 : 1;
      if (!isThere) samples_.values[i] = 0;
      present += isThere ? 1 : 0;
    }
    measured += present > 0 ? 1 : 0;
    isWhole = isWhole && present == channels_;
  }
  if (!isWhole) samples_.missing = std::move(missing);
  return static_cast<double>(measured) / static_cast<double>(isFilled_.size());
}

void EvenGrid::copy(const Samples& from, std::size_t row, std::int64_t slot, std::size_t count) {
  float* to = samples_.values.data() + static_cast<std::size_t>(slot) * channels_;
  std::memcpy(to, from.values.data() + row * channels_, count * channels_ * sizeof(float));
  for (std::size_t i = 0; !from.missing.empty() && i < count * channels_; ++i) {
    if (from.missing[row * channels_ + i]) to[i] = std::numeric_limits<float>::quiet_NaN();
  }
  std::fill_n(isFilled_.begin() + slot, count, std::uint8_t{1});
  last_ = slot + static_cast<std::int64_t>(count) - 1;
}

/// A clock that jitters around the middle between two slots puts two rows into one and leaves a
/// neighbour empty: then the row moves by one slot, never further. What still collides is dropped.
void EvenGrid::place(const Samples& from, std::size_t row, std::int64_t slot) {
  if (slot <= last_) {
    if (slot != last_ || slot + 1 >= static_cast<std::int64_t>(isFilled_.size())) return;
    if (slot > 0 && !isFilled_[static_cast<std::size_t>(slot - 1)]) {
      moveBack(static_cast<std::size_t>(slot));
    } else {
      ++slot;
    }
  }
  copy(from, row, slot, 1);
}

void EvenGrid::moveBack(std::size_t slot) {
  const auto at = samples_.values.begin() + static_cast<std::ptrdiff_t>(slot * channels_);
  const auto width = static_cast<std::ptrdiff_t>(channels_);
  std::copy(at, at + width, at - width);
  isFilled_[slot - 1] = 1;
}

}  // namespace sensors
