#pragma once
// A look at the header of a JPEG from elsewhere, before anybody decodes it.

#include <cstdint>
#include <span>

#include "sensors/base/result.h"

namespace sensors {

struct PictureSize {
  int width = 0;
  int height = 0;
  friend bool operator==(const PictureSize&, const PictureSize&) = default;
};

/// What is still taken for a picture.
struct JpegLimits {
  std::size_t bytes = std::size_t{16} << 20;
  int side = 16384;                  ///< pixels
  std::int64_t pixels = 40'000'000;  ///< 120 MB once decoded
};

/// The size a JPEG says it has. Nothing is decoded. Errors: Corrupt with what is wrong: too many
/// bytes, not a JPEG, no size, an impossible size.
base::Result<PictureSize> jpegSize(std::span<const std::uint8_t> jpeg,
                                   const JpegLimits& limits = {});

}  // namespace sensors
