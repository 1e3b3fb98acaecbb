#pragma once
// Block: an immutable run of samples of one source, stamped where it was captured.
// Blocks are shared by pointer and never copied; `sequence` rises by one, a jump means loss.

#include <cstdint>
#include <memory>
#include <variant>
#include <vector>

#include "sensors/base/hash.h"
#include "sensors/base/time.h"
#include "sensors/channel.h"

namespace sensors {

/// Numbers of one stretch: [rows x channels], row-major, in the channels' units.
struct Samples {
  std::size_t rows = 0;
  std::size_t channels = 0;
  std::vector<float> values;
  std::vector<std::uint8_t> missing;  ///< empty, or one per value: 1 = missing or not finite

  bool isMissing(std::size_t row, std::size_t channel) const {
    return !missing.empty() && missing[row * channels + channel] != 0;
  }
  float at(std::size_t row, std::size_t channel) const { return values[row * channels + channel]; }
};

/// One encoded picture. Decoded only where it is shown or turned into features.
struct Image {
  int width = 0;
  int height = 0;
  base::Bytes jpeg;
  /// What usually is there: a grey JPEG of the same scene, at most 160 pixels wide, shared by
  /// neighbouring pictures. Null where unknown.
  std::shared_ptr<const base::Bytes> background;
};

struct Block {
  SourceInfoPtr source;
  std::uint64_t sequence = 0;
  base::Time start;                     ///< time of row 0
  base::Duration step{0};               ///< between rows; 0 where `offsets` tell
  std::vector<base::Duration> offsets;  ///< of each row after `start`, rising; empty where even
  std::variant<Samples, Image> content;
  std::uint64_t lostBefore = 0;  ///< blocks known to be lost between the former one and this

  const Samples* samples() const { return std::get_if<Samples>(&content); }
  const Image* image() const { return std::get_if<Image>(&content); }
  std::size_t rows() const { return samples() ? samples()->rows : 1; }
  base::Time timeOf(std::size_t row) const {
    return offsets.empty() ? start + step * static_cast<std::int64_t>(row) : start + offsets[row];
  }
  /// Just after the last row: one step further where rows are even, else the last row's time.
  base::Time end() const {
    if (rows() == 0) return start;
    return offsets.empty() ? start + step * static_cast<std::int64_t>(rows()) : timeOf(rows() - 1);
  }
};
using BlockPtr = std::shared_ptr<const Block>;

}  // namespace sensors
