#include "app/project/clean_name.h"

namespace app {

namespace {

std::string_view trimmed(std::string_view text) {
  static constexpr std::string_view kBlanks{" \t\r\n\v\f\0", 7};
  const auto first = text.find_first_not_of(kBlanks);
  if (first == std::string_view::npos) {
    return {};
  }
  return text.substr(first, text.find_last_not_of(kBlanks) - first + 1);
}

/// Bytes of the character that begins `text`, 0 where it is not UTF-8 (Unicode 15, table 3-7).
std::size_t characterLength(std::string_view text) {
  const auto byte = [&](std::size_t i) {
    return i < text.size() ? static_cast<unsigned char>(text[i]) : 0u;
  };
  const auto follows = [&](std::size_t i) { return (byte(i) & 0xC0) == 0x80; };
  const unsigned lead = byte(0);
  if (lead < 0x80) {
    return 1;
  }
  if (lead >= 0xC2 && lead < 0xE0) {
    return follows(1) ? 2 : 0;
  }
  const unsigned second = byte(1);
  if (lead >= 0xE0 && lead < 0xF0) {
    const bool fits = !(lead == 0xE0 && second < 0xA0) && !(lead == 0xED && second > 0x9F);
    return fits && follows(1) && follows(2) ? 3 : 0;
  }
  if (lead >= 0xF0 && lead < 0xF5) {
    const bool fits = !(lead == 0xF0 && second < 0x90) && !(lead == 0xF4 && second > 0x8F);
    return fits && follows(1) && follows(2) && follows(3) ? 4 : 0;
  }
  return 0;
}

}  // namespace

std::string cleanName(std::string_view text, std::size_t characters) {
  text = trimmed(text);
  std::string clean;
  while (!text.empty() && characters > 0) {
    const std::size_t length = characterLength(text);
    if (text.front() != '\0') {
      clean += length > 0 ? text.substr(0, length) : "\xEF\xBF\xBD";
      --characters;
    }
    text.remove_prefix(length > 0 ? length : 1);
  }
  return std::string(trimmed(clean));
}

}  // namespace app
