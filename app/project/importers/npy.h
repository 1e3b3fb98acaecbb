#pragma once
// NpyArray: numbers of a .npy file (NumPy format 1 to 3; C order, or Fortran order of up to two
// dimensions; little endian; whole numbers, booleans and floats). Never trusts the bytes.

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "sensors/base/result.h"

namespace app {

/// Immutable value.
class NpyArray {
 public:
  /// `name`: of the file, for errors. Errors: Corrupt where header and size do not fit; Unsupported
  /// for other orders and types.
  static base::Result<NpyArray> parse(const std::string& name, std::string bytes);
  /// Errors: as parse() and readFileText().
  static base::Result<NpyArray> read(const std::filesystem::path& file);

  const std::vector<std::size_t>& shape() const { return shape_; }
  /// The first number of the shape.
  std::size_t rows() const { return shape_[0]; }
  /// Numbers per row: the product of the others.
  std::size_t columns() const { return columns_; }
  double at(std::size_t row, std::size_t column = 0) const;
  /// at() rounded to the nearest whole number, exact for whole number types.
  std::int64_t integerAt(std::size_t row, std::size_t column = 0) const;

 private:
  NpyArray() = default;

  const char* address(std::size_t row, std::size_t column) const;

  std::string bytes_;
  std::size_t begin_ = 0;  ///< of the numbers in bytes_
  char kind_ = 'f';        ///< f, i, u or b
  std::size_t size_ = 4;   ///< bytes of one number
  std::vector<std::size_t> shape_;
  std::size_t columns_ = 1;
  bool columnsFirst_ = false;  ///< Fortran order: the numbers of one column lie together
};

}  // namespace app
