#pragma once
// Schema: the tables of a project file, made by numbered steps that are never edited after a
// release. The number of steps done is the file's user_version.

#include "app/project/database.h"

namespace app {

/// Marks an SQLite file as a project ("MiMo").
inline constexpr std::int64_t kApplicationId = 0x4d694d6f;
/// The version this program writes; newer ones are refused.
inline constexpr std::int64_t kSchemaVersion = 4;

/// Carries out all steps after the file's version, in one transaction. Errors: as Database::run.
base::Result<void> applySchema(Database& database);

/// The number of steps that made the file. Errors: as Database::run.
base::Result<std::int64_t> schemaVersion(Database& database);

/// Carries out the first `version` steps on an empty database. Errors: as Database::run.
base::Result<void> makeSchema(Database& database, std::int64_t version);

/// Compares the file's tables with those its steps make, word by word: an added trigger or view,
/// or a changed column, is refused.
/// Errors: Corrupt; Io.
base::Result<void> checkSchema(Database& database);

}  // namespace app
