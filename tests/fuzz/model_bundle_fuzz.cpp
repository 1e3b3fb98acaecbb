// Bytes that claim to be a model somebody exported.

#include "app/headless/model_card.h"
#include "app/training/model_bundle.h"
#include "hubs/codec.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::span<const std::uint8_t> bytes(data, size);
  (void)app::decodeBundle(bytes).ok();
  // A card is behind a checksum that chance does not meet; it is read by itself too.
  const auto card = hubs::parseJson(bytes);
  if (!card) return 0;
  (void)app::cardText(*card);
  (void)app::outcomesOf(*card);
  return 0;
}
