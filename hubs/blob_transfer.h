#pragma once
// BlobTransfer: moves named bytes between bench and worker in checked chunks, pulled by the
// receiver. A blob's id is its SHA-256; the same content is never sent twice, and a broken transfer
// goes on where it stopped. Topics b/{wid}/get and b/{wid}/blk, see the protocol notes.

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "hubs/blob_descriptor.h"
#include "hubs/bus.h"
#include "hubs/topic.h"

namespace hubs {

/// Content-addressed files in one folder: <id>, and <id>.part with <id>.map while incomplete.
/// Thread-safe.
class BlobStore {
 public:
  /// Makes the folder where missing. Errors: Io.
  static base::Result<std::unique_ptr<BlobStore>> open(const std::filesystem::path& folder,
                                                       std::uint64_t largestBlob = std::uint64_t{2}
                                                                                   << 30);
  ~BlobStore();
  /// Written, synced and renamed before it returns. Errors: Io; Unavailable if the disk is too
  /// full.
  base::Result<BlobDescriptor> put(std::span<const std::uint8_t> content);
  /// Errors: NotFound; Corrupt if the file no longer has its hash.
  base::Result<base::Bytes> get(const std::string& id) const;
  std::optional<BlobDescriptor> descriptor(const std::string& id) const;

 private:
  friend class BlobTransfer;
  struct Impl;
  explicit BlobStore(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

/// One end of one bench-worker pair. Answers the other end's requests from `store` and fetches into
/// it. Thread-safe; destroying it cancels what runs (with Cancelled).
class BlobTransfer {
 public:
  BlobTransfer(Bus& bus, Topics topics, std::string worker, std::string self, BlobStore& store);
  ~BlobTransfer();

  using Done = std::function<void(base::Result<void>)>;
  using Progress = std::function<void(std::uint64_t have, std::uint64_t of)>;
  /// Pulls the blob into the store with at most 8 blocks under way, re-asking what is missing.
  /// `done` runs on a thread of this object. Calls back at once where it is already there.
  /// Errors: InvalidArgument (too large), Corrupt (a wrong block twice), Timeout (silent for
  /// `patience`).
  void fetch(const BlobDescriptor& descriptor, Done done, Progress progress = {},
             base::Duration patience = std::chrono::seconds(30));

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace hubs
