#pragma once
// PictureVariation: the pictures of one window as they might have been on another day: darker,
// noisier, out of focus, the camera nudged. For training on copies, and to ask "what if".

#include <cstdint>

#include "sensors/window.h"

namespace sensors {

/// One change, the same for all pictures of a window and for their background.
struct PictureChange {
  double stops = 0;  ///< of light: +1 is twice as much, -1 half
  double blur = 0;   ///< standard deviation, share of the picture's longer side
  double noise =
      0;  ///< standard deviation in grey levels, anew for each picture; not the background
  double right = 0;  ///< by what share of its width the picture moves; the border is repeated
  double down = 0;
  friend bool operator==(const PictureChange&, const PictureChange&) = default;
};

/// How far a copy for training may lie from its origin: each change is drawn evenly from within.
struct PictureVariation {
  double stops = 0.7;
  double blur = 0.004;
  double noise = 6;
  double shift = 0.02;
};
PictureChange drawnFrom(const PictureVariation& most, std::uint64_t seed);

/// A copy of `window` with its pictures changed and encoded anew; pictures that cannot be decoded
/// stay as they are. Equal arguments give equal bytes. A level grows with light as the display
/// standard says, by the power 1 / 2.2. Thread-safe.
Window changed(const Window& window, const PictureChange& change, std::uint64_t seed);

}  // namespace sensors
