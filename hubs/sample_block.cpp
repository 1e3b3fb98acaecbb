#include "hubs/sample_block.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <limits>
#include <nlohmann/json.hpp>

namespace hubs {

namespace {

using Json = nlohmann::json;

constexpr std::size_t kMostValues = 65'536;
constexpr double kHighestRate = 1e6;
constexpr std::int64_t kLatestMicros = 4'000'000'000'000'000;  ///< in the year 2096
constexpr CodecLimits kLimits{.bytes = 512 * 1024, .depth = 8, .keys = 2 * kMostValues};

base::Error corrupt(std::string message) {
  return {base::ErrorCode::Corrupt, "sample block: " + std::move(message)};
}

// Tags of RFC 8746, little endian.
constexpr std::uint64_t tagOf(SampleType type) {
  switch (type) {
    case SampleType::U8:
      return 64;
    case SampleType::U16:
      return 69;
    case SampleType::I8:
      return 72;
    case SampleType::I16:
      return 77;
    case SampleType::I32:
      return 78;
    case SampleType::F32:
      return 85;
  }
  return 0;
}

std::optional<SampleType> typeOf(std::uint64_t tag) {
  for (const SampleType type : {SampleType::U8, SampleType::I8, SampleType::U16, SampleType::I16,
                                SampleType::I32, SampleType::F32}) {
    if (tagOf(type) == tag) return type;
  }
  return std::nullopt;
}

template <class Number>
void appendLittle(base::Bytes& out, Number number) {
  static_assert(std::endian::native == std::endian::little);
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(&number);
  out.insert(out.end(), bytes, bytes + sizeof number);
}

template <class Integer>
void appendRounded(base::Bytes& out, float value) {
  const double low = static_cast<double>(std::numeric_limits<Integer>::min());
  const double high = static_cast<double>(std::numeric_limits<Integer>::max());
  const double rounded = std::isnan(value) ? 0 : std::round(static_cast<double>(value));
  appendLittle(out, static_cast<Integer>(std::clamp(rounded, low, high)));
}

base::Bytes packed(const std::vector<float>& values, SampleType type) {
  base::Bytes out;
  out.reserve(values.size() * 4);
  for (const float value : values) {
    switch (type) {
      case SampleType::U8:
        appendRounded<std::uint8_t>(out, value);
        break;
      case SampleType::I8:
        appendRounded<std::int8_t>(out, value);
        break;
      case SampleType::U16:
        appendRounded<std::uint16_t>(out, value);
        break;
      case SampleType::I16:
        appendRounded<std::int16_t>(out, value);
        break;
      case SampleType::I32:
        appendRounded<std::int32_t>(out, value);
        break;
      case SampleType::F32:
        appendLittle(out, value);
        break;
    }
  }
  return out;
}

template <class Number>
std::vector<float> unpackedAs(const base::Bytes& bytes) {
  std::vector<float> values(bytes.size() / sizeof(Number));
  for (std::size_t i = 0; i < values.size(); ++i) {
    Number number;
    std::memcpy(&number, bytes.data() + i * sizeof(Number), sizeof(Number));
    values[i] = static_cast<float>(number);
  }
  return values;
}

std::size_t widthOf(SampleType type) {
  switch (type) {
    case SampleType::U8:
    case SampleType::I8:
      return 1;
    case SampleType::U16:
    case SampleType::I16:
      return 2;
    default:
      return 4;
  }
}

std::vector<float> unpacked(const base::Bytes& bytes, SampleType type) {
  switch (type) {
    case SampleType::U8:
      return unpackedAs<std::uint8_t>(bytes);
    case SampleType::I8:
      return unpackedAs<std::int8_t>(bytes);
    case SampleType::U16:
      return unpackedAs<std::uint16_t>(bytes);
    case SampleType::I16:
      return unpackedAs<std::int16_t>(bytes);
    case SampleType::I32:
      return unpackedAs<std::int32_t>(bytes);
    case SampleType::F32:
      return unpackedAs<float>(bytes);
  }
  return {};
}

/// Writes the heads of CBOR items, integers as short as they go.
class CborWriter {
 public:
  void head(int major, std::uint64_t argument) {
    const auto first = static_cast<std::uint8_t>(major << 5);
    if (argument < 24) {
      out.push_back(static_cast<std::uint8_t>(first | argument));
      return;
    }
    const int size = argument <= 0xff ? 0 : argument <= 0xffff ? 1 : argument <= 0xffffffff ? 2 : 3;
    out.push_back(static_cast<std::uint8_t>(first | (24 + size)));
    for (int shift = (8 << size) - 8; shift >= 0; shift -= 8) {
      out.push_back(static_cast<std::uint8_t>(argument >> shift));
    }
  }
  void key(char name) {
    head(3, 1);
    out.push_back(static_cast<std::uint8_t>(name));
  }
  void integer(char name, std::int64_t value) {
    key(name);
    if (value >= 0) {
      head(0, static_cast<std::uint64_t>(value));
    } else {
      head(1, static_cast<std::uint64_t>(-(value + 1)));
    }
  }
  void unsignedInteger(char name, std::uint64_t value) {
    key(name);
    head(0, value);
  }
  void number(char name, double value) {
    key(name);
    out.push_back(0xfb);
    const auto bits = std::bit_cast<std::uint64_t>(value);
    for (int shift = 56; shift >= 0; shift -= 8) {
      out.push_back(static_cast<std::uint8_t>(bits >> shift));
    }
  }

  base::Bytes out;
};

base::Result<std::uint64_t> countField(const Json& map, const char* key, std::uint64_t fallback) {
  const auto found = map.find(key);
  if (found == map.end()) return fallback;
  if (found->is_number_unsigned()) return found->get<std::uint64_t>();
  if (found->is_number_integer() && found->get<std::int64_t>() >= 0) {
    return static_cast<std::uint64_t>(found->get<std::int64_t>());
  }
  return corrupt(std::string("\"") + key + "\" is not a count");
}

base::Result<float> numberIn(const Json& value) {
  if (value.is_null()) return std::numeric_limits<float>::quiet_NaN();
  if (!value.is_number()) return corrupt("\"d\" holds something that is not a number");
  return static_cast<float>(value.get<double>());
}

/// Rows as arrays; with one channel also a flat list.
base::Result<std::vector<float>> rowsIn(const Json& rows, std::size_t channels) {
  std::vector<float> values;
  values.reserve(std::min(rows.size() * channels, kMostValues));
  for (const Json& row : rows) {
    if (!row.is_array()) {
      if (channels != 1) return corrupt("a row is not a list");
      const auto value = numberIn(row);
      if (!value) return value.error();
      values.push_back(*value);
      continue;
    }
    if (row.size() != channels) {
      return corrupt("a row has " + std::to_string(row.size()) + " values instead of " +
                     std::to_string(channels));
    }
    for (const Json& item : row) {
      const auto value = numberIn(item);
      if (!value) return value.error();
      values.push_back(*value);
    }
    if (values.size() > kMostValues) return corrupt("too many values");
  }
  return values;
}

base::Result<std::vector<float>> typedValuesIn(const Json& data) {
  const auto& binary = data.get_binary();
  const auto type = binary.has_subtype() ? typeOf(binary.subtype()) : std::nullopt;
  if (!type) return corrupt("\"d\" has no number type we know");
  const std::size_t width = widthOf(*type);
  if (binary.size() % width != 0) return corrupt("\"d\" ends inside a number");
  if (binary.size() / width > kMostValues) return corrupt("too many values");
  return unpacked(binary, *type);
}

/// All fields but the values.
base::Result<SampleBlock> headOf(const Json& map) {
  if (!map.is_object()) return corrupt("not a map");
  if (integerField(map, "v") != 1) return corrupt("unknown version");
  SampleBlock block;
  const auto sequence = countField(map, "s", 0);
  if (!sequence) return sequence.error();
  const auto boot = countField(map, "b", 0);
  if (!boot) return boot.error();
  const auto lost = countField(map, "g", 0);
  if (!lost) return lost.error();
  const auto time = map.find("t");
  if (time == map.end() || !time->is_number_integer()) {
    return corrupt("\"t\" is not an integer");
  }
  block.sequence = *sequence;
  block.boot = static_cast<std::uint32_t>(*boot);
  block.lost = *lost;
  block.timeMicros = integerField(map, "t", -1);
  if (block.timeMicros < 0 || block.timeMicros > kLatestMicros) return corrupt("impossible time");
  block.rate = numberField(map, "r");
  if (!(block.rate >= 0 && block.rate <= kHighestRate)) return corrupt("impossible rate");
  block.clock = static_cast<int>(std::clamp<std::int64_t>(integerField(map, "k"), 0, 3));
  block.aboutRevision = integerField(map, "x", -1);
  return block;
}

}  // namespace

base::Bytes encodeCbor(const SampleBlock& block, SampleType type) {
  const base::Bytes data = packed(block.values, type);
  CborWriter writer;
  writer.out.reserve(data.size() + 64);
  const std::uint64_t keys =
      6 + (block.boot != 0) + (block.clock != 0) + (block.lost != 0) + (block.aboutRevision >= 0);
  writer.head(5, keys);
  writer.unsignedInteger('v', 1);
  writer.unsignedInteger('s', block.sequence);
  if (block.boot != 0) writer.unsignedInteger('b', block.boot);
  writer.integer('t', block.timeMicros);
  writer.number('r', block.rate);
  writer.unsignedInteger('n', block.rows);
  writer.key('d');
  writer.head(6, tagOf(type));
  writer.head(2, data.size());
  writer.out.insert(writer.out.end(), data.begin(), data.end());
  if (block.clock != 0) writer.integer('k', block.clock);
  if (block.lost != 0) writer.unsignedInteger('g', block.lost);
  if (block.aboutRevision >= 0) writer.integer('x', block.aboutRevision);
  return writer.out;
}

base::Bytes encodeJson(const SampleBlock& block) {
  Json rows = Json::array();
  for (std::size_t row = 0; row < block.rows; ++row) {
    Json values = Json::array();
    for (std::size_t c = 0; c < block.channels; ++c) {
      const float value = block.values[row * block.channels + c];
      values.push_back(std::isfinite(value) ? Json(value) : Json(nullptr));
    }
    rows.push_back(std::move(values));
  }
  Json map{{"v", 1},          {"s", block.sequence}, {"t", block.timeMicros},
           {"r", block.rate}, {"n", block.rows},     {"d", std::move(rows)}};
  if (block.boot != 0) map["b"] = block.boot;
  if (block.clock != 0) map["k"] = block.clock;
  if (block.lost != 0) map["g"] = block.lost;
  if (block.aboutRevision >= 0) map["x"] = block.aboutRevision;
  return toJsonBytes(map);
}

base::Result<SampleBlock> decodeSampleBlock(std::span<const std::uint8_t> bytes,
                                            std::size_t channels) {
  if (channels == 0) return corrupt("the stream has no channels");
  const auto map = parseEither(bytes, kLimits);
  if (!map) return corrupt(map.error().message);
  auto block = headOf(*map);
  if (!block) return block;
  const auto data = map->find("d");
  if (data == map->end() || !(data->is_binary() || data->is_array())) {
    return corrupt("\"d\" is missing");
  }
  block->raw = data->is_binary();
  auto values = block->raw ? typedValuesIn(*data) : rowsIn(*data, channels);
  if (!values) return values.error();
  if (values->size() % channels != 0) {
    return corrupt(std::to_string(values->size()) + " values do not divide into " +
                   std::to_string(channels) + " channels");
  }
  block->channels = channels;
  block->rows = values->size() / channels;
  block->values = std::move(*values);
  const auto announced = countField(*map, "n", block->rows);
  if (!announced) return announced.error();
  if (*announced != block->rows) {
    return corrupt("\"n\" says " + std::to_string(*announced) + " rows, \"d\" holds " +
                   std::to_string(block->rows));
  }
  return block;
}

}  // namespace hubs
