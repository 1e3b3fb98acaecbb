#pragma once
// Sample blocks of our node convention (stream/<stream>), as bytes: CBOR or JSON.

#include <optional>

#include "hubs/codec.h"
#include "sensors/block.h"

namespace hubs {

enum class SampleType { U8, I8, U16, I16, I32, F32 };

/// One decoded block before it has a source: raw counts times scale are the caller's business.
struct SampleBlock {
  std::uint64_t sequence = 0;  ///< s
  std::uint32_t boot = 0;      ///< b
  std::int64_t timeMicros =
      0;            ///< t: first frame, microseconds since 1970 (since boot where clock == 0)
  double rate = 0;  ///< r
  int clock = 0;    ///< k
  std::uint64_t lost = 0;           ///< g
  std::int64_t aboutRevision = -1;  ///< x
  std::size_t rows = 0;
  std::size_t channels = 0;
  bool raw = true;            ///< true: counts, to be scaled; false (JSON): physical units
  std::vector<float> values;  ///< [rows x channels]
};

base::Bytes encodeCbor(const SampleBlock& block, SampleType type);
base::Bytes encodeJson(const SampleBlock& block);
/// `channels`: how many the node announced; the block must divide evenly. At most 65 536 values.
/// Errors: Corrupt with what is wrong.
base::Result<SampleBlock> decodeSampleBlock(std::span<const std::uint8_t> bytes,
                                            std::size_t channels);

}  // namespace hubs
