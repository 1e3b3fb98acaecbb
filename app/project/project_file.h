#pragma once
// Project file: looking at a file before anything touches it, and making a new one. What is
// foreign, newer or damaged is refused with a sentence and not altered.

#include <filesystem>
#include <memory>

#include "app/project/database.h"

namespace app {

enum class FileKind {
  Missing,   ///< nothing is there yet
  Project,   ///< one of ours, whole
  Unlooked,  ///< one of ours by its first bytes; the rest needs a repair first, then
             ///< checkContents()
};

struct Look {
  FileKind kind = FileKind::Missing;
  std::unique_ptr<Database> database;  ///< the connection it was seen through; reads only
};

/// Looks at `file` without writing a byte of it.
/// Errors: Corrupt (foreign, damaged, cut short); Unsupported (newer); Io.
base::Result<Look> lookAt(const std::filesystem::path& file);

/// Tables as they should be, and pages that fit together. Files above 256 MB are checked without
/// their samples and models.
/// Errors: Corrupt; Io.
base::Result<void> checkContents(Database& database, const std::filesystem::path& file);

/// Makes an empty project; it appears whole or not at all. Errors: Io.
base::Result<void> createProjectFile(const std::filesystem::path& file);

/// Gives a finished draft its name once it is on disk. Errors: Io; the draft is then removed.
base::Result<void> publishProjectFile(const std::filesystem::path& draft,
                                      const std::filesystem::path& file);

}  // namespace app
