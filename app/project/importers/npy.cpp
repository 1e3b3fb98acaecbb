#include "app/project/importers/npy.h"

#include <cctype>
#include <charconv>
#include <cmath>
#include <cstring>
#include <optional>
#include <string_view>

#include "app/project/importers/file_text.h"

namespace app {
namespace {

constexpr std::size_t kMostDimensions = 8;
constexpr std::size_t kLongestHeader = 1 << 16;

base::Error corrupt(const std::string& name, const std::string& what) {
  return {base::ErrorCode::Corrupt, name + ": " + what + "; is it a .npy file?"};
}

/// What stands after `'key':` in the header's dictionary, up to the next comma outside brackets.
std::optional<std::string_view> entry(std::string_view header, const std::string& key) {
  std::size_t at = header.find("'" + key + "'");
  if (at == header.npos) return std::nullopt;
  at = header.find(':', at);
  if (at == header.npos) return std::nullopt;
  const std::size_t begin = header.find_first_not_of(' ', at + 1);
  if (begin == header.npos) return std::nullopt;
  const bool bracket = header[begin] == '(';
  const std::size_t end = bracket ? header.find(')', begin) : header.find_first_of(",}", begin);
  if (end == header.npos) return std::nullopt;
  return header.substr(begin, end - begin + (bracket ? 1 : 0));
}

std::optional<std::vector<std::size_t>> readShape(std::string_view text) {
  std::vector<std::size_t> shape;
  std::size_t at = 1;  // after the bracket
  while (at < text.size() && text[at] != ')') {
    if (text[at] == ' ' || text[at] == ',') {
      ++at;
      continue;
    }
    std::size_t value = 0;
    const auto result = std::from_chars(text.data() + at, text.data() + text.size(), value);
    if (result.ec != std::errc() || shape.size() == kMostDimensions) return std::nullopt;
    shape.push_back(value);
    at = static_cast<std::size_t>(result.ptr - text.data());
  }
  return shape;
}

bool isKnownType(char kind, std::size_t size) {
  if (kind == 'f') return size == 4 || size == 8;
  if (kind == 'b') return size == 1;
  return (kind == 'i' || kind == 'u') && (size == 1 || size == 2 || size == 4 || size == 8);
}

template <class T>
T load(const char* from) {
  T value;
  std::memcpy(&value, from, sizeof value);
  return value;
}

std::int64_t loadInteger(const char* from, char kind, std::size_t size) {
  const bool isSigned = kind == 'i';
  switch (size) {
    case 1:
      return isSigned ? load<std::int8_t>(from) : load<std::uint8_t>(from);
    case 2:
      return isSigned ? load<std::int16_t>(from) : load<std::uint16_t>(from);
    case 4:
      return isSigned ? load<std::int32_t>(from) : load<std::uint32_t>(from);
    default:
      return load<std::int64_t>(from);
  }
}

}  // namespace

base::Result<NpyArray> NpyArray::parse(const std::string& name, std::string bytes) {
  if (bytes.size() < 10 || std::memcmp(bytes.data(), "\x93NUMPY", 6) != 0) {
    return corrupt(name, "it does not begin as NumPy files do");
  }
  const int version = static_cast<unsigned char>(bytes[6]);
  if (version < 1 || version > 3) {
    return base::Error{
        base::ErrorCode::Unsupported,
        name + " has format version " + std::to_string(version) + "; 1 to 3 can be read"};
  }
  const std::size_t prefix = version == 1 ? 10 : 12;
  if (bytes.size() < prefix) return corrupt(name, "it ends in its header");
  const std::size_t length =
      version == 1 ? load<std::uint16_t>(bytes.data() + 8) : load<std::uint32_t>(bytes.data() + 8);
  if (length > kLongestHeader || length > bytes.size() - prefix) {
    return corrupt(name, "its header is said to be longer than it is");
  }
  const std::string_view header = std::string_view(bytes).substr(prefix, length);
  const auto type = entry(header, "descr");
  const auto order = entry(header, "fortran_order");
  const auto shapeText = entry(header, "shape");
  if (!type || !order || !shapeText || (*shapeText)[0] != '(') {
    return corrupt(name, "its header lacks type, order or shape");
  }
  const auto shape = readShape(*shapeText);
  if (!shape || shape->empty()) return corrupt(name, "its shape cannot be read");

  NpyArray array;
  array.shape_ = *shape;
  // descr is quoted: '<f4'
  if (type->size() < 5 || type->find_first_of("'\"") != 0 || type->size() > 6) {
    return base::Error{base::ErrorCode::Unsupported, name + " does not hold plain numbers"};
  }
  array.kind_ = (*type)[2];
  array.size_ = static_cast<std::size_t>((*type)[3] - '0');
  if (!isKnownType(array.kind_, array.size_) || type->size() != 5 ||
      ((*type)[1] == '>' && array.size_ > 1)) {
    return base::Error{base::ErrorCode::Unsupported,
                       name + " holds numbers of type " + std::string(type->substr(1, 3)) +
                           "; save it as little endian float32, float64 or whole numbers"};
  }
  array.columnsFirst_ = order->starts_with("True");
  if (array.columnsFirst_ && array.shape_.size() > 2) {
    return base::Error{base::ErrorCode::Unsupported,
                       name + " is in Fortran order; save it with numpy.ascontiguousarray"};
  }
  array.begin_ = prefix + length;
  const std::size_t have = (bytes.size() - array.begin_) / array.size_;
  bool fits = (bytes.size() - array.begin_) % array.size_ == 0;
  for (std::size_t i = 1; i < array.shape_.size() && fits; ++i) {
    fits = array.shape_[i] > 0 && array.shape_[i] <= std::max<std::size_t>(have, 1) &&
           array.columns_ <= std::max<std::size_t>(have, 1) / array.shape_[i];
    if (fits) array.columns_ *= array.shape_[i];
  }
  fits = fits && array.rows() <= have / array.columns_ && array.rows() * array.columns_ == have;
  if (!fits) return corrupt(name, "its shape does not fit the number of bytes in it");
  array.bytes_ = std::move(bytes);
  return array;
}

base::Result<NpyArray> NpyArray::read(const std::filesystem::path& file) {
  auto bytes = readFileText(file, kLargestFile * 4);
  if (!bytes) return bytes.error();
  return parse(file.filename().string(), std::move(*bytes));
}

const char* NpyArray::address(std::size_t row, std::size_t column) const {
  const std::size_t index = columnsFirst_ ? column * rows() + row : row * columns_ + column;
  return bytes_.data() + begin_ + index * size_;
}

double NpyArray::at(std::size_t row, std::size_t column) const {
  const char* from = address(row, column);
  if (kind_ == 'f') return size_ == 4 ? static_cast<double>(load<float>(from)) : load<double>(from);
  return static_cast<double>(loadInteger(from, kind_, size_));
}

std::int64_t NpyArray::integerAt(std::size_t row, std::size_t column) const {
  if (kind_ != 'f') {
    return loadInteger(address(row, column), kind_, size_);
  }
  const double value = at(row, column);
  constexpr double kLimit = 9e15;
  if (!(value > -kLimit && value < kLimit)) return -1;
  return std::llround(value);
}

}  // namespace app
