// JSON and CBOR from anybody on the network.

#include <cstdlib>
#include <nlohmann/json.hpp>

#include "hubs/blob_transfer.h"
#include "hubs/codec.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::span<const std::uint8_t> bytes(data, size);
  if (const auto cbor = hubs::parseCbor(bytes)) {
    // What was accepted can be written, and reads back as the same bytes.
    const base::Bytes written = hubs::toCbor(*cbor);
    hubs::CodecLimits roomy;
    roomy.bytes = 16 << 20;
    const auto again = hubs::parseCbor(written, roomy);
    if (!again || hubs::toCbor(*again) != written) {
      std::abort();
    }
  }
  if (const auto json = hubs::parseJson(bytes)) {
    hubs::CodecLimits roomy;
    roomy.bytes = 16 << 20;
    if (!hubs::parseJson(hubs::toJsonBytes(*json), roomy)) {
      std::abort();
    }
  }
  (void)hubs::parseEither(bytes);
  (void)hubs::decodeDescriptor(bytes);
  return 0;
}
