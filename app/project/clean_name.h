#pragma once
// cleanName: what a person typed, fit to be kept, shown and sent as text.

#include <cstddef>
#include <string>
#include <string_view>

namespace app {

/// The longest name a person may give.
inline constexpr std::size_t kNameCharacters = 200;

/// `text` without NULs, without blanks at its ends, at most `characters` code points; bytes that
/// are not UTF-8 become U+FFFD.
std::string cleanName(std::string_view text, std::size_t characters = kNameCharacters);

}  // namespace app
