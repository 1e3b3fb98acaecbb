#pragma once
// Evaluation: how well an ensemble did on demonstrations it never saw.

#include <string>
#include <vector>

#include "learners/answers.h"
#include "learners/ensemble_training.h"

namespace learners {

struct LabelScore {
  std::string label;
  double recall = 0;
  double low = 0;  ///< 95 % interval, by demonstrations
  double high = 0;
  std::size_t n = 0;
};

struct LearnerScore {
  std::string learner;
  double accuracy = 0;
  double fitSeconds = 0;
  double latencyMsP50 = 0;
};

struct TwoStageScore {
  double gateAccuracy = 0;  ///< background or not, by the gate alone
  double accuracy = 0;
  double latencyMsMean = 0;
  double oneStageLatencyMsMean = 0;
};

struct Evaluation {
  std::size_t trainRows = 0;
  std::size_t testRows = 0;
  std::size_t features = 0;
  std::vector<std::string> labels;
  std::vector<LearnerScore> learners;
  double accuracy = 0;      ///< averaged probability
  double accuracyVote = 0;  ///< Eq. 3
  double macroF1 = 0;
  double ece = 0;             ///< of all test rows together
  double eceMeanOfFolds = 0;  ///< the fewer rows a fold has, the more chance adds to it
  std::optional<double>
      unitAccuracy;  ///< per clip or demonstration: averaged probability of its rows
  double trainSeconds = 0;
  double latencyMsP50 = 0;  ///< one row through the whole ensemble, one thread
  double latencyMsP99 = 0;
  /// How long it takes to read once the rows with which each row is compared: no answer of members
  /// that keep rows comes sooner. 0 where none keeps any.
  double latencyMsFloor = 0;
  double batchPerSecond = 0;
  std::optional<TwoStageScore> twoStage;
  std::vector<LabelScore> perLabel;
  std::vector<std::size_t> confusion;  ///< [labels x labels], rows "it was", columns "it said"
  Answers answers;                     ///< about every test row; their rows are those of `test`
};

/// Scores `ensemble` on `test` and times it. Labels are those of `test`, which must be the
/// ensemble's.
Evaluation evaluate(const TrainedEnsemble& trained, const Dataset& train, const Dataset& test);

/// Means over folds; confusion and rows are summed, answers joined.
Evaluation meanOf(const std::vector<Evaluation>& folds);

}  // namespace learners
