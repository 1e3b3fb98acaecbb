#include "app/project/provenance.h"

#include <optional>
#include <set>

#include "app/project/store_impl.h"
#include "learners/dataset.h"

namespace app {

namespace {

constexpr const char* kModels =
    "SELECT id, version, ensemble_hash, dataset_hash, since_ns FROM deployment ";

LearntModel modelFrom(const SqlRow& row) {
  return {.deployment = row.integer(0),
          .version = static_cast<int>(row.integer(1)),
          .modelHash = row.text(2),
          .datasetHash = row.text(3),
          .since = {row.integer(4)}};
}

}  // namespace

base::Result<void> noteLesson(ProjectStore& store, const learners::Dataset& dataset) {
  const auto& units = dataset.content().unit;
  const std::set<std::int64_t> used(units.begin(), units.end());
  const std::string hash = dataset.hash();
  return store.internals().write(Durability::Now, [&](Database& database) -> base::Result<void> {
    for (const std::int64_t demonstration : used) {
      auto noted = database.run(
          "INSERT INTO lesson(dataset_hash, demonstration, recording, label, author, origin) "
          "SELECT ?, demonstration.id, coalesce(recording, 0), label.name, author, origin FROM "
          "demonstration JOIN label ON label.id = demonstration.label WHERE demonstration.id = ? "
          "ON CONFLICT DO NOTHING",
          {hash, demonstration});
      if (!noted) {
        return noted;
      }
    }
    return {};
  });
}

base::Result<std::vector<LessonExample>> examplesBehind(const ProjectStore& store,
                                                        const std::string& datasetHash) {
  std::vector<LessonExample> examples;
  auto done = store.internals().read([&](Database& database) {
    return database.each(
        "SELECT lesson.demonstration, lesson.recording, lesson.label, lesson.author, "
        "lesson.origin, EXISTS (SELECT 1 FROM demonstration JOIN recording ON recording.id = "
        "demonstration.recording WHERE demonstration.id = lesson.demonstration AND binned_ns = 0) "
        "FROM lesson WHERE dataset_hash = ? ORDER BY lesson.demonstration",
        {datasetHash}, [&](const SqlRow& row) {
          examples.push_back({.demonstration = row.integer(0),
                              .recording = row.integer(1),
                              .label = row.text(2),
                              .author = row.text(3),
                              .origin = originFrom(row.text(4)),
                              .still = row.integer(5) != 0});
          return base::Result<void>();
        });
  });
  return done ? base::Result(std::move(examples))
              : base::Result<std::vector<LessonExample>>(done.error());
}

base::Result<std::vector<LearntModel>> modelsFrom(const ProjectStore& store,
                                                  std::int64_t recording) {
  std::vector<LearntModel> models;
  auto done = store.internals().read([&](Database& database) {
    return database.each(std::string(kModels) +
                             "WHERE dataset_hash IN (SELECT dataset_hash FROM lesson WHERE "
                             "recording = ?) ORDER BY id DESC",
                         {recording}, [&](const SqlRow& row) {
                           models.push_back(modelFrom(row));
                           return base::Result<void>();
                         });
  });
  return done ? base::Result(std::move(models))
              : base::Result<std::vector<LearntModel>>(done.error());
}

base::Result<LearntModel> modelBehind(const ProjectStore& store, const std::string& modelHash) {
  std::optional<LearntModel> model;
  auto done = store.internals().read([&](Database& database) {
    return database.each(std::string(kModels) + "WHERE ensemble_hash = ? ORDER BY id LIMIT 1",
                         {modelHash}, [&](const SqlRow& row) {
                           model = modelFrom(row);
                           return base::Result<void>();
                         });
  });
  if (!done) {
    return done.error();
  }
  if (!model) {
    return base::Error{base::ErrorCode::NotFound,
                       "No model " + modelHash.substr(0, 12) + " ever served in this project."};
  }
  return *model;
}

}  // namespace app
