#pragma once
// Edits: what a person did, as values that can be done, undone and kept in the project. One undo
// list for everything; the newest edit is undone first.

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "app/project/rule_row.h"
#include "app/project/store.h"
#include "learners/demonstration.h"
#include "learners/label.h"
#include "sensors/base/params.h"
#include "sensors/local_kind.h"

namespace app {

struct AddLabel {
  learners::Label label;
};
struct RenameLabel {
  learners::LabelId label = 0;
  std::string before;
  std::string after;
};
struct RemoveLabel {
  learners::Label label;
  std::vector<learners::Demonstration> examples;
};
/// Recordings, corrections and missed ones: they differ by origin only.
struct AddExamples {
  std::vector<learners::Demonstration> examples;
};
struct RemoveExample {
  learners::Demonstration example;
};
struct EnableExample {
  std::int64_t example = 0;
  bool enabled = true;
};
struct ChangeTask {
  TaskSettings before;
  TaskSettings after;
};
struct AskParam {
  std::string node;
  std::string param;
  std::optional<base::ParamValue> before;  ///< none: was not asked for
  base::ParamValue after;
};

/// The list of this computer's devices, and the tasks that look at what they send.
struct ChangeLocal {
  std::vector<sensors::LocalSource> before;
  std::vector<sensors::LocalSource> after;
  std::vector<TaskSettings> tasksBefore;
  std::vector<TaskSettings> tasksAfter;
};

/// Examples moved, relabelled, split, joined, added or taken away in one step. One that is in both
/// lists keeps its id; all have ids.
struct ReviseExamples {
  std::vector<learners::Demonstration> before;
  std::vector<learners::Demonstration> after;
};
/// A person says that what was proposed there did not happen. Nothing in the store changes; who
/// proposes reads it from the undo list.
struct RejectProposal {
  learners::LabelId label = 0;
  base::TimeSpan span;
};
/// Another model that served before serves again. Nothing in the tables of labels changes; its
/// owner serves it.
struct ServeModel {
  std::string before;  ///< hash of an ensemble
  std::string after;
  TaskId task = kFirstTask;
};

/// A rule was added (no `before`), removed (no `after`), changed, switched on or off.
struct ChangeRule {
  std::optional<RuleRow> before;
  std::optional<RuleRow> after;
};

/// A recording and all that was said in it goes into the bin; forget.h.
struct ForgetRecording {
  std::int64_t recording = 0;
};

/// Another thing to recognise. Its labels and models come and go with it.
struct AddTask {
  TaskSettings task;
};
struct RemoveTask {
  TaskSettings task;
};
/// A recording without a label was kept; undo puts it into the bin.
struct KeepRecording {
  std::int64_t recording = 0;
};

/// Recordings with what was said in them came from files; undo puts them into the bin.
struct BringIn {
  std::vector<std::int64_t> recordings;
  std::vector<learners::Label> labels;  ///< that came with them
  std::vector<learners::Demonstration> examples;
  std::vector<TaskSettings> tasksBefore = {};  ///< where a task looks otherwise now
  std::vector<TaskSettings> tasksAfter = {};
};

using EditValue =
    std::variant<AddLabel, RenameLabel, RemoveLabel, AddExamples, RemoveExample, EnableExample,
                 ChangeTask, AskParam, ChangeLocal, ReviseExamples, RejectProposal, ServeModel,
                 ChangeRule, ForgetRecording, AddTask, RemoveTask, KeepRecording, BringIn>;

struct Edit {
  EditValue value;
  std::string text;  ///< for people: "Kettle recorded"
  bool isGone = false;  ///< of undo and redo: what it was about is gone, and nothing was changed
};

std::string kindOf(const EditValue& value);
std::string toJson(const EditValue& value);
/// Errors: Corrupt for an unknown kind or shape.
base::Result<EditValue> editFrom(const std::string& kind, const std::string& json);

std::string toJson(const TaskSettings& settings);
base::Result<TaskSettings> taskSettingsFrom(const std::string& json);

/// Does it or takes it back in the store. AskParam changes nothing there; its owner sends it.
/// Errors: as the store.
base::Result<void> apply(ProjectStore& store, const EditValue& value);
base::Result<void> revert(ProjectStore& store, const EditValue& value);

/// The undo list over a store's command table. One thread at a time.
class EditList {
 public:
  explicit EditList(ProjectStore& store);

  /// Applies and keeps the edit in one transaction; what was undone before is forgotten for redo.
  base::Result<std::int64_t> perform(const Edit& edit);
  /// Runs `work`, which may keep edits, as one transaction; where it fails, at its very end too,
  /// the list is as before. Errors: as `work` and the store.
  base::Result<void> inTransaction(const std::function<base::Result<void>()>& work);
  /// Keeps an edit whose effect is already in the store.
  base::Result<std::int64_t> keep(const Edit& edit);
  /// The edit that was taken back, or nothing where there is none. One about what is gone for good
  /// is passed over, so that it holds up none before it. Errors: as the store.
  base::Result<std::optional<Edit>> undo();
  base::Result<std::optional<Edit>> redo();

  bool canUndo() const { return !done_.empty(); }
  bool canRedo() const { return !undone_.empty(); }
  std::string undoText() const { return done_.empty() ? std::string() : done_.back().text; }
  std::string redoText() const { return undone_.empty() ? std::string() : undone_.back().text; }
  std::int64_t newest() const { return done_.empty() ? 0 : done_.back().id; }

 private:
  void reload();
  base::Result<Edit> step(const CommandRow& row, bool back);

  ProjectStore& store_;
  std::vector<CommandRow> done_;
  std::vector<CommandRow> undone_;
};

}  // namespace app
