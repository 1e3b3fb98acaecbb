#pragma once
// BlobDescriptor: the name, size and block hashes of a piece of bytes that travels between
// computers.

#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <span>
#include <string>
#include <vector>

#include "sensors/base/hash.h"
#include "sensors/base/result.h"

namespace hubs {

inline constexpr std::uint32_t kLargestBlock = 192 * 1024;
inline constexpr std::size_t kMostBlobBlocks = 16'384;  ///< 2 GB in blocks of 128 kB

struct BlobDescriptor {
  std::string id;  ///< SHA-256 of the content, 64 hexadecimal digits
  std::uint64_t size = 0;
  std::uint32_t block = 131'072;
  std::vector<std::string> blocks;  ///< SHA-256 of each block
};
BlobDescriptor describe(std::span<const std::uint8_t> content);
base::Bytes encode(const BlobDescriptor& descriptor);  ///< CBOR
/// Never trusts `bytes`. Errors: Corrupt.
base::Result<BlobDescriptor> decodeDescriptor(std::span<const std::uint8_t> bytes);

/// `hex` holds pairs of lower-case digits; what is not in a pair is left out.
base::Bytes fromHex(const std::string& hex);
std::string toHex(std::span<const std::uint8_t> bytes);
/// The bytes of a CBOR map's field; null where it holds none.
const std::vector<std::uint8_t>* bytesField(const nlohmann::json& map, const char* key);

}  // namespace hubs
