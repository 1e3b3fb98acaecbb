#include "hubs/jpeg_header.h"

namespace hubs {

namespace {

constexpr std::size_t kLargestThumbnail = 64 * 1024;
constexpr int kLargestSide = 4096;

}  // namespace

base::Result<void> checkThumbnail(const base::Bytes& jpeg) {
  const auto corrupt = [](const std::string& what) {
    return base::Error{base::ErrorCode::Corrupt, "thumbnail: " + what};
  };
  if (jpeg.size() > kLargestThumbnail) return corrupt("larger than 64 kB");
  if (jpeg.size() < 4 || jpeg[0] != 0xff || jpeg[1] != 0xd8) return corrupt("not a JPEG");
  std::size_t at = 2;
  while (at + 9 < jpeg.size()) {
    if (jpeg[at] != 0xff) return corrupt("not a JPEG");
    const std::uint8_t marker = jpeg[at + 1];
    if (marker == 0xff) {
      ++at;
      continue;
    }
    const bool isFrame =
        marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
    if (isFrame) {
      const int height = jpeg[at + 5] << 8 | jpeg[at + 6];
      const int width = jpeg[at + 7] << 8 | jpeg[at + 8];
      if (width < 1 || height < 1 || width > kLargestSide || height > kLargestSide) {
        return corrupt("impossible size " + std::to_string(width) + " x " + std::to_string(height));
      }
      return {};
    }
    at += 2 + static_cast<std::size_t>(jpeg[at + 2] << 8 | jpeg[at + 3]);
  }
  return corrupt("it has no size");
}

}  // namespace hubs
