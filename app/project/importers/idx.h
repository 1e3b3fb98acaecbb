#pragma once
// IdxArray: bytes of an idx file (the format of the MNIST digits: big-endian counts, then unsigned
// bytes). Never trusts the bytes.

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "sensors/base/result.h"

namespace app {

/// Immutable value.
class IdxArray {
 public:
  /// `name`: of the file, for errors. Errors: Corrupt where counts and size do not fit; Unsupported
  /// for numbers other than unsigned bytes.
  static base::Result<IdxArray> parse(const std::string& name, std::string bytes);
  /// Errors: as parse() and readFileText().
  static base::Result<IdxArray> read(const std::filesystem::path& file);

  const std::vector<std::size_t>& shape() const { return shape_; }
  std::size_t rows() const { return shape_[0]; }
  /// Bytes per row: the product of the other counts.
  std::size_t columns() const { return columns_; }
  std::span<const std::uint8_t> row(std::size_t i) const;

 private:
  IdxArray() = default;

  std::string bytes_;
  std::size_t begin_ = 0;
  std::vector<std::size_t> shape_;
  std::size_t columns_ = 1;
};

}  // namespace app
