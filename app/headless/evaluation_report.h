#pragma once
// An evaluation as JSON for programs and as a table for people.

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "learners/evaluation.h"

namespace app {

struct FoldEvaluation {
  std::string name;
  learners::Evaluation evaluation;
};

/// Which of the figures mean something.
struct ReportOptions {
  bool clips = false;     ///< units are clips: give clip_accuracy
  bool twoStage = false;  ///< a background was named
  double peakMemoryMb = 0;
};

/// Keys: rows, features, classes, learners, ensemble, clip_accuracy, train_seconds, latency_ms
/// (p50, p99, and floor: what reading the kept rows alone takes), batch_per_second, peak_memory_mb,
/// two_stage, per_class, confusion; with several folds also folds.
nlohmann::json evaluationToJson(const learners::Evaluation& evaluation,
                                const std::vector<FoldEvaluation>& folds,
                                const ReportOptions& options);

std::string evaluationToText(const learners::Evaluation& evaluation,
                             const std::vector<FoldEvaluation>& folds,
                             const ReportOptions& options);

/// The most memory this process had so far, in megabytes.
double peakMemoryMb();

}  // namespace app
