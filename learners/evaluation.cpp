#include "learners/evaluation.h"

#include <algorithm>
#include <cassert>
#include <chrono>
#include <cmath>
#include <map>
#include <random>

#include "learners/matrix.h"
#include "learners/numbers.h"

namespace learners {
namespace {

constexpr std::size_t kTimedRows = 400;  // fewer than 200 say little about the slowest percent
constexpr std::size_t kWarmUp = 30;
constexpr std::size_t kMemberRows = 100;  // per learner
constexpr std::size_t kPasses = 30;       // over rows that members keep

double quantile(std::vector<double> values, double share) {
  if (values.empty()) return 0;
  std::sort(values.begin(), values.end());
  const double at = share * static_cast<double>(values.size() - 1);
  const auto low = static_cast<std::size_t>(at);
  const std::size_t high = std::min(low + 1, values.size() - 1);
  return values[low] + (at - static_cast<double>(low)) * (values[high] - values[low]);
}

double average(const std::vector<double>& values) {
  double sum = 0;
  for (const double value : values) sum += value;
  return values.empty() ? 0 : sum / static_cast<double>(values.size());
}

/// Milliseconds of each call of `work(row)`, after a warm-up. Rows come round again where there are
/// few.
template <class Work>
std::vector<double> timed(const std::vector<std::size_t>& rows, std::size_t calls,
                          const Work& work) {
  using Clock = std::chrono::steady_clock;
  std::vector<double> times;
  if (rows.empty()) return times;
  for (std::size_t i = 0; i < kWarmUp + calls; ++i) {
    const auto begin = Clock::now();
    work(rows[i % rows.size()]);
    const std::chrono::duration<double, std::milli> taken = Clock::now() - begin;
    if (i >= kWarmUp) times.push_back(taken.count());
  }
  return times;
}

std::vector<std::size_t> sampledRows(const Dataset& test) {
  std::vector<std::size_t> rows(test.rows());
  for (std::size_t i = 0; i < rows.size(); ++i) rows[i] = i;
  std::mt19937_64 random(1);
  std::shuffle(rows.begin(), rows.end(), random);
  rows.resize(std::min(rows.size(), kTimedRows));
  return rows;
}

double share(std::size_t part, std::size_t whole) {
  return whole == 0 ? 0 : static_cast<double>(part) / static_cast<double>(whole);
}

std::size_t rightOf(const Dataset& test, const std::vector<int>& said) {
  std::size_t right = 0;
  for (std::size_t i = 0; i < test.rows(); ++i) {
    if (said[i] == test.label(i)) ++right;
  }
  return right;
}

Interval recallInterval(const Answers& answers, int label) {
  std::vector<std::uint8_t> right;
  std::vector<std::int64_t> unit;
  for (std::size_t i = 0; i < answers.rows(); ++i) {
    if (answers.label[i] != label) continue;
    right.push_back(answers.right[i]);
    unit.push_back(answers.unit[i]);
  }
  return clusteredInterval(right, unit);
}

/// Recalls, their intervals and the mean F1, from the confusion and the answers.
void scorePerLabel(Evaluation& made) {
  const std::size_t labels = made.labels.size();
  double f1 = 0;
  std::size_t seen = 0;
  for (std::size_t c = 0; c < labels; ++c) {
    std::size_t was = 0;
    std::size_t said = 0;
    const std::size_t right = made.confusion[c * labels + c];
    for (std::size_t o = 0; o < labels; ++o) {
      was += made.confusion[c * labels + o];
      said += made.confusion[o * labels + c];
    }
    const Interval interval = recallInterval(made.answers, static_cast<int>(c));
    made.perLabel.push_back({.label = made.labels[c],
                             .recall = share(right, was),
                             .low = interval.low,
                             .high = interval.high,
                             .n = was});
    if (was + said == 0) continue;  // neither was nor was said: nothing to score
    f1 += share(2 * right, was + said);
    ++seen;
  }
  made.macroF1 = seen == 0 ? 0 : f1 / static_cast<double>(seen);
}

/// Whether the averaged probability of each demonstration's rows is right.
std::optional<double> unitScore(const Answers& answers) {
  const auto units = unitAnswers(answers);
  if (units.empty() || units.size() == answers.rows()) return std::nullopt;
  const auto right = std::count_if(units.begin(), units.end(),
                                   [](const UnitAnswer& unit) { return unit.right(); });
  return share(static_cast<std::size_t>(right), units.size());
}

void timeMembers(const TrainedEnsemble& trained, const Dataset& test,
                 const std::vector<std::vector<int>>& said, const std::vector<std::size_t>& rows,
                 Evaluation& made) {
  const auto& content = trained.ensemble->content();
  const std::size_t inputs = trained.ensemble->inputs();
  std::vector<float> prepared(rows.size() * inputs);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    trained.ensemble->prepare(test.row(rows[i]), test.missing(rows[i]),
                              std::span(prepared).subspan(i * inputs, inputs));
  }
  std::vector<std::size_t> own(rows.size());
  for (std::size_t i = 0; i < own.size(); ++i) own[i] = i;
  std::vector<float> p(test.labelCount());
  for (std::size_t m = 0; m < content.members.size(); ++m) {
    const Model& model = *content.members[m].model;
    const auto times = timed(own, kMemberRows, [&](std::size_t i) {
      model.predict(std::span(prepared).subspan(i * inputs, inputs), p);
    });
    made.learners.push_back(
        {.learner = std::string(model.kind()),
         .accuracy = share(rightOf(test, said[m]), test.rows()),
         .fitSeconds = m < trained.report.members.size() ? trained.report.members[m].fitSeconds : 0,
         .latencyMsP50 = quantile(times, 0.5)});
  }
}

/// Median milliseconds of one pass over as many bytes of kept rows as an answer reads: both halves
/// at once, to which memory gives the most.
double floorOf(const Ensemble& ensemble) {
  std::span<const float> kept;
  for (const EnsembleMember& member : ensemble.content().members) {
    const auto own = member.model->keptRows();
    if (own.size() > kept.size()) kept = own;
  }
  if (ensemble.keptBytes() > 0) kept = kept.first(ensemble.keptBytes() / sizeof(float));
  if (kept.empty()) return 0;
  volatile float sum = 0;  // so that the pass is made
  const std::size_t half = kept.size() / 2;
  const auto pass = [&](std::size_t) {
    sum = squaredDistance(kept.data(), kept.data() + half, half);
  };
  return quantile(timed({0}, kPasses, pass), 0.5);
}

void scoreTwoStages(const Ensemble& ensemble, const Dataset& test,
                    const std::vector<std::size_t>& rows, double oneStageMean, Evaluation& made) {
  const int background = test.background();
  if (!ensemble.content().gate || background < 0 || test.rows() == 0) return;
  TwoStageScore score;
  std::size_t gateRight = 0;
  std::size_t right = 0;
  for (std::size_t i = 0; i < test.rows(); ++i) {
    const Prediction said = ensemble.predict(test.row(i), test.missing(i));
    const bool passed = said.stage != Stage::Gate;
    if (passed == (test.label(i) != background)) ++gateRight;
    if (said.label == test.label(i)) ++right;
  }
  score.gateAccuracy = share(gateRight, test.rows());
  score.accuracy = share(right, test.rows());
  score.oneStageLatencyMsMean = oneStageMean;
  score.latencyMsMean = average(timed(
      rows, kTimedRows, [&](std::size_t i) { ensemble.predict(test.row(i), test.missing(i)); }));
  made.twoStage = score;
}

}  // namespace

Evaluation evaluate(const TrainedEnsemble& trained, const Dataset& train, const Dataset& test) {
  const Ensemble& ensemble = *trained.ensemble;
  const std::size_t labels = ensemble.labels().size();
  assert(test.labelCount() == labels);
  Evaluation made;
  made.trainRows = train.rows();
  made.testRows = test.rows();
  made.features = test.features();
  made.trainSeconds = trained.report.trainSeconds;
  for (const Label& label : test.content().labels) made.labels.push_back(label.name);

  std::vector<int> voted;
  std::vector<std::vector<int>> memberLabel;
  const auto begin = std::chrono::steady_clock::now();
  std::vector<float> p = ensemble.predictBatch(test, &voted, &memberLabel);
  const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - begin;
  made.batchPerSecond = static_cast<double>(test.rows()) / std::max(taken.count(), 1e-9);

  made.confusion.assign(labels * labels, 0);
  made.answers = answersAbout(test, std::move(p));
  for (std::size_t i = 0; i < test.rows(); ++i) {
    ++made.confusion[test.label(i) * labels + made.answers.said[i]];
  }
  made.accuracy = share(rightOf(test, made.answers.said), test.rows());
  made.accuracyVote = share(rightOf(test, voted), test.rows());
  made.ece = expectedCalibrationError(made.answers.certainty, made.answers.right);
  made.eceMeanOfFolds = made.ece;
  made.unitAccuracy = unitScore(made.answers);
  scorePerLabel(made);

  const auto rows = sampledRows(test);
  const auto times = timed(rows, kTimedRows, [&](std::size_t i) {
    ensemble.predict(test.row(i), test.missing(i), Ensemble::Use::MembersOnly);
  });
  made.latencyMsP50 = quantile(times, 0.5);
  made.latencyMsP99 = quantile(times, 0.99);
  made.latencyMsFloor = floorOf(ensemble);
  timeMembers(trained, test, memberLabel, rows, made);
  scoreTwoStages(ensemble, test, rows, average(times), made);
  return made;
}

Evaluation meanOf(const std::vector<Evaluation>& folds) {
  Evaluation made;
  if (folds.empty()) return made;
  const double n = static_cast<double>(folds.size());
  made = folds.front();
  const auto mean = [&](const auto& get) {
    double sum = 0;
    for (const Evaluation& fold : folds) sum += get(fold);
    return sum / n;
  };
  made.trainRows = made.testRows = 0;
  made.answers = {};
  std::fill(made.confusion.begin(), made.confusion.end(), std::size_t{0});
  for (const Evaluation& fold : folds) {
    made.trainRows += fold.trainRows;
    made.testRows += fold.testRows;
    append(made.answers, fold.answers);
    assert(fold.confusion.size() == made.confusion.size());
    for (std::size_t i = 0; i < made.confusion.size(); ++i) made.confusion[i] += fold.confusion[i];
  }
  for (std::size_t m = 0; m < made.learners.size(); ++m) {
    made.learners[m].accuracy = mean([&](const Evaluation& e) { return e.learners[m].accuracy; });
    made.learners[m].fitSeconds =
        mean([&](const Evaluation& e) { return e.learners[m].fitSeconds; });
    made.learners[m].latencyMsP50 =
        mean([&](const Evaluation& e) { return e.learners[m].latencyMsP50; });
  }
  made.perLabel.clear();
  scorePerLabel(made);
  made.accuracy = mean([](const Evaluation& e) { return e.accuracy; });
  made.accuracyVote = mean([](const Evaluation& e) { return e.accuracyVote; });
  made.macroF1 = mean([](const Evaluation& e) { return e.macroF1; });
  made.ece = expectedCalibrationError(made.answers.certainty, made.answers.right);
  made.eceMeanOfFolds = mean([](const Evaluation& e) { return e.ece; });
  made.trainSeconds = mean([](const Evaluation& e) { return e.trainSeconds; });
  made.latencyMsP50 = mean([](const Evaluation& e) { return e.latencyMsP50; });
  made.latencyMsP99 = mean([](const Evaluation& e) { return e.latencyMsP99; });
  made.latencyMsFloor = mean([](const Evaluation& e) { return e.latencyMsFloor; });
  made.batchPerSecond = mean([](const Evaluation& e) { return e.batchPerSecond; });
  const auto all = [&](const auto& has) { return std::all_of(folds.begin(), folds.end(), has); };
  made.unitAccuracy.reset();
  if (all([](const Evaluation& e) { return e.unitAccuracy.has_value(); })) {
    made.unitAccuracy = mean([](const Evaluation& e) { return *e.unitAccuracy; });
  }
  made.twoStage.reset();
  if (all([](const Evaluation& e) { return e.twoStage.has_value(); })) {
    made.twoStage = TwoStageScore{
        .gateAccuracy = mean([](const Evaluation& e) { return e.twoStage->gateAccuracy; }),
        .accuracy = mean([](const Evaluation& e) { return e.twoStage->accuracy; }),
        .latencyMsMean = mean([](const Evaluation& e) { return e.twoStage->latencyMsMean; }),
        .oneStageLatencyMsMean =
            mean([](const Evaluation& e) { return e.twoStage->oneStageLatencyMsMean; })};
  }
  return made;
}

}  // namespace learners
