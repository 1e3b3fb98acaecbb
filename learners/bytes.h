#pragma once
// ByteWriter, ByteReader: plain values to and from bytes, little endian, for our own flat formats.
// The reader never reads past its end: after the first failure every value is zero and ok() is
// false.

#include <bit>
#include <cstring>
#include <span>
#include <string>
#include <vector>

#include "sensors/base/hash.h"

namespace learners {

static_assert(std::endian::native == std::endian::little,
              "formats are written as they lie in memory");

class ByteWriter {
 public:
  template <class T>
  void put(const T& value) {
    static_assert(std::is_arithmetic_v<T>);
    const auto* p = reinterpret_cast<const std::uint8_t*>(&value);
    bytes_.insert(bytes_.end(), p, p + sizeof value);
  }
  void putText(std::string_view text) {
    put(static_cast<std::uint32_t>(text.size()));
    bytes_.insert(bytes_.end(), text.begin(), text.end());
  }
  template <class T>
  void putArray(std::span<const T> values) {
    static_assert(std::is_arithmetic_v<T>);
    put(static_cast<std::uint64_t>(values.size()));
    const auto* p = reinterpret_cast<const std::uint8_t*>(values.data());
    bytes_.insert(bytes_.end(), p, p + values.size_bytes());
  }
  template <class T>
  void putArray(const std::vector<T>& values) {
    putArray(std::span<const T>(values));
  }
  base::Bytes take() { return std::move(bytes_); }
  const base::Bytes& bytes() const { return bytes_; }

 private:
  base::Bytes bytes_;
};

class ByteReader {
 public:
  explicit ByteReader(std::span<const std::uint8_t> bytes) : rest_(bytes) {}

  template <class T>
  T get() {
    static_assert(std::is_arithmetic_v<T>);
    T value{};
    if (rest_.size() < sizeof value) {
      fail();
      return value;
    }
    std::memcpy(&value, rest_.data(), sizeof value);
    rest_ = rest_.subspan(sizeof value);
    return value;
  }
  std::string getText(std::size_t limit = 1 << 16) {
    const auto n = get<std::uint32_t>();
    if (n > limit || n > rest_.size()) {
      fail();
      return {};
    }
    std::string text(reinterpret_cast<const char*>(rest_.data()), n);
    rest_ = rest_.subspan(n);
    return text;
  }
  /// An array of exactly `expected` values, or of any length where `expected` is kAny.
  static constexpr std::size_t kAny = SIZE_MAX;
  template <class T>
  std::vector<T> getArray(std::size_t expected = kAny) {
    static_assert(std::is_arithmetic_v<T>);
    const auto n = get<std::uint64_t>();
    if (!ok_ || n > rest_.size() / sizeof(T) || (expected != kAny && n != expected)) {
      fail();
      return {};
    }
    std::vector<T> values(static_cast<std::size_t>(n));
    if (n > 0) std::memcpy(values.data(), rest_.data(), values.size() * sizeof(T));
    rest_ = rest_.subspan(values.size() * sizeof(T));
    return values;
  }
  /// Marks the input as not what it claims to be.
  void fail() {
    ok_ = false;
    rest_ = {};
  }
  bool ok() const { return ok_; }
  bool atEnd() const { return rest_.empty(); }

 private:
  std::span<const std::uint8_t> rest_;
  bool ok_ = true;
};

}  // namespace learners
