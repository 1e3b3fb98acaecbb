#include "hubs/blob_descriptor.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "hubs/codec.h"

namespace hubs {

namespace {

using Json = nlohmann::json;

constexpr CodecLimits kDescriptorLimits{.bytes = 1 << 20, .depth = 4, .keys = 100};

base::Error corrupt(const std::string& what) { return {base::ErrorCode::Corrupt, what}; }

}  // namespace

base::Bytes fromHex(const std::string& hex) {
  const auto digit = [](char c) { return c <= '9' ? c - '0' : c - 'a' + 10; };
  base::Bytes bytes;
  for (std::size_t i = 0; i + 1 < hex.size(); i += 2) {
    bytes.push_back(static_cast<std::uint8_t>(digit(hex[i]) << 4 | digit(hex[i + 1])));
  }
  return bytes;
}

std::string toHex(std::span<const std::uint8_t> bytes) {
  constexpr char kDigits[] = "0123456789abcdef";
  std::string hex;
  for (const std::uint8_t byte : bytes) {
    hex += kDigits[byte >> 4];
    hex += kDigits[byte & 15];
  }
  return hex;
}

const std::vector<std::uint8_t>* bytesField(const Json& map, const char* key) {
  const auto found = map.find(key);
  return found == map.end() || !found->is_binary() ? nullptr : &found->get_binary();
}

BlobDescriptor describe(std::span<const std::uint8_t> content) {
  BlobDescriptor descriptor{.id = base::sha256(content), .size = content.size()};
  for (std::size_t begin = 0; begin < content.size(); begin += descriptor.block) {
    const std::size_t size = std::min<std::size_t>(descriptor.block, content.size() - begin);
    descriptor.blocks.push_back(base::sha256(content.subspan(begin, size)));
  }
  return descriptor;
}

base::Bytes encode(const BlobDescriptor& descriptor) {
  base::Bytes hashes;
  hashes.reserve(descriptor.blocks.size() * 32);
  for (const std::string& block : descriptor.blocks) {
    const base::Bytes hash = fromHex(block);
    hashes.insert(hashes.end(), hash.begin(), hash.end());
  }
  return toCbor({{"id", Json::binary(fromHex(descriptor.id))},
                 {"size", descriptor.size},
                 {"block", descriptor.block},
                 {"blocks", Json::binary(std::move(hashes))}});
}

base::Result<BlobDescriptor> decodeDescriptor(std::span<const std::uint8_t> bytes) {
  const auto map = parseCbor(bytes, kDescriptorLimits);
  if (!map) return corrupt("blob descriptor: " + map.error().message);
  if (!map->is_object()) return corrupt("blob descriptor: not a map");
  const base::Bytes* id = bytesField(*map, "id");
  const base::Bytes* hashes = bytesField(*map, "blocks");
  const std::int64_t size = integerField(*map, "size", -1);
  const std::int64_t block = integerField(*map, "block", -1);
  if (!id || id->size() != 32 || !hashes || hashes->size() % 32 != 0) {
    return corrupt("blob descriptor: a hash is missing");
  }
  if (size < 0 || block < 1 || block > kLargestBlock) {
    return corrupt("blob descriptor: impossible size");
  }
  const auto count = static_cast<std::uint64_t>(size / block + (size % block != 0));
  if (count > kMostBlobBlocks || hashes->size() / 32 != count) {
    return corrupt("blob descriptor: size and blocks do not fit");
  }
  BlobDescriptor descriptor{.id = toHex(*id),
                            .size = static_cast<std::uint64_t>(size),
                            .block = static_cast<std::uint32_t>(block)};
  for (std::size_t i = 0; i < hashes->size(); i += 32) {
    descriptor.blocks.push_back(toHex(std::span(*hashes).subspan(i, 32)));
  }
  return descriptor;
}

}  // namespace hubs
