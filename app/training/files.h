#pragma once
// Whole files that are there completely or not at all, for what must survive a power cut.

#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "sensors/base/hash.h"
#include "sensors/base/result.h"

namespace app {

/// Writes beside, syncs, renames, syncs the folder. Mode 0600. Errors: Io naming the file;
/// Unavailable where the disk is full.
base::Result<void> writeWhole(const std::filesystem::path& file,
                              std::span<const std::uint8_t> content);
/// Errors: NotFound; Io; Corrupt where it is larger than `limit`.
base::Result<base::Bytes> readWhole(const std::filesystem::path& file,
                                    std::uint64_t limit = std::uint64_t{2} << 30);

/// Removes the files of `folder` that were written longest ago, but none named in `keep`, until
/// those left have at most `mostBytes` together.
void trimFolder(const std::filesystem::path& folder, const std::vector<std::string>& keep,
                std::uint64_t mostBytes);

}  // namespace app
