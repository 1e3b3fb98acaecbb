// What an edit changes in the store, and how that is taken back.

#include <algorithm>

#include "app/edits.h"
#include "app/local_sources.h"
#include "app/project/forget.h"
#include "app/project/rule_list.h"

namespace app {

namespace {

base::Result<void> renameTo(ProjectStore& store, learners::LabelId id, const std::string& name) {
  const auto labels = store.labels();
  if (!labels) return labels.error();
  for (learners::Label label : *labels) {
    if (label.id == id) {
      label.name = name;
      return store.updateLabel(label);
    }
  }
  return base::Error{base::ErrorCode::NotFound, "the label is no longer there"};
}

base::Result<void> enable(ProjectStore& store, std::int64_t id, bool enabled) {
  const auto all = store.demonstrations();
  if (!all) return all.error();
  for (learners::Demonstration example : *all) {
    if (example.id == id) {
      example.enabled = enabled;
      return store.updateDemonstration(example);
    }
  }
  return base::Error{base::ErrorCode::NotFound, "the example is no longer there"};
}

base::Result<void> restoreAll(ProjectStore& store,
                              const std::vector<learners::Demonstration>& examples) {
  for (const auto& example : examples) {
    if (auto done = store.restoreDemonstration(example); !done) return done;
  }
  return {};
}

base::Result<void> setTasks(ProjectStore& store, const std::vector<TaskSettings>& tasks) {
  for (const TaskSettings& task : tasks) {
    if (auto set = store.setTask(task); !set) return set;
  }
  return {};
}

base::Result<void> setLocal(ProjectStore& store, const std::vector<sensors::LocalSource>& list,
                            const std::vector<TaskSettings>& tasks) {
  if (auto kept = store.setMeta(kLocalSourcesKey, toJson(list)); !kept) return kept;
  return setTasks(store, tasks);
}

/// Takes the examples from one state to the other.
base::Result<void> exchange(ProjectStore& store, const std::vector<learners::Demonstration>& from,
                            const std::vector<learners::Demonstration>& to) {
  const auto isIn = [](const std::vector<learners::Demonstration>& all, std::int64_t id) {
    return std::any_of(all.begin(), all.end(), [&](const auto& e) { return e.id == id; });
  };
  for (const auto& example : from) {
    if (isIn(to, example.id)) continue;
    if (auto done = store.removeDemonstration(example.id); !done) return done;
  }
  for (const auto& example : to) {
    auto done = isIn(from, example.id) ? store.updateDemonstration(example)
                                       : store.restoreDemonstration(example);
    if (!done) return done;
  }
  return {};
}

/// From one state of a rule to another.
base::Result<void> changeRule(ProjectStore& store, const std::optional<RuleRow>& from,
                              const std::optional<RuleRow>& to) {
  if (to) {
    const auto put = putRule(store, *to);
    return put ? base::Result<void>() : put.error();
  }
  return from ? removeRule(store, from->id) : base::Result<void>();
}

base::Result<void> addTask(ProjectStore& store, const TaskSettings& task) {
  const auto id = store.addTask(task);
  return id ? base::Result<void>() : id.error();
}

base::Result<void> bringIn(ProjectStore& store, const BringIn& edit) {
  for (const learners::Label& label : edit.labels) {
    if (const auto id = store.addLabel(label); !id) return id.error();
  }
  for (const std::int64_t recording : edit.recordings) {
    if (auto done = restoreRecording(store, recording); !done) return done;
  }
  if (auto done = restoreAll(store, edit.examples); !done) return done;
  return setTasks(store, edit.tasksAfter);
}

base::Result<void> putBack(ProjectStore& store, const BringIn& edit) {
  for (const auto& example : edit.examples) {
    if (auto done = store.removeDemonstration(example.id); !done) return done;
  }
  for (const std::int64_t recording : edit.recordings) {
    if (const auto done = forgetRecording(store, recording); !done) return done.error();
  }
  for (const learners::Label& label : edit.labels) {
    if (auto done = store.removeLabel(label.id); !done) return done;
  }
  return setTasks(store, edit.tasksBefore);
}

struct Apply {
  ProjectStore& store;
  base::Result<void> operator()(const AddLabel& e) const {
    const auto id = store.addLabel(e.label);
    return id ? base::Result<void>() : id.error();
  }
  base::Result<void> operator()(const RenameLabel& e) const {
    return renameTo(store, e.label, e.after);
  }
  base::Result<void> operator()(const RemoveLabel& e) const {
    return store.removeLabel(e.label.id);
  }
  base::Result<void> operator()(const AddExamples& e) const {
    return restoreAll(store, e.examples);
  }
  base::Result<void> operator()(const RemoveExample& e) const {
    return store.removeDemonstration(e.example.id);
  }
  base::Result<void> operator()(const EnableExample& e) const {
    return enable(store, e.example, e.enabled);
  }
  base::Result<void> operator()(const ChangeTask& e) const { return store.setTask(e.after); }
  base::Result<void> operator()(const AskParam&) const { return {}; }
  base::Result<void> operator()(const ChangeRule& e) const {
    return changeRule(store, e.before, e.after);
  }
  base::Result<void> operator()(const ChangeLocal& e) const {
    return setLocal(store, e.after, e.tasksAfter);
  }
  base::Result<void> operator()(const ReviseExamples& e) const {
    return exchange(store, e.before, e.after);
  }
  base::Result<void> operator()(const RejectProposal&) const { return {}; }
  base::Result<void> operator()(const ServeModel&) const { return {}; }
  base::Result<void> operator()(const KeepRecording& e) const {
    return restoreRecording(store, e.recording);
  }
  base::Result<void> operator()(const BringIn& e) const { return bringIn(store, e); }
  base::Result<void> operator()(const ForgetRecording& e) const {
    const auto forgotten = forgetRecording(store, e.recording);
    return forgotten ? base::Result<void>() : forgotten.error();
  }
  base::Result<void> operator()(const AddTask& e) const { return addTask(store, e.task); }
  base::Result<void> operator()(const RemoveTask& e) const { return store.removeTask(e.task.id); }
};

struct Revert {
  ProjectStore& store;
  base::Result<void> operator()(const AddLabel& e) const { return store.removeLabel(e.label.id); }
  base::Result<void> operator()(const RenameLabel& e) const {
    return renameTo(store, e.label, e.before);
  }
  base::Result<void> operator()(const RemoveLabel& e) const {
    if (const auto id = store.addLabel(e.label); !id) return id.error();
    return restoreAll(store, e.examples);
  }
  base::Result<void> operator()(const AddExamples& e) const {
    for (const auto& example : e.examples) {
      if (auto done = store.removeDemonstration(example.id); !done) return done;
    }
    return {};
  }
  base::Result<void> operator()(const RemoveExample& e) const {
    return store.restoreDemonstration(e.example);
  }
  base::Result<void> operator()(const EnableExample& e) const {
    return enable(store, e.example, !e.enabled);
  }
  base::Result<void> operator()(const ChangeTask& e) const { return store.setTask(e.before); }
  base::Result<void> operator()(const AskParam&) const { return {}; }
  base::Result<void> operator()(const ChangeRule& e) const {
    return changeRule(store, e.after, e.before);
  }
  base::Result<void> operator()(const ChangeLocal& e) const {
    return setLocal(store, e.before, e.tasksBefore);
  }
  base::Result<void> operator()(const ReviseExamples& e) const {
    return exchange(store, e.after, e.before);
  }
  base::Result<void> operator()(const RejectProposal&) const { return {}; }
  base::Result<void> operator()(const ServeModel&) const { return {}; }
  base::Result<void> operator()(const KeepRecording& e) const {
    const auto forgotten = forgetRecording(store, e.recording);
    return forgotten ? base::Result<void>() : forgotten.error();
  }
  base::Result<void> operator()(const BringIn& e) const { return putBack(store, e); }
  base::Result<void> operator()(const ForgetRecording& e) const {
    return restoreRecording(store, e.recording);
  }
  base::Result<void> operator()(const AddTask& e) const { return store.removeTask(e.task.id); }
  base::Result<void> operator()(const RemoveTask& e) const { return addTask(store, e.task); }
};

}  // namespace

base::Result<void> apply(ProjectStore& store, const EditValue& value) {
  return std::visit(Apply{store}, value);
}

base::Result<void> revert(ProjectStore& store, const EditValue& value) {
  return std::visit(Revert{store}, value);
}

}  // namespace app
