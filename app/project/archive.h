#pragma once
// Project archives: a whole project as one zip file that can be read without this program, and back
// to the same hashes. manifest.json says in words and numbers what is inside; tables are JSON, a row
// a line; samples, pictures and models lie in files named by their SHA-256. What is derived
// (envelopes) is left out and made again.

#include <filesystem>
#include <functional>
#include <stop_token>

#include "app/project/store.h"

namespace app {

struct ArchiveOptions {
  /// Called now and then with what is at work and the share done, [0, 1]; on the calling thread.
  std::function<void(const std::string& what, double done)> progress = {};
  std::stop_token stop = {};
};

struct ArchiveReport {
  std::size_t files = 0;
  std::size_t recordings = 0;
  std::uint64_t contentBytes = 0;  ///< samples, pictures and models
};

/// Writes the project as it is at one moment, while others go on writing.
/// Errors: InvalidArgument where `target` exists; Io; Cancelled; those of the store.
base::Result<ArchiveReport> saveArchive(const ProjectStore& store,
                                        const std::filesystem::path& target,
                                        const ArchiveOptions& options = {});

/// Makes the project file `target` from an archive; it appears whole or not at all. Every file in
/// the archive is compared with its hash.
/// Errors: InvalidArgument where `target` exists; NotFound; Corrupt naming the file in the archive;
/// Unsupported where a newer Mimosa made it; Io; Cancelled.
base::Result<ArchiveReport> restoreArchive(const std::filesystem::path& archive,
                                           const std::filesystem::path& target,
                                           const ArchiveOptions& options = {});

}  // namespace app
