// What a person said: labels and demonstrations.

#include "app/project/clean_name.h"
#include "app/project/store_impl.h"

namespace app {

namespace {

using learners::Demonstration;
using learners::Label;
using learners::Origin;

struct OriginWord {
  Origin origin;
  const char* word;
};
constexpr OriginWord kOrigins[] = {{Origin::Person, "person"},
                                   {Origin::Correction, "correction"},
                                   {Origin::Missed, "missed"},
                                   {Origin::Background, "background"},
                                   {Origin::Import, "import"}};

/// 0 stands for "let the file choose".
SqlValue idOrNull(std::int64_t id) { return id == 0 ? SqlValue(nullptr) : SqlValue(id); }

base::Result<void> insertDemonstration(Database& database, const Demonstration& d) {
  auto done = database.run(
      "INSERT INTO demonstration(id, label, begin_ns, end_ns, recording, origin, enabled, author, "
      "model_hash) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?)",
      {idOrNull(d.id), d.label, d.span.begin.ns, d.span.end.ns, idOrNull(d.recording),
       wordOf(d.origin), std::int64_t{d.enabled}, d.author, d.modelHash});
  if (!done && done.error().code == base::ErrorCode::InvalidArgument) {
    return base::invalid("The example could not be kept: its label (" + std::to_string(d.label) +
                         ") or recording (" + std::to_string(d.recording) +
                         ") is not in the project, or its number is taken.");
  }
  return done;
}

}  // namespace

std::string_view wordOf(learners::Origin origin) {
  for (const OriginWord& entry : kOrigins) {
    if (entry.origin == origin) {
      return entry.word;
    }
  }
  return kOrigins[0].word;
}

learners::Origin originFrom(const std::string& word) {
  for (const OriginWord& entry : kOrigins) {
    if (word == entry.word) {
      return entry.origin;
    }
  }
  return Origin::Person;
}

base::Result<learners::LabelId> ProjectStore::addLabel(const Label& label) {
  const std::string name = cleanName(label.name);
  if (name.empty()) {
    return base::invalid("A label needs a name.");
  }
  learners::LabelId id = 0;
  auto done = impl_->write(Durability::Now, [&](Database& database) {
    auto inserted = database.run(
        "INSERT INTO label(id, name, colour, key, background, task) VALUES(?, ?, ?, ?, ?, ?)",
        {idOrNull(label.id), name, label.colour, label.key, std::int64_t{label.background},
         label.task});
    id = database.lastId();
    return inserted;
  });
  return done ? base::Result<learners::LabelId>(id) : base::Result<learners::LabelId>(done.error());
}

base::Result<void> ProjectStore::updateLabel(const Label& label) {
  const std::string name = cleanName(label.name);
  if (name.empty()) {
    return base::invalid("A label needs a name.");
  }
  return impl_->write(Durability::Now, [&](Database& database) {
    auto done =
        database.run("UPDATE label SET name = ?, colour = ?, key = ?, background = ? WHERE id = ?",
                     {name, label.colour, label.key, std::int64_t{label.background}, label.id});
    return done ? demandChange(database, "The label", label.id) : done;
  });
}

base::Result<void> ProjectStore::removeLabel(learners::LabelId id) {
  return impl_->write(Durability::Now, [&](Database& database) {
    auto done = database.run("DELETE FROM label WHERE id = ?", {id});
    return done ? demandChange(database, "The label", id) : done;
  });
}

base::Result<std::vector<Label>> ProjectStore::labels() const {
  std::vector<Label> labels;
  auto done = impl_->read([&](Database& database) {
    return database.each(
        "SELECT id, name, colour, key, background, task FROM label WHERE task NOT IN (SELECT id "
        "FROM task WHERE removed <> 0) ORDER BY id",
        {}, [&](const SqlRow& row) -> base::Result<void> {
          labels.push_back({.id = row.integer(0),
                            .name = row.text(1),
                            .colour = static_cast<int>(row.integer(2)),
                            .key = static_cast<int>(row.integer(3)),
                            .background = row.integer(4) != 0,
                            .task = row.integer(5)});
          return {};
        });
  });
  return done ? base::Result(std::move(labels)) : base::Result<std::vector<Label>>(done.error());
}

base::Result<std::int64_t> ProjectStore::addDemonstration(const Demonstration& demonstration) {
  Demonstration fresh = demonstration;
  fresh.id = 0;
  std::int64_t id = 0;
  auto done = impl_->write(Durability::Now, [&](Database& database) {
    auto inserted = insertDemonstration(database, fresh);
    id = database.lastId();
    return inserted;
  });
  return done ? base::Result<std::int64_t>(id) : base::Result<std::int64_t>(done.error());
}

base::Result<void> ProjectStore::restoreDemonstration(const Demonstration& demonstration) {
  return impl_->write(Durability::Now, [&](Database& database) {
    return insertDemonstration(database, demonstration);
  });
}

base::Result<void> ProjectStore::updateDemonstration(const Demonstration& d) {
  return impl_->write(Durability::Now, [&](Database& database) {
    auto done = database.run(
        "UPDATE demonstration SET label = ?, begin_ns = ?, end_ns = ?, recording = ?, origin = ?, "
        "enabled = ?, author = ?, model_hash = ? WHERE id = ?",
        {d.label, d.span.begin.ns, d.span.end.ns, idOrNull(d.recording), wordOf(d.origin),
         std::int64_t{d.enabled}, d.author, d.modelHash, d.id});
    return done ? demandChange(database, "The example", d.id) : done;
  });
}

base::Result<void> ProjectStore::removeDemonstration(std::int64_t id) {
  return impl_->write(Durability::Now, [&](Database& database) {
    auto done = database.run("DELETE FROM demonstration WHERE id = ?", {id});
    return done ? demandChange(database, "The example", id) : done;
  });
}

base::Result<std::vector<Demonstration>> ProjectStore::demonstrations() const {
  std::vector<Demonstration> all;
  auto done = impl_->read([&](Database& database) {
    return database.each(
        "SELECT id, label, begin_ns, end_ns, recording, origin, enabled, author, model_hash FROM "
        "demonstration WHERE (recording IS NULL OR recording NOT IN (SELECT id FROM recording WHERE "
        "binned_ns <> 0)) AND label NOT IN (SELECT label.id FROM label JOIN task ON task.id = "
        "label.task WHERE task.removed <> 0) ORDER BY id",
        {}, [&](const SqlRow& row) -> base::Result<void> {
          all.push_back({.id = row.integer(0),
                         .label = row.integer(1),
                         .span = {{row.integer(2)}, {row.integer(3)}},
                         .recording = row.integer(4),
                         .origin = originFrom(row.text(5)),
                         .enabled = row.integer(6) != 0,
                         .author = row.text(7),
                         .modelHash = row.text(8)});
          return {};
        });
  });
  return done ? base::Result(std::move(all))
              : base::Result<std::vector<Demonstration>>(done.error());
}

}  // namespace app
