#pragma once
// ProjectStore: the only code that touches the project file. One SQLite file; labels,
// demonstrations and commands are committed at once and durably, samples in batches of 250 ms. The
// schema is in schema.cpp; its version is the file's user_version.

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "learners/demonstration.h"
#include "learners/label.h"
#include "learners/learner.h"
#include "learners/member_policy.h"
#include "sensors/base/params.h"
#include "sensors/base/result.h"
#include "sensors/block.h"
#include "sensors/frame.h"

namespace sensors {
struct EnvelopeColumn;
}

namespace app {

struct HistoryLimits;
struct PastPrediction;

/// A stretch of time for which samples of one or more sources are kept.
struct Recording {
  std::int64_t id = 0;
  base::TimeSpan span;
  std::string name;   ///< file name of an import, or empty
  std::string group;  ///< person, day or clip source of an import: splits keep it whole; empty: own
  std::string splitTag;  ///< "train", "test" or a fold's number given by an import, or empty
  bool gapped = false;   ///< samples are known to be lost in it
};

/// How one source is read, where a person chose otherwise than usual.
struct SourceChoice {
  std::string extractor = {};        ///< as sensors::ExtractorChoice; empty: the usual one
  sensors::FillChoice fill = {};     ///< by channel
  bool learnFlagged = false;         ///< also from stretches in which its numbers look wrong
  bool isUsual() const { return extractor.empty() && fill.empty() && !learnFlagged; }
  friend bool operator==(const SourceChoice&, const SourceChoice&) = default;
};

using TaskId = std::int64_t;
inline constexpr TaskId kFirstTask = 1;  ///< every project begins with it

/// One thing to recognise, and what with. A project has one task or more; ids are never used twice.
struct TaskSettings {
  TaskId id = kFirstTask;
  std::string key = "main";  ///< in topics and on workers; stays when the name changes
  std::string name;          ///< what a person typed; empty: has none
  std::vector<sensors::FrameSpec> frames;  ///< empty: every source, default extractors
  sensors::WindowSpec window;
  std::vector<std::string> learners = learners::bestEffortLearners();
  learners::MemberPolicy policy = learners::MemberPolicy::BestEffort;
  float steadiness = 0;  ///< how far windows hold each other up: 0 quick .. 1 steady
  std::string trainOn;   ///< worker id; kHere: this computer; empty: by policy, else this computer
  std::string serveOn;   ///< as trainOn
  bool trainingPaused = false;
  std::map<std::string, SourceChoice> choices = {};  ///< by source; usual ones are not in it
  /// A person's own limits of certainty, each [0, 1]; other labels have the tested ones.
  std::map<learners::LabelId, float> limits = {};
};

/// One ensemble that served a task, newest last. Going back is the previous row of that task.
struct DeploymentRow {
  std::int64_t id = 0;
  TaskId task = kFirstTask;
  int version = 0;           ///< "Model 7"
  std::string ensembleHash;  ///< blob id of Ensemble::encode()
  std::string datasetHash;
  std::string reportJson;  ///< EnsembleReport as JSON
  base::Time since;
  std::string worker;  ///< where it was trained
};

/// One undoable edit as it is kept: `kind` and JSON of how to do and undo it.
struct CommandRow {
  std::int64_t id = 0;
  std::string kind;
  std::string text;  ///< for people: "Correction: that was Tap"
  std::string json;
  base::Time time;
  bool undone = false;
};

struct ChunkInfo {
  std::int64_t id = 0;
  std::int64_t recording = 0;
  std::string source;
  base::TimeSpan span;
};

enum class OpenMode { Control, ReadOnly };

/// Thread-safe: one writing connection at which threads take turns, WAL, FULL for what a person
/// said, NORMAL for samples (FULL about once a second). Readers use connections of their own and
/// never wait for writers.
class ProjectStore {
 public:
  /// Creates the file where missing. A foreign, newer or damaged file is refused and not altered.
  /// Errors: Io; Unsupported (newer version); Corrupt (foreign or damaged); Unavailable where the
  /// project can be read but not controlled: another program has it (the message names computer and
  /// process), or the file or its folder cannot be written to.
  static base::Result<std::unique_ptr<ProjectStore>> open(const std::filesystem::path& file,
                                                          OpenMode mode = OpenMode::Control);
  ~ProjectStore();

  const std::filesystem::path& file() const;
  /// True if the program that had the file before ended without closing it.
  bool recoveredAfterCrash() const;
  /// Examples that were still running when it ended so; they now end with their recording.
  const std::vector<std::int64_t>& endedByRecovery() const;

  // What a person said: durable when the call returns. Errors of all that write: Io (disk full or
  // failing), Unavailable (open for reading only), NotFound, InvalidArgument (a name of blanks, an
  // unknown label or recording).
  /// Names are cut to 200 characters and cleaned. A label with an id is put back under it.
  base::Result<learners::LabelId> addLabel(const learners::Label& label);
  base::Result<void> updateLabel(const learners::Label& label);
  base::Result<void> removeLabel(learners::LabelId id);  ///< and its demonstrations
  /// Of all tasks.
  base::Result<std::vector<learners::Label>> labels() const;

  base::Result<std::int64_t> addDemonstration(const learners::Demonstration& demonstration);
  /// Puts a removed one back under its own id.
  base::Result<void> restoreDemonstration(const learners::Demonstration& demonstration);
  base::Result<void> updateDemonstration(const learners::Demonstration& demonstration);
  base::Result<void> removeDemonstration(std::int64_t id);  ///< samples stay for undo
  base::Result<std::vector<learners::Demonstration>> demonstrations() const;

  base::Result<std::int64_t> addRecording(const Recording& recording);
  base::Result<void> updateRecording(const Recording& recording);
  base::Result<std::vector<Recording>> recordings() const;

  // Samples.
  /// Makes `info` the newest description of its source; chunks keep the one they came with.
  base::Result<void> declareSource(const sensors::SourceInfo& info);
  /// The newest description of each source, ordered by id.
  base::Result<std::vector<sensors::SourceInfo>> sources() const;
  /// Committed when it returns; a power cut may take the last second.
  base::Result<void> appendChunks(std::int64_t recording,
                                  const std::vector<sensors::BlockPtr>& blocks);
  /// Blocks of `source` touching `span` in `recording`, in time order, cut to it.
  base::Result<std::vector<sensors::BlockPtr>> readBlocks(std::int64_t recording,
                                                          const std::string& source,
                                                          const base::TimeSpan& span) const;
  base::Result<std::vector<std::string>> sourcesOf(std::int64_t recording) const;

  /// `n` columns of equal width over `span`, left to right, from envelopes saved beside the samples:
  /// an hour costs what a second costs. No peak inside the span is missed; columns in which a slow
  /// source said nothing show the value that held. Needs sensors/envelope.h.
  /// Errors: InvalidArgument for more than 65536 columns; Corrupt; Io.
  base::Result<std::vector<sensors::EnvelopeColumn>> storedColumns(std::int64_t recording,
                                                                   const std::string& source,
                                                                   std::size_t channel,
                                                                   const base::TimeSpan& span,
                                                                   std::size_t n) const;

  // What tasks answered; past_predictions.h. One more of the same task, model and begin replaces.
  /// Committed when it returns; a power cut may take the last second.
  base::Result<void> appendPredictions(const std::vector<PastPrediction>& batch);
  /// Those whose window touches `span` (windows of a day at most), oldest first; of more than `most`
  /// the newest.
  base::Result<std::vector<PastPrediction>> predictions(const base::TimeSpan& span,
                                                        std::size_t most = 1'000'000) const;
  base::Result<HistoryLimits> historyLimits() const;
  base::Result<void> setHistoryLimits(const HistoryLimits& limits);
  /// Forgets what is older or more than the limits allow.
  base::Result<void> forgetOldPredictions(base::Time now);

  /// Content by its SHA-256. Putting the same id again changes nothing. Errors of blob(): NotFound;
  /// Corrupt where the content does not have that hash any more.
  base::Result<void> putBlob(const std::string& id, std::span<const std::uint8_t> content);
  base::Result<base::Bytes> blob(const std::string& id) const;

  /// Those the project has, by id; at least one. Labels, examples and deployments of a task that was
  /// removed stay in the file, where labels() and demonstrations() do not see them.
  base::Result<std::vector<TaskSettings>> tasks() const;
  /// Errors: NotFound where it was removed or never there.
  base::Result<TaskSettings> task(TaskId id = kFirstTask) const;
  base::Result<void> setTask(const TaskSettings& task);
  /// With id 0 it gets the next one; with one that was removed it is there again.
  base::Result<TaskId> addTask(const TaskSettings& task);
  base::Result<void> removeTask(TaskId id);
  base::Result<std::int64_t> addDeployment(const DeploymentRow& row);
  base::Result<std::vector<DeploymentRow>> deployments() const;

  base::Result<std::int64_t> addCommand(const CommandRow& row);
  base::Result<void> setCommandUndone(std::int64_t id, bool undone);
  base::Result<std::vector<CommandRow>> commands() const;

  struct DeviceSettings {
    std::int64_t version = 0;
    std::map<std::string, base::ParamValue> desired;
  };
  base::Result<void> setDeviceSettings(const std::string& node, const DeviceSettings& settings);
  base::Result<std::map<std::string, DeviceSettings>> deviceSettings() const;

  /// The next fence of a training job (protocol notes 4.3), durable before it returns.
  base::Result<std::int64_t> nextFence(const std::string& task);
  /// Raised once per opening for control.
  std::int64_t epoch() const;

  /// Small named texts: project name, window layout, pinned worker keys. Names beginning with
  /// "mimosa." are the file's own.
  base::Result<void> setMeta(const std::string& key, const std::string& value);
  base::Result<std::string> meta(const std::string& key) const;  ///< empty where unset

  /// Runs several calls of this thread as one transaction: all or none. Other threads' writes wait.
  base::Result<void> inTransaction(const std::function<base::Result<void>()>& body);

  /// Copies the project into a new file while others go on writing.
  /// Errors: Io; InvalidArgument where `target` exists.
  base::Result<void> saveCopy(const std::filesystem::path& target) const;

  base::Time lastSaved() const;
  /// Bytes free on the file's disk.
  std::uint64_t diskFree() const;

  /// Why samples are not saved at present. Labels are, while it is not Suspect.
  enum class DiskState { Good, Full, Suspect };
  DiskState diskState() const;

  struct Impl;
  Impl& internals() const { return *impl_; }  ///< for app/project's own files

 private:
  explicit ProjectStore(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace app
