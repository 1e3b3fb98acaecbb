#pragma once
// JSON and CBOR from outside, with limits checked before anything is allocated.

#include <nlohmann/json_fwd.hpp>
#include <span>
#include <string_view>

#include "sensors/base/hash.h"
#include "sensors/base/result.h"

namespace hubs {

struct CodecLimits {
  std::size_t bytes = 256 * 1024;
  std::size_t depth = 32;
  std::size_t keys = 10'000;  ///< containers' elements in all
};

/// Errors: Corrupt naming the limit or the first wrong byte. NaN and Infinity are refused in JSON.
base::Result<nlohmann::json> parseJson(std::span<const std::uint8_t> bytes,
                                       const CodecLimits& limits = {});
/// As parseJson, in the order in which the keys were sent.
base::Result<nlohmann::ordered_json> parseOrderedJson(std::span<const std::uint8_t> bytes,
                                                      const CodecLimits& limits = {});
/// Byte strings become binary values; RFC 8746 tags are kept as the binary's subtype. Errors:
/// Corrupt.
base::Result<nlohmann::json> parseCbor(std::span<const std::uint8_t> bytes,
                                       const CodecLimits& limits = {});
/// First byte '{' or '[': JSON, else CBOR.
base::Result<nlohmann::json> parseEither(std::span<const std::uint8_t> bytes,
                                         const CodecLimits& limits = {});
/// Deterministic: map keys sorted, shortest integers.
base::Bytes toCbor(const nlohmann::json& value);
base::Bytes toJsonBytes(const nlohmann::json& value);

/// Is `text` well-formed UTF-8 (no overlong forms, no surrogates)?
bool isUtf8(std::string_view text);

// Fields that may be absent or of another type; never throw.
std::string textField(const nlohmann::json& object, const char* key, std::string fallback = {});
double numberField(const nlohmann::json& object, const char* key, double fallback = 0);
std::int64_t integerField(const nlohmann::json& object, const char* key, std::int64_t fallback = 0);
bool boolField(const nlohmann::json& object, const char* key, bool fallback = false);

}  // namespace hubs
