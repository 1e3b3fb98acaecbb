// Edge Impulse samples, JSON and CBOR: refused with a reason, or read; what was read comes back.

#include <cstdint>
#include <cstdlib>

#include "app/project/edge_impulse.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static_cast<void>(app::decodeEdgeImpulse("fuzz", {data, size}, "key"));
  const auto decoded = app::decodeEdgeImpulse("fuzz", {data, size}, "");
  if (!decoded) {
    return 0;
  }
  const auto& sample = decoded->sample;
  if (sample.values.size() != sample.rows() * sample.sensors.size()) {
    std::abort();
  }
  for (const auto encoding : {app::EdgeImpulseEncoding::Json, app::EdgeImpulseEncoding::Cbor}) {
    const auto bytes = app::encodeEdgeImpulse(sample, encoding, "key");
    const auto again = app::decodeEdgeImpulse("again", bytes, "key");
    if (!again || again->sample.values.size() != sample.values.size()) {
      std::abort();
    }
  }
  return 0;
}
