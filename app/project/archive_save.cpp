#include "app/project/archive.h"

#include <algorithm>
#include <cstdio>
#include <utility>

#include "app/project/archive_format.h"
#include "app/project/archive_rows.h"
#include "app/project/schema.h"
#include "app/project/store_impl.h"
#include "app/project/zip_file.h"

namespace app {

namespace {

std::span<const std::uint8_t> contentOf(const SqlRow& row) {
  for (int column = 0; column < row.columns(); ++column) {
    if (row.name(column) == "content") {
      return row.bytes(column);
    }
  }
  return {};
}

/// One archive while it is written.
class ArchiveWriter {
 public:
  ArchiveWriter(Database& database, ZipWriter& zip, const ArchiveOptions& options)
      : database_(database), zip_(zip), options_(options) {}

  base::Result<ArchiveReport> write() {
    const auto tables = tablesOf(database_);
    if (!tables) {
      return tables.error();
    }
    auto done = addText(std::string(kArchiveHeader),
                        RowJson{{"format", kArchiveFormat},
                                {"version", kArchiveVersion},
                                {"schema", kSchemaVersion}}
                            .dump(2));
    for (const auto& [table, columns] : *tables) {
      if (done && kContentTables.count(table) == 0 && kDerivedTables.count(table) == 0) {
        done = addTable(table);
      }
    }
    if (done) {
      done = addRecordings();
    }
    if (done) {
      done = addBlobs();
    }
    if (done) {
      done = addManifest();
    }
    return done ? base::Result<ArchiveReport>(report_) : base::Result<ArchiveReport>(done.error());
  }

 private:
  base::Result<void> goOn(const std::string& what) {
    if (options_.stop.stop_requested()) {
      return base::Error{base::ErrorCode::Cancelled,
                         "Saving the archive was cancelled; nothing of it was kept."};
    }
    if (options_.progress && totalBytes_ > 0) {
      options_.progress(what, std::min(1.0, static_cast<double>(report_.contentBytes) /
                                                static_cast<double>(totalBytes_)));
    }
    return {};
  }

  base::Result<void> addText(const std::string& name, const std::string& text) {
    files_[name] = base::sha256(
        std::span(reinterpret_cast<const std::uint8_t*>(text.data()), text.size()));
    ++report_.files;
    return zip_.add(name, text);
  }

  base::Result<void> addTable(const std::string& table) {
    std::string lines;
    std::size_t part = 0;
    const auto flush = [&] {
      const std::string name =
          std::string(kTablesFolder) + table + (part == 0 ? "" : "." + std::to_string(part));
      ++part;
      return addText(name + ".jsonl", std::exchange(lines, {}));
    };
    auto done = database_.each("SELECT * FROM \"" + table + "\"", {},
                               [&](const SqlRow& row) -> base::Result<void> {
                                 lines += rowToJson(row).dump() + "\n";
                                 return lines.size() >= kPieceBytes ? flush()
                                                                    : base::Result<void>();
                               });
    return done ? flush() : done;
  }

  /// Gathers rows with their content and writes them as one piece when there is enough.
  base::Result<void> gather(const std::string& table, const SqlRow& row) {
    const auto content = contentOf(row);
    RowJson json = rowToJson(row, "content");
    json["content_bytes"] = content.size();
    rows_.push_back(std::move(json));
    piece_.insert(piece_.end(), content.begin(), content.end());
    return piece_.size() >= kPieceBytes ? flushPiece(table) : base::Result<void>();
  }

  base::Result<void> flushPiece(const std::string& table) {
    if (rows_.empty()) {
      return {};
    }
    const std::string hash = base::sha256(piece_);
    std::string name = std::string(kContentFolder) + hash;
    for (int i = 2; files_.count(name) > 0; ++i) {
      name = std::string(kContentFolder) + hash + "-" + std::to_string(i);
    }
    char number[24];
    std::snprintf(number, sizeof number, "%08zu", ++pieces_);
    auto done = addText(std::string(kPiecesFolder) + number + ".json",
                        RowJson{{"table", table}, {"content", name}, {"rows", std::move(rows_)}}
                            .dump());
    rows_ = RowJson::array();
    if (done) {
      files_[name] = hash;
      ++report_.files;
      report_.contentBytes += piece_.size();
      done = zip_.add(name, piece_, ZipWriter::Pack::Yes);
    }
    piece_.clear();
    return done ? goOn(table == "chunk" ? "samples" : "models") : done;
  }

  base::Result<void> addRecordings() {
    RowJson recordings = RowJson::array();
    auto done = database_.each(
        "SELECT (SELECT total(length(content)) FROM blob) + (SELECT total(length(content)) FROM "
        "chunk)",
        {}, [&](const SqlRow& row) {
          totalBytes_ = static_cast<std::uint64_t>(row.real(0));
          return base::Result<void>();
        });
    if (done) {
      done = database_.each("SELECT * FROM recording ORDER BY id", {}, [&](const SqlRow& row) {
        recordings.push_back(rowToJson(row));
        return base::Result<void>();
      });
    }
    for (RowJson& recording : recordings) {
      base::Hasher hasher;  // of all samples as they are stored
      std::size_t chunks = 0;
      if (done) {
        done = database_.each(
            "SELECT * FROM chunk WHERE recording = ? ORDER BY source, "
            "begin_ns, id",
            {recording["id"].get<std::int64_t>()}, [&](const SqlRow& row) {
              hasher.add(contentOf(row));
              ++chunks;
              return gather("chunk", row);
            });
      }
      recording["chunks"] = chunks;
      recording["sha256"] = hasher.finish();
    }
    if (done) {
      done = flushPiece("chunk");
    }
    report_.recordings = recordings.size();
    summary_["recordings"] = std::move(recordings);
    return done;
  }

  base::Result<void> addBlobs() {
    auto done = database_.each(
        "SELECT id, content FROM blob ORDER BY id", {}, [&](const SqlRow& row) -> base::Result<void> {
          auto gathered = gather("blob", row);
          return gathered ? flushPiece("blob") : gathered;  // each its own file
        });
    return done;
  }

  base::Result<void> addManifest() {
    RowJson models = RowJson::array();
    auto done = database_.each(
        "SELECT version, ensemble_hash, dataset_hash, since_ns, worker FROM deployment ORDER BY id",
        {}, [&](const SqlRow& row) {
          models.push_back(rowToJson(row));
          return base::Result<void>();
        });
    RowJson labels = RowJson::array();
    if (done) {
      done = database_.each(
          "SELECT name, (SELECT count(*) FROM demonstration WHERE demonstration.label = label.id) "
          "AS examples FROM label ORDER BY id",
          {}, [&](const SqlRow& row) {
            labels.push_back(rowToJson(row));
            return base::Result<void>();
          });
    }
    RowJson files = RowJson::object();
    for (const auto& [name, hash] : files_) {
      files[name] = hash;
    }
    const RowJson manifest{{"format", kArchiveFormat},
                           {"version", kArchiveVersion},
                           {"schema", kSchemaVersion},
                           {"labels", std::move(labels)},
                           {"models", std::move(models)},
                           {"recordings", std::move(summary_["recordings"])},
                           {"files", std::move(files)}};
    return done ? addText(std::string(kArchiveManifest), manifest.dump(2)) : done;
  }

  Database& database_;
  ZipWriter& zip_;
  const ArchiveOptions& options_;
  ArchiveReport report_;
  std::map<std::string, std::string> files_;  ///< hash by name
  RowJson summary_;
  RowJson rows_ = RowJson::array();  ///< whose content is in piece_
  base::Bytes piece_;
  std::size_t pieces_ = 0;
  std::uint64_t totalBytes_ = 0;
};

}  // namespace

base::Result<ArchiveReport> saveArchive(const ProjectStore& store,
                                        const std::filesystem::path& target,
                                        const ArchiveOptions& options) {
  auto zip = ZipWriter::create(target);
  if (!zip) {
    return zip.error();
  }
  base::Result<ArchiveReport> report = ArchiveReport();
  auto done = store.internals().readAtOneTime([&](Database& database) -> base::Result<void> {
    report = ArchiveWriter(database, *zip, options).write();
    return report ? zip->close() : base::Result<void>(report.error());
  });
  return done ? report : base::Result<ArchiveReport>(done.error());
}

}  // namespace app
