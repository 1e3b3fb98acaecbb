#include "sensors/local_kind.h"

#include <cctype>

#include "sensors/base/hash.h"

namespace sensors {

std::string localId(const std::string& kind, const std::string& device) {
  constexpr std::size_t kLongest = 24;
  std::string word;
  for (const char c : device) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 128 && std::isalnum(byte)) {
      word += static_cast<char>(std::tolower(byte));
    } else if (!word.empty() && word.back() != '-') {
      word += '-';
    }
  }
  if (!word.empty() && word.back() == '-') word.pop_back();
  // Addresses may be long, differ in what was left out, or name a user: only their hash shows.
  const bool isPlain = device.find("://") == std::string::npos && word.size() <= kLongest;
  if (!isPlain || word.empty()) {
    base::Hasher hasher;
    hasher.add(device);
    word = hasher.finish().substr(0, 8);
  }
  return std::string(kLocalNode) + "/" + kind + "-" + word;
}

}  // namespace sensors
