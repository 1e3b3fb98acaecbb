#include "app/project/archive.h"
#include "app/project/archive_format.h"
#include "app/project/archive_rows.h"
#include "app/project/project_file.h"
#include "app/project/rebuild.h"
#include "app/project/schema.h"
#include "app/project/store_impl.h"
#include "app/project/zip_file.h"

namespace app {

namespace {

using Tables = std::map<std::string, std::vector<std::string>>;

base::Error damaged(const std::string& entry, const std::string& what) {
  return {base::ErrorCode::Corrupt, "The archive is damaged: " + entry + ": " + what + "."};
}

std::string_view textOf(const base::Bytes& bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

/// Deep nesting and huge numbers of members are no danger: the text's size is limited, and the
/// parser keeps its own stack.
RowJson parsed(std::string_view text) { return RowJson::parse(text, nullptr, false); }

bool startsWith(std::string_view text, std::string_view with) {
  return text.substr(0, with.size()) == with;
}

/// One archive while it is read, entry by entry, into an empty database.
class ArchiveLoader {
 public:
  explicit ArchiveLoader(Database& database) : database_(database) {}

  base::Result<void> take(const ZipReader::Entry& entry) {
    if (complete_) {
      return damaged(entry.name, "it lies behind the end");
    }
    if (entry.name == kArchiveManifest) {
      return finish(entry);
    }
    hashes_[entry.name] = base::sha256(entry.content);
    ++report_.files;
    if (entry.name == kArchiveHeader) {
      return begin(entry);
    }
    if (tables_.empty()) {
      return damaged(entry.name, "it is no project archive; mimosa.json must come first");
    }
    if (!pendingContent_.empty() || startsWith(entry.name, kContentFolder)) {
      return takeContent(entry);
    }
    if (startsWith(entry.name, kTablesFolder)) {
      return takeTable(entry);
    }
    if (startsWith(entry.name, kPiecesFolder)) {
      return takePiece(entry);
    }
    return damaged(entry.name, "it does not belong in an archive");
  }

  /// What must hold when there is nothing more.
  base::Result<ArchiveReport> end() {
    if (!complete_) {
      return damaged(std::string(kArchiveManifest), "it is missing, so the archive's end is");
    }
    return report_;
  }

 private:
  base::Result<void> begin(const ZipReader::Entry& entry) {
    const RowJson header = parsed(textOf(entry.content));
    const auto number = [&](const char* name) {
      const bool known = header.is_object() && header.contains(name) &&
                         header[name].is_number_integer();
      return known ? header[name].get<std::int64_t>() : std::int64_t{0};
    };
    const bool isOurs = header.is_object() && header.contains("format") &&
                        header["format"] == RowJson(kArchiveFormat);
    if (!tables_.empty() || !isOurs) {
      return damaged(entry.name, "it is no project archive");
    }
    if (number("version") != kArchiveVersion || number("schema") > kSchemaVersion) {
      return base::Error{base::ErrorCode::Unsupported,
                         "The archive was made by a newer Mimosa (file version " +
                             std::to_string(number("schema")) + ", this program knows " +
                             std::to_string(kSchemaVersion) + ")."};
    }
    if (number("schema") < 1) {
      return damaged(entry.name, "its version number makes no sense");
    }
    if (auto made = makeSchema(database_, number("schema")); !made) {
      return made;
    }
    auto tables = tablesOf(database_);
    if (!tables) {
      return tables.error();
    }
    tables_ = std::move(tables).value();
    return database_.script("BEGIN IMMEDIATE");
  }

  base::Result<void> takeTable(const ZipReader::Entry& entry) {
    std::string table = entry.name.substr(kTablesFolder.size());
    table = table.substr(0, table.find('.'));
    const auto columns = tables_.find(table);
    if (columns == tables_.end() || kContentTables.count(table) > 0 ||
        kDerivedTables.count(table) > 0) {
      return damaged(entry.name, "there is no such table");
    }
    std::string_view rest = textOf(entry.content);
    for (std::size_t line = 1; !rest.empty(); ++line) {
      const std::size_t end = std::min(rest.find('\n'), rest.size());
      const RowJson row = parsed(rest.substr(0, end));
      rest.remove_prefix(std::min(end + 1, rest.size()));
      auto inserted = table == "sqlite_sequence"
                          ? setSequence(row)
                          : insertRow(database_, table, columns->second, row, nullptr);
      if (!inserted) {
        return damaged(entry.name + ", row " + std::to_string(line), inserted.error().message);
      }
    }
    return {};
  }

  /// Numbers that were given once are not given again, in the restored project either. They are set
  /// at the end: inserting rows raises them.
  base::Result<void> setSequence(const RowJson& row) {
    if (!row.is_object() || !row.contains("name") || !row["name"].is_string() ||
        !row.contains("seq") || !row["seq"].is_number_integer() ||
        tables_.count(row["name"].get<std::string>()) == 0) {
      return base::Error{base::ErrorCode::Corrupt, "it is no sequence"};
    }
    sequences_[row["name"].get<std::string>()] = row["seq"].get<std::int64_t>();
    return {};
  }

  base::Result<void> takePiece(const ZipReader::Entry& entry) {
    RowJson piece = parsed(textOf(entry.content));
    const bool fits = piece.is_object() && piece.contains("table") && piece["table"].is_string() &&
                      piece.contains("content") && piece["content"].is_string() &&
                      piece.contains("rows") && piece["rows"].is_array();
    if (!fits || kContentTables.count(piece["table"].get<std::string>()) == 0) {
      return damaged(entry.name, "it does not say which rows it holds");
    }
    pendingTable_ = piece["table"].get<std::string>();
    pendingContent_ = piece["content"].get<std::string>();
    pendingRows_ = std::move(piece["rows"]);
    return pendingContent_.empty() ? damaged(entry.name, "it names no content") : base::Result<void>();
  }

  base::Result<void> takeContent(const ZipReader::Entry& entry) {
    if (entry.name != pendingContent_) {
      return damaged(entry.name, pendingContent_.empty() ? "no row needs it"
                                                         : "here " + pendingContent_ + " should be");
    }
    pendingContent_.clear();
    report_.contentBytes += entry.content.size();
    std::span<const std::uint8_t> rest(entry.content);
    for (RowJson& row : pendingRows_) {
      const bool fits = row.is_object() && row.contains("content_bytes") &&
                        row["content_bytes"].is_number_unsigned() &&
                        row["content_bytes"].get<std::uint64_t>() <= rest.size();
      if (!fits) {
        return damaged(entry.name, "it is shorter than its rows say");
      }
      const auto size = row["content_bytes"].get<std::size_t>();
      row.erase("content_bytes");
      const auto content = rest.first(size);
      rest = rest.subspan(size);
      if (auto inserted =
              insertRow(database_, pendingTable_, tables_[pendingTable_], row, &content);
          !inserted) {
        return damaged(entry.name, inserted.error().message);
      }
    }
    return rest.empty() ? base::Result<void>()
                        : damaged(entry.name, "it is longer than its rows say");
  }

  base::Result<void> finish(const ZipReader::Entry& entry) {
    const RowJson manifest = parsed(textOf(entry.content));
    if (tables_.empty() || !manifest.is_object() || !manifest.contains("files") ||
        !manifest["files"].is_object()) {
      return damaged(entry.name, "it lists no files");
    }
    const RowJson& files = manifest["files"];
    for (const auto& [name, hash] : hashes_) {
      const auto listed = files.find(name);
      if (listed == files.end() || *listed != hash) {
        return damaged(name, "its content is not what the manifest says");
      }
    }
    if (files.size() != hashes_.size()) {
      return damaged(entry.name, "files that it lists are missing");
    }
    auto done = database_.script("UPDATE meta SET value = '1' WHERE key = 'mimosa.clean'");
    for (const auto& [table, number] : sequences_) {
      if (done) {
        done = database_.run("DELETE FROM sqlite_sequence WHERE name = ?", {table});
      }
      if (done) {
        done = database_.run("INSERT INTO sqlite_sequence(name, seq) VALUES(?, ?)",
                             {table, number});
      }
    }
    if (done) {
      done = checkReferences(entry.name);
    }
    if (done) {
      done = database_.each("SELECT count(*) FROM recording", {}, [&](const SqlRow& row) {
        report_.recordings = static_cast<std::size_t>(row.integer(0));
        return base::Result<void>();
      });
    }
    if (done) {
      done = database_.script("COMMIT");
    }
    complete_ = done.ok();
    return done;
  }

  base::Result<void> checkReferences(const std::string& name) {
    bool broken = false;
    auto done = database_.each("SELECT 1 FROM pragma_foreign_key_check LIMIT 1", {},
                               [&](const SqlRow&) {
                                 broken = true;
                                 return base::Result<void>();
                               });
    return done && broken ? damaged(name, "rows refer to others that are not there") : done;
  }

  Database& database_;
  Tables tables_;
  std::map<std::string, std::string> hashes_;
  std::map<std::string, std::int64_t> sequences_;
  std::string pendingTable_;
  std::string pendingContent_;
  RowJson pendingRows_;
  bool complete_ = false;
  ArchiveReport report_;
};

base::Result<ArchiveReport> load(ZipReader& zip, const std::filesystem::path& draft,
                                 const ArchiveOptions& options) {
  const auto database = Database::open(draft, Access::Create);
  if (!database) {
    return database.error();
  }
  // A draft needs no care: it gets its name when it is whole. Rows come in any order.
  if (auto set = (*database)->script(
          "PRAGMA journal_mode=MEMORY; PRAGMA synchronous=OFF; PRAGMA foreign_keys=OFF;");
      !set) {
    return set.error();
  }
  ArchiveLoader loader(**database);
  for (;;) {
    if (options.stop.stop_requested()) {
      return base::Error{base::ErrorCode::Cancelled,
                         "Restoring was cancelled; nothing of it was kept."};
    }
    const auto entry = zip.next(kLargestEntry);
    if (!entry) {
      return entry.error();
    }
    if (!*entry) {
      break;
    }
    if (auto taken = loader.take(**entry); !taken) {
      return taken.error();
    }
    if (options.progress) {
      options.progress("archive", 0.8 * zip.progress());
    }
  }
  const auto report = loader.end();
  if (report) {
    if (auto raised = applySchema(**database); !raised) {
      return raised.error();
    }
    if (auto due = expectDerived(**database); !due) {
      return due.error();
    }
  }
  return report;
}

/// Derived data, made and checked by the very code that opens projects.
base::Result<void> completeDraft(const std::filesystem::path& draft,
                                 const ArchiveOptions& options) {
  const auto store = ProjectStore::open(draft);
  if (!store) {
    return store.error();
  }
  return rebuildEnvelopes(**store, options);
}

}  // namespace

base::Result<ArchiveReport> restoreArchive(const std::filesystem::path& archive,
                                           const std::filesystem::path& target,
                                           const ArchiveOptions& options) {
  std::error_code error;
  if (std::filesystem::exists(target, error)) {
    return base::invalid("The file " + target.string() + " exists already.");
  }
  auto zip = ZipReader::open(archive);
  if (!zip) {
    return zip.error();
  }
  std::filesystem::path draft = target;
  draft += "-new";
  std::filesystem::remove(draft, error);
  auto report = load(*zip, draft, options);
  if (report) {
    if (auto complete = completeDraft(draft, options); !complete) {
      report = complete.error();
    }
  }
  if (!report) {
    std::filesystem::remove(draft, error);
    return report;
  }
  if (auto named = publishProjectFile(draft, target); !named) {
    return named.error();
  }
  return report;
}

}  // namespace app
