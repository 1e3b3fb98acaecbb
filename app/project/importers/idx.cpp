#include "app/project/importers/idx.h"

#include "app/project/importers/file_text.h"

namespace app {
namespace {

constexpr unsigned kUnsignedBytes = 0x08;
constexpr std::size_t kMostDimensions = 4;

base::Error corrupt(const std::string& name, const std::string& what) {
  return {base::ErrorCode::Corrupt, name + ": " + what + "; is it an idx file?"};
}

}  // namespace

base::Result<IdxArray> IdxArray::parse(const std::string& name, std::string bytes) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(bytes[i]); };
  if (bytes.size() < 8 || byte(0) != 0 || byte(1) != 0) {
    return corrupt(name, "it does not begin as idx files do");
  }
  if (byte(2) != kUnsignedBytes) {
    return base::Error{base::ErrorCode::Unsupported, name + " holds numbers of idx type " +
                                                         std::to_string(byte(2)) +
                                                         "; only unsigned bytes (8) can be read"};
  }
  const std::size_t dimensions = byte(3);
  const std::size_t header = 4 + 4 * dimensions;
  if (dimensions == 0 || dimensions > kMostDimensions || bytes.size() < header) {
    return corrupt(name, "its number of dimensions cannot be");
  }
  IdxArray array;
  const std::size_t have = bytes.size() - header;
  bool fits = true;
  for (std::size_t d = 0; d < dimensions; ++d) {
    std::size_t count = 0;
    for (std::size_t i = 0; i < 4; ++i) count = count << 8 | byte(4 + 4 * d + i);
    array.shape_.push_back(count);
    if (d == 0 || !fits) continue;
    fits = count > 0 && count <= std::max<std::size_t>(have, 1) &&
           array.columns_ <= std::max<std::size_t>(have, 1) / count;
    if (fits) array.columns_ *= count;
  }
  if (!fits || array.rows() > have / array.columns_ || array.rows() * array.columns_ != have) {
    return corrupt(name, "its counts do not fit the number of bytes in it");
  }
  array.begin_ = header;
  array.bytes_ = std::move(bytes);
  return array;
}

base::Result<IdxArray> IdxArray::read(const std::filesystem::path& file) {
  auto bytes = readFileText(file);
  if (!bytes) return bytes.error();
  return parse(file.filename().string(), std::move(*bytes));
}

std::span<const std::uint8_t> IdxArray::row(std::size_t i) const {
  const auto* from = reinterpret_cast<const std::uint8_t*>(bytes_.data()) + begin_;
  return {from + i * columns_, columns_};
}

}  // namespace app
