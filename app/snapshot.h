#pragma once
// Snapshot: what the window sees, as plain values. Immutable, shared by pointer, made anew by the
// Session after each change.

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/flag_keeper.h"
#include "app/held.h"
#include "app/local_sources.h"
#include "app/place_record.h"
#include "app/placement.h"
#include "app/project/store.h"
#include "app/setting_trial.h"
#include "app/training/worker_directory.h"
#include "hubs/bus.h"
#include "hubs/node_directory.h"
#include "learners/ensemble_training.h"
#include "sensors/envelope.h"
#include "sensors/source.h"

namespace app {

/// One demonstration as a card shows it.
struct Example {
  learners::Demonstration demonstration;
  std::vector<sensors::EnvelopeColumn> thumbnail;  ///< 48 columns of the liveliest channel
  std::string thumbnailChannel;                    ///< "kitchen/mic l"
  bool gapped = false;
};

struct LabelCard {
  learners::Label label;
  std::vector<Example> examples;  ///< oldest first
  int enabled = 0;                ///< examples that are learnt from
  double seconds = 0;             ///< of the enabled ones together
};

struct RecordingView {
  bool active = false;
  bool free = false;  ///< runs without a label; `label` is what is said in it just now, if anything
  std::int64_t recording = 0;
  learners::LabelId label = 0;
  std::string labelName;
  base::Time since;
  base::Duration planned{0};  ///< hands-free: how long it will be; 0: until released
  std::uint64_t storedRows = 0;
  std::string trouble;
};

enum class ModelPhase { None, Training, Ready, Updating, Paused };

struct ModelView {
  ModelPhase phase = ModelPhase::None;
  int version = 0;  ///< 0: none serves
  std::string hash;
  int members = 0;  ///< of the serving ensemble
  int membersWanted = 0;
  double progress = 0;  ///< of the running training, [0, 1]
  int newExamples = 0;  ///< said since the serving model was trained
  int learntFrom = 0;   ///< examples behind the serving model
  bool heldOut = false;
  double heldOutAccuracy = 0;
  base::Time trainedAt;
  std::string trainedOn;  ///< "this computer", "Attic Pi"
  std::string trouble;    ///< why the last training ended without a model, or empty
  std::string keptAside;  ///< sentence, where a worse model waits for a decision, or empty
};

/// What the last correction did, for the Now panel.
struct LessonView {
  enum class Stage { None, Learning, Done, KeptAside, Failed };
  Stage stage = Stage::None;
  std::string what;        ///< "that was Tap"
  double seconds = 0;      ///< from the key to the served model
  int oldRightBefore = 0;  ///< old examples answered right when held out, before and after
  int oldRightAfter = 0;
  int oldTotal = 0;
  bool comparable = false;  ///< false: too few recordings to hold any out
  std::string trouble;
  std::int64_t command = 0;  ///< what undo would take back
};

struct SourceView {
  sensors::SourceInfo info;
  sensors::StreamCounts counts;
  double rowsPerSecond = 0;  ///< measured over the last 2 s
  bool silent = false;       ///< nothing for 2 s (3 periods where slower), or its device is offline
  base::Duration age{0};     ///< since the last block; huge where none came
  bool used = true;          ///< by the task
  std::string extractor;     ///< what its numbers are turned into features with
  std::optional<Flag> flag;  ///< what is wrong with its numbers now, so that they are not learnt from
  int flaggedExamples = 0;   ///< that are left out in part or whole; those that are used all the same
                             ///< do not count
};

struct NoticeView {
  enum class Kind { Info, Warning, Error };
  Kind kind = Kind::Info;
  std::string text;  ///< one or two sentences for a person
  base::Time time;
  int count = 1;  ///< one entry per cause
  std::int64_t id = 0;
};

/// A span of the "heard" or "you" ribbon.
struct RibbonSpan {
  base::TimeSpan span;
  int label = -1;  ///< index into Snapshot::cards; -1: none
  std::string text;
  float certainty = 1;
  bool belowLimit = false;  ///< "not sure"
  float limit = 0.60F;      ///< of its label: from here on it is sure enough
  learners::PredictionState state = learners::PredictionState::Known;
  bool imputed = false;
};

/// The latest answer of a task.
struct Answer {
  TaskId task = kFirstTask;
  learners::Prediction prediction;
  std::vector<learners::Label> labels;  ///< names of prediction.label's indices
  std::vector<std::string> memberTitles;
  base::Time since;      ///< when the headline last changed
  base::Time answered;   ///< when it was there
  bool stale = false;    ///< older than two hops
  double latencyMs = 0;  ///< youngest sample in -> answer out
  double computeMs = 0;  ///< gate and members alone
  int modelVersion = 0;
  std::string servedOn;       ///< "this program", or the worker's name
  std::vector<float> limits;  ///< [labels]: certainty from which an answer is sure enough
};

/// A task of the project as the window lists it.
struct TaskView {
  TaskId id = kFirstTask;
  std::string key;
  std::string name;  ///< empty: has none
  bool front = false;
  ModelPhase phase = ModelPhase::None;
  int version = 0;  ///< of the model that serves; 0: none
  int labels = 0;   ///< besides the background
};

struct LatencyView {
  double p50Ms = 0;
  double p95Ms = 0;
  std::size_t n = 0;
};

struct Snapshot {
  std::string projectName;
  std::string projectFile;
  bool readOnly = false;
  std::string lookOnly;    ///< why, in a sentence
  std::string savedCopy;   ///< file of the last finished copy, to go on in
  bool recovered = false;  ///< opened after a crash
  base::Time savedAt;
  hubs::LinkStatus link;
  std::string brokerText;  ///< "private broker" or its address
  bool brokerWantsPassword = false;
  std::string site;  ///< whose devices and workers these are
  RecordingView recording;
  std::vector<LabelCard> cards;  ///< background first, then by key
  ModelView model;
  LessonView lesson;
  std::vector<SourceView> sources;
  std::vector<hubs::NodeView> nodes;
  std::vector<LocalSourceView> locals;    ///< devices of this computer that are used
  std::vector<LocalKindView> localKinds;  ///< that could be added
  std::vector<WorkerView> workers;
  std::vector<TaskView> tasks;  ///< all, by id; what is about one is about the one in front
  TaskSettings task;
  PlacementView placement;           ///< where the task learns and answers, and why
  /// Which computer learnt and answered until now, of all tasks; never null.
  std::shared_ptr<const PlaceStretches> places = std::make_shared<PlaceStretches>();
  std::vector<SettingTrial> trials;  ///< settings on trial, oldest first
  LatencyView latency;
  std::uint64_t lostBlocks = 0;
  double readingsPerSecond = 0;
  double processorShare = 0;  ///< of this program, of all cores, [0, 1]
  std::uint64_t diskFree = 0;
  double bytesPerSecond = 0;  ///< written while recording, for "about 61 days"
  bool canUndo = false;
  std::string undoText;
  bool canRedo = false;
  std::string redoText;
  std::vector<NoticeView> notices;  ///< newest last, at most 50
  Held held;  ///< what this project does not do here until a person lets it
};
using SnapshotPtr = std::shared_ptr<const Snapshot>;

/// What to do next, decided from a snapshot; the window finds the words.
struct NextStep {
  enum class Kind {
    Connect,           ///< no source at all
    ListenBackground,  ///< no background yet
    AddLabel,          ///< none besides background
    RecordFirst,       ///< `label` has none
    RecordMore,        ///< `label` needs `count` more
    AddSecondLabel,
    WaitForModel,
    TryIt,           ///< a model answers: do something and watch
    ImproveWeakest,  ///< `label` is answered right least often
    DecideKeptAside,
  };
  Kind kind = Kind::Connect;
  learners::LabelId label = 0;
  std::string labelName;
  int count = 0;
};
NextStep nextStep(const Snapshot& snapshot);

}  // namespace app
