#pragma once
// Content addresses: the SHA-256 of some bytes, written as 64 hexadecimal digits.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace base {

using Bytes = std::vector<std::uint8_t>;

/// SHA-256 over pieces that arrive one after another. One thread at a time.
class Hasher {
 public:
  Hasher();
  ~Hasher();
  Hasher(const Hasher&) = delete;
  Hasher& operator=(const Hasher&) = delete;

  Hasher& add(std::span<const std::uint8_t> bytes);
  Hasher& add(std::string_view text);
  /// Adds the bytes of a plain value (integers, floats), as this machine lays them out.
  template <class T>
  Hasher& addValue(const T& value) {
    static_assert(std::is_trivially_copyable_v<T>);
    return add(std::span(reinterpret_cast<const std::uint8_t*>(&value), sizeof value));
  }
  /// 64 hexadecimal digits; the hasher is then spent.
  std::string finish();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

std::string sha256(std::span<const std::uint8_t> bytes);
/// `bytes` random bytes from the system, as hexadecimal text; for passwords, boot ids and keys.
std::string randomHex(std::size_t bytes);

}  // namespace base
