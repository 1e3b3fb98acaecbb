#include "hubs/codec.h"

#include <bit>
#include <cmath>
#include <cstring>
#include <limits>
#include <nlohmann/json.hpp>

namespace hubs {

namespace {

using Json = nlohmann::json;

base::Error corrupt(std::string message) { return {base::ErrorCode::Corrupt, std::move(message)}; }

base::Error tooLarge(std::size_t size, const CodecLimits& limits) {
  return corrupt("the message has " + std::to_string(size) + " bytes, more than " +
                 std::to_string(limits.bytes));
}

base::Error tooDeep(const CodecLimits& limits) {
  return corrupt("the message nests deeper than " + std::to_string(limits.depth));
}

base::Error tooMany(const CodecLimits& limits) {
  return corrupt("the message has more than " + std::to_string(limits.keys) + " elements");
}

/// Walks over JSON text without building anything: nesting, and an upper bound of the elements.
base::Result<void> checkJsonShape(std::span<const std::uint8_t> bytes, const CodecLimits& limits) {
  std::size_t depth = 0;
  std::size_t elements = 0;
  bool inText = false;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const std::uint8_t c = bytes[i];
    if (inText) {
      if (c == '\\') {
        ++i;
      } else if (c == '"') {
        inText = false;
      }
    } else if (c == '"') {
      inText = true;
    } else if (c == '[' || c == '{') {
      ++elements;
      if (++depth > limits.depth) return tooDeep(limits);
    } else if ((c == ']' || c == '}') && depth > 0) {
      --depth;
    } else if (c == ',') {
      ++elements;
    }
    if (elements > limits.keys) return tooMany(limits);
  }
  return {};
}

float halfToFloat(std::uint16_t half) {
  const int exponent = (half >> 10) & 0x1f;
  const int mantissa = half & 0x3ff;
  float value = 0;
  if (exponent == 0) {
    value = std::ldexp(static_cast<float>(mantissa), -24);
  } else if (exponent != 31) {
    value = std::ldexp(static_cast<float>(mantissa + 1024), exponent - 25);
  } else {
    value = mantissa == 0 ? std::numeric_limits<float>::infinity()
                          : std::numeric_limits<float>::quiet_NaN();
  }
  return (half & 0x8000) ? -value : value;
}

/// Reads one CBOR item after another. Lengths are compared with what is left before anything is
/// allocated; recursion ends at limits.depth.
class CborReader {
 public:
  CborReader(std::span<const std::uint8_t> bytes, const CodecLimits& limits)
      : bytes_(bytes), limits_(limits) {}

  base::Result<Json> readAll() {
    auto value = readItem(0);
    if (!value) return value;
    if (at_ != bytes_.size()) return wrong("bytes follow the end of the message");
    return value;
  }

 private:
  static constexpr std::uint8_t kBreak = 0xff;
  static constexpr std::uint8_t kIndefinite = 31;

  struct Head {
    int major = 0;
    std::uint8_t info = 0;
    std::uint64_t argument = 0;
  };

  base::Error wrong(const std::string& what) const {
    return corrupt("byte " + std::to_string(at_) + ": " + what);
  }
  std::size_t left() const { return bytes_.size() - at_; }

  base::Result<Head> readHead() {
    if (left() == 0) return wrong("the message ends too early");
    const std::uint8_t first = bytes_[at_++];
    Head head{first >> 5, static_cast<std::uint8_t>(first & 0x1f), 0};
    if (head.info < 24) {
      head.argument = head.info;
      return head;
    }
    if (head.info == kIndefinite) return head;
    if (head.info > 27) return wrong("a reserved length");
    const std::size_t width = std::size_t{1} << (head.info - 24);
    if (left() < width) return wrong("the message ends too early");
    for (std::size_t i = 0; i < width; ++i) {
      head.argument = head.argument << 8 | bytes_[at_++];
    }
    return head;
  }

  base::Result<Json> readItem(std::size_t depth) {
    if (depth > limits_.depth) return tooDeep(limits_);
    if (++elements_ > limits_.keys + 1) return tooMany(limits_);
    const auto head = readHead();
    if (!head) return head.error();
    switch (head->major) {
      case 0:
        if (head->info == kIndefinite) return wrong("an integer without length");
        return Json(head->argument);
      case 1:
        if (head->info == kIndefinite) return wrong("an integer without length");
        if (head->argument > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max())) {
          return wrong("an integer too small to hold");
        }
        return Json(-1 - static_cast<std::int64_t>(head->argument));
      case 2: {
        auto content = readString(*head);
        if (!content) return content.error();
        return Json::binary(base::Bytes(content->begin(), content->end()));
      }
      case 3: {
        auto text = readText(*head);
        if (!text) return text.error();
        return Json(std::move(*text));
      }
      case 4:
        return readArray(*head, depth);
      case 5:
        return readMap(*head, depth);
      case 6: {
        if (head->info == kIndefinite) return wrong("a tag without number");
        auto item = readItem(depth + 1);
        if (item && item->is_binary()) item->get_binary().set_subtype(head->argument);
        return item;
      }
      default:
        return readSimple(*head);
    }
  }

  base::Result<std::string> readString(const Head& head) {
    std::string content;
    if (head.info != kIndefinite) {
      if (head.argument > left()) return wrong("a length beyond the end of the message");
      content.assign(reinterpret_cast<const char*>(bytes_.data()) + at_, head.argument);
      at_ += head.argument;
      return content;
    }
    while (true) {
      const auto chunk = readHead();
      if (!chunk) return chunk.error();
      if (chunk->major == 7 && chunk->info == kIndefinite) return content;
      if (chunk->major != head.major || chunk->info == kIndefinite) {
        return wrong("a piece of another kind inside a string");
      }
      if (chunk->argument > left()) return wrong("a length beyond the end of the message");
      content.append(reinterpret_cast<const char*>(bytes_.data()) + at_, chunk->argument);
      at_ += chunk->argument;
    }
  }

  base::Result<std::string> readText(const Head& head) {
    auto text = readString(head);
    if (text && !isUtf8(*text)) return wrong("text that is not UTF-8");
    return text;
  }

  bool atBreak() {
    if (left() == 0 || bytes_[at_] != kBreak) return false;
    ++at_;
    return true;
  }

  base::Result<Json> readArray(const Head& head, std::size_t depth) {
    const bool open = head.info == kIndefinite;
    if (!open && head.argument > left()) return wrong("more elements than bytes");
    Json array = Json::array();
    for (std::uint64_t i = 0; open ? !atBreak() : i < head.argument; ++i) {
      auto item = readItem(depth + 1);
      if (!item) return item;
      array.push_back(std::move(*item));
    }
    return array;
  }

  base::Result<Json> readMap(const Head& head, std::size_t depth) {
    const bool open = head.info == kIndefinite;
    if (!open && head.argument > left() / 2) return wrong("more elements than bytes");
    Json map = Json::object();
    for (std::uint64_t i = 0; open ? !atBreak() : i < head.argument; ++i) {
      const auto keyHead = readHead();
      if (!keyHead) return keyHead.error();
      if (keyHead->major != 3) return wrong("a key that is not text");
      auto key = readText(*keyHead);
      if (!key) return key.error();
      if (map.contains(*key)) return wrong("the key \"" + *key + "\" twice");
      auto item = readItem(depth + 1);
      if (!item) return item;
      map.emplace(std::move(*key), std::move(*item));
    }
    return map;
  }

  base::Result<Json> readSimple(const Head& head) {
    switch (head.info) {
      case 20:
        return Json(false);
      case 21:
        return Json(true);
      case 22:
      case 23:
        return Json(nullptr);
      case 25:
        return Json(static_cast<double>(halfToFloat(static_cast<std::uint16_t>(head.argument))));
      case 26:
        return Json(
            static_cast<double>(std::bit_cast<float>(static_cast<std::uint32_t>(head.argument))));
      case 27:
        return Json(std::bit_cast<double>(head.argument));
      default:
        return wrong("a simple value nobody knows");
    }
  }

  std::span<const std::uint8_t> bytes_;
  const CodecLimits& limits_;
  std::size_t at_ = 0;
  std::size_t elements_ = 0;
};

const Json* field(const Json& object, const char* key) {
  if (!object.is_object()) return nullptr;
  const auto found = object.find(key);
  return found == object.end() ? nullptr : &*found;
}

template <class Tree>
base::Result<Tree> parseInto(std::span<const std::uint8_t> bytes, const CodecLimits& limits) {
  if (bytes.size() > limits.bytes) return tooLarge(bytes.size(), limits);
  if (const auto shape = checkJsonShape(bytes, limits); !shape) return shape.error();
  try {
    return Tree::parse(bytes.begin(), bytes.end());
  } catch (const Json::parse_error& error) {
    return corrupt("not valid JSON at byte " + std::to_string(error.byte));
  } catch (const Json::exception& error) {
    return corrupt(std::string("not valid JSON: ") + error.what());
  }
}

}  // namespace

base::Result<Json> parseJson(std::span<const std::uint8_t> bytes, const CodecLimits& limits) {
  return parseInto<Json>(bytes, limits);
}

base::Result<nlohmann::ordered_json> parseOrderedJson(std::span<const std::uint8_t> bytes,
                                                      const CodecLimits& limits) {
  return parseInto<nlohmann::ordered_json>(bytes, limits);
}

base::Result<Json> parseCbor(std::span<const std::uint8_t> bytes, const CodecLimits& limits) {
  if (bytes.size() > limits.bytes) return tooLarge(bytes.size(), limits);
  return CborReader(bytes, limits).readAll();
}

base::Result<Json> parseEither(std::span<const std::uint8_t> bytes, const CodecLimits& limits) {
  const bool json = !bytes.empty() && (bytes[0] == '{' || bytes[0] == '[');
  return json ? parseJson(bytes, limits) : parseCbor(bytes, limits);
}

base::Bytes toCbor(const Json& value) { return Json::to_cbor(value); }

base::Bytes toJsonBytes(const Json& value) {
  const std::string text = value.dump(-1, ' ', false, Json::error_handler_t::replace);
  return {text.begin(), text.end()};
}

bool isUtf8(std::string_view text) {
  const auto* p = reinterpret_cast<const unsigned char*>(text.data());
  const auto* end = p + text.size();
  const auto follows = [&](int n) {
    for (int i = 1; i <= n; ++i) {
      if (p + i >= end || (p[i] & 0xc0) != 0x80) return false;
    }
    return true;
  };
  while (p < end) {
    if (*p < 0x80) {
      p += 1;
    } else if (*p >= 0xc2 && *p <= 0xdf && follows(1)) {
      p += 2;
    } else if ((*p & 0xf0) == 0xe0 && follows(2)) {
      const bool overlong = *p == 0xe0 && p[1] < 0xa0;
      const bool surrogate = *p == 0xed && p[1] > 0x9f;
      if (overlong || surrogate) return false;
      p += 3;
    } else if (*p >= 0xf0 && *p <= 0xf4 && follows(3)) {
      const bool overlong = *p == 0xf0 && p[1] < 0x90;
      const bool beyond = *p == 0xf4 && p[1] > 0x8f;
      if (overlong || beyond) return false;
      p += 4;
    } else {
      return false;
    }
  }
  return true;
}

std::string textField(const Json& object, const char* key, std::string fallback) {
  const Json* value = field(object, key);
  return value && value->is_string() ? value->get<std::string>() : fallback;
}

double numberField(const Json& object, const char* key, double fallback) {
  const Json* value = field(object, key);
  return value && value->is_number() ? value->get<double>() : fallback;
}

std::int64_t integerField(const Json& object, const char* key, std::int64_t fallback) {
  const Json* value = field(object, key);
  if (!value || !value->is_number()) return fallback;
  if (value->is_number_unsigned()) {
    const auto number = value->get<std::uint64_t>();
    const auto largest = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
    return number <= largest ? static_cast<std::int64_t>(number) : fallback;
  }
  if (value->is_number_integer()) return value->get<std::int64_t>();
  const double number = value->get<double>();
  return number >= -9.2e18 && number <= 9.2e18 ? static_cast<std::int64_t>(number) : fallback;
}

bool boolField(const Json& object, const char* key, bool fallback) {
  const Json* value = field(object, key);
  return value && value->is_boolean() ? value->get<bool>() : fallback;
}

}  // namespace hubs
