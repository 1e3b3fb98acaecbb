// What sensors said: recordings, sources, chunks; and blobs.

#include <cstring>
#include <optional>

#include "app/project/store_impl.h"
#include "sensors/block_codec.h"

namespace app {

namespace {

using sensors::Block;
using sensors::BlockPtr;
using sensors::SourceInfo;
using sensors::SourceInfoPtr;

constexpr std::size_t kKnownSources = 4096;
constexpr std::int64_t kLargestBlob = std::int64_t{900} << 20;

/// Adds a description that is not in the file yet. Returns its row.
base::Result<std::int64_t> insertSource(Database& database, const SourceInfo& info,
                                        const std::string& hash, std::int64_t declared) {
  auto done = database.run(
      "INSERT INTO source(hash, id, name, kind, rate, declared) VALUES(?, ?, ?, ?, ?, ?)",
      {hash, info.id, info.name, sensors::toText(info.kind), info.rate, declared});
  const std::int64_t row = database.lastId();
  std::int64_t position = 0;
  for (const sensors::Channel& channel : info.channels) {
    if (done) {
      done = database.run(
          "INSERT INTO channel(source, position, id, unit, min, max) VALUES(?, ?, ?, ?, ?, ?)",
          {row, position++, channel.id, channel.unit, channel.min, channel.max});
    }
  }
  return done ? base::Result<std::int64_t>(row) : base::Result<std::int64_t>(done.error());
}

/// The one number a query answers with; nothing where it has no row.
base::Result<std::optional<std::int64_t>> oneNumber(Database& database, std::string_view sql,
                                                    SqlValues values) {
  std::optional<std::int64_t> number;
  auto done = database.each(sql, values, [&](const SqlRow& row) {
    number = row.integer(0);
    return base::Result<void>();
  });
  if (!done) {
    return done.error();
  }
  return number;
}

/// The number by which the next description of `id` is the newest.
base::Result<std::int64_t> nextDeclaration(Database& database, const std::string& id) {
  const auto newest =
      oneNumber(database, "SELECT coalesce(max(declared), 0) FROM source WHERE id = ?", {id});
  if (!newest) {
    return newest.error();
  }
  return newest->value_or(0) + 1;
}

std::int64_t asStored(std::uint64_t number) {
  std::int64_t stored = 0;
  std::memcpy(&stored, &number, sizeof stored);
  return stored;
}

bool isHash(const std::string& id) {
  return id.size() == 64 && id.find_first_not_of("0123456789abcdef") == std::string::npos;
}

}  // namespace

base::Result<SourceInfo> readSource(Database& database, std::int64_t row) {
  SourceInfo info;
  auto done = database.each("SELECT id, name, kind, rate FROM source WHERE row = ?", {row},
                            [&](const SqlRow& found) {
                              info.id = found.text(0);
                              info.name = found.text(1);
                              info.kind = sensors::sourceKindFrom(found.text(2));
                              info.rate = found.real(3);
                              return base::Result<void>();
                            });
  if (done) {
    done =
        database.each("SELECT id, unit, min, max FROM channel WHERE source = ? ORDER BY position",
                      {row}, [&](const SqlRow& found) {
                        info.channels.push_back({.id = found.text(0),
                                                 .unit = found.text(1),
                                                 .min = found.real(2),
                                                 .max = found.real(3)});
                        return base::Result<void>();
                      });
  }
  return done ? base::Result(std::move(info)) : base::Result<SourceInfo>(done.error());
}

std::string hashOf(const SourceInfo& info) {
  base::Hasher hasher;
  const auto add = [&](const std::string& text) { hasher.addValue(text.size()).add(text); };
  add(info.id);
  add(info.name);
  add(sensors::toText(info.kind));
  hasher.addValue(info.rate);
  for (const sensors::Channel& channel : info.channels) {
    add(channel.id);
    add(channel.unit);
    hasher.addValue(channel.min).addValue(channel.max);
  }
  return hasher.finish();
}

base::Result<std::int64_t> ProjectStore::Impl::sourceRow(Database& database,
                                                         const SourceInfoPtr& source) {
  if (const auto known = rows.find(source); known != rows.end()) {
    return known->second;
  }
  const std::string hash = hashOf(*source);
  auto row = oneNumber(database, "SELECT row FROM source WHERE hash = ?", {hash});
  if (!row) {
    return row.error();
  }
  if (!*row) {  // nobody declared it: older than those that somebody did
    const auto next = nextDeclaration(database, source->id);
    if (!next) {
      return next;
    }
    const auto made = insertSource(database, *source, hash, *next == 1 ? 1 : 0);
    if (!made) {
      return made;
    }
    *row = *made;
  }
  if (rows.size() >= kKnownSources) {
    rows.clear();
  }
  rows[source] = **row;
  return **row;
}

base::Result<void> ProjectStore::declareSource(const SourceInfo& info) {
  return impl_->write(Durability::Now, [&](Database& database) -> base::Result<void> {
    const std::string hash = hashOf(info);
    const auto known = oneNumber(database, "SELECT declared FROM source WHERE hash = ?", {hash});
    const auto next = nextDeclaration(database, info.id);
    if (!known || !next) {
      return known ? next.error() : known.error();
    }
    if (!*known) {
      const auto made = insertSource(database, info, hash, *next);
      return made ? base::Result<void>() : base::Result<void>(made.error());
    }
    if (**known + 1 == *next) {
      return {};
    }
    return database.run("UPDATE source SET declared = ? WHERE hash = ?", {*next, hash});
  });
}

base::Result<std::vector<SourceInfo>> ProjectStore::sources() const {
  std::vector<SourceInfo> infos;
  auto done = impl_->read([&](Database& database) -> base::Result<void> {
    return database.each("SELECT row, max(declared) FROM source GROUP BY id ORDER BY id", {},
                         [&](const SqlRow& row) -> base::Result<void> {
                           auto info = readSource(database, row.integer(0));
                           if (!info) {
                             return info.error();
                           }
                           infos.push_back(std::move(info).value());
                           return {};
                         });
  });
  return done ? base::Result(std::move(infos))
              : base::Result<std::vector<SourceInfo>>(done.error());
}

base::Result<std::int64_t> ProjectStore::addRecording(const Recording& recording) {
  std::int64_t id = 0;
  auto done = impl_->write(Durability::Now, [&](Database& database) {
    auto inserted = database.run(
        "INSERT INTO recording(begin_ns, end_ns, name, kept_together, split_tag, gapped) "
        "VALUES(?, ?, ?, ?, ?, ?)",
        {recording.span.begin.ns, recording.span.end.ns, recording.name, recording.group,
         recording.splitTag, std::int64_t{recording.gapped}});
    id = database.lastId();
    return inserted;
  });
  return done ? base::Result<std::int64_t>(id) : base::Result<std::int64_t>(done.error());
}

base::Result<void> ProjectStore::updateRecording(const Recording& recording) {
  return impl_->write(Durability::Now, [&](Database& database) {
    auto done = database.run(
        "UPDATE recording SET begin_ns = ?, end_ns = ?, name = ?, kept_together = ?, "
        "split_tag = ?, gapped = ? WHERE id = ?",
        {recording.span.begin.ns, recording.span.end.ns, recording.name, recording.group,
         recording.splitTag, std::int64_t{recording.gapped}, recording.id});
    if (done) {
      done = demandChange(database, "The recording", recording.id);
    }
    return done ? impl_->sumEnvelopes(database, recording.id, WhichEnvelopes::Due) : done;
  });
}

base::Result<std::vector<Recording>> ProjectStore::recordings() const {
  std::vector<Recording> all;
  auto done = impl_->read([&](Database& database) {
    return database.each(
        "SELECT id, begin_ns, end_ns, name, kept_together, split_tag, gapped FROM recording "
        "WHERE binned_ns = 0 ORDER BY id",
        {}, [&](const SqlRow& row) -> base::Result<void> {
          all.push_back({.id = row.integer(0),
                         .span = {{row.integer(1)}, {row.integer(2)}},
                         .name = row.text(3),
                         .group = row.text(4),
                         .splitTag = row.text(5),
                         .gapped = row.integer(6) != 0});
          return {};
        });
  });
  return done ? base::Result(std::move(all)) : base::Result<std::vector<Recording>>(done.error());
}

base::Result<void> ProjectStore::appendChunks(std::int64_t recording,
                                              const std::vector<BlockPtr>& blocks) {
  if (bytesFree(impl_->file) < kLeastFree) {
    impl_->full = true;
    return base::Error{base::ErrorCode::Io,
                       "The disk is full: no samples are saved any more; labels still are."};
  }
  const auto append = [&](Database& database) -> base::Result<void> {
    for (const BlockPtr& block : blocks) {
      if (!block || !block->source) {
        return base::invalid("A block without a source cannot be saved.");
      }
      const auto row = impl_->sourceRow(database, block->source);
      if (!row) {
        return row.error();
      }
      const base::Bytes content = sensors::encodeBlock(*block);
      auto done = database.run(
          "INSERT INTO chunk(recording, source, begin_ns, end_ns, first_sequence, content) "
          "VALUES(?, ?, ?, ?, ?, ?)",
          {recording, *row, block->start.ns, block->end().ns, asStored(block->sequence),
           std::span<const std::uint8_t>(content)});
      if (!done && done.error().code == base::ErrorCode::InvalidArgument) {
        return base::invalid("The recording " + std::to_string(recording) +
                             " is not in the project, or a block is too large.");
      }
      if (done) {
        done = impl_->noteChunk(database, recording, *row, *block);
      }
      if (!done) {
        return done;
      }
    }
    return impl_->sumEnvelopes(database, recording, WhichEnvelopes::Due);
  };
  const auto appended = impl_->write(Durability::Soon, append);
  if (appended) {
    impl_->full = false;
  }
  return appended;
}

base::Result<std::vector<BlockPtr>> ProjectStore::readBlocks(std::int64_t recording,
                                                             const std::string& source,
                                                             const base::TimeSpan& span) const {
  std::vector<BlockPtr> blocks;
  std::map<std::int64_t, SourceInfoPtr> infos;
  auto done = impl_->read([&](Database& database) -> base::Result<void> {
    const auto earliest = earliestTouching(database, recording, source, span.begin);
    if (!earliest) {
      return earliest.error();
    }
    const auto infoOf = [&](std::int64_t row) -> base::Result<SourceInfoPtr> {
      SourceInfoPtr& known = infos[row];
      if (!known) {
        auto info = readSource(database, row);
        if (!info) {
          return info.error();
        }
        known = std::make_shared<const SourceInfo>(std::move(info).value());
      }
      return known;
    };
    return database.each(
        "SELECT source, content FROM chunk WHERE recording = ? AND source IN (SELECT row FROM "
        "source WHERE id = ?) AND begin_ns >= ? AND begin_ns < ? AND end_ns >= ? ORDER BY begin_ns, id",
        {recording, source, *earliest, span.end.ns, span.begin.ns},
        [&](const SqlRow& row) -> base::Result<void> {
          const auto info = infoOf(row.integer(0));
          if (!info) {
            return info.error();
          }
          auto block = sensors::decodeBlock(row.bytes(1), *info);
          if (!block) {
            return base::Error{block.error().code, "Samples of " + source + " in recording " +
                                                       std::to_string(recording) +
                                                       " are damaged: " + block.error().message};
          }
          if (auto cut = sensors::cutBlock(*block, span)) {
            blocks.push_back(std::move(cut));
          }
          return {};
        });
  });
  return done ? base::Result(std::move(blocks)) : base::Result<std::vector<BlockPtr>>(done.error());
}

base::Result<std::vector<std::string>> ProjectStore::sourcesOf(std::int64_t recording) const {
  std::vector<std::string> ids;
  auto done = impl_->read([&](Database& database) {
    return database.each(
        "SELECT DISTINCT id FROM source WHERE EXISTS (SELECT 1 FROM chunk WHERE "
        "chunk.recording = ? AND chunk.source = source.row) ORDER BY id",
        {recording}, [&](const SqlRow& row) {
          ids.push_back(row.text(0));
          return base::Result<void>();
        });
  });
  return done ? base::Result(std::move(ids)) : base::Result<std::vector<std::string>>(done.error());
}

base::Result<void> ProjectStore::putBlob(const std::string& id,
                                         std::span<const std::uint8_t> content) {
  if (std::ssize(content) > kLargestBlob) {
    return base::invalid("A model of " + std::to_string(content.size() >> 20) +
                         " MB is too large for a project.");
  }
  return impl_->write(Durability::Now, [&](Database& database) {
    return database.run("INSERT INTO blob(id, content) VALUES(?, ?) ON CONFLICT(id) DO NOTHING",
                        {id, content});
  });
}

base::Result<base::Bytes> ProjectStore::blob(const std::string& id) const {
  std::optional<base::Bytes> content;
  auto done = impl_->read([&](Database& database) {
    return database.each("SELECT content FROM blob WHERE id = ?", {id}, [&](const SqlRow& row) {
      const auto bytes = row.bytes(0);
      content = base::Bytes(bytes.begin(), bytes.end());
      return base::Result<void>();
    });
  });
  if (!done) {
    return done.error();
  }
  if (!content) {
    return base::Error{base::ErrorCode::NotFound, "The project does not hold " + id + "."};
  }
  if (isHash(id) && base::sha256(*content) != id) {
    return base::Error{base::ErrorCode::Corrupt, "What the project holds as " + id +
                                                     " is damaged: its content has another hash."};
  }
  return std::move(*content);
}

}  // namespace app
