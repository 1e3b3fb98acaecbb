#include "app/project/zip_file.h"

#include <algorithm>
#include <archive.h>
#include <archive_entry.h>

namespace app {

namespace {

constexpr std::size_t kReadPiece = 1 << 16;
constexpr std::size_t kLongestName = 512;

struct EntryCloser {
  void operator()(archive_entry* entry) const { archive_entry_free(entry); }
};

}  // namespace

void ZipWriter::Closer::operator()(archive* handle) const { archive_write_free(handle); }

void ZipReader::Closer::operator()(archive* handle) const { archive_read_free(handle); }

ZipWriter::ZipWriter(ZipWriter&&) noexcept = default;

ZipReader::ZipReader(ZipReader&&) noexcept = default;

ZipReader::~ZipReader() = default;

ZipWriter::~ZipWriter() {
  if (handle_) {
    handle_.reset();
    std::error_code ignored;
    std::filesystem::remove(file_, ignored);
  }
}

base::Error ZipWriter::failed() const {
  const char* const reason = handle_ ? archive_error_string(handle_.get()) : nullptr;
  return {base::ErrorCode::Io, "The file " + file_.string() + " could not be written" +
                                   (reason ? ": " + std::string(reason) : std::string()) + "."};
}

base::Result<ZipWriter> ZipWriter::create(const std::filesystem::path& file) {
  std::error_code error;
  if (std::filesystem::exists(file, error)) {
    return base::invalid("The file " + file.string() + " exists already.");
  }
  ZipWriter writer(file);
  writer.handle_.reset(archive_write_new());
  archive* const handle = writer.handle_.get();
  if (archive_write_set_format_zip(handle) != ARCHIVE_OK ||
      archive_write_open_filename(handle, file.c_str()) != ARCHIVE_OK) {
    return writer.failed();
  }
  return writer;
}

base::Result<void> ZipWriter::add(const std::string& name, std::span<const std::uint8_t> content,
                                  Pack pack) {
  archive* const handle = handle_.get();
  const std::unique_ptr<archive_entry, EntryCloser> entry(archive_entry_new());
  archive_entry_set_pathname(entry.get(), name.c_str());
  archive_entry_set_size(entry.get(), static_cast<la_int64_t>(content.size()));
  archive_entry_set_filetype(entry.get(), AE_IFREG);
  archive_entry_set_perm(entry.get(), 0644);
  archive_entry_set_mtime(entry.get(), 0, 0);  // equal projects give equal archives
  const int chosen = pack == Pack::Yes ? archive_write_zip_set_compression_deflate(handle)
                                       : archive_write_zip_set_compression_store(handle);
  if (chosen != ARCHIVE_OK || archive_write_header(handle, entry.get()) != ARCHIVE_OK) {
    return failed();
  }
  const auto written = archive_write_data(handle, content.data(), content.size());
  if (written < 0 || static_cast<std::size_t>(written) != content.size() ||
      archive_write_finish_entry(handle) != ARCHIVE_OK) {
    return failed();
  }
  return {};
}

base::Result<void> ZipWriter::add(const std::string& name, std::string_view content) {
  return add(name, {reinterpret_cast<const std::uint8_t*>(content.data()), content.size()},
             Pack::Yes);
}

base::Result<void> ZipWriter::close() {
  if (archive_write_close(handle_.get()) != ARCHIVE_OK) {
    return failed();
  }
  handle_.reset();
  return {};
}

base::Error ZipReader::damaged() const {
  const char* const reason = archive_error_string(handle_.get());
  return {base::ErrorCode::Corrupt, file_.filename().string() + " is no whole archive" +
                                        (reason ? ": " + std::string(reason) : std::string()) +
                                        "."};
}

base::Result<ZipReader> ZipReader::open(const std::filesystem::path& file) {
  std::error_code error;
  if (!std::filesystem::is_regular_file(file, error)) {
    return base::Error{base::ErrorCode::NotFound, "There is no file " + file.string() + "."};
  }
  ZipReader reader(file);
  reader.size_ = std::filesystem::file_size(file, error);
  reader.handle_.reset(archive_read_new());
  archive* const handle = reader.handle_.get();
  if (archive_read_support_format_zip_seekable(handle) != ARCHIVE_OK ||
      archive_read_open_filename(handle, file.c_str(), kReadPiece) != ARCHIVE_OK) {
    return reader.damaged();
  }
  return reader;
}

base::Result<std::optional<ZipReader::Entry>> ZipReader::next(std::size_t largest) {
  archive_entry* header = nullptr;
  const int code = archive_read_next_header(handle_.get(), &header);
  if (code == ARCHIVE_EOF) {
    return std::optional<Entry>();
  }
  const char* const name =
      code == ARCHIVE_OK || code == ARCHIVE_WARN ? archive_entry_pathname(header) : nullptr;
  if (!name) {
    return damaged();
  }
  Entry entry{.name = std::string(name).substr(0, kLongestName), .content = {}};
  base::Bytes piece(kReadPiece);
  for (;;) {
    const auto n = archive_read_data(handle_.get(), piece.data(), piece.size());
    if (n < 0) {
      return damaged();
    }
    if (n == 0) {
      return std::optional<Entry>(std::move(entry));
    }
    if (entry.content.size() + static_cast<std::size_t>(n) > largest) {
      return base::invalid(file_.filename().string() + ": " + entry.name + " is larger than " +
                           std::to_string(largest >> 20) + " MB.");
    }
    entry.content.insert(entry.content.end(), piece.begin(), piece.begin() + n);
  }
}

double ZipReader::progress() const {
  const auto at = static_cast<double>(archive_filter_bytes(handle_.get(), -1));
  return size_ > 0 ? std::min(1.0, at / static_cast<double>(size_)) : 1;
}

}  // namespace app
