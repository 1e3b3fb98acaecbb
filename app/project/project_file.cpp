#include "app/project/project_file.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <unistd.h>

#include "app/project/schema.h"

namespace app {

namespace {

constexpr std::size_t kHeaderBytes = 100;
constexpr std::uint64_t kWholeCheckBytes = std::uint64_t{256} << 20;
constexpr std::string_view kMagic{"SQLite format 3\0", 16};

std::filesystem::path companion(const std::filesystem::path& file, const char* suffix) {
  std::filesystem::path path = file;
  path += suffix;
  return path;
}

bool hasBytes(const std::filesystem::path& file) {
  std::error_code ignored;
  const auto size = std::filesystem::file_size(file, ignored);
  return !ignored && size > 0;
}

base::Error refused(base::ErrorCode code, const std::filesystem::path& file,
                    const std::string& why) {
  return {code,
          "The file " + file.filename().string() + " was not opened and not changed: " + why + "."};
}

base::Error damaged(const std::filesystem::path& file, const std::string& why) {
  return refused(base::ErrorCode::Corrupt, file, why);
}

/// A 4-byte number of the header, most significant byte first.
std::uint64_t headerNumber(const base::Bytes& header, std::size_t at) {
  std::uint64_t number = 0;
  for (std::size_t i = 0; i < 4; ++i) {
    number = number << 8 | header[at + i];
  }
  return number;
}

/// Offsets as in the SQLite file format, section 1.3.
base::Result<void> checkHeader(const base::Bytes& header, std::uint64_t size,
                               const std::filesystem::path& file) {
  if (header.size() < kHeaderBytes || !std::equal(kMagic.begin(), kMagic.end(), header.begin())) {
    return damaged(file, "it is not a Mimosa project");
  }
  if (headerNumber(header, 68) != static_cast<std::uint64_t>(kApplicationId)) {
    return damaged(file, "it is a database of another program");
  }
  const std::uint64_t version = headerNumber(header, 60);
  if (version > static_cast<std::uint64_t>(kSchemaVersion)) {
    return refused(base::ErrorCode::Unsupported, file,
                   "it was made by a newer Mimosa (file version " + std::to_string(version) +
                       ", this program knows " + std::to_string(kSchemaVersion) + ")");
  }
  const std::uint64_t pageSize = header[16] == 0 && header[17] == 1
                                     ? 65536
                                     : static_cast<std::uint64_t>(header[16]) << 8 | header[17];
  const bool hasLog = hasBytes(companion(file, "-wal")) || hasBytes(companion(file, "-journal"));
  const bool countIsValid = headerNumber(header, 24) == headerNumber(header, 92);
  if (!hasLog && countIsValid && headerNumber(header, 28) * pageSize > size) {
    return damaged(file, "its end is missing");
  }
  return {};
}

base::Result<void> quickCheck(Database& database, const std::string& table) {
  std::string problem;
  const std::string sql =
      table.empty() ? "PRAGMA quick_check(1)" : "PRAGMA quick_check(" + table + ")";
  auto read = database.each(sql, {}, [&](const SqlRow& row) {
    if (problem.empty() && row.text(0) != "ok") {
      problem = row.text(0);
    }
    return base::Result<void>();
  });
  if (!read) {
    return read;
  }
  std::replace(problem.begin(), problem.end(), '\n', ' ');
  return problem.empty() ? base::Result<void>()
                         : base::Error{base::ErrorCode::Corrupt, "it is damaged (" + problem + ")"};
}

base::Result<void> quickChecks(Database& database, std::uint64_t bytes) {
  if (bytes <= kWholeCheckBytes) {
    return quickCheck(database, "");
  }
  static constexpr std::array kTables = {
      "meta",          "source", "channel",    "recording",     "label",         "task",
      "demonstration", "ledger", "deployment", "device_config", "sqlite_schema", "command"};
  for (const char* const table : kTables) {
    if (auto good = quickCheck(database, table); !good) {
      return good;
    }
  }
  return {};
}

/// Waits until a file, or the names in a folder, are on disk.
base::Result<void> waitForDisk(const std::filesystem::path& path) {
  const int descriptor = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  const bool good = descriptor >= 0 && fsync(descriptor) == 0;
  const int reason = errno;
  if (descriptor >= 0) {
    close(descriptor);
  }
  if (!good && reason != EINVAL) {  // some file systems cannot sync folders
    return base::Error{base::ErrorCode::Io,
                       path.string() + " could not be saved: " + std::strerror(reason) + "."};
  }
  return {};
}

/// A draft needs no journal and no care: it gets its name once it is whole and on disk.
base::Result<void> makeEmptyProject(const std::filesystem::path& file) {
  const auto database = Database::open(file, Access::Create);
  if (!database) {
    return database.error();
  }
  auto made = (*database)->script("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;");
  return made ? applySchema(**database) : made;
}

}  // namespace

base::Result<Look> lookAt(const std::filesystem::path& file) {
  std::error_code error;
  const auto status = std::filesystem::status(file, error);
  if (status.type() == std::filesystem::file_type::not_found || !hasBytes(file)) {
    if (std::filesystem::exists(status) && !std::filesystem::is_regular_file(status)) {
      return damaged(file, "it is not a file");
    }
    if (hasBytes(companion(file, "-wal")) || hasBytes(companion(file, "-journal"))) {
      return damaged(file,
                     "it is missing or empty while the log beside it still holds data; put "
                     "the file back, or move the log away");
    }
    return Look{};
  }
  if (!std::filesystem::is_regular_file(status)) {
    return damaged(file, "it is not a file");
  }
  auto database = Database::open(file, Access::Read);
  if (!database) {
    return database.error();
  }
  const auto header = (*database)->firstBytes(kHeaderBytes);
  const auto size = (*database)->fileSize();
  if (!header || !size) {
    return header ? size.error() : header.error();
  }
  if (auto good = checkHeader(*header, *size, file); !good) {
    return good.error();
  }
  if (hasBytes(companion(file, "-journal"))) {
    return Look{.kind = FileKind::Unlooked, .database = nullptr};
  }
  (*database)->keepLogOnClose();
  auto whole = checkContents(**database, file);
  if (!whole && (*database)->failure() == DatabaseFailure::CannotLook &&
      !hasBytes(companion(file, "-wal"))) {
    database = Database::open(file, Access::Frozen);
    if (!database) {
      return database.error();
    }
    whole = checkContents(**database, file);
  }
  if (!whole) {
    return whole.error();
  }
  return Look{.kind = FileKind::Project, .database = std::move(*database)};
}

base::Result<void> checkContents(Database& database, const std::filesystem::path& file) {
  auto good = checkSchema(database);
  if (good) {
    const auto size = database.fileSize();
    good = size ? quickChecks(database, *size) : base::Result<void>(size.error());
  }
  if (!good && good.error().code == base::ErrorCode::Corrupt) {
    const bool unreadable = database.failure() != DatabaseFailure::None;
    return damaged(file, unreadable ? "it is damaged" : good.error().message);
  }
  return good;
}

base::Result<void> createProjectFile(const std::filesystem::path& file) {
  const std::filesystem::path draft = companion(file, "-new");
  std::error_code error;
  std::filesystem::remove(draft, error);
  if (auto made = makeEmptyProject(draft); !made) {
    std::filesystem::remove(draft, error);
    return made;
  }
  return publishProjectFile(draft, file);
}

base::Result<void> publishProjectFile(const std::filesystem::path& draft,
                                      const std::filesystem::path& file) {
  std::error_code error;
  if (auto kept = waitForDisk(draft); !kept) {
    std::filesystem::remove(draft, error);
    return kept;
  }
  std::filesystem::rename(draft, file, error);
  if (error) {
    const std::string reason = error.message();
    std::filesystem::remove(draft, error);
    return base::Error{base::ErrorCode::Io, "The project file " + file.filename().string() +
                                                " could not be made: " + reason + "."};
  }
  return waitForDisk(file.parent_path());
}

}  // namespace app
