#include "app/as_of.h"

#include <cstdlib>

#include "app/edits.h"
#include "app/project/archive_rows.h"
#include "app/project/store_impl.h"

namespace app {

namespace {

/// One thing that happened to an edit.
struct Event {
  base::Time time;
  bool undone = false;  ///< it was taken back; else done, or done again
  CommandRow command;
};

/// Copies all tables but those with content and what is derived.
base::Result<void> copyTables(Database& from, Database& to) {
  const auto tables = tablesOf(from);
  if (!tables) {
    return tables.error();
  }
  auto done = to.script("PRAGMA foreign_keys=OFF; BEGIN IMMEDIATE");
  for (const auto& one : *tables) {
    const auto& table = one.first;
    const auto& columns = one.second;
    if (kContentTables.count(table) > 0 || kDerivedTables.count(table) > 0 ||
        table == "sqlite_sequence") {
      continue;
    }
    if (done) {
      done = to.run("DELETE FROM \"" + table + "\"");
    }
    if (done) {
      done = from.each("SELECT * FROM \"" + table + "\"", {}, [&](const SqlRow& row) {
        return insertRow(to, table, columns, rowToJson(row), nullptr);
      });
    }
  }
  if (done) {
    done = to.script("UPDATE meta SET value = '1' WHERE key = 'mimosa.clean'; COMMIT");
  }
  return done;
}

/// What happened after `time`, newest first.
base::Result<std::vector<Event>> eventsSince(Database& database, base::Time time) {
  std::vector<Event> events;
  auto done = database.each(
      "SELECT happened, undone, id, kind, json FROM (SELECT time_ns AS happened, 0 AS undone, "
      "command.id, kind, json, 0 AS at FROM command UNION ALL SELECT max(command_change.time_ns, "
      "command.time_ns), "
      "command_change.undone, command.id, kind, json, command_change.id FROM command_change JOIN "
      "command ON command.id = command_change.command) WHERE happened > ? ORDER BY happened DESC, "
      "at DESC, id DESC",
      {time.ns}, [&](const SqlRow& row) {
        events.push_back({.time = {row.integer(0)},
                          .undone = row.integer(1) != 0,
                          .command = {.id = row.integer(2),
                                      .kind = row.text(3),
                                      .text = {},
                                      .json = row.text(4)}});
        return base::Result<void>();
      });
  return done ? base::Result(std::move(events)) : base::Result<std::vector<Event>>(done.error());
}

base::Result<void> takeBack(ProjectStore& past, const Event& event) {
  const auto edit = editFrom(event.command.kind, event.command.json);
  if (!edit) {
    return edit.error();
  }
  return past.inTransaction(
      [&] { return event.undone ? apply(past, *edit) : revert(past, *edit); });
}

/// What came later and was no edit.
base::Result<void> removeLater(ProjectStore& past, base::Time time) {
  return past.internals().write(Durability::Soon, [&](Database& database) -> base::Result<void> {
    for (const char* const sql :
         {"DELETE FROM demonstration WHERE recording IN (SELECT id FROM recording WHERE begin_ns > "
          "?1) AND origin <> 'import'",
          "DELETE FROM recording WHERE begin_ns > ?1", "DELETE FROM deployment WHERE since_ns > ?1",
          "DELETE FROM prediction WHERE begin_ns > ?1", "DELETE FROM command WHERE time_ns > ?1",
          "DELETE FROM command_change WHERE time_ns > ?1"}) {
      if (auto done = database.run(sql, {time.ns}); !done) {
        return done;
      }
    }
    return database.run(
        "UPDATE command SET undone = coalesce((SELECT undone FROM command_change WHERE "
        "command_change.command = command.id ORDER BY command_change.id DESC LIMIT 1), 0)");
  });
}

base::Result<std::filesystem::path> newFolder() {
  std::error_code error;
  std::string pattern =
      (std::filesystem::temp_directory_path(error) / "mimosa-past-XXXXXX").string();
  if (error || !mkdtemp(pattern.data())) {
    return base::Error{base::ErrorCode::Io, "There is no room for the past of the project."};
  }
  return std::filesystem::path(pattern);
}

}  // namespace

PastProject::~PastProject() {
  store.reset();
  std::error_code ignored;
  if (!folder.empty()) {
    std::filesystem::remove_all(folder, ignored);
  }
}

base::Result<PastProject> projectAsOf(const ProjectStore& store, base::Time time) {
  PastProject past;
  auto folder = newFolder();
  if (!folder) {
    return folder.error();
  }
  past.folder = std::move(folder).value();
  const std::filesystem::path file = past.folder / store.file().filename();
  auto made = ProjectStore::open(file);  // an empty one, and closed again
  if (!made) {
    return made.error();
  }
  made->reset();
  base::Result<std::vector<Event>> events = std::vector<Event>();
  auto done = store.internals().readAtOneTime([&](Database& database) -> base::Result<void> {
    const auto target = Database::open(file, Access::Write);
    if (!target) {
      return target.error();
    }
    events = eventsSince(database, time);
    return events ? copyTables(database, **target) : base::Result<void>(events.error());
  });
  if (!done) {
    return done.error();
  }
  auto writable = ProjectStore::open(file);
  if (!writable) {
    return writable.error();
  }
  for (const Event& event : *events) {
    past.skipped += takeBack(**writable, event) ? 0 : 1;
  }
  if (auto removed = removeLater(**writable, time); !removed) {
    return removed.error();
  }
  writable->reset();
  auto opened = ProjectStore::open(file, OpenMode::ReadOnly);
  if (!opened) {
    return opened.error();
  }
  past.store = std::move(opened).value();
  return past;
}

}  // namespace app
