#include "app/check.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <set>

#include "app/map_trail.h"
#include "learners/calibration.h"
#include "learners/held_out_plan.h"
#include "learners/member_policy.h"
#include "learners/numbers.h"
#include "learners/standardizer.h"
#include "learners/tsne.h"

namespace app {
namespace {

using learners::Dataset;
using learners::PredictionState;

constexpr std::size_t kMostMapped = 1500;
constexpr std::size_t kMostTsne = 800;
constexpr std::size_t kMostDrifts = 12;
constexpr std::size_t kTimedRows = 64;
constexpr const char* kCurveLearner = "knn";  // hundreds of trainings: the cheapest

/// The splits of the exam, for checks that learn themselves.
std::vector<learners::Split> splitsOf(const CheckInput& input) {
  return learners::planHeldOut(*input.data, 4, learners::ExamOptions().manyRows,
                               learners::seedOf(input.seed, 2))
      .folds;
}

/// Up to `most` rows that were asked about, evenly spread, as indices into the report's windows.
std::vector<std::size_t> someWindows(const CheckReport& report, std::size_t most) {
  const std::size_t all = report.windows.size();
  std::vector<std::size_t> chosen;
  const std::size_t n = std::min(all, most);
  for (std::size_t i = 0; i < n; ++i) chosen.push_back(i * all / n);
  return chosen;
}

/// The rows of `windows`.
learners::DatasetPtr rowsOf(const CheckReport& report, const CheckInput& input,
                            const std::vector<std::size_t>& windows) {
  std::vector<std::size_t> rows;
  for (const std::size_t i : windows) rows.push_back(report.answers->row[i]);
  return input.data->subset(rows);
}

base::Result<void> addMap(CheckReport& report, CheckMap::Kind kind, const CheckInput& input,
                          const learners::TrainingContext& context) {
  const auto windows =
      someWindows(report, kind == CheckMap::Kind::Tsne ? kMostTsne : kMostMapped);
  const auto chosen = rowsOf(report, input, windows);
  auto standardizer = learners::Standardizer::fit(*chosen);
  const auto rows = standardizer.apply(*chosen);  // as members see them
  CheckMap map{.kind = kind, .points = {}};
  const auto put = [&](std::size_t i, float x, float y) {
    map.points.push_back({.x = x, .y = y, .window = windows[i]});
  };
  if (kind == CheckMap::Kind::Tsne) {
    const auto placed = learners::tsne(*rows, {.seed = input.seed, .stop = context.stop});
    if (!placed) return placed.error();
    for (std::size_t i = 0; i < placed->size(); ++i) put(i, (*placed)[i][0], (*placed)[i][1]);
  } else {
    auto reduction = learners::Reduction::fit(
        *rows, {.kind = kind == CheckMap::Kind::Pca ? learners::ReductionKind::Pca
                                                    : learners::ReductionKind::KpcaCosine,
                .components = 2,
                .seed = input.seed});
    if (!reduction) return reduction.error();
    std::vector<float> at(reduction->components());
    for (std::size_t i = 0; i < rows->rows(); ++i) {
      reduction->apply(rows->row(i), at);
      put(i, at[0], at.size() > 1 ? at[1] : 0);
    }
    map.projection = std::make_shared<const MapProjection>(
        std::move(standardizer), *std::move(reduction), input.data->content().layout.hash());
  }
  std::erase_if(report.maps, [&](const CheckMap& other) { return other.kind == kind; });
  report.maps.push_back(std::move(map));
  return {};
}

base::Result<void> addMaps(CheckReport& report, const CheckInput& input,
                           const learners::TrainingContext& context) {
  if (auto made = addMap(report, CheckMap::Kind::Pca, input, context); !made) return made;
  return addMap(report, CheckMap::Kind::KernelPca, input, context);
}

base::Result<void> addLeaks(CheckReport& report, const CheckInput& input,
                            const learners::TrainingContext& context) {
  auto found =
      learners::checkLeaks(*input.data, splitsOf(input), {.seed = input.seed}, context);
  if (!found) return found.error();
  report.leaks = std::move(*found);
  return {};
}

base::Result<void> addSuspicious(CheckReport& report, const CheckInput& input,
                                 const learners::TrainingContext&) {
  report.suspicious = learners::checkLabels(*input.data, *report.answers);
  return {};
}

base::Result<void> addCurve(CheckReport& report, const CheckInput& input,
                            const learners::TrainingContext& context) {
  const auto learner = input.learners->find(kCurveLearner);
  if (learner == input.learners->end()) return base::invalid("There is no learner to try with.");
  auto made = learners::learningCurve(*input.data, splitsOf(input), learner->second,
                                      {.seed = input.seed}, context);
  if (!made) return made.error();
  report.curve = std::move(*made);
  return {};
}

/// Median milliseconds of `work` on each of `rows`.
template <class Work>
double medianMs(std::size_t rows, const Work& work) {
  std::vector<double> times;
  for (std::size_t i = 0; i < rows; ++i) {
    const auto begin = std::chrono::steady_clock::now();
    work(i);
    times.push_back(
        std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count());
  }
  if (times.empty()) return 0;
  std::nth_element(times.begin(), times.begin() + static_cast<std::ptrdiff_t>(times.size() / 2),
                   times.end());
  return times[times.size() / 2];
}

base::Result<void> addStages(CheckReport& report, const CheckInput& input,
                             const learners::TrainingContext&) {
  const learners::Ensemble& ensemble = *input.ensemble;
  const auto& content = ensemble.content();
  if (ensemble.schema() != input.data->content().layout.hash()) {
    return base::invalid("The model in service looks at other features than today's examples.");
  }
  const std::size_t n = std::min(input.data->rows(), kTimedRows);
  const std::size_t width = ensemble.inputs();
  std::vector<float> rows(n * width);
  const auto rowAt = [&](std::size_t i) { return std::span(rows).subspan(i * width, width); };
  const auto raw = [&](std::size_t i) { return i * input.data->rows() / n; };
  using Kind = StageTime::Kind;
  report.stages = {{"", Kind::Prepare, medianMs(n, [&](std::size_t i) {
                      ensemble.prepare(input.data->row(raw(i)), input.data->missing(raw(i)),
                                       rowAt(i));
                    })}};
  if (content.gate) {
    report.stages.push_back({"", Kind::Gate, medianMs(n, [&](std::size_t i) {
                               [[maybe_unused]] const float p = content.gate->probability(rowAt(i));
                             })});
  }
  std::vector<float> p(ensemble.labels().size());
  for (const auto& member : content.members) {
    const auto learner = input.learners->find(std::string(member.model->kind()));
    const std::string title = learner == input.learners->end() ? std::string(member.model->kind())
                                                               : learner->second->title();
    report.stages.push_back(
        {title, Kind::Member, medianMs(n, [&](std::size_t i) { member.model->predict(rowAt(i), p); })});
  }
  report.stages.push_back({"", Kind::Certainty, medianMs(n, [&](std::size_t i) {
                             content.calibration.apply(p);
                             [[maybe_unused]] const float novelty = content.novelty.score(rowAt(i));
                           })});
  return {};
}

/// Two-sample Kolmogorov-Smirnov statistic; both are sorted here.
double distanceOf(std::vector<float> a, std::vector<float> b) {
  std::sort(a.begin(), a.end());
  std::sort(b.begin(), b.end());
  double most = 0;
  std::size_t i = 0;
  std::size_t j = 0;
  while (i < a.size() && j < b.size()) {
    const float at = std::min(a[i], b[j]);
    while (i < a.size() && a[i] <= at) ++i;
    while (j < b.size() && b[j] <= at) ++j;
    most = std::max(most, std::abs(static_cast<double>(i) / static_cast<double>(a.size()) -
                                   static_cast<double>(j) / static_cast<double>(b.size())));
  }
  return most;
}

base::Result<void> addDrift(CheckReport& report, const CheckInput& input,
                            const learners::TrainingContext& context) {
  const Dataset& data = *input.data;
  if (data.content().span.empty()) return base::invalid("The examples have no times.");
  // The last third of each label's demonstrations against those before it. Every demonstration is
  // one value, the mean of its windows less the mean of its label, so that how often a label was
  // shown plays no part and windows that hang together count once.
  struct Unit {
    base::Time begin;
    int label = 0;
    std::vector<std::size_t> rows;
  };
  std::map<std::int64_t, Unit> units;
  for (std::size_t row = 0; row < data.rows(); ++row) {
    Unit& unit = units[data.content().unit[row]];
    if (unit.rows.empty()) unit.begin = data.content().span[row].begin;
    unit.label = data.label(row);
    unit.rows.push_back(row);
  }
  std::map<int, std::vector<std::pair<base::Time, std::int64_t>>> byLabel;
  for (const auto& [id, unit] : units) byLabel[unit.label].emplace_back(unit.begin, id);
  std::vector<std::int64_t> early;
  std::vector<std::int64_t> late;
  for (auto& [label, all] : byLabel) {
    if (all.size() < 3) continue;
    std::sort(all.begin(), all.end());
    const std::size_t cut = all.size() - std::max<std::size_t>(1, all.size() / 3);
    for (std::size_t i = 0; i < all.size(); ++i) (i < cut ? early : late).push_back(all[i].second);
  }
  if (late.size() < 4 || early.size() < 6) {
    return base::invalid("Too few examples to tell earlier from later ones: ten are enough.");
  }
  const auto n = static_cast<double>(early.size());
  const auto m = static_cast<double>(late.size());
  const double perFeature = 0.05 / static_cast<double>(data.features());
  const double limit = std::sqrt(-0.5 * std::log(perFeature / 2) * (n + m) / (n * m));
  report.drift.clear();
  for (std::size_t f = 0; f < data.features(); ++f) {
    if (context.stop.stop_requested()) {
      return base::Error{base::ErrorCode::Cancelled, "The check was stopped."};
    }
    std::map<int, std::pair<double, double>> ofLabel;  // sum and count of its demonstrations
    std::map<std::int64_t, double> mean;
    for (const auto& [id, unit] : units) {
      double sum = 0;
      for (const std::size_t row : unit.rows) sum += static_cast<double>(data.row(row)[f]);
      mean[id] = sum / static_cast<double>(unit.rows.size());
      ofLabel[unit.label].first += mean[id];
      ofLabel[unit.label].second += 1;
    }
    const auto values = [&](const std::vector<std::int64_t>& ids) {
      std::vector<float> made;
      for (const std::int64_t id : ids) {
        const auto& [sum, count] = ofLabel[units[id].label];
        made.push_back(static_cast<float>(mean[id] - sum / count));
      }
      return made;
    };
    report.drift.push_back({.feature = data.content().layout.features[f].name,
                            .distance = distanceOf(values(early), values(late)),
                            .limit = limit,
                            .units = late});
  }
  std::stable_sort(report.drift.begin(), report.drift.end(),
                   [](const auto& a, const auto& b) { return a.distance > b.distance; });
  if (report.drift.size() > kMostDrifts) report.drift.resize(kMostDrifts);
  return {};
}

}  // namespace

base::Result<learners::Exam> examOf(const CheckInput& input,
                                    const learners::TrainingContext& context) {
  auto exam = learners::prepareExam(*input.data, *input.ensemble, *input.learners, context);
  if (!exam) return exam.error();
  if (exam->examiners.empty()) {
    return base::Error{base::ErrorCode::NotFound,
                       "No honest score yet: every recording was used for learning. Record one more "
                       "of each and I will keep it for testing."};
  }
  return exam;
}

CheckReport scoresOf(const CheckInput& input, const learners::Exam& exam) {
  const Dataset& data = *input.data;
  const learners::ExamAnswers said = learners::askExam(exam, data);
  CheckReport report{.datasetHash = data.hash(),
                     .ensembleHash = input.ensemble->hash(),
                     .version = input.version,
                     .labels = data.content().labels,
                     .background = data.background(),
                     .limits = exam.examiners.front().ensemble->content().limits,
                     .byRecording = exam.byRecording};
  std::set<std::int64_t> units;
  std::set<std::int64_t> groups;
  learners::Answers known = said.answers;  // with "not known" and "no data" as wrong answers
  for (std::size_t i = 0; i < said.answers.rows(); ++i) {
    CheckedWindow window{.unit = said.answers.unit[i],
                         .group = said.answers.group[i],
                         .label = said.answers.label[i],
                         .said = said.answers.said[i],
                         .certainty = said.answers.certainty[i],
                         .novelty = said.novelty[i],
                         .byGate = said.byGate[i] != 0};
    if (said.state[i] == PredictionState::Novel) window.said = CheckedWindow::kNotKnown;
    if (said.state[i] == PredictionState::NoData) window.said = CheckedWindow::kNoData;
    if (!data.content().span.empty()) window.span = data.content().span[said.answers.row[i]];
    known.right[i] = window.right() ? 1 : 0;
    units.insert(window.unit);
    groups.insert(window.group);
    report.windows.push_back(window);
  }
  report.answers = std::make_shared<const learners::Answers>(said.answers);
  report.examples = units.size();
  report.recordings = groups.size();
  // Certainty promises that the headline is right, known or not.
  report.reliability = learners::reliability(said.answers);
  report.calibrationError =
      learners::expectedCalibrationError(said.answers.certainty, said.answers.right);
  report.groups = learners::scoreGroups(known);
  report.hidden = learners::hiddenSubgroups(data, known, input.seed);
  std::map<std::size_t, std::size_t> windowOf;
  for (std::size_t i = 0; i < known.rows(); ++i) windowOf[known.row[i]] = i;
  for (learners::HiddenSubgroup& hidden : report.hidden) {
    for (std::size_t& row : hidden.rows) row = windowOf.contains(row) ? windowOf[row] : 0;
  }
  for (const auto& feature : data.content().layout.features) {
    report.features.push_back(feature.name);
  }
  report.partsDone = 1;
  return report;
}

base::Result<void> addPart(CheckReport& report, CheckPart part, const CheckInput& input,
                           const learners::TrainingContext& context) {
  using Add = base::Result<void> (*)(CheckReport&, const CheckInput&,
                                     const learners::TrainingContext&);
  Add add = nullptr;
  switch (part) {
    case CheckPart::Scores:
    case CheckPart::WhatIf:
    case CheckPart::Rival:
      return {};
    case CheckPart::Map: add = addMaps; break;
    case CheckPart::Leaks: add = addLeaks; break;
    case CheckPart::Labels: add = addSuspicious; break;
    case CheckPart::Curve: add = addCurve; break;
    case CheckPart::Stages: add = addStages; break;
    case CheckPart::Drift: add = addDrift; break;
    case CheckPart::PrettyMap:
      add = [](CheckReport& to, const CheckInput& from, const learners::TrainingContext& how) {
        return addMap(to, CheckMap::Kind::Tsne, from, how);
      };
      break;
  }
  report.troubles.erase(part);
  if (const auto added = add(report, input, context); !added) {
    if (added.error().code == base::ErrorCode::Cancelled) return added.error();
    report.troubles[part] = added.error().message;
  }
  if (context.stop.stop_requested()) {
    return base::Error{base::ErrorCode::Cancelled, "The check was stopped."};
  }
  ++report.partsDone;
  return {};
}

}  // namespace app
