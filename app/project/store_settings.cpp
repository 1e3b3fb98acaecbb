// What came of what a person said: task, deployments, commands, device settings, fences.

#include <nlohmann/json.hpp>

#include "app/project/source_choice.h"
#include "app/project/store_impl.h"

namespace app {

namespace {

using Json = nlohmann::json;

std::string dumped(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

template <class T>
T field(const Json& object, const char* name, T fallback) {
  const auto found = object.is_object() ? object.find(name) : object.end();
  if (found == object.end()) {
    return fallback;
  }
  if constexpr (std::is_same_v<T, std::string>) {
    return found->is_string() ? found->template get<std::string>() : fallback;
  } else if constexpr (std::is_same_v<T, bool>) {
    return found->is_boolean() ? found->template get<bool>() : fallback;
  } else if constexpr (std::is_floating_point_v<T>) {
    return found->is_number() ? found->template get<T>() : fallback;
  } else {
    return found->is_number_integer() ? found->template get<T>() : fallback;
  }
}

Json toJson(const sensors::WindowSpec& window) {
  return {{"length_ns", window.length.count()}, {"hop_ns", window.hop.count()}};
}

/// Lengths that make no sense give way to the usual ones.
sensors::WindowSpec windowFrom(const Json& json) {
  const sensors::WindowSpec usual;
  const auto length = field<std::int64_t>(json, "length_ns", usual.length.count());
  const auto hop = field<std::int64_t>(json, "hop_ns", usual.hop.count());
  if (length <= 0 || hop <= 0) {
    return usual;
  }
  return {.length = base::Duration(length), .hop = base::Duration(hop)};
}

std::string encode(const TaskSettings& task) {
  Json frames = Json::array();
  for (const sensors::FrameSpec& frame : task.frames) {
    frames.push_back({{"source", frame.source},
                      {"extractor", frame.extractor},
                      {"window", toJson(frame.window)}});
    if (!frame.fill.empty()) frames.back()["fill"] = app::toJson(frame.fill);
  }
  Json limits = Json::array();
  for (const auto& [label, certainty] : task.limits) {
    limits.push_back({{"label", label}, {"certainty", certainty}});
  }
  return dumped({{"key", task.key},
                 {"name", task.name},
                 {"frames", frames},
                 {"window", toJson(task.window)},
                 {"learners", task.learners},
                 {"fastest_only", task.policy == learners::MemberPolicy::LowLatency},
                 {"steadiness", task.steadiness},
                 {"train_on", task.trainOn},
                 {"serve_on", task.serveOn},
                 {"training_paused", task.trainingPaused},
                 {"choices", app::toJson(task.choices)},
                 {"limits", limits}});
}

base::Result<TaskSettings> decodeTask(const std::string& text) {
  const Json json = Json::parse(text, nullptr, false);
  if (!json.is_object()) {
    return base::Error{base::ErrorCode::Corrupt, "The task's settings in the project are damaged."};
  }
  TaskSettings task;
  task.key = field<std::string>(json, "key", task.key);
  task.name = field<std::string>(json, "name", "");
  if (const auto frames = json.find("frames"); frames != json.end() && frames->is_array()) {
    for (const Json& frame : *frames) {
      task.frames.push_back({.source = field<std::string>(frame, "source", ""),
                             .extractor = field<std::string>(frame, "extractor", ""),
                             .window = windowFrom(frame.value("window", Json::object())),
                             .fill = fillChoiceFrom(frame.value("fill", Json::object()))});
    }
  }
  if (const auto names = json.find("learners"); names != json.end() && names->is_array()) {
    task.learners.clear();
    for (const Json& name : *names) {
      if (name.is_string()) {
        task.learners.push_back(name.get<std::string>());
      }
    }
  }
  task.window = windowFrom(json.value("window", Json::object()));
  task.policy = field<bool>(json, "fastest_only", false) ? learners::MemberPolicy::LowLatency
                                                         : learners::MemberPolicy::BestEffort;
  task.steadiness = std::clamp(field(json, "steadiness", 0.0F), 0.0F, 1.0F);
  task.trainOn = field<std::string>(json, "train_on", "");
  task.serveOn = field<std::string>(json, "serve_on", "");
  task.trainingPaused = field<bool>(json, "training_paused", false);
  task.choices = sourceChoicesFrom(json.value("choices", Json::object()));
  if (const auto limits = json.find("limits"); limits != json.end() && limits->is_array()) {
    for (const Json& one : *limits) {
      const auto label = field<learners::LabelId>(one, "label", 0);
      if (label != 0) {
        task.limits[label] = std::clamp(field(one, "certainty", 0.0F), 0.0F, 1.0F);
      }
    }
  }
  return task;
}

std::string encode(const std::map<std::string, base::ParamValue>& values) {
  Json json = Json::object();
  for (const auto& [name, value] : values) {
    std::visit([&, key = name](const auto& v) { json[key] = v; }, value);
  }
  return dumped(json);
}

std::map<std::string, base::ParamValue> decodeValues(const std::string& text) {
  std::map<std::string, base::ParamValue> values;
  const Json json = Json::parse(text, nullptr, false);
  if (!json.is_object()) {
    return values;
  }
  for (const auto& [name, value] : json.items()) {
    if (value.is_boolean()) {
      values[name] = value.get<bool>();
    } else if (value.is_number_integer()) {
      values[name] = value.get<std::int64_t>();
    } else if (value.is_number_float()) {
      values[name] = value.get<double>();
    } else if (value.is_string()) {
      values[name] = value.get<std::string>();
    }
  }
  return values;
}

}  // namespace

base::Result<std::vector<TaskSettings>> ProjectStore::tasks() const {
  std::vector<TaskSettings> tasks;
  bool firstIsKept = false;
  auto done = impl_->read([&](Database& database) {
    return database.each("SELECT id, settings, removed FROM task ORDER BY id", {},
                         [&](const SqlRow& row) -> base::Result<void> {
                           firstIsKept = firstIsKept || row.integer(0) == kFirstTask;
                           if (row.integer(2) != 0) return {};
                           auto task = decodeTask(row.text(1));
                           if (!task) return task.error();
                           task->id = row.integer(0);
                           tasks.push_back(*std::move(task));
                           return {};
                         });
  });
  if (!done) {
    return done.error();
  }
  if (!firstIsKept) {  // nothing was ever set about it
    tasks.insert(tasks.begin(), TaskSettings{});
  }
  return tasks;
}

base::Result<TaskSettings> ProjectStore::task(TaskId id) const {
  auto all = tasks();
  if (!all) {
    return all.error();
  }
  for (TaskSettings& task : *all) {
    if (task.id == id) {
      return std::move(task);
    }
  }
  return base::Error{base::ErrorCode::NotFound,
                     "The task " + std::to_string(id) + " is not in the project."};
}

base::Result<void> ProjectStore::setTask(const TaskSettings& task) {
  const std::string text = encode(task);
  return impl_->write(Durability::Now, [&](Database& database) {
    return database.run(
        "INSERT INTO task(id, settings) VALUES(?, ?) "
        "ON CONFLICT(id) DO UPDATE SET settings = excluded.settings",
        {task.id, text});
  });
}

base::Result<TaskId> ProjectStore::addTask(const TaskSettings& task) {
  const std::string text = encode(task);
  TaskId id = task.id;
  auto done = impl_->write(Durability::Now, [&](Database& database) {
    if (id == 0) {
      const auto next =
          database.each("SELECT max(?, coalesce(max(id), 0)) + 1 FROM task", {kFirstTask},
                        [&](const SqlRow& row) {
                          id = row.integer(0);
                          return base::Result<void>();
                        });
      if (!next) {
        return next;
      }
    }
    return database.run(
        "INSERT INTO task(id, settings) VALUES(?, ?) "
        "ON CONFLICT(id) DO UPDATE SET settings = excluded.settings, removed = 0",
        {id, text});
  });
  return done ? base::Result<TaskId>(id) : base::Result<TaskId>(done.error());
}

base::Result<void> ProjectStore::removeTask(TaskId id) {
  const auto kept = task(id);
  if (!kept) {
    return kept.error();
  }
  const std::string text = encode(*kept);
  return impl_->write(Durability::Now, [&](Database& database) {
    return database.run(
        "INSERT INTO task(id, settings, removed) VALUES(?, ?, 1) "
        "ON CONFLICT(id) DO UPDATE SET removed = 1",
        {id, text});
  });
}

base::Result<std::int64_t> ProjectStore::addDeployment(const DeploymentRow& row) {
  std::int64_t id = 0;
  auto done = impl_->write(Durability::Now, [&](Database& database) {
    auto inserted = database.run(
        "INSERT INTO deployment(version, ensemble_hash, dataset_hash, report, since_ns, worker, task) "
        "VALUES(?, ?, ?, ?, ?, ?, ?)",
        {row.version, row.ensembleHash, row.datasetHash, row.reportJson, row.since.ns, row.worker,
         row.task});
    id = database.lastId();
    return inserted;
  });
  return done ? base::Result<std::int64_t>(id) : base::Result<std::int64_t>(done.error());
}

base::Result<std::vector<DeploymentRow>> ProjectStore::deployments() const {
  std::vector<DeploymentRow> rows;
  auto done = impl_->read([&](Database& database) {
    return database.each(
        "SELECT id, version, ensemble_hash, dataset_hash, report, since_ns, worker, task FROM "
        "deployment ORDER BY id",
        {}, [&](const SqlRow& row) -> base::Result<void> {
          rows.push_back({.id = row.integer(0),
                          .task = row.integer(7),
                          .version = static_cast<int>(row.integer(1)),
                          .ensembleHash = row.text(2),
                          .datasetHash = row.text(3),
                          .reportJson = row.text(4),
                          .since = {row.integer(5)},
                          .worker = row.text(6)});
          return {};
        });
  });
  return done ? base::Result(std::move(rows))
              : base::Result<std::vector<DeploymentRow>>(done.error());
}

base::Result<std::int64_t> ProjectStore::addCommand(const CommandRow& row) {
  std::int64_t id = 0;
  auto done = impl_->write(Durability::Now, [&](Database& database) {
    auto inserted =
        database.run("INSERT INTO command(kind, text, json, time_ns, undone) VALUES(?, ?, ?, ?, ?)",
                     {row.kind, row.text, row.json, row.time.ns, std::int64_t{row.undone}});
    id = database.lastId();
    return inserted;
  });
  return done ? base::Result<std::int64_t>(id) : base::Result<std::int64_t>(done.error());
}

base::Result<void> ProjectStore::setCommandUndone(std::int64_t id, bool undone) {
  return impl_->write(Durability::Now, [&](Database& database) {
    auto done =
        database.run("UPDATE command SET undone = ? WHERE id = ?", {std::int64_t{undone}, id});
    if (done) {
      done = demandChange(database, "The command", id);
    }
    return done ? database.run(
                      "INSERT INTO command_change(command, undone, time_ns) VALUES(?, ?, ?)",
                      {id, std::int64_t{undone}, impl_->clock.now().ns})
                : done;
  });
}

base::Result<std::vector<CommandRow>> ProjectStore::commands() const {
  std::vector<CommandRow> rows;
  auto done = impl_->read([&](Database& database) {
    return database.each("SELECT id, kind, text, json, time_ns, undone FROM command ORDER BY id",
                         {}, [&](const SqlRow& row) -> base::Result<void> {
                           rows.push_back({.id = row.integer(0),
                                           .kind = row.text(1),
                                           .text = row.text(2),
                                           .json = row.text(3),
                                           .time = {row.integer(4)},
                                           .undone = row.integer(5) != 0});
                           return {};
                         });
  });
  return done ? base::Result(std::move(rows)) : base::Result<std::vector<CommandRow>>(done.error());
}

base::Result<void> ProjectStore::setDeviceSettings(const std::string& node,
                                                   const DeviceSettings& settings) {
  const std::string desired = encode(settings.desired);
  return impl_->write(Durability::Now, [&](Database& database) {
    return database.run(
        "INSERT INTO device_config(node, version, desired) VALUES(?, ?, ?) ON CONFLICT(node) DO "
        "UPDATE SET version = excluded.version, desired = excluded.desired",
        {node, settings.version, desired});
  });
}

base::Result<std::map<std::string, ProjectStore::DeviceSettings>> ProjectStore::deviceSettings()
    const {
  std::map<std::string, DeviceSettings> all;
  auto done = impl_->read([&](Database& database) {
    return database.each("SELECT node, version, desired FROM device_config", {},
                         [&](const SqlRow& row) -> base::Result<void> {
                           all[row.text(0)] = {.version = row.integer(1),
                                               .desired = decodeValues(row.text(2))};
                           return {};
                         });
  });
  return done ? base::Result(std::move(all))
              : base::Result<std::map<std::string, DeviceSettings>>(done.error());
}

base::Result<std::int64_t> ProjectStore::nextFence(const std::string& task) {
  std::int64_t fence = 0;
  auto done = impl_->write(Durability::Now, [&](Database& database) {
    return database.each(
        "INSERT INTO ledger(task, fence) VALUES(?, 1) "
        "ON CONFLICT(task) DO UPDATE SET fence = fence + 1 RETURNING fence",
        {task}, [&](const SqlRow& row) {
          fence = row.integer(0);
          return base::Result<void>();
        });
  });
  return done ? base::Result<std::int64_t>(fence) : base::Result<std::int64_t>(done.error());
}

}  // namespace app
