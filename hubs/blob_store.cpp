// BlobStore: content-addressed files in one folder.

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <fstream>
#include <unistd.h>

#include "hubs/blob_files.h"
#include "hubs/topic.h"

namespace hubs {

namespace {

namespace fs = std::filesystem;

base::Error ioError(const std::string& what) {
  return {base::ErrorCode::Io, what + ": " + std::strerror(errno)};
}

base::Result<base::Bytes> readFile(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) return ioError("cannot read " + file.string());
  base::Bytes bytes((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
  return bytes;
}

void syncFolder(const fs::path& folder) {
  const int fd = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0) return;
  ::fsync(fd);
  ::close(fd);
}

bool isBlobId(const std::string& id) {
  return id.size() == 64 && id.find_first_not_of("0123456789abcdef") == std::string::npos;
}

}  // namespace

BlobFiles::BlobFiles(fs::path folder, std::uint64_t largest)
    : folder_(std::move(folder)), largest_(largest) {}

fs::path BlobFiles::pathOf(const std::string& id) const { return folder_ / id; }

bool BlobFiles::has(const std::string& id) const {
  std::error_code ignored;
  return isBlobId(id) && fs::exists(pathOf(id), ignored);
}

base::Result<void> BlobFiles::admit(const BlobDescriptor& descriptor) const {
  if (!isBlobId(descriptor.id)) return base::invalid("a blob has no usable name");
  if (descriptor.size > largest_) {
    return base::invalid("the blob " + descriptor.id.substr(0, 8) + " has " +
                         std::to_string(descriptor.size) + " bytes, more than " +
                         std::to_string(largest_));
  }
  const std::uint64_t blocks =
      descriptor.block == 0 ? 0 : (descriptor.size + descriptor.block - 1) / descriptor.block;
  if (descriptor.block == 0 || descriptor.block > kLargestBlock ||
      descriptor.blocks.size() != blocks) {
    return base::invalid("the blob " + descriptor.id.substr(0, 8) + " is described wrongly");
  }
  std::error_code error;
  const fs::space_info space = fs::space(folder_, error);
  if (!error && descriptor.size > space.available / 2) {
    return base::Error{
        base::ErrorCode::Unavailable,
        "the disk is too full for a blob of " + std::to_string(descriptor.size) + " bytes"};
  }
  return {};
}

base::Result<void> BlobFiles::put(const std::string& id,
                                  std::span<const std::uint8_t> content) const {
  const fs::path part = folder_ / (id + ".put-" + base::randomHex(4));
  const int fd = ::open(part.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (fd < 0) return ioError("cannot write " + part.string());
  std::size_t written = 0;
  while (written < content.size()) {
    const ssize_t count = ::write(fd, content.data() + written, content.size() - written);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) break;
    written += static_cast<std::size_t>(count);
  }
  const bool safe = written == content.size() && ::fsync(fd) == 0;
  const base::Error failure = ioError("cannot write " + part.string());
  ::close(fd);
  std::error_code ignored;
  if (!safe) {
    fs::remove(part, ignored);
    return failure;
  }
  std::error_code error;
  fs::rename(part, pathOf(id), error);
  if (error) {
    fs::remove(part, ignored);
    return base::Error{base::ErrorCode::Io,
                       "cannot rename " + part.string() + ": " + error.message()};
  }
  syncFolder(folder_);
  return {};
}

base::Result<base::Bytes> BlobFiles::get(const std::string& id) const {
  if (!has(id)) {
    return base::Error{base::ErrorCode::NotFound, "there is no blob " + id.substr(0, 8)};
  }
  auto bytes = readFile(pathOf(id));
  if (bytes && base::sha256(*bytes) != id) {
    return base::Error{base::ErrorCode::Corrupt,
                       "the blob " + id.substr(0, 8) + " no longer has its content"};
  }
  return bytes;
}

std::optional<base::Bytes> BlobFiles::block(const std::string& id, std::uint64_t index,
                                            std::uint32_t blockSize) const {
  if (!isBlobId(id)) return std::nullopt;
  std::ifstream in(pathOf(id), std::ios::binary | std::ios::ate);
  if (!in) return std::nullopt;
  const auto size = static_cast<std::uint64_t>(in.tellg());
  const std::uint64_t begin = index * blockSize;
  if (begin >= size) return std::nullopt;
  base::Bytes bytes(std::min<std::uint64_t>(blockSize, size - begin));
  in.seekg(static_cast<std::streamoff>(begin));
  in.read(reinterpret_cast<char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
  if (!in) return std::nullopt;
  return bytes;
}

// ---- an incomplete blob ----

PartialBlob::PartialBlob(const BlobFiles& files, BlobDescriptor descriptor)
    : files_(files), descriptor_(std::move(descriptor)), have_(descriptor_.blocks.size()) {}

PartialBlob::~PartialBlob() {
  if (fd_ >= 0) {
    if (!finished_) saveMap();
    ::close(fd_);
  }
}

fs::path PartialBlob::partPath() const { return files_.pathOf(descriptor_.id + ".part"); }
fs::path PartialBlob::mapPath() const { return files_.pathOf(descriptor_.id + ".map"); }

base::Result<void> PartialBlob::open() {
  fd_ = ::open(partPath().c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (fd_ < 0) return ioError("cannot write " + partPath().string());
  std::ifstream map(mapPath(), std::ios::binary);
  const std::string bits((std::istreambuf_iterator<char>(map)), std::istreambuf_iterator<char>());
  if (bits.size() != have_.size()) return {};
  for (std::size_t i = 0; i < have_.size(); ++i) {
    // Trust the map only where the bytes prove it: it may be newer on disk than they are.
    if (bits[i] == '1' && onDiskIsRight(i)) take(i);
  }
  return {};
}

std::uint64_t PartialBlob::sizeOf(std::size_t index) const {
  const std::uint64_t begin = static_cast<std::uint64_t>(index) * descriptor_.block;
  return std::min<std::uint64_t>(descriptor_.block, descriptor_.size - begin);
}

bool PartialBlob::onDiskIsRight(std::size_t index) const {
  base::Bytes bytes(sizeOf(index));
  const auto begin = static_cast<off_t>(index) * static_cast<off_t>(descriptor_.block);
  return ::pread(fd_, bytes.data(), bytes.size(), begin) == static_cast<ssize_t>(bytes.size()) &&
         base::sha256(bytes) == descriptor_.blocks[index];
}

void PartialBlob::take(std::size_t index) {
  have_[index] = true;
  ++count_;
  bytes_ += sizeOf(index);
}

std::vector<std::size_t> PartialBlob::missing(std::size_t most) const {
  std::vector<std::size_t> indices;
  for (std::size_t i = 0; i < have_.size() && indices.size() < most; ++i) {
    if (!have_[i]) indices.push_back(i);
  }
  return indices;
}

base::Result<bool> PartialBlob::add(std::size_t index, std::span<const std::uint8_t> bytes) {
  if (index >= have_.size() || have_[index]) return false;
  if (bytes.size() != sizeOf(index) || base::sha256(bytes) != descriptor_.blocks[index]) {
    return base::Error{base::ErrorCode::Corrupt, "block " + std::to_string(index) +
                                                     " of the blob " + descriptor_.id.substr(0, 8) +
                                                     " is wrong"};
  }
  const auto begin = static_cast<off_t>(index) * static_cast<off_t>(descriptor_.block);
  if (::pwrite(fd_, bytes.data(), bytes.size(), begin) != static_cast<ssize_t>(bytes.size())) {
    return ioError("cannot write " + partPath().string());
  }
  take(index);
  unsynced_ += bytes.size();
  if (unsynced_ >= kSyncEvery) {
    ::fdatasync(fd_);
    saveMap();
    unsynced_ = 0;
  }
  return true;
}

void PartialBlob::saveMap() const {
  std::string bits;
  for (const bool has : have_) {
    bits += has ? '1' : '0';
  }
  std::ofstream(mapPath(), std::ios::binary | std::ios::trunc) << bits;
}

base::Result<void> PartialBlob::finish() {
  if (::fsync(fd_) != 0) return ioError("cannot write " + partPath().string());
  base::Hasher hasher;
  for (std::size_t i = 0; i < have_.size(); ++i) {
    base::Bytes bytes(sizeOf(i));
    const auto begin = static_cast<off_t>(i) * static_cast<off_t>(descriptor_.block);
    if (::pread(fd_, bytes.data(), bytes.size(), begin) != static_cast<ssize_t>(bytes.size())) {
      return ioError("cannot read " + partPath().string());
    }
    hasher.add(std::span<const std::uint8_t>(bytes));
  }
  finished_ = true;
  std::error_code ignored;
  if (hasher.finish() != descriptor_.id) {
    fs::remove(partPath(), ignored);
    fs::remove(mapPath(), ignored);
    return base::Error{base::ErrorCode::Corrupt, "the blob " + descriptor_.id.substr(0, 8) +
                                                     " does not have the content it is named for"};
  }
  std::error_code error;
  fs::resize_file(partPath(), descriptor_.size, error);
  if (!error) fs::rename(partPath(), files_.pathOf(descriptor_.id), error);
  // Another fetch of the same blob may have finished first, with the same file.
  if (error && !files_.has(descriptor_.id)) {
    return base::Error{base::ErrorCode::Io,
                       "cannot rename " + partPath().string() + ": " + error.message()};
  }
  fs::remove(mapPath(), ignored);
  syncFolder(files_.folder());
  return {};
}

// ---- the store as others see it ----

BlobStore::BlobStore(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
BlobStore::~BlobStore() = default;

base::Result<std::unique_ptr<BlobStore>> BlobStore::open(const fs::path& folder,
                                                         std::uint64_t largestBlob) {
  std::error_code error;
  fs::create_directories(folder, error);
  if (error || !fs::is_directory(folder)) {
    return base::Error{base::ErrorCode::Io,
                       "cannot use the folder " + folder.string() + ": " + error.message()};
  }
  return std::unique_ptr<BlobStore>(new BlobStore(std::make_unique<Impl>(folder, largestBlob)));
}

base::Result<BlobDescriptor> BlobStore::put(std::span<const std::uint8_t> content) {
  BlobDescriptor descriptor = describe(content);
  if (!impl_->files.has(descriptor.id)) {
    if (auto ok = impl_->files.admit(descriptor); !ok) return ok.error();
    if (auto ok = impl_->files.put(descriptor.id, content); !ok) return ok.error();
  }
  impl_->remember(descriptor);
  return descriptor;
}

base::Result<base::Bytes> BlobStore::get(const std::string& id) const {
  return impl_->files.get(id);
}

std::optional<BlobDescriptor> BlobStore::descriptor(const std::string& id) const {
  if (auto known = impl_->find(id)) return known;
  const auto content = impl_->files.get(id);
  if (!content) return std::nullopt;
  BlobDescriptor descriptor = describe(*content);
  impl_->remember(descriptor);
  return descriptor;
}

}  // namespace hubs
