#include "hubs/payload.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <cmath>
#include <nlohmann/json.hpp>

#include "hubs/codec.h"

namespace hubs {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t kLongestText = 120;  // bytes of a leaf that are kept
constexpr std::size_t kLongestWord = 40;
constexpr std::size_t kLongestPointer = 512;

constexpr std::array<std::pair<std::string_view, double>, 30> kSwitchWords{{
    {"on", 1},       {"off", 0},       {"true", 1},     {"false", 0},    {"open", 1},
    {"opened", 1},   {"closed", 0},    {"close", 0},    {"yes", 1},      {"no", 0},
    {"detected", 1}, {"clear", 0},     {"motion", 1},   {"occupied", 1}, {"unoccupied", 0},
    {"home", 1},     {"not_home", 0},  {"away", 0},     {"online", 1},   {"offline", 0},
    {"active", 1},   {"inactive", 0},  {"wet", 1},      {"dry", 0},      {"unlocked", 1},
    {"locked", 0},   {"pressed", 1},   {"released", 0}, {"present", 1},  {"absent", 0},
}};

constexpr std::array<std::string_view, 42> kUnits{
    "%",   "°C",  "°F",  "K",   "W",     "kW",    "mW",  "Wh",  "kWh",  "V",   "mV",
    "A",   "mA",  "VA",  "var", "Hz",    "kHz",   "lx",  "lm",  "hPa",  "kPa", "Pa",
    "bar", "psi", "ppm", "ppb", "µg/m³", "µS/cm", "dB",  "dBm", "s",    "ms",  "min",
    "h",   "m",   "cm",  "mm",  "km/h",  "m/s",   "l",   "m³",  "rpm"};

std::string_view trimmed(std::string_view text) {
  const auto isBlank = [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; };
  while (!text.empty() && isBlank(text.front())) text.remove_prefix(1);
  while (!text.empty() && isBlank(text.back())) text.remove_suffix(1);
  return text;
}

std::string lower(std::string_view text) {
  std::string all(text);
  for (char& c : all) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return all;
}

/// Without control characters, at most `most` bytes, never cut inside a character.
std::string shown(std::string_view text, std::size_t most) {
  std::size_t end = std::min(text.size(), most);
  while (end < text.size() && end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) {
    --end;
  }
  std::string all(text.substr(0, end));
  for (char& c : all) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) c = ' ';
  }
  return all;
}

bool isPicture(std::span<const std::uint8_t> b) {
  const bool jpeg = b.size() > 3 && b[0] == 0xFF && b[1] == 0xD8 && b[2] == 0xFF;
  const bool png = b.size() > 8 && b[0] == 0x89 && b[1] == 'P' && b[2] == 'N' && b[3] == 'G';
  return jpeg || png;
}

bool isText(std::string_view text) {
  const bool isPrintable = std::all_of(text.begin(), text.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte >= 0x20 || c == '\t' || c == '\r' || c == '\n';
  });
  return isPrintable && isUtf8(text);
}

Leaf leafOf(const Json& value) {
  Leaf leaf;
  if (value.is_boolean()) {
    leaf.kind = LeafKind::Switch;
    leaf.number = value.get<bool>() ? 1 : 0;
    leaf.text = value.get<bool>() ? "true" : "false";
  } else if (value.is_number()) {
    leaf.number = value.get<double>();
    leaf.kind = std::isfinite(leaf.number) ? LeafKind::Number : LeafKind::Empty;
    leaf.text = value.dump();
  } else if (value.is_string()) {
    leaf = readText(value.get_ref<const std::string&>());
  }
  return leaf;
}

std::string escaped(const std::string& key) {
  std::string all;
  for (const char c : key) {
    if (c == '~') {
      all += "~0";
    } else if (c == '/') {
      all += "~1";
    } else {
      all += c;
    }
  }
  return all;
}

/// Walks through a JSON value; depth is bounded by the parser's limit.
class Unfolding {
 public:
  Unfolding(Payload& payload, const PayloadLimits& limits) : payload_(payload), limits_(limits) {}

  void add(const Json& value, const std::string& pointer) {
    if (value.is_object()) {
      for (const auto& [key, inner] : value.items()) add(inner, pointer + "/" + escaped(key));
    } else if (value.is_array()) {
      for (std::size_t i = 0; i < value.size(); ++i) {
        add(value[i], pointer + "/" + std::to_string(i));
      }
    } else if (payload_.leaves.size() >= limits_.leaves || pointer.size() > kLongestPointer) {
      ++payload_.leavesLeft;
    } else {
      Leaf leaf = leafOf(value);
      leaf.pointer = pointer;
      payload_.leaves.push_back(std::move(leaf));
    }
  }

 private:
  Payload& payload_;
  const PayloadLimits& limits_;
};

std::string_view textOf(std::span<const std::uint8_t> bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

bool looksLikeJson(std::string_view text) {
  return !text.empty() && (text.front() == '{' || text.front() == '[');
}

}  // namespace

Leaf readText(std::string_view whole) {
  std::string_view text = trimmed(whole);
  Leaf leaf{.text = shown(text, kLongestText)};
  if (text.size() >= 2 && text.front() == '"' && text.back() == '"') {
    text = trimmed(text.substr(1, text.size() - 2));
    leaf.text = shown(text, kLongestText);
  }
  if (text.empty()) return leaf;
  const std::string_view digits = text.front() == '+' ? text.substr(1) : text;
  double number = 0;
  const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  const bool isDigit = !digits.empty() && (std::isdigit(static_cast<unsigned char>(digits[0])) ||
                                           digits[0] == '-' || digits[0] == '.');
  if (read.ec == std::errc() && isDigit && std::isfinite(number)) {
    const std::string_view rest =
        trimmed(digits.substr(static_cast<std::size_t>(read.ptr - digits.data())));
    if (rest.empty() || std::find(kUnits.begin(), kUnits.end(), rest) != kUnits.end()) {
      leaf.kind = LeafKind::Number;
      leaf.number = number;
      leaf.unit = rest;
      return leaf;
    }
  }
  const std::string word = lower(text.substr(0, kLongestWord + 1));
  const auto known = std::find_if(kSwitchWords.begin(), kSwitchWords.end(),
                                  [&](const auto& pair) { return pair.first == word; });
  if (known != kSwitchWords.end()) {
    leaf.kind = LeafKind::Switch;
    leaf.number = known->second;
    return leaf;
  }
  const bool isLong = text.size() > kLongestWord || text.find('\n') != std::string_view::npos;
  const bool isStamp = std::isdigit(static_cast<unsigned char>(text.front())) &&
                       text.find_first_of(":T") != std::string_view::npos;
  leaf.kind = isLong || isStamp ? LeafKind::Text : LeafKind::Word;
  return leaf;
}

Payload readPayload(std::span<const std::uint8_t> bytes, const PayloadLimits& limits) {
  Payload payload;
  if (bytes.empty()) return payload;
  if (isPicture(bytes)) {
    payload.kind = PayloadKind::Picture;
    return payload;
  }
  const std::string_view text = trimmed(textOf(bytes.first(std::min(bytes.size(), limits.bytes))));
  if (bytes.size() > limits.bytes) {
    payload.kind = PayloadKind::Broken;
    payload.trouble = "longer than " + std::to_string(limits.bytes / 1024) + " KB";
    return payload;
  }
  if (looksLikeJson(text)) {
    const auto value = parseOrderedJson(bytes, {.bytes = limits.bytes, .depth = limits.depth});
    payload.kind = value ? PayloadKind::Json : PayloadKind::Broken;
    if (value) {
      Unfolding(payload, limits).add(*value, {});
    } else {
      payload.trouble = value.error().message;
    }
    return payload;
  }
  if (!isText(text)) {
    payload.kind = PayloadKind::Bytes;
    return payload;
  }
  payload.kind = PayloadKind::Plain;
  payload.leaves.push_back(readText(text));
  return payload;
}

std::optional<Leaf> leafAt(std::span<const std::uint8_t> bytes, std::string_view pointer,
                           const PayloadLimits& limits) {
  if (bytes.empty() || bytes.size() > limits.bytes) return std::nullopt;
  const std::string_view text = trimmed(textOf(bytes));
  if (pointer.empty()) {
    if (looksLikeJson(text) || !isText(text)) return std::nullopt;
    return readText(text);
  }
  const auto keys = pointerKeys(pointer);
  if (!keys || !looksLikeJson(text)) return std::nullopt;
  const auto parsed = parseJson(bytes, {.bytes = limits.bytes, .depth = limits.depth});
  if (!parsed) return std::nullopt;
  const nlohmann::json* value = &*parsed;
  for (const std::string& key : *keys) {
    if (value->is_object()) {
      const auto inner = value->find(key);
      if (inner == value->end()) return std::nullopt;
      value = &*inner;
    } else if (value->is_array()) {
      std::size_t index = 0;
      const auto read = std::from_chars(key.data(), key.data() + key.size(), index);
      const bool isIndex = read.ec == std::errc() && read.ptr == key.data() + key.size();
      if (!isIndex || index >= value->size()) return std::nullopt;
      value = &(*value)[index];
    } else {
      return std::nullopt;
    }
  }
  if (value->is_structured()) return std::nullopt;
  Leaf leaf = leafOf(Json(*value));
  leaf.pointer = pointer;
  return leaf;
}

std::optional<std::vector<std::string>> pointerKeys(std::string_view pointer) {
  std::vector<std::string> keys;
  if (pointer.empty()) return keys;
  if (pointer.front() != '/' || pointer.size() > kLongestPointer) return std::nullopt;
  for (std::size_t i = 0; i < pointer.size(); ++i) {
    const char c = pointer[i];
    if (c == '/') {
      keys.emplace_back();
    } else if (c != '~') {
      keys.back() += c;
    } else if (i + 1 < pointer.size() && (pointer[i + 1] == '0' || pointer[i + 1] == '1')) {
      keys.back() += pointer[++i] == '0' ? '~' : '/';
    } else {
      return std::nullopt;
    }
  }
  return keys;
}

std::string pointerForPeople(std::string_view pointer) {
  const auto keys = pointerKeys(pointer);
  if (!keys) return std::string(pointer);
  std::string all;
  for (const std::string& key : *keys) all += (all.empty() ? "" : " › ") + key;
  return all;
}

}  // namespace hubs
