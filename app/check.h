#pragma once
// Check: how good a model is, as one immutable value the window can draw: every figure comes from
// examples that the answering model had not learnt from, and keeps the ids of what is behind it.
// Parts that cost more come later; each is in the report or has a sentence why it is not.

#include <array>
#include <map>
#include <memory>
#include <optional>

#include "app/what_if.h"
#include "learners/exam.h"
#include "learners/label_check.h"
#include "learners/leak_guard.h"
#include "learners/learning_curve.h"
#include "learners/reliability.h"
#include "learners/subgroups.h"

namespace app {

class MapProjection;

/// One window that was asked about.
struct CheckedWindow {
  static constexpr int kNotKnown = -1;  ///< "not something I know"
  static constexpr int kNoData = -2;

  std::int64_t unit = 0;   ///< demonstration
  std::int64_t group = 0;  ///< recording, or the first of a group that stays together
  int label = 0;           ///< what it was: index into CheckReport::labels
  int said = kNotKnown;    ///< index, kNotKnown or kNoData
  float certainty = 0;     ///< of the headline, [0, 1]
  float novelty = 0;
  bool byGate = false;  ///< the gate answered: no limit holds it back
  base::TimeSpan span;
  bool right() const { return said == label; }
};

/// Windows in a plane: near ones look alike to the model.
struct CheckMap {
  enum class Kind { Pca, KernelPca, Tsne };
  struct Point {
    float x = 0;
    float y = 0;
    std::size_t window = 0;  ///< index into CheckReport::windows
  };
  Kind kind = Kind::Pca;
  std::vector<Point> points;
  /// How they were put there; null where later windows cannot be.
  std::shared_ptr<const MapProjection> projection = {};
};

/// Another model of the task, asked about the same windows.
struct CheckRival {
  std::string ensembleHash;
  int version = 0;
  std::vector<CheckedWindow> windows;
  std::vector<std::size_t> of;  ///< [windows]: index into CheckReport::windows, rising
};

/// What one answer spends its time on. The stages of one place follow each other.
struct StageTime {
  std::string name;  ///< "nearest neighbours", as learners call themselves
  enum class Kind { Prepare, Gate, Member, Certainty } kind = Kind::Member;
  double milliseconds = 0;  ///< median of one window on one thread
};

/// How far one feature moved between the earlier and the latest recordings, label by label.
struct FeatureDrift {
  std::string feature;
  double distance = 0;  ///< Kolmogorov-Smirnov statistic, [0, 1]
  double limit = 0;     ///< above it chance would be rarer than one in twenty over all features
  std::vector<std::int64_t> units;  ///< the latest demonstrations
};

enum class CheckPart { Scores, Map, Leaks, Labels, Curve, Stages, Drift, PrettyMap, WhatIf, Rival };
inline constexpr int kUsualCheckParts = 7;  ///< computed without being asked for: all up to Drift

struct CheckReport {
  std::string datasetHash;
  std::string ensembleHash;
  int version = 0;  ///< "Model 7"
  std::vector<learners::Label> labels;
  int background = -1;        ///< index into labels
  std::vector<float> limits;  ///< [labels] certainty from which an answer is sure; may be empty
  bool byRecording = false;   ///< else some label was held out by example only
  std::size_t examples = 0;
  std::size_t recordings = 0;

  std::vector<CheckedWindow> windows;  ///< in the order of the dataset
  /// The same windows with all probabilities and their rows in the dataset, for further checks.
  std::shared_ptr<const learners::Answers> answers;
  std::vector<learners::ReliabilityBin> reliability;
  double calibrationError = 0;
  std::vector<learners::GroupScore> groups;
  std::vector<learners::HiddenSubgroup> hidden;  ///< rows are indices into `windows`
  std::vector<std::string> features;             ///< names, for `hidden`
  std::vector<CheckMap> maps;
  std::optional<learners::LeakReport> leaks;
  std::vector<learners::SuspiciousUnit> suspicious;
  std::optional<learners::LearningCurve> curve;
  std::vector<StageTime> stages;
  std::vector<FeatureDrift> drift;  ///< furthest first
  std::vector<WhatIfResult> whatIf;
  std::optional<CheckRival> rival;

  int partsDone = 0;
  std::map<CheckPart, std::string> troubles;  ///< why a part is not there
};
using CheckReportPtr = std::shared_ptr<const CheckReport>;

/// What is checked.
struct CheckInput {
  learners::DatasetPtr data;       ///< today's examples
  learners::EnsemblePtr ensemble;  ///< the one in service
  int version = 0;
  const learners::LearnerMap* learners = nullptr;
  std::uint64_t seed = 1;
};

/// The exam of `input`, kept for further questions. Errors: as prepareExam(); NotFound with the
/// sentence for a person where nothing was kept for testing.
base::Result<learners::Exam> examOf(const CheckInput& input,
                                    const learners::TrainingContext& context);

/// The scores of `exam`: the first part of every report.
CheckReport scoresOf(const CheckInput& input, const learners::Exam& exam);

/// Puts one further part into `report`, or the reason into its troubles. `progress` of `context` is
/// that of the part. Errors: Cancelled alone.
base::Result<void> addPart(CheckReport& report, CheckPart part, const CheckInput& input,
                           const learners::TrainingContext& context);

}  // namespace app
