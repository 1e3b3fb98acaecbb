#include "learners/learning_curve.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>
#include <map>
#include <mutex>
#include <random>
#include <set>

#include "learners/jobs.h"
#include "learners/numbers.h"
#include "learners/standardizer.h"

namespace learners {
namespace {

constexpr int kBootstraps = 200;
constexpr double kZ95 = 1.959963984540054;
constexpr double kShares[] = {0.25, 0.5, 0.75, 1};

double meanOf(const std::vector<double>& values) {
  double sum = 0;
  for (const double value : values) sum += value;
  return values.empty() ? 0 : sum / static_cast<double>(values.size());
}

double deviationOf(const std::vector<double>& values) {
  if (values.size() < 2) return 0;
  const double mean = meanOf(values);
  double sum = 0;
  for (const double value : values) sum += (value - mean) * (value - mean);
  return std::sqrt(sum / static_cast<double>(values.size() - 1));
}

std::vector<double> known(std::vector<double> values) {
  std::erase_if(values, [](double value) { return std::isnan(value); });
  return values;
}

/// A split's training part by label and demonstration.
struct Fold {
  std::map<int, std::vector<std::vector<std::size_t>>> units;  ///< rows of each, per label
  std::vector<std::size_t> test;
};

/// Curves of one label (or all): [replicas][sizes], where a replica is a split and an order.
struct Curves {
  std::vector<std::vector<double>> n;
  std::vector<std::vector<double>> accuracy;
};

/// One number of demonstrations of each label, in one order, in one split.
struct Trial {
  std::size_t fold = 0;
  int repeat = 0;
  int label = -1;  ///< that only `share` of is learnt from; -1: of all
  double share = 1;
  double n = 0;         ///< result: demonstrations of `label`, or per label
  double accuracy = 0;  ///< result
  std::vector<double> recall = {};  ///< result: of each label, NaN where none was tested
};

class Run {
 public:
  Run(const Dataset& data, const std::vector<Split>& splits, const LearnerPtr& learner,
      const LearningCurveOptions& options, const TrainingContext& context)
      : data_(data), learner_(*learner), options_(options), context_(context) {
    std::map<std::int64_t, std::size_t> unitSize;
    for (std::size_t i = 0; i < data.rows(); ++i) ++unitSize[data.content().unit[i]];
    const std::size_t each = std::max<std::size_t>(1, options.mostRows / unitSize.size());
    for (const Split& split : splits) {
      Fold fold;
      std::map<std::pair<int, std::int64_t>, std::vector<std::size_t>> units;
      for (const std::size_t i : split.train) {
        units[{data.label(i), data.content().unit[i]}].push_back(i);
      }
      for (auto& [name, rows] : units) {
        fold.units[name.first].push_back(data.rows() > options.mostRows ? spread(rows, each)
                                                                        : rows);
      }
      fold.test = split.test;
      if (fold.units.size() > 1 && !fold.test.empty()) folds_.push_back(std::move(fold));
    }
    std::map<int, std::set<std::int64_t>> all;
    for (std::size_t i = 0; i < data.rows(); ++i) {
      all[data.label(i)].insert(data.content().unit[i]);
    }
    for (const auto& [label, units] : all) demonstrations_[label] = units.size();
  }

  base::Result<LearningCurve> run();

 private:
  static std::vector<std::size_t> spread(const std::vector<std::size_t>& rows, std::size_t most) {
    if (rows.size() <= most) return rows;
    std::vector<std::size_t> kept;
    for (std::size_t i = 0; i < most; ++i) kept.push_back(rows[i * rows.size() / most]);
    return kept;
  }
  std::vector<std::size_t> rowsOf(Trial& trial) const;
  base::Result<void> ask(Trial& trial) const;
  base::Result<std::vector<Trial>> askAll() const;
  Curves curvesOf(const std::vector<Trial>& trials, int label) const;
  Forecast forecast(const Curves& curves, int label, double now) const;

  const Dataset& data_;
  const Learner& learner_;
  const LearningCurveOptions& options_;
  const TrainingContext& context_;
  std::vector<Fold> folds_;
  std::map<int, std::size_t> demonstrations_;
};

/// The training rows of a trial. A repeat has one order of each label's demonstrations, so that
/// its parts grow.
std::vector<std::size_t> Run::rowsOf(Trial& trial) const {
  std::vector<std::size_t> rows;
  double sum = 0;
  for (const auto& [label, units] : folds_[trial.fold].units) {
    std::vector<std::size_t> order(units.size());
    for (std::size_t u = 0; u < order.size(); ++u) order[u] = u;
    const std::uint64_t part = (trial.fold * 1000 + trial.repeat) * 1000 + label;
    std::mt19937_64 random(seedOf(options_.seed, part));
    std::shuffle(order.begin(), order.end(), random);
    const bool grows = trial.label < 0 || trial.label == label;
    const double wanted = std::round(trial.share * static_cast<double>(units.size()));
    const std::size_t count =
        grows ? std::max<std::size_t>(1, static_cast<std::size_t>(wanted)) : units.size();
    for (std::size_t u = 0; u < count; ++u) {
      rows.insert(rows.end(), units[order[u]].begin(), units[order[u]].end());
    }
    if (trial.label == label) trial.n = static_cast<double>(count);
    sum += static_cast<double>(count);
  }
  if (trial.label < 0) trial.n = sum / static_cast<double>(folds_[trial.fold].units.size());
  std::sort(rows.begin(), rows.end());
  return rows;
}

base::Result<void> Run::ask(Trial& trial) const {
  const DatasetPtr raw = data_.subset(rowsOf(trial));
  const Standardizer standardizer = Standardizer::fit(*raw);
  const auto model = learner_.train(*standardizer.apply(*raw), base::Params(learner_.paramSpecs()),
                                    {.seed = options_.seed, .stop = context_.stop, .progress = {}});
  if (!model) return model.error();
  const DatasetPtr test = standardizer.apply(*data_.subset(folds_[trial.fold].test));
  const std::size_t labels = data_.labelCount();
  std::vector<float> p(test->rows() * labels);
  (*model)->predictBatch(test->content().values, p);
  std::vector<double> right(labels);
  std::vector<double> asked(labels);
  for (std::size_t i = 0; i < test->rows(); ++i) {
    asked[test->label(i)] += 1;
    if (largest(std::span(p).subspan(i * labels, labels)) == test->label(i)) {
      right[test->label(i)] += 1;
    }
  }
  trial.recall.assign(labels, std::numeric_limits<double>::quiet_NaN());
  for (std::size_t c = 0; c < labels; ++c) {
    if (asked[c] > 0) trial.recall[c] = right[c] / asked[c];
  }
  trial.accuracy = meanOf(known(trial.recall));
  return {};
}

base::Result<std::vector<Trial>> Run::askAll() const {
  std::vector<Trial> trials;
  std::set<int> labels = {-1};
  for (const auto& [label, count] : demonstrations_) {
    if (count > 1) labels.insert(label);
  }
  for (std::size_t fold = 0; fold < folds_.size(); ++fold) {
    for (int repeat = 0; repeat < options_.repeats; ++repeat) {
      for (const int label : labels) {
        if (label >= 0 && !folds_[fold].units.contains(label)) continue;
        for (const double share : kShares) {
          // With everything learnt from, neither the label nor the order matters.
          if (share == 1 && (label >= 0 || repeat > 0)) continue;
          trials.push_back({.fold = fold, .repeat = repeat, .label = label, .share = share});
        }
      }
    }
  }
  std::mutex mutex;
  std::optional<base::Error> error;
  Progress progress(context_.progress);
  std::vector<std::function<void()>> jobs;
  for (Trial& trial : trials) {
    jobs.push_back([&] {
      const auto done = context_.stop.stop_requested()
                            ? base::Result<void>(base::Error{base::ErrorCode::Cancelled,
                                                             "The learning curve was stopped."})
                            : ask(trial);
      progress.add(1 / static_cast<double>(trials.size()));
      if (done) return;
      const std::lock_guard lock(mutex);
      if (!error) error = done.error();
    });
  }
  runAll(jobs);
  if (error) return *error;
  return trials;
}

Curves Run::curvesOf(const std::vector<Trial>& trials, int label) const {
  std::map<std::size_t, double> whole;
  std::map<std::size_t, double> wholeN;
  for (const Trial& trial : trials) {
    if (trial.share != 1) continue;
    whole[trial.fold] = trial.accuracy;
    wholeN[trial.fold] = trial.n;
  }
  std::map<std::pair<std::size_t, int>, std::map<double, double>> replicas;
  for (const Trial& trial : trials) {
    if (trial.label != label || trial.share == 1) continue;
    replicas[{trial.fold, trial.repeat}][trial.n] = trial.accuracy;
  }
  Curves curves;
  for (auto& [name, points] : replicas) {
    const Fold& fold = folds_[name.first];
    const double all =
        label < 0 ? wholeN[name.first] : static_cast<double>(fold.units.at(label).size());
    points[all] = whole[name.first];
    auto& n = curves.n.emplace_back();
    auto& accuracy = curves.accuracy.emplace_back();
    for (const auto& [x, y] : points) {
      n.push_back(x);
      accuracy.push_back(y);
    }
  }
  return curves;
}

/// All points of the replicas chosen, as one list.
PowerLaw lawOf(const Curves& curves, const std::vector<std::size_t>& chosen) {
  std::vector<double> n;
  std::vector<double> accuracy;
  for (const std::size_t r : chosen) {
    n.insert(n.end(), curves.n[r].begin(), curves.n[r].end());
    accuracy.insert(accuracy.end(), curves.accuracy[r].begin(), curves.accuracy[r].end());
  }
  return fitPowerLaw(n, accuracy);
}

Forecast Run::forecast(const Curves& curves, int label, double now) const {
  Forecast made{.label = label, .now = now, .more = static_cast<double>(options_.more)};
  const double then = now + made.more;
  std::vector<std::size_t> everyone(curves.n.size());
  for (std::size_t r = 0; r < everyone.size(); ++r) everyone[r] = r;
  const PowerLaw law = lawOf(curves, everyone);
  made.accuracy = law.at(now);
  made.gain = law.at(then) - made.accuracy;

  std::vector<double> gains;
  std::mt19937_64 random(seedOf(options_.seed, 7000 + label));
  for (int b = 0; b < kBootstraps; ++b) {
    std::vector<std::size_t> drawn(curves.n.size());
    for (std::size_t& r : drawn) r = random() % curves.n.size();
    const PowerLaw one = lawOf(curves, drawn);
    gains.push_back(one.at(then) - one.at(now));
  }
  // Which demonstrations come matters too: over the last step, orders differ by so much.
  std::vector<double> steps;
  double stepSize = 0;
  for (std::size_t r = 0; r < curves.n.size(); ++r) {
    const std::size_t last = curves.n[r].size();
    if (last < 2) continue;
    steps.push_back(curves.accuracy[r][last - 1] - curves.accuracy[r][last - 2]);
    stepSize += curves.n[r][last - 1] - curves.n[r][last - 2];
  }
  const double size = steps.empty() ? 1 : stepSize / static_cast<double>(steps.size());
  const double luck = deviationOf(steps) * std::sqrt(made.more / std::max(size, 1.0));
  const double fit = deviationOf(gains);
  const double half = kZ95 * std::sqrt(fit * fit + luck * luck);
  made.low = std::max(made.gain - half, -made.accuracy);
  made.high = std::min(made.gain + half, 1 - made.accuracy);
  return made;
}

base::Result<LearningCurve> Run::run() {
  if (folds_.empty()) return base::invalid("no split leaves two labels to learn from");
  const bool grows = std::any_of(demonstrations_.begin(), demonstrations_.end(),
                                 [](const auto& one) { return one.second > 1; });
  if (!grows) return base::invalid("no label has two examples to grow by");
  const auto trials = askAll();
  if (!trials) return trials.error();

  LearningCurve made;
  const Curves all = curvesOf(*trials, -1);
  std::vector<std::size_t> everyone(all.n.size());
  for (std::size_t r = 0; r < everyone.size(); ++r) everyone[r] = r;
  made.law = lawOf(all, everyone);
  for (const double share : kShares) {
    std::vector<double> n;
    std::vector<double> accuracy;
    std::vector<std::vector<double>> recalls(data_.labelCount());
    for (const Trial& trial : *trials) {
      if (trial.label >= 0 || trial.share != share) continue;
      n.push_back(trial.n);
      accuracy.push_back(trial.accuracy);
      for (std::size_t c = 0; c < recalls.size(); ++c) recalls[c].push_back(trial.recall[c]);
    }
    std::vector<double> recall;
    for (const auto& one : recalls) {
      const std::vector<double> tested = known(one);
      recall.push_back(tested.empty() ? std::numeric_limits<double>::quiet_NaN() : meanOf(tested));
    }
    const double mean = meanOf(accuracy);
    const double half = kZ95 * deviationOf(accuracy);
    made.points.push_back({.demonstrations = meanOf(n),
                           .accuracy = mean,
                           .low = std::max(0.0, mean - half),
                           .high = std::min(1.0, mean + half),
                           .recall = std::move(recall)});
  }
  double sum = 0;
  for (const auto& [label, count] : demonstrations_) sum += static_cast<double>(count);
  made.all = forecast(all, -1, sum / static_cast<double>(demonstrations_.size()));
  for (const auto& [label, count] : demonstrations_) {
    const Curves own = curvesOf(*trials, label);
    if (count < 2 || own.n.empty()) continue;
    made.labels.push_back(forecast(own, label, static_cast<double>(count)));
  }
  std::stable_sort(made.labels.begin(), made.labels.end(),
                   [](const Forecast& a, const Forecast& b) { return a.gain > b.gain; });
  return made;
}

}  // namespace

double PowerLaw::at(double n) const { return std::clamp(a - b * std::pow(n, -c), 0.0, 1.0); }

PowerLaw fitPowerLaw(std::span<const double> n, std::span<const double> accuracy) {
  assert(n.size() == accuracy.size() && !n.empty());
  PowerLaw best;
  double least = -1;
  for (int step = 1; step <= 20; ++step) {
    const double c = 0.1 * step;
    const auto count = static_cast<double>(n.size());
    double x = 0, y = 0, xx = 0, xy = 0;
    for (std::size_t i = 0; i < n.size(); ++i) {
      const double v = std::pow(n[i], -c);
      x += v;
      y += accuracy[i];
      xx += v * v;
      xy += v * accuracy[i];
    }
    const double scatter = xx - x * x / count;
    PowerLaw law{.c = c};
    if (scatter > 1e-12) law.b = std::max(0.0, -(xy - x * y / count) / scatter);
    law.a = (y + law.b * x) / count;
    if (law.a > 1) {  // nothing is better than flawless
      law.a = 1;
      law.b = std::max(0.0, (x - xy) / xx);
    }
    double error = 0;
    for (std::size_t i = 0; i < n.size(); ++i) {
      const double off = accuracy[i] - (law.a - law.b * std::pow(n[i], -c));
      error += off * off;
    }
    if (least < 0 || error < least - 1e-12) {
      least = error;
      best = law;
    }
  }
  return best;
}

base::Result<LearningCurve> learningCurve(const Dataset& data, const std::vector<Split>& splits,
                                          const LearnerPtr& learner,
                                          const LearningCurveOptions& options,
                                          const TrainingContext& context) {
  return Run(data, splits, learner, options, context).run();
}

}  // namespace learners
