// A node's stream may carry any bytes.

#include <cstdlib>

#include "hubs/sample_block.h"
#include "hubs/stream_feed.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) {
    return 0;
  }
  const std::size_t channels = data[0] % 8;
  const auto block = hubs::decodeSampleBlock({data + 1, size - 1}, channels);
  if (!block) {
    return 0;
  }
  if (block->rows * block->channels != block->values.size()) {
    std::abort();
  }
  // What was accepted keeps its rows on the way through CBOR, and makes a usable block.
  const auto again =
      hubs::decodeSampleBlock(hubs::encodeCbor(*block, hubs::SampleType::F32), channels);
  if (!again || again->rows != block->rows || again->sequence != block->sequence) {
    std::abort();
  }
  hubs::StreamAbout about;
  about.id = "s";
  about.scale.assign(channels, 0.5);
  about.offset.assign(channels, 1);
  const auto source = std::make_shared<sensors::SourceInfo>(sensors::SourceInfo{.rate = 50});
  hubs::StreamFeed feed(about, source);
  for (const std::int64_t second : {1, 2}) {
    const auto taken = feed.take(*block, base::Time{second * 1'000'000'000});
    if (taken && *taken && (*taken)->end() < (*taken)->start) {
      std::abort();
    }
  }
  return 0;
}
