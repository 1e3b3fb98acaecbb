#pragma once
// The files behind BlobStore: complete blobs by id, and blobs still under way. Only for BlobStore
// and BlobTransfer.

#include <map>
#include <mutex>

#include "hubs/blob_transfer.h"

namespace hubs {

/// Blocks larger than this do not fit a broker's usual packet limit.

/// Complete blobs. Thread-safe: files are written under another name and renamed.
class BlobFiles {
 public:
  BlobFiles(std::filesystem::path folder, std::uint64_t largest);

  const std::filesystem::path& folder() const { return folder_; }
  std::filesystem::path pathOf(const std::string& id) const;
  bool has(const std::string& id) const;
  /// May a blob of this description be stored? Errors: InvalidArgument; Unavailable for lack of
  /// space.
  base::Result<void> admit(const BlobDescriptor& descriptor) const;
  base::Result<void> put(const std::string& id, std::span<const std::uint8_t> content) const;
  base::Result<base::Bytes> get(const std::string& id) const;
  std::optional<base::Bytes> block(const std::string& id, std::uint64_t index,
                                   std::uint32_t blockSize) const;

 private:
  std::filesystem::path folder_;
  std::uint64_t largest_;
};

/// A blob under way: <id>.part holds its blocks, <id>.map which of them are there. One thread at a
/// time.
class PartialBlob {
 public:
  PartialBlob(const BlobFiles& files, BlobDescriptor descriptor);
  ~PartialBlob();
  PartialBlob(const PartialBlob&) = delete;
  PartialBlob& operator=(const PartialBlob&) = delete;

  /// Goes on with what is on disk. Errors: Io.
  base::Result<void> open();
  const BlobDescriptor& descriptor() const { return descriptor_; }
  bool isComplete() const { return count_ == have_.size(); }
  std::uint64_t bytes() const { return bytes_; }
  std::vector<std::size_t> missing(std::size_t most) const;
  bool has(std::size_t index) const { return index < have_.size() && have_[index]; }
  /// True where the block was new. Errors: Corrupt for a block without its hash; Io.
  base::Result<bool> add(std::size_t index, std::span<const std::uint8_t> bytes);
  /// Checks the whole, syncs and renames. Errors: Corrupt; Io.
  base::Result<void> finish();

 private:
  static constexpr std::uint64_t kSyncEvery = 4 << 20;

  std::filesystem::path partPath() const;
  std::filesystem::path mapPath() const;
  std::uint64_t sizeOf(std::size_t index) const;
  bool onDiskIsRight(std::size_t index) const;
  void take(std::size_t index);
  void saveMap() const;

  const BlobFiles& files_;
  BlobDescriptor descriptor_;
  std::vector<bool> have_;
  std::size_t count_ = 0;
  std::uint64_t bytes_ = 0;
  std::uint64_t unsynced_ = 0;
  bool finished_ = false;
  int fd_ = -1;
};

struct BlobStore::Impl {
  Impl(std::filesystem::path folder, std::uint64_t largest) : files(std::move(folder), largest) {}

  BlobFiles files;

  std::optional<BlobDescriptor> find(const std::string& id) const {
    std::lock_guard lock(mutex);
    const auto found = descriptors.find(id);
    return found == descriptors.end() ? std::nullopt : std::optional(found->second);
  }
  void remember(const BlobDescriptor& descriptor) {
    std::lock_guard lock(mutex);
    if (descriptors.size() >= kMostRemembered) descriptors.clear();
    descriptors[descriptor.id] = descriptor;
  }

 private:
  static constexpr std::size_t kMostRemembered = 256;

  mutable std::mutex mutex;
  std::map<std::string, BlobDescriptor> descriptors;
};

}  // namespace hubs
