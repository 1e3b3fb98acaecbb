// Saved envelopes: refused, or read and written again to an equal tile.

#include <cstdint>
#include <cstdlib>

#include "app/project/envelope_tiles.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto tile = app::decodeTile({data, size});
  if (!tile) {
    return 0;
  }
  const auto again = app::decodeTile(app::encodeTile(*tile, app::KeepLast::Yes));
  if (!again || !(*again == *tile)) {
    std::abort();
  }
  return 0;
}
