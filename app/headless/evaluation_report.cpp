#include "app/headless/evaluation_report.h"

#include <sys/resource.h>

#include "app/headless/printed.h"

namespace app {
namespace {

using learners::Evaluation;
using nlohmann::json;

json oneToJson(const Evaluation& evaluation, const ReportOptions& options) {
  json learners = json::object();
  for (const learners::LearnerScore& score : evaluation.learners) {
    learners[score.learner] = {{"accuracy", score.accuracy},
                               {"fit_seconds", score.fitSeconds},
                               {"latency_ms_p50", score.latencyMsP50}};
  }
  json perClass = json::object();
  for (const learners::LabelScore& score : evaluation.perLabel) {
    perClass[score.label] = {
        {"recall", score.recall}, {"low", score.low}, {"high", score.high}, {"n", score.n}};
  }
  const std::size_t labels = evaluation.labels.size();
  json confusion = json::array();
  for (std::size_t i = 0; i + labels <= evaluation.confusion.size() && labels > 0; i += labels) {
    const auto row = evaluation.confusion.begin() + static_cast<std::ptrdiff_t>(i);
    confusion.push_back(std::vector<std::size_t>(row, row + static_cast<std::ptrdiff_t>(labels)));
  }
  json result = {{"rows", {{"train", evaluation.trainRows}, {"test", evaluation.testRows}}},
                 {"features", evaluation.features},
                 {"classes", evaluation.labels},
                 {"learners", std::move(learners)},
                 {"ensemble",
                  {{"accuracy", evaluation.accuracy},
                   {"accuracy_vote", evaluation.accuracyVote},
                   {"macro_f1", evaluation.macroF1},
                   {"ece", evaluation.ece},
                   {"ece_mean_of_folds", evaluation.eceMeanOfFolds}}},
                 {"train_seconds", evaluation.trainSeconds},
                 {"latency_ms",
                  {{"p50", evaluation.latencyMsP50},
                   {"p99", evaluation.latencyMsP99},
                   {"floor", evaluation.latencyMsFloor}}},
                 {"batch_per_second", evaluation.batchPerSecond},
                 {"peak_memory_mb", options.peakMemoryMb},
                 {"per_class", std::move(perClass)},
                 {"confusion", std::move(confusion)}};
  if (options.clips && evaluation.unitAccuracy) result["clip_accuracy"] = *evaluation.unitAccuracy;
  if (options.twoStage && evaluation.twoStage) {
    const learners::TwoStageScore& score = *evaluation.twoStage;
    result["two_stage"] = {{"gate_accuracy", score.gateAccuracy},
                           {"accuracy", score.accuracy},
                           {"latency_ms_mean", score.latencyMsMean},
                           {"one_stage_latency_ms_mean", score.oneStageLatencyMsMean}};
  }
  return result;
}

}  // namespace

json evaluationToJson(const Evaluation& evaluation, const std::vector<FoldEvaluation>& folds,
                      const ReportOptions& options) {
  json result = oneToJson(evaluation, options);
  if (folds.size() < 2) return result;
  json list = json::array();
  for (const FoldEvaluation& fold : folds) {
    json one = oneToJson(fold.evaluation, options);
    one["fold"] = fold.name;
    list.push_back(std::move(one));
  }
  result["folds"] = std::move(list);
  return result;
}

std::string evaluationToText(const Evaluation& evaluation, const std::vector<FoldEvaluation>& folds,
                             const ReportOptions& options) {
  std::string text;
  add(text, "%zu rows learnt from, %zu asked about, %zu features, %zu labels\n\n",
      evaluation.trainRows, evaluation.testRows, evaluation.features, evaluation.labels.size());
  add(text, "%-18s %8s %10s %12s\n", "", "right", "fit", "latency p50");
  for (const learners::LearnerScore& score : evaluation.learners) {
    add(text, "%-18s %6.2f %% %8.2f s %9.3f ms\n", score.learner.c_str(), 100 * score.accuracy,
        score.fitSeconds, score.latencyMsP50);
  }
  add(text, "%-18s %6.2f %% %8.2f s %9.3f ms (p99 %.3f ms)\n", "ensemble",
      100 * evaluation.accuracy, evaluation.trainSeconds, evaluation.latencyMsP50,
      evaluation.latencyMsP99);
  add(text, "%-18s %6.2f %%\n", "weighted vote", 100 * evaluation.accuracyVote);
  if (options.clips && evaluation.unitAccuracy) {
    add(text, "%-18s %6.2f %%\n", "whole clips", 100 * *evaluation.unitAccuracy);
  }
  add(text, "\nmacro F1 %.4f, calibration error %.4f, %.0f rows a second, %.0f MB\n",
      evaluation.macroF1, evaluation.ece, evaluation.batchPerSecond, options.peakMemoryMb);
  if (options.twoStage && evaluation.twoStage) {
    const learners::TwoStageScore& score = *evaluation.twoStage;
    add(text, "with the gate: %.2f %% right, gate %.2f %%, %.3f ms instead of %.3f ms on average\n",
        100 * score.accuracy, 100 * score.gateAccuracy, score.latencyMsMean,
        score.oneStageLatencyMsMean);
  }
  add(text, "\n%-24s %8s %19s %7s\n", "label", "right", "95 % between", "rows");
  for (const learners::LabelScore& score : evaluation.perLabel) {
    add(text, "%-24.60s %6.1f %% %6.1f %% and %6.1f %% %6zu\n", score.label.c_str(),
        100 * score.recall, 100 * score.low, 100 * score.high, score.n);
  }
  if (folds.size() > 1) text += "\n";
  for (const FoldEvaluation& fold : folds) {
    if (folds.size() < 2) break;
    add(text, "fold %-12.40s %6.2f %% of %zu rows\n", fold.name.c_str(),
        100 * fold.evaluation.accuracy, fold.evaluation.testRows);
  }
  return text;
}

double peakMemoryMb() {
  rusage used{};
  getrusage(RUSAGE_SELF, &used);
  return static_cast<double>(used.ru_maxrss) / 1024;
}

}  // namespace app
