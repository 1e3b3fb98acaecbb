#pragma once
// Augmentation: one measured window as it might have been on another day: begun elsewhere, faster,
// stronger, in more noise, with the device worn differently. For training only.

#include <cstdint>

#include "sensors/window.h"

namespace sensors {

enum class NoiseColour {
  None,
  White,  ///< equal power at all frequencies: a sensor's own noise
  Pink,   ///< power falls with frequency: fans, streets, a home at large (Voss and Clarke 1978)
};

/// How far a copy may lie from its origin. Each copy draws evenly from within.
struct AugmentationSpec {
  double shift = 0;  ///< earlier or later by at most this share of the window, [0, 0.5]
  double warp = 0;   ///< faster or slower by at most this share, [0, 0.5]
  double gain = 0;   ///< deviations from a channel's mean, by at most so many dB
  NoiseColour noise = NoiseColour::None;
  double leastSnr = 20;  ///< dB below a channel's deviations from its mean, and ...
  double mostSnr = 40;   ///< ... at most so many
  double turn = 0;       ///< each three axes that share a unit, by at most so many degrees

  bool changesNothing() const {
    return shift == 0 && warp == 0 && gain == 0 && noise == NoiseColour::None && turn == 0;
  }
  friend bool operator==(const AugmentationSpec&, const AugmentationSpec&) = default;
};

/// `rows` numbers of that colour with mean 0 and deviation 1 (all 0 for None). Equal arguments give
/// equal values. Thread-safe.
std::vector<float> noise(NoiseColour colour, std::size_t rows, std::uint64_t seed);

/// What may vary in signals of that kind. Nothing for levels and switches, whose value is what they
/// say, for pictures, and for rows that already are features.
AugmentationSpec usualAugmentation(SourceKind kind);

/// A copy of `window`, of equal span and shape. Shift and warp read it at other moments (cubic
/// interpolation, Keys 1981; whole rows where only shifted), mirrored beyond its ends; a moment
/// next to a gap is a gap. Values stay within the channels' declared ranges. Windows of scattered
/// rows come back as they are. Equal arguments give equal values. Thread-safe.
Window augmented(const Window& window, const AugmentationSpec& spec, std::uint64_t seed);

}  // namespace sensors
