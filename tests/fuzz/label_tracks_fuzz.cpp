// Label tracks of other programs: refused with a reason, or read; what was read comes back from what
// is written of it.

#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "app/project/label_tracks.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto lines = app::decodeAudacityTrack("fuzz.txt", text);
  if (lines) {
    const auto again = app::decodeAudacityTrack("fuzz.txt", app::encodeAudacityTrack(*lines));
    if (!again || again->size() != lines->size()) {
      std::abort();
    }
  }
  const auto tiers = app::decodeElanTrack("fuzz.eaf", text);
  if (tiers && !app::decodeElanTrack("fuzz.eaf", app::encodeElanTrack(*tiers))) {
    std::abort();
  }
  return 0;
}
