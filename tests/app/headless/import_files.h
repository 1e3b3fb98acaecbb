#pragma once
// Small files for importers, written by the tests themselves.

#include <cstring>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <string>
#include <vector>
#include <zlib.h>

namespace support {

inline void writeFile(const std::filesystem::path& file, const std::string& bytes) {
  std::filesystem::create_directories(file.parent_path());
  std::ofstream(file, std::ios::binary | std::ios::trunc) << bytes;
}

inline void writeGzip(const std::filesystem::path& file, const std::string& bytes) {
  const gzFile out = gzopen(file.c_str(), "wb");
  ASSERT_NE(out, nullptr);
  EXPECT_EQ(gzwrite(out, bytes.data(), static_cast<unsigned>(bytes.size())),
            static_cast<int>(bytes.size()));
  gzclose(out);
}

/// A .npy file of format 1 with the header NumPy writes.
inline std::string npyBytes(const std::string& type, const std::string& shape,
                            const std::string& numbers) {
  std::string header =
      "{'descr': '" + type + "', 'fortran_order': False, 'shape': " + shape + ", }";
  while ((10 + header.size() + 1) % 64 != 0) header += ' ';
  header += '\n';
  std::string bytes("\x93NUMPY\x01\x00", 8);
  bytes += static_cast<char>(header.size() & 0xFF);
  bytes += static_cast<char>(header.size() >> 8);
  return bytes + header + numbers;
}

template <class T>
std::string rawBytes(const std::vector<T>& values) {
  std::string bytes(values.size() * sizeof(T), '\0');
  std::memcpy(bytes.data(), values.data(), bytes.size());
  return bytes;
}

/// An idx file of unsigned bytes.
inline std::string idxBytes(const std::vector<std::uint32_t>& shape, const std::string& numbers) {
  std::string bytes("\0\0\x08", 3);
  bytes += static_cast<char>(shape.size());
  for (const std::uint32_t count : shape) {
    for (const int shift : {24, 16, 8, 0}) bytes += static_cast<char>(count >> shift & 0xFF);
  }
  return bytes + numbers;
}

/// A WAV file: one channel, 16 bits.
inline std::string wavBytes(const std::vector<float>& samples, std::uint32_t rate) {
  const auto word = [](std::uint32_t value) { return rawBytes(std::vector<std::uint32_t>{value}); };
  const auto half = [](std::uint16_t value) { return rawBytes(std::vector<std::uint16_t>{value}); };
  std::string data;
  for (const float s : samples)
    data += half(static_cast<std::uint16_t>(static_cast<int>(s * 32767)));
  return "RIFF" + word(static_cast<std::uint32_t>(36 + data.size())) + "WAVEfmt " + word(16) +
         half(1) + half(1) + word(rate) + word(rate * 2) + half(2) + half(16) + "data" +
         word(static_cast<std::uint32_t>(data.size())) + data;
}

}  // namespace support
