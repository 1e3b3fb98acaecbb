// Opening and closing a project: who may, what a crash left, and the one file that remains.

#include <algorithm>
#include <cstdlib>
#include <unistd.h>
#include <utility>

#include "app/project/project_file.h"
#include "app/project/schema.h"
#include "app/project/store_impl.h"
#include "sensors/base/log.h"

namespace app {

namespace {

/// A background that a crash ended gives away what was said in it meanwhile, as at a usual end.
base::Result<void> cutOutOfBackground(Database& database, std::int64_t id) {
  base::TimeSpan whole;
  auto done = database.each(
      "SELECT begin_ns, end_ns FROM demonstration WHERE id = ? AND origin = 'background'", {id},
      [&](const SqlRow& row) {
        whole = {{row.integer(0)}, {row.integer(1)}};
        return base::Result<void>();
      });
  if (!done || whole.isEmpty()) {
    return done;
  }
  std::vector<base::TimeSpan> pieces;
  base::Time free = whole.begin;
  done = database.each(
      "SELECT said.begin_ns, said.end_ns FROM demonstration AS said "
      "JOIN demonstration AS background ON background.id = ? "
      "JOIN label AS what ON what.id = said.label "
      "JOIN label AS other ON other.id = background.label AND other.task = what.task "
      "WHERE said.id <> background.id AND said.recording = background.recording "
      "AND said.end_ns > background.begin_ns AND said.begin_ns < background.end_ns "
      "ORDER BY said.begin_ns",
      {id}, [&](const SqlRow& row) {
        const base::Time begin{row.integer(0)};
        if (begin > free) {
          pieces.push_back({free, begin});
        }
        free = std::max(free, base::Time{row.integer(1)});
        return base::Result<void>();
      });
  if (free < whole.end) {
    pieces.push_back({free, whole.end});
  }
  const base::TimeSpan first =
      pieces.empty() ? base::TimeSpan{whole.begin, whole.begin} : pieces[0];
  if (done) {
    done = database.run("UPDATE demonstration SET begin_ns = ?, end_ns = ? WHERE id = ?",
                        {first.begin.ns, first.end.ns, id});
  }
  for (std::size_t i = 1; done && i < pieces.size(); ++i) {
    done = database.run(
        "INSERT INTO demonstration(label, begin_ns, end_ns, recording, origin, enabled, author, "
        "model_hash, ended_by_recovery) SELECT label, ?, ?, recording, origin, enabled, author, "
        "model_hash, 1 FROM demonstration WHERE id = ?",
        {pieces[i].begin.ns, pieces[i].end.ns, id});
  }
  return done;
}

}  // namespace

ProjectStore::Impl::Impl(std::filesystem::path path, OpenMode openMode)
    : file(std::move(path)), mode(openMode), reserve(file) {}

ProjectStore::Impl::~Impl() { close(); }

base::Result<void> ProjectStore::Impl::openForControl() {
  auto taken = FileLock::take(file);
  if (!taken) {
    return taken.error();
  }
  lock = std::move(taken).value();
  FileKind kind = FileKind::Missing;
  {
    const auto look = lookAt(file);
    if (!look) {
      return look.error();
    }
    kind = look->kind;
  }
  if (kind == FileKind::Missing) {
    if (auto made = createProjectFile(file); !made) {
      return made;
    }
  }
  if (access(file.c_str(), W_OK) != 0) {
    return base::Error{base::ErrorCode::Unavailable,
                       "The project file " + file.filename().string() +
                           " cannot be written to; it can be opened for reading only."};
  }
  auto opened = Database::open(file, Access::Write);
  if (!opened) {
    return opened.error();
  }
  if (kind == FileKind::Unlooked) {
    if (auto whole = checkContents(**opened, file); !whole) {
      return whole;
    }
  }
  writer = std::move(opened).value();
  auto begun = beginControl();
  if (!begun) {  // leave it as it was found
    writer->keepLogOnClose();
    writer.reset();
  }
  return begun;
}

base::Result<void> ProjectStore::Impl::beginControl() {
  if (auto done = applySchema(*writer); !done) {
    return done;
  }
  if (auto done = writer->script("PRAGMA journal_mode=WAL; PRAGMA cell_size_check=ON;"); !done) {
    return done;
  }
  auto begun = write(Durability::Now, [this](Database& database) -> base::Result<void> {
    const auto clean = readMeta(database, kCleanKey);
    const auto last = readMeta(database, kEpochKey);
    if (!clean || !last) {
      return clean ? last.error() : clean.error();
    }
    recovered = *clean == "0";
    epoch = std::atoll(last->c_str()) + 1;
    if (auto set = database.run(kSetMeta, {kEpochKey, std::to_string(epoch)}); !set) {
      return set;
    }
    if (auto set = database.run(kSetMeta, {kCleanKey, "0"}); !set) {
      return set;
    }
    auto ended = endOpenStretches(database);
    return ended ? sumWhatCrashLeft(database) : ended;
  });
  if (begun) {
    reserve.keep();
  }
  return begun;
}

base::Result<void> ProjectStore::Impl::endOpenStretches(Database& database) {
  auto done = database.run(
      "UPDATE recording SET gapped = 1, end_ns = max(begin_ns, (SELECT max(end_ns) FROM chunk "
      "WHERE chunk.recording = recording.id)) WHERE end_ns <= begin_ns AND EXISTS (SELECT 1 FROM "
      "chunk WHERE chunk.recording = recording.id)");
  // An imported example may be a point in time; one that a person gave was still running.
  if (done) {
    done = database.each(
        "SELECT id FROM demonstration WHERE end_ns <= begin_ns AND NOT ended_by_recovery AND "
        "origin <> 'import'",
        {}, [this](const SqlRow& row) {
          endedByRecovery.push_back(row.integer(0));
          return base::Result<void>();
        });
  }
  if (done && !endedByRecovery.empty()) {
    done = database.run(
        "UPDATE demonstration SET ended_by_recovery = 1, end_ns = max(begin_ns, coalesce((SELECT "
        "end_ns FROM recording WHERE recording.id = demonstration.recording), begin_ns)) "
        "WHERE end_ns <= begin_ns AND NOT ended_by_recovery AND origin <> 'import'");
  }
  for (std::size_t i = 0; done && i < endedByRecovery.size(); ++i) {
    done = cutOutOfBackground(database, endedByRecovery[i]);
  }
  return done;
}

base::Result<void> ProjectStore::Impl::openForReading() {
  auto look = lookAt(file);
  if (!look) {
    return look.error();
  }
  if (look->kind == FileKind::Missing) {
    return base::Error{base::ErrorCode::Io,
                       "The project file " + file.filename().string() + " does not exist."};
  }
  if (look->kind == FileKind::Unlooked) {
    return base::Error{base::ErrorCode::Unavailable,
                       "The project file " + file.filename().string() +
                           " was not closed and has to be opened for control once."};
  }
  const auto version = schemaVersion(*look->database);
  if (!version) {
    return version.error();
  }
  if (*version < kSchemaVersion) {
    return base::Error{base::ErrorCode::Unavailable,
                       "The project file " + file.filename().string() +
                           " was made by an older Mimosa and has to be opened for control once, "
                           "or a copy of it."};
  }
  readers.push_back(std::move(look->database));
  return read([this](Database& database) -> base::Result<void> {
    const auto last = readMeta(database, kEpochKey);
    if (!last) {
      return last.error();
    }
    epoch = std::atoll(last->c_str());
    return {};
  });
}

void ProjectStore::Impl::close() {
  {
    std::lock_guard guard(readersMutex);
    readers.clear();
  }
  if (!writer) {
    return;
  }
  if (suspect) {
    writer->keepLogOnClose();
    writer.reset();
    return;
  }
  reserve.giveUp();
  if (const auto emptied = emptyBin(); !emptied) {
    base::logWarning("emptying the bin: " + emptied.error().message);
  }
  auto closed = write(Durability::Now, [](Database& database) {
    return database.run(kSetMeta, {kCleanKey, "1"});
  });
  if (closed) {  // a file without a log can be read where nobody can write
    closed = writer->script("PRAGMA wal_checkpoint(TRUNCATE); PRAGMA journal_mode=DELETE;");
  }
  if (!closed) {
    base::logWarning("closing " + file.filename().string() + ": " + closed.error().message);
  }
  writer.reset();
}

}  // namespace app
