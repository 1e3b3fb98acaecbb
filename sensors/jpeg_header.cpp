#include "sensors/jpeg_header.h"

#include <string>

namespace sensors {

namespace {

base::Error corrupt(const std::string& what) { return {base::ErrorCode::Corrupt, what}; }

/// Markers without a length after them: fillers, restarts, start of image.
bool standsAlone(std::uint8_t marker) {
  return marker == 0x01 || (marker >= 0xd0 && marker <= 0xd8);
}

bool isFrameHeader(std::uint8_t marker) {
  return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
}

}  // namespace

base::Result<PictureSize> jpegSize(std::span<const std::uint8_t> jpeg, const JpegLimits& limits) {
  if (jpeg.size() > limits.bytes) {
    return corrupt("larger than " + std::to_string(limits.bytes / 1024) + " kB");
  }
  if (jpeg.size() < 4 || jpeg[0] != 0xff || jpeg[1] != 0xd8) return corrupt("not a JPEG");
  std::size_t at = 2;
  while (at + 9 < jpeg.size()) {
    if (jpeg[at] != 0xff) return corrupt("not a JPEG");
    const std::uint8_t marker = jpeg[at + 1];
    if (marker == 0xff || standsAlone(marker)) {
      at += marker == 0xff ? 1 : 2;
      continue;
    }
    if (marker == 0xd9 || marker == 0xda) break;  // pixels or the end, and no size before them
    if (isFrameHeader(marker)) {
      const int height = jpeg[at + 5] << 8 | jpeg[at + 6];
      const int width = jpeg[at + 7] << 8 | jpeg[at + 8];
      if (width < 1 || height < 1 || width > limits.side || height > limits.side ||
          std::int64_t{width} * height > limits.pixels) {
        return corrupt("impossible size " + std::to_string(width) + " x " + std::to_string(height));
      }
      return PictureSize{width, height};
    }
    const std::size_t length = static_cast<std::size_t>(jpeg[at + 2] << 8 | jpeg[at + 3]);
    if (length < 2) return corrupt("not a JPEG");
    at += 2 + length;
  }
  return corrupt("it has no size");
}

}  // namespace sensors
