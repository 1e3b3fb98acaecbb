#include "hubs/jpeg_header.h"

#include "sensors/jpeg_header.h"

namespace hubs {

base::Result<void> checkThumbnail(const base::Bytes& jpeg) {
  constexpr sensors::JpegLimits kThumbnail{.bytes = 64 * 1024, .side = 4096, .pixels = 4096 * 4096};
  const auto size = sensors::jpegSize(jpeg, kThumbnail);
  if (!size) return base::Error{size.error().code, "thumbnail: " + size.error().message};
  return {};
}

}  // namespace hubs
