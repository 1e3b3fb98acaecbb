#include "app/project/forget.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "app/project/store_impl.h"

namespace app {

namespace {

using Json = nlohmann::json;

/// Whether an object anywhere in `json` says that it belongs to `recording`.
bool mentions(const Json& json, std::int64_t recording) {
  if (json.is_object()) {
    const auto found = json.find("recording");
    if (found != json.end() && found->is_number_integer() && *found == recording) {
      return true;
    }
  }
  return json.is_structured() && std::any_of(json.begin(), json.end(), [&](const Json& inside) {
           return mentions(inside, recording);
         });
}

base::Result<void> removeEditsThatMention(Database& database, std::int64_t recording) {
  std::vector<std::int64_t> edits;
  auto done = database.each("SELECT id, json FROM command", {}, [&](const SqlRow& row) {
    if (mentions(Json::parse(row.text(1), nullptr, false), recording)) {
      edits.push_back(row.integer(0));
    }
    return base::Result<void>();
  });
  for (const std::int64_t edit : edits) {
    if (done) {
      done = database.run("DELETE FROM command WHERE id = ?", {edit});
    }
  }
  return done;
}

/// Everything that holds or was made of the recording. Its own rows take chunks and envelopes along.
base::Result<void> removeRecording(Database& database, std::int64_t recording) {
  auto done = removeEditsThatMention(database, recording);
  for (const char* const sql :
       {"DELETE FROM blob WHERE id IN (SELECT dataset_hash FROM lesson WHERE recording = ?1)",
        "DELETE FROM prediction WHERE begin_ns < (SELECT end_ns FROM recording WHERE id = ?1) AND "
        "begin_ns + length_ns > (SELECT begin_ns FROM recording WHERE id = ?1) AND "
        // What came from a file has a name, and nobody answered it; others may at its time.
        "NOT EXISTS (SELECT 1 FROM recording WHERE id = ?1 AND name <> '')",
        "DELETE FROM demonstration WHERE recording = ?1",
        "UPDATE lesson SET label = '', author = '' WHERE recording = ?1",
        "DELETE FROM recording WHERE id = ?1"}) {
    if (done) {
      done = database.run(sql, {recording});
    }
  }
  return done;
}

base::Result<std::vector<std::int64_t>> binned(Database& database) {
  std::vector<std::int64_t> ids;
  auto done = database.each("SELECT id FROM recording WHERE binned_ns <> 0 ORDER BY id", {},
                            [&](const SqlRow& row) {
                              ids.push_back(row.integer(0));
                              return base::Result<void>();
                            });
  return done ? base::Result(std::move(ids)) : base::Result<std::vector<std::int64_t>>(done.error());
}

}  // namespace

base::Result<std::size_t> ProjectStore::Impl::emptyBin() {
  std::size_t count = 0;
  {
    const auto hold = turn.take();
    if (auto may = mayWrite(); !may) {
      return may.error();
    }
    if (writer->inTransaction()) {
      return base::Error{base::ErrorCode::Unavailable,
                         "The bin can only be emptied when nothing else is being saved."};
    }
    const auto waiting = binned(*writer);
    if (!waiting || waiting->empty()) {
      return waiting ? base::Result<std::size_t>(0) : base::Result<std::size_t>(waiting.error());
    }
    // Pages that become free are overwritten with zeros, in the log first, then in the file.
    if (auto set = writer->script("PRAGMA secure_delete=ON"); !set) {
      return set.error();
    }
    auto done = write(Durability::Now, [&](Database& database) -> base::Result<void> {
      envelopes.clear();
      count = waiting->size();
      for (const std::int64_t id : *waiting) {
        if (auto removed = removeRecording(database, id); !removed) {
          return removed;
        }
      }
      return {};
    });
    static_cast<void>(writer->script("PRAGMA secure_delete=OFF"));
    if (!done) {
      return done.error();
    }
    {
      std::lock_guard guard(readersMutex);
      readers.clear();  // an idle reader may hold the log's older part
    }
    // What the log still holds of it goes too.
    if (auto folded = writer->script("PRAGMA wal_checkpoint(TRUNCATE)"); !folded) {
      return folded.error();
    }
  }
  return count;
}

base::Result<ForgetReport> forgetRecording(ProjectStore& store, std::int64_t recording) {
  auto models = modelsFrom(store, recording);
  if (!models) {
    return models.error();
  }
  ForgetReport report{.models = std::move(models).value(), .examples = 0};
  ProjectStore::Impl& impl = store.internals();
  auto done = impl.write(Durability::Now, [&](Database& database) -> base::Result<void> {
    auto counted = database.each("SELECT count(*) FROM demonstration WHERE recording = ?",
                                 {recording}, [&](const SqlRow& row) {
                                   report.examples = static_cast<std::size_t>(row.integer(0));
                                   return base::Result<void>();
                                 });
    if (!counted) {
      return counted;
    }
    auto moved = database.run("UPDATE recording SET binned_ns = ? WHERE id = ? AND binned_ns = 0",
                              {std::max<std::int64_t>(1, impl.clock.now().ns), recording});
    return moved ? demandChange(database, "The recording", recording) : moved;
  });
  return done ? base::Result(std::move(report)) : base::Result<ForgetReport>(done.error());
}

base::Result<void> restoreRecording(ProjectStore& store, std::int64_t recording) {
  return store.internals().write(Durability::Now, [&](Database& database) {
    auto moved = database.run("UPDATE recording SET binned_ns = 0 WHERE id = ? AND binned_ns <> 0",
                              {recording});
    return moved ? demandChange(database, "In the bin, the recording", recording) : moved;
  });
}

base::Result<std::vector<std::int64_t>> recordingsInBin(const ProjectStore& store) {
  base::Result<std::vector<std::int64_t>> ids = std::vector<std::int64_t>();
  auto done = store.internals().read([&](Database& database) -> base::Result<void> {
    ids = binned(database);
    return {};
  });
  return done ? ids : base::Result<std::vector<std::int64_t>>(done.error());
}

base::Result<void> dropFromBin(ProjectStore& store, const std::vector<std::int64_t>& recordings) {
  ProjectStore::Impl& impl = store.internals();
  for (const std::int64_t id : recordings) {
    auto done = impl.write(Durability::Soon, [&](Database& database) {
      std::erase_if(impl.envelopes, [&](const auto& work) { return work.first.first == id; });
      return database.run("DELETE FROM recording WHERE id = ? AND binned_ns <> 0", {id});
    });
    if (!done) {
      return done;
    }
  }
  return {};
}

base::Result<std::size_t> emptyBin(ProjectStore& store) { return store.internals().emptyBin(); }

}  // namespace app
