#include "app/project/schema.h"

#include <array>

namespace app {

namespace {

// Times are nanoseconds on the program's clock. A stretch is [begin_ns, end_ns); end_ns = begin_ns
// says that it still runs. Ids of what a person made are never used twice (AUTOINCREMENT), so that
// undo can put a row back under its own id.
constexpr const char* kStep1 = R"sql(
CREATE TABLE meta(
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE source(
  row INTEGER PRIMARY KEY,
  hash TEXT NOT NULL UNIQUE,
  id TEXT NOT NULL,
  name TEXT NOT NULL,
  kind TEXT NOT NULL,
  rate REAL NOT NULL,
  declared INTEGER NOT NULL
) STRICT;
CREATE INDEX source_by_id ON source(id, declared);

CREATE TABLE channel(
  source INTEGER NOT NULL REFERENCES source(row) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  id TEXT NOT NULL,
  unit TEXT NOT NULL,
  min REAL NOT NULL,
  max REAL NOT NULL,
  PRIMARY KEY(source, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE recording(
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  begin_ns INTEGER NOT NULL,
  end_ns INTEGER NOT NULL,
  name TEXT NOT NULL,
  kept_together TEXT NOT NULL,
  split_tag TEXT NOT NULL,
  gapped INTEGER NOT NULL
) STRICT;

CREATE TABLE chunk(
  id INTEGER PRIMARY KEY,
  recording INTEGER NOT NULL REFERENCES recording(id) ON DELETE CASCADE,
  source INTEGER NOT NULL REFERENCES source(row),
  begin_ns INTEGER NOT NULL,
  end_ns INTEGER NOT NULL,
  first_sequence INTEGER NOT NULL,
  content BLOB NOT NULL
) STRICT;
CREATE INDEX chunk_by_time ON chunk(recording, source, begin_ns, end_ns);

CREATE TABLE label(
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL,
  colour INTEGER NOT NULL,
  key INTEGER NOT NULL,
  background INTEGER NOT NULL
) STRICT;

CREATE TABLE demonstration(
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  label INTEGER NOT NULL REFERENCES label(id) ON DELETE CASCADE,
  begin_ns INTEGER NOT NULL,
  end_ns INTEGER NOT NULL,
  recording INTEGER REFERENCES recording(id) ON DELETE SET NULL,
  origin TEXT NOT NULL,
  enabled INTEGER NOT NULL,
  author TEXT NOT NULL,
  model_hash TEXT NOT NULL,
  ended_by_recovery INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX demonstration_by_label ON demonstration(label);
CREATE INDEX demonstration_by_recording ON demonstration(recording);

CREATE TABLE task(
  id INTEGER PRIMARY KEY,
  settings TEXT NOT NULL
) STRICT;

CREATE TABLE deployment(
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  version INTEGER NOT NULL,
  ensemble_hash TEXT NOT NULL,
  dataset_hash TEXT NOT NULL,
  report TEXT NOT NULL,
  since_ns INTEGER NOT NULL,
  worker TEXT NOT NULL
) STRICT;

CREATE TABLE device_config(
  node TEXT PRIMARY KEY,
  version INTEGER NOT NULL,
  desired TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE ledger(
  task TEXT PRIMARY KEY,
  fence INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE command(
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL,
  text TEXT NOT NULL,
  json TEXT NOT NULL,
  time_ns INTEGER NOT NULL,
  undone INTEGER NOT NULL
) STRICT;

CREATE TABLE blob(
  id TEXT PRIMARY KEY,
  content BLOB NOT NULL
) STRICT;
)sql";

// Envelopes for drawing, and the history of predictions. An envelope tile is content of
// envelope_tiles.h; a chunk stays in envelope_due until its samples are in tiles. chunk_reach bounds
// how far before a time a chunk that touches it can begin. Shares are stored in 1/10000.
constexpr const char* kStep2 = R"sql(
CREATE TABLE envelope(
  id INTEGER PRIMARY KEY,
  recording INTEGER NOT NULL REFERENCES recording(id) ON DELETE CASCADE,
  source INTEGER NOT NULL REFERENCES source(row),
  channel INTEGER NOT NULL,
  level INTEGER NOT NULL,
  tile INTEGER NOT NULL,
  content BLOB NOT NULL,
  UNIQUE(recording, source, channel, level, tile)
) STRICT;

CREATE TABLE envelope_due(
  recording INTEGER NOT NULL REFERENCES recording(id) ON DELETE CASCADE,
  source INTEGER NOT NULL REFERENCES source(row),
  chunk INTEGER NOT NULL REFERENCES chunk(id) ON DELETE CASCADE,
  PRIMARY KEY(recording, source, chunk)
) STRICT, WITHOUT ROWID;
CREATE INDEX envelope_due_by_chunk ON envelope_due(chunk);

CREATE TABLE chunk_reach(
  recording INTEGER NOT NULL REFERENCES recording(id) ON DELETE CASCADE,
  source INTEGER NOT NULL REFERENCES source(row),
  longest_ns INTEGER NOT NULL,
  PRIMARY KEY(recording, source)
) STRICT, WITHOUT ROWID;

INSERT INTO envelope_due SELECT recording, source, id FROM chunk
  WHERE source IN (SELECT row FROM source WHERE kind IN ('audio', 'motion', 'slow'));
INSERT INTO chunk_reach SELECT recording, source, max(end_ns - begin_ns) FROM chunk
  GROUP BY recording, source;

CREATE TABLE predictor(
  row INTEGER PRIMARY KEY,
  task TEXT NOT NULL,
  version INTEGER NOT NULL,
  model_hash TEXT NOT NULL,
  UNIQUE(task, version, model_hash)
) STRICT;

CREATE TABLE predicted_label(
  row INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE prediction(
  begin_ns INTEGER NOT NULL,
  predictor INTEGER NOT NULL REFERENCES predictor(row),
  length_ns INTEGER NOT NULL,
  label INTEGER REFERENCES predicted_label(row),
  state INTEGER NOT NULL,
  flags INTEGER NOT NULL,
  certainty INTEGER NOT NULL,
  disagreement INTEGER NOT NULL,
  novelty INTEGER NOT NULL,
  PRIMARY KEY(begin_ns, predictor)
) STRICT, WITHOUT ROWID;
)sql";

// The bin, where lessons came from, and when edits were taken back. A recording with a time in
// binned_ns lies in the bin since then. A lesson is one example that a dataset was made of, with what
// it said at that time.
constexpr const char* kStep3 = R"sql(
ALTER TABLE recording ADD COLUMN binned_ns INTEGER NOT NULL DEFAULT 0;

CREATE TABLE lesson(
  dataset_hash TEXT NOT NULL,
  demonstration INTEGER NOT NULL,
  recording INTEGER NOT NULL,
  label TEXT NOT NULL,
  author TEXT NOT NULL,
  origin TEXT NOT NULL,
  PRIMARY KEY(dataset_hash, demonstration)
) STRICT, WITHOUT ROWID;
CREATE INDEX lesson_by_recording ON lesson(recording);

CREATE TABLE command_change(
  id INTEGER PRIMARY KEY,
  command INTEGER NOT NULL REFERENCES command(id) ON DELETE CASCADE,
  undone INTEGER NOT NULL,
  time_ns INTEGER NOT NULL
) STRICT;
CREATE INDEX command_change_by_command ON command_change(command);
)sql";

// Several tasks. What existed before belongs to the first.
constexpr const char* kStep4 = R"sql(
ALTER TABLE task ADD COLUMN removed INTEGER NOT NULL DEFAULT 0;
ALTER TABLE label ADD COLUMN task INTEGER NOT NULL DEFAULT 1;
ALTER TABLE deployment ADD COLUMN task INTEGER NOT NULL DEFAULT 1;
)sql";

constexpr std::array<const char*, kSchemaVersion> kSteps = {kStep1, kStep2, kStep3, kStep4};

/// One line per table and index.
base::Result<std::string> describeSchema(Database& database) {
  std::string description;
  auto read = database.each(
      "SELECT type, name, tbl_name, coalesce(sql, '') FROM sqlite_schema ORDER BY type, name", {},
      [&](const SqlRow& row) -> base::Result<void> {
        for (int column = 0; column < 4; ++column) {
          description += row.text(column) + "\t";
        }
        description += "\n";
        return {};
      });
  return read ? base::Result<std::string>(description) : base::Result<std::string>(read.error());
}

base::Result<void> applySteps(Database& database, std::int64_t from, std::int64_t to) {
  std::string all = "BEGIN IMMEDIATE;\n";
  for (std::int64_t step = from; step < to; ++step) {
    all += kSteps[static_cast<std::size_t>(step)];
  }
  all += "PRAGMA application_id=" + std::to_string(kApplicationId) + ";\n";
  all += "PRAGMA user_version=" + std::to_string(to) + ";\nCOMMIT;";
  auto done = database.script(all);
  if (!done && database.inTransaction()) {
    static_cast<void>(database.script("ROLLBACK"));
  }
  return done;
}

}  // namespace

base::Result<std::int64_t> schemaVersion(Database& database) {
  std::int64_t version = 0;
  auto read =
      database.each("SELECT user_version FROM pragma_user_version", {}, [&](const SqlRow& row) {
        version = row.integer(0);
        return base::Result<void>();
      });
  return read ? base::Result<std::int64_t>(version) : base::Result<std::int64_t>(read.error());
}

base::Result<void> applySchema(Database& database) {
  const auto version = schemaVersion(database);
  if (!version) {
    return version.error();
  }
  return *version < kSchemaVersion ? applySteps(database, *version, kSchemaVersion)
                                   : base::Result<void>();
}

base::Result<void> makeSchema(Database& database, std::int64_t version) {
  return applySteps(database, 0, version);
}

base::Result<void> checkSchema(Database& database) {
  const auto version = schemaVersion(database);
  if (!version) {
    return version.error();
  }
  if (*version < 1 || *version > kSchemaVersion) {
    return base::Error{base::ErrorCode::Corrupt, "its version number makes no sense"};
  }
  const auto pattern = Database::open({}, Access::InMemory);
  if (!pattern) {
    return pattern.error();
  }
  if (auto made = applySteps(**pattern, 0, *version); !made) {
    return made;
  }
  const auto wanted = describeSchema(**pattern);
  const auto found = describeSchema(database);
  if (!wanted || !found) {
    return wanted ? found.error() : wanted.error();
  }
  if (*wanted != *found) {
    return base::Error{base::ErrorCode::Corrupt,
                       "its tables are not those of a project: it is damaged or was changed by "
                       "another program"};
  }
  return {};
}

}  // namespace app
