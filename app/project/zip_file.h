#pragma once
// ZipWriter, ZipReader: entries of a zip file one after another, for project archives. Reading never
// trusts the file: sizes are limited, names are only compared, nothing is unpacked to a path.

#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "sensors/base/hash.h"
#include "sensors/base/result.h"

struct archive;

namespace app {

/// One thread at a time. A file that is not closed is removed.
class ZipWriter {
 public:
  /// Errors: InvalidArgument where the file exists; Io.
  static base::Result<ZipWriter> create(const std::filesystem::path& file);
  ZipWriter(ZipWriter&&) noexcept;
  ~ZipWriter();

  enum class Pack { No, Yes };  ///< No for what is packed already
  base::Result<void> add(const std::string& name, std::span<const std::uint8_t> content, Pack pack);
  base::Result<void> add(const std::string& name, std::string_view content);
  base::Result<void> close();

 private:
  explicit ZipWriter(std::filesystem::path file) : file_(std::move(file)) {}
  base::Error failed() const;

  struct Closer {
    void operator()(archive* handle) const;
  };
  std::filesystem::path file_;
  std::unique_ptr<archive, Closer> handle_;
};

/// One thread at a time.
class ZipReader {
 public:
  /// Errors: NotFound; Corrupt where it is no zip file.
  static base::Result<ZipReader> open(const std::filesystem::path& file);
  ZipReader(ZipReader&&) noexcept;
  ~ZipReader();

  struct Entry {
    std::string name;
    base::Bytes content;
  };
  /// The next entry; nothing at the end. Errors: Corrupt; InvalidArgument beyond `largest` bytes.
  base::Result<std::optional<Entry>> next(std::size_t largest);
  /// Share of the file read so far, [0, 1].
  double progress() const;

 private:
  explicit ZipReader(std::filesystem::path file) : file_(std::move(file)) {}
  base::Error damaged() const;

  struct Closer {
    void operator()(archive* handle) const;
  };
  std::filesystem::path file_;
  std::uint64_t size_ = 0;
  std::unique_ptr<archive, Closer> handle_;
};

}  // namespace app
