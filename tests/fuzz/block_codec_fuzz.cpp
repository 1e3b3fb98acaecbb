// Bytes from a project file or a scratch file that anything may have happened to.

#include <cstdlib>

#include "sensors/block_codec.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto decoded = sensors::decodeBlock({data, size}, nullptr);
  if (!decoded) {
    return 0;
  }
  // What was accepted must be usable: it encodes again, to something that means the same.
  const sensors::Block& block = **decoded;
  const auto again = sensors::decodeBlock(sensors::encodeBlock(block), nullptr);
  if (!again || (*again)->rows() != block.rows() || (*again)->start != block.start) {
    std::abort();
  }
  sensors::cutBlock(*decoded, {block.start, block.timeOf(block.rows() / 2)});
  return 0;
}
