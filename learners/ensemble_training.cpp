#include "learners/ensemble_training.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <map>
#include <mutex>
#include <set>

#include "learners/ensemble_math.h"
#include "learners/jobs.h"
#include "learners/numbers.h"
#include "learners/schema_bytes.h"
#include "learners/splits.h"

namespace learners {
namespace {

using Seconds = std::chrono::duration<double>;
using SteadyTime = std::chrono::steady_clock::time_point;

constexpr int kHoldoutFolds = 5;  // one of these is the single holdout of large datasets

double secondsSince(SteadyTime begin) {
  return Seconds(std::chrono::steady_clock::now() - begin).count();
}

base::Error cancelled() { return {base::ErrorCode::Cancelled, "Training was stopped."}; }

struct Member {
  LearnerPtr learner;
  base::Params params;
  ModelPtr model;  ///< the final one
  double fitSeconds = 0;
  std::vector<float> heldOut;  ///< [rows x labels], where a fold could test
};

struct Fold {
  Split split;
  DatasetPtr train;         ///< prepared by its own training rows
  std::vector<float> test;  ///< [test rows x inputs], prepared likewise
};

/// One training from beginning to end.
class Run {
 public:
  Run(const Dataset& data, const EnsembleRecipe& recipe, const TrainingContext& context)
      : data_(data),
        recipe_(recipe),
        context_(context),
        progress_(context.progress),
        labels_(data.labelCount()),
        tested_(data.rows()) {}

  base::Result<TrainedEnsemble> run(const LearnerMap& learners, const OnEnsemble& onEnsemble);

 private:
  base::Result<void> findMembers(const LearnerMap& learners);
  /// Standardised rows by their own standardiser and reduction.
  struct Prepared {
    Standardizer standardizer;
    std::optional<Reduction> reduction;
    DatasetPtr rows;
  };
  base::Result<Prepared> prepared(const Dataset& raw) const;
  base::Result<void> serveFirst(const LearnerMap& learners, const OnEnsemble& onEnsemble);
  void planFolds();
  void prepare(Fold& fold);
  void fitFinal(std::size_t m);
  void fitFold(std::size_t m, const Fold& fold);
  void fitGate();
  base::Result<void> fitAll();
  std::vector<EnsembleMember> weighMembers();
  Calibration scoreHeldOut(const std::vector<EnsembleMember>& members);
  bool everyLabelWasTested() const;
  void failed(const base::Error& error);
  TrainingContext contextFor(std::uint64_t part) const {
    return {.seed = seedOf(recipe_.seed, part), .stop = context_.stop, .progress = {}};
  }
  EnsembleContent content() const {
    EnsembleContent made;
    made.labels = data_.content().labels;
    made.layout = data_.content().layout;
    made.standardizer = standardizer_;
    made.reduction = reduction_;
    made.novelty = novelty_;
    made.datasetHash = data_.hash();
    return made;
  }

  const Dataset& data_;
  const EnsembleRecipe& recipe_;
  const TrainingContext& context_;
  Progress progress_;
  std::size_t labels_;
  SteadyTime begin_ = std::chrono::steady_clock::now();
  Standardizer standardizer_;
  std::optional<Reduction> reduction_;
  DatasetPtr standardised_;
  Novelty novelty_;
  std::optional<Gate> gate_;
  std::vector<Member> members_;
  std::vector<Fold> folds_;
  std::vector<std::uint8_t> tested_;  ///< [rows]: some fold held it out
  EnsembleReport report_;
  std::mutex errorMutex_;
  std::optional<base::Error> error_;
};

void Run::failed(const base::Error& error) {
  const std::lock_guard lock(errorMutex_);
  // Stopping is nobody's fault and must not hide a fault.
  if (!error_ || error_->code == base::ErrorCode::Cancelled) error_ = error;
}

base::Result<void> Run::findMembers(const LearnerMap& learners) {
  if (recipe_.learners.empty() || recipe_.learners.size() > kMostMembers) {
    return base::invalid("An ensemble has 1 to " + std::to_string(kMostMembers) + " learners.");
  }
  for (const std::string& id : recipe_.learners) {
    const auto found = learners.find(id);
    if (found == learners.end()) {
      return base::Error{base::ErrorCode::NotFound, "The learner \"" + id + "\" is not known."};
    }
    const auto params = recipe_.params.find(id);
    members_.push_back({.learner = found->second,
                        .params = params != recipe_.params.end()
                                      ? params->second
                                      : base::Params(found->second->paramSpecs())});
  }
  return {};
}

base::Result<Run::Prepared> Run::prepared(const Dataset& raw) const {
  Prepared made;
  made.standardizer = Standardizer::fit(raw);
  made.rows = made.standardizer.apply(raw);
  if (recipe_.reduction.kind == ReductionKind::None) return made;
  ReductionRecipe recipe = recipe_.reduction;
  recipe.seed = seedOf(recipe_.seed, 4);
  auto reduction = Reduction::fit(*made.rows, recipe);
  if (!reduction) return reduction.error();
  made.rows = reduction->apply(*made.rows);
  made.reduction = std::move(reduction).value();
  return made;
}

/// The bounded-time model on all rows, served alone until the others are there.
base::Result<void> Run::serveFirst(const LearnerMap& learners, const OnEnsemble& onEnsemble) {
  auto all = prepared(data_);
  if (!all) return all.error();
  standardizer_ = std::move(all->standardizer);
  reduction_ = std::move(all->reduction);
  standardised_ = std::move(all->rows);
  const auto logistic = learners.find("logistic");
  if (logistic == learners.end()) return {};
  const auto own = std::find_if(members_.begin(), members_.end(), [](const Member& member) {
    return member.learner->id() == "logistic";
  });
  const bool isMember = own != members_.end();
  const auto fitBegin = std::chrono::steady_clock::now();
  auto model = logistic->second->train(
      *standardised_, isMember ? own->params : base::Params(logistic->second->paramSpecs()),
      contextFor(0));
  if (!model) return model.error();
  if (isMember) {
    own->model = *model;
    own->fitSeconds = secondsSince(fitBegin);
  }
  novelty_ = Novelty::fit(*standardised_, seedOf(recipe_.seed, 1));
  EnsembleContent first = content();
  first.members.push_back({.model = std::move(model).value(),
                           .accuracy = 1 / static_cast<float>(labels_),
                           .weight = 1});
  auto ensemble = Ensemble::make(std::move(first));
  if (!ensemble) return ensemble.error();
  report_.firstModelSeconds = secondsSince(begin_);
  if (onEnsemble) onEnsemble(*ensemble);
  return {};
}

void Run::planFolds() {
  const bool many = data_.rows() > recipe_.manyRows;
  auto splits = demonstrationFolds(data_, many ? kHoldoutFolds : std::max(2, recipe_.folds),
                                   seedOf(recipe_.seed, 2));
  if (many && splits.size() > 1) {
    const auto labelsTested = [&](const Split& split) {
      std::set<int> seen;
      for (const std::size_t i : split.test) seen.insert(data_.label(i));
      return seen.size();
    };
    const auto best = std::max_element(
        splits.begin(), splits.end(),
        [&](const Split& a, const Split& b) { return labelsTested(a) < labelsTested(b); });
    splits = {std::move(*best)};
  }
  for (Split& split : splits) {
    std::set<int> learnt;
    for (const std::size_t i : split.train) learnt.insert(data_.label(i));
    if (learnt.size() < 2) continue;
    for (const std::size_t i : split.test) tested_[i] = 1;
    folds_.push_back({.split = std::move(split)});
  }
}

void Run::prepare(Fold& fold) {
  auto own = prepared(*data_.subset(fold.split.train));
  if (!own) return failed(own.error());
  fold.train = std::move(own->rows);
  const std::size_t inputs = fold.train->features();
  fold.test.resize(fold.split.test.size() * inputs);
  std::vector<float> standardised(data_.features());
  for (std::size_t i = 0; i < fold.split.test.size(); ++i) {
    const std::size_t row = fold.split.test[i];
    const auto to = std::span(fold.test).subspan(i * inputs, inputs);
    if (!own->reduction) {
      own->standardizer.apply(data_.row(row), data_.missing(row), to);
      continue;
    }
    own->standardizer.apply(data_.row(row), data_.missing(row), standardised);
    own->reduction->apply(standardised, to);
  }
}

void Run::fitFinal(std::size_t m) {
  Member& member = members_[m];
  const auto fitBegin = std::chrono::steady_clock::now();
  auto model = member.learner->train(*standardised_, member.params, contextFor(10 + m));
  if (!model) return failed(model.error());
  member.model = std::move(model).value();
  member.fitSeconds = secondsSince(fitBegin);
}

void Run::fitFold(std::size_t m, const Fold& fold) {
  Member& member = members_[m];
  const auto model = member.learner->train(*fold.train, member.params, contextFor(10 + m));
  if (!model) return failed(model.error());
  std::vector<float> p(fold.split.test.size() * labels_);
  (*model)->predictBatch(fold.test, p);
  for (std::size_t i = 0; i < fold.split.test.size(); ++i) {
    std::copy_n(p.data() + i * labels_, labels_,
                member.heldOut.data() + fold.split.test[i] * labels_);
  }
}

void Run::fitGate() {
  auto gate = Gate::train(*standardised_, contextFor(3));
  if (!gate) return failed(gate.error());
  gate_ = std::move(gate).value();
}

base::Result<void> Run::fitAll() {
  std::vector<std::function<void()>> prepareJobs;
  for (Fold& fold : folds_) prepareJobs.push_back([this, &fold] { prepare(fold); });
  runAll(prepareJobs);
  if (error_) return *error_;

  std::vector<std::function<void()>> jobs;
  // Costly learners stand last in a recipe; starting with them keeps all processors busy longest.
  for (std::size_t m = members_.size(); m-- > 0;) {
    members_[m].heldOut.resize(data_.rows() * labels_);
    if (!members_[m].model) jobs.push_back([this, m] { fitFinal(m); });
    for (const Fold& fold : folds_) jobs.push_back([this, m, &fold] { fitFold(m, fold); });
  }
  const int background = data_.background();
  const std::size_t quiet = background < 0 ? 0 : data_.countPerLabel()[background];
  if (quiet > 0) jobs.push_back([this] { fitGate(); });

  const double share = 0.9 / static_cast<double>(std::max<std::size_t>(jobs.size(), 1));
  for (auto& job : jobs) {
    job = [this, share, work = std::move(job)] {
      if (context_.stop.stop_requested()) return failed(cancelled());
      work();
      progress_.add(share);
    };
  }
  runAll(jobs);
  if (error_) return *error_;
  return {};
}

/// Accuracies on held-out rows and the weights that follow from them.
std::vector<EnsembleMember> Run::weighMembers() {
  const auto rows = static_cast<std::size_t>(std::count(tested_.begin(), tested_.end(), 1));
  std::vector<float> accuracies;
  for (const Member& member : members_) {
    std::size_t right = 0;
    for (std::size_t i = 0; i < data_.rows(); ++i) {
      if (tested_[i] == 0) continue;
      const auto p = std::span(member.heldOut).subspan(i * labels_, labels_);
      if (largest(p) == data_.label(i)) ++right;
    }
    accuracies.push_back(rows == 0 ? 1 / static_cast<float>(labels_)
                                   : static_cast<float>(right) / static_cast<float>(rows));
  }
  const auto weights = memberWeights(accuracies, std::max(recipe_.temperature, 1e-3F));
  std::vector<EnsembleMember> made;
  for (std::size_t m = 0; m < members_.size(); ++m) {
    made.push_back({.model = members_[m].model, .accuracy = accuracies[m], .weight = weights[m]});
    report_.members.push_back({.learner = members_[m].learner->id(),
                               .heldOutAccuracy = accuracies[m],
                               .fitSeconds = members_[m].fitSeconds});
  }
  return made;
}

/// What the ensemble would have said about held-out rows: accuracy, units, calibration.
Calibration Run::scoreHeldOut(const std::vector<EnsembleMember>& members) {
  struct Unit {
    std::vector<double> sum;
    int rows = 0;
  };
  std::map<std::pair<std::int64_t, int>, Unit> units;
  std::vector<float> weights;
  for (const EnsembleMember& member : members) weights.push_back(member.weight);
  std::vector<float> all;
  std::vector<int> label;
  std::vector<std::size_t> row;
  std::vector<float> p(members_.size() * labels_);
  std::vector<float> average(labels_);
  std::size_t right = 0;
  for (std::size_t i = 0; i < data_.rows(); ++i) {
    if (tested_[i] == 0) continue;
    for (std::size_t m = 0; m < members_.size(); ++m) {
      std::copy_n(members_[m].heldOut.data() + i * labels_, labels_, p.data() + m * labels_);
    }
    averagedProbability(p, weights, average);
    if (largest(average) == data_.label(i)) ++right;
    all.insert(all.end(), average.begin(), average.end());
    label.push_back(data_.label(i));
    row.push_back(i);
    Unit& unit = units[{data_.content().unit[i], data_.label(i)}];
    unit.sum.resize(labels_);
    for (std::size_t c = 0; c < labels_; ++c) unit.sum[c] += average[c];
    ++unit.rows;
  }
  if (row.empty()) return {};
  report_.accuracy = static_cast<float>(right) / static_cast<float>(row.size());
  for (const auto& [name, unit] : units) {
    const auto top = std::max_element(unit.sum.begin(), unit.sum.end()) - unit.sum.begin();
    report_.units.push_back(
        {.unit = name.first, .label = name.second, .right = top == name.second, .rows = unit.rows});
  }
  // Overlapping windows of one demonstration are one observation, not many.
  std::vector<float> rowWeight;
  for (const std::size_t i : row) {
    const Unit& unit = units[{data_.content().unit[i], data_.label(i)}];
    rowWeight.push_back(1 / static_cast<float>(unit.rows));
  }
  return Calibration::fit(all, label, labels_, rowWeight);
}

/// Whether each label with two demonstrations or more was held out by recording.
bool Run::everyLabelWasTested() const {
  struct Seen {
    std::set<std::int64_t> units;
    std::set<std::int64_t> groups;
    bool tested = false;
  };
  std::map<int, Seen> labels;
  for (std::size_t i = 0; i < data_.rows(); ++i) {
    Seen& seen = labels[data_.label(i)];
    seen.units.insert(data_.content().unit[i]);
    seen.groups.insert(data_.content().group[i]);
    seen.tested = seen.tested || tested_[i] != 0;
  }
  bool any = false;
  for (const auto& [label, seen] : labels) {
    if (seen.units.size() < 2 && seen.groups.size() < 2) continue;
    if (seen.groups.size() < 2 || !seen.tested) return false;
    any = true;
  }
  return any;
}

base::Result<TrainedEnsemble> Run::run(const LearnerMap& learners, const OnEnsemble& onEnsemble) {
  if (const auto fits = checkTrainable(data_); !fits) return fits.error();
  if (const auto found = findMembers(learners); !found) return found.error();
  if (context_.stop.stop_requested()) return cancelled();
  if (const auto first = serveFirst(learners, onEnsemble); !first) return first.error();
  progress_.add(0.1);
  if (novelty_.features() == 0) novelty_ = Novelty::fit(*standardised_, seedOf(recipe_.seed, 1));
  planFolds();
  if (const auto fitted = fitAll(); !fitted) return fitted.error();

  EnsembleContent whole = content();
  whole.members = weighMembers();
  whole.calibration = scoreHeldOut(whole.members);
  whole.gate = std::move(gate_);
  report_.heldOut = everyLabelWasTested();
  auto ensemble = Ensemble::make(std::move(whole));
  if (!ensemble) return ensemble.error();
  if (context_.stop.stop_requested()) return cancelled();
  report_.trainSeconds = secondsSince(begin_);
  if (onEnsemble) onEnsemble(*ensemble);
  return TrainedEnsemble{std::move(ensemble).value(), std::move(report_)};
}

}  // namespace

base::Result<TrainedEnsemble> trainEnsemble(const Dataset& data, const EnsembleRecipe& recipe,
                                            const LearnerMap& learners,
                                            const TrainingContext& context,
                                            const OnEnsemble& onEnsemble) {
  return Run(data, recipe, context).run(learners, onEnsemble);
}

}  // namespace learners
