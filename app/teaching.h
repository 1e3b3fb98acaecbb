#pragma once
// Teaching: labels and examples of one task, and its recording that is running. Everything a person
// says goes through here into the store and the project's undo list.

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/edits.h"
#include "app/project/recorder.h"
#include "app/project/store.h"
#include "app/snapshot.h"

namespace app {

/// Belongs to the session's thread.
class Teaching {
 public:
  /// Samples kept before the key went down.
  static constexpr base::Duration kPreRoll = std::chrono::seconds(1);
  /// How long samples of a released key may still be on their way.
  static constexpr base::Duration kTail = std::chrono::milliseconds(450);

  /// `edits`: the project's, shared by its tasks; null: one of its own.
  Teaching(ProjectStore& store, Recorder& recorder, const base::Clock& clock,
           TaskId task = kFirstTask, std::shared_ptr<EditList> edits = nullptr);

  TaskId task() const { return task_; }

  const std::vector<learners::Label>& labels() const { return labels_; }
  const std::vector<learners::Demonstration>& examples() const { return examples_; }
  EditList& edits() { return *edits_; }
  const EditList& edits() const { return *edits_; }

  /// The background label is made when it is first needed. Errors: as the store.
  base::Result<learners::LabelId> backgroundLabel();
  /// Errors: InvalidArgument for an empty or taken name; as the store.
  base::Result<learners::LabelId> addLabel(const std::string& name);
  base::Result<void> renameLabel(learners::LabelId id, const std::string& name);
  base::Result<void> removeLabel(learners::LabelId id);

  /// Starts recording an example; a running background recording goes on and gives that span away.
  /// `window`: the least an example must cover. `planned`: 0 = until stopped. Errors: as the
  /// recorder.
  base::Result<void> start(learners::LabelId label, base::Duration window, base::Duration planned);
  /// Records without a label until release(); labels may be started in it meanwhile. Errors: as the
  /// recorder; Unavailable where something is being recorded.
  base::Result<void> startFree(base::Duration window);
  /// The key was released: the example ends now. True where its samples are still on their way and
  /// finish() must be called after kTail.
  bool release();
  /// Writes what release() left open. Returns the edit's id, or nothing if there was nothing to
  /// write.
  base::Result<std::optional<std::int64_t>> finish();
  /// Ends what is being recorded and keeps it without waiting for its last samples. As finish().
  base::Result<std::optional<std::int64_t>> endNow();
  /// Ends the recording and removes its examples again, as an edit of its own; one without a label
  /// goes into the bin.
  base::Result<void> discard();

  /// A new example from the tape. `text`: for the undo list. Returns the example.
  base::Result<learners::Demonstration> keepSpan(learners::LabelId label,
                                                 const base::TimeSpan& span,
                                                 learners::Origin origin,
                                                 const std::string& modelHash,
                                                 const std::string& text);
  /// Replaces examples by others in one step of the undo list. Of `placed`, those whose id is among
  /// `replaced` keep it, the others are new; one without a recording takes its samples from the
  /// tape. Spans are cut to what their recording holds. Errors: InvalidArgument where nothing of a
  /// span was recorded or its label is gone; as the recorder and the store.
  base::Result<void> revise(const std::vector<std::int64_t>& replaced,
                            const std::vector<learners::Demonstration>& placed,
                            const std::string& text);
  base::Result<void> reject(learners::LabelId label, const base::TimeSpan& span);
  base::Result<void> setEnabled(std::int64_t example, bool enabled);
  base::Result<void> remove(std::int64_t example);

  /// Reads labels and examples again; after undo and redo.
  void reload();

  RecordingView recording() const;
  bool isRecording() const { return !open_.empty() || free_ != Free::No; }
  /// It is being said now, and no example yet.
  bool isOpen(std::int64_t example) const;
  const learners::Label* label(learners::LabelId id) const;

  /// Names the state of what can be learnt from: enabled examples and the task that frames them.
  /// Equal fingerprints mean equal datasets.
  std::string fingerprint(const TaskSettings& task) const;
  /// Labels (background included) with at least `examples` enabled ones; background counts by
  /// seconds.
  int labelsWithAtLeast(int examples) const;

 private:
  enum class Free { No, Runs, Released };
  struct Open {
    learners::Demonstration example;
    bool released = false;
  };
  base::Result<void> open(learners::LabelId label, base::Time begin);
  base::Result<void> discardFree();
  void close(Open& open, base::Time end);
  std::vector<learners::Demonstration> cutOut(const learners::Demonstration& background,
                                              const std::vector<Open>& others) const;

  ProjectStore& store_;
  Recorder& recorder_;
  const base::Clock& clock_;
  const TaskId task_;
  std::shared_ptr<EditList> edits_;
  std::vector<learners::Label> labels_;
  std::vector<learners::Demonstration> examples_;
  std::vector<Open> open_;  // first: what started the recording; further: said meanwhile
  Free free_ = Free::No;    // a recording without a label, in which open_ may lie
  base::Time freeSince_;
  base::Duration window_{0};
  base::Duration planned_{0};
};

}  // namespace app
