#include "learners/ensemble_training.h"

#include <algorithm>
#include <chrono>
#include <mutex>

#include "learners/ensemble_math.h"
#include "learners/jobs.h"
#include "learners/member_parts.h"
#include "learners/numbers.h"
#include "learners/schema_bytes.h"

namespace learners {
namespace {

using SteadyTime = std::chrono::steady_clock::time_point;

/// Multiplications the first model may cost at its fewest steps: a second or two on one core.
constexpr double kFirstWork = 2e10;
constexpr double kFirstSteps = 20;
constexpr std::size_t kTimedRows = 64;
constexpr std::uint64_t kMemberSeeds = 10;  // seeds of members follow those of other parts

double secondsSince(SteadyTime begin) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

base::Error cancelled() { return {base::ErrorCode::Cancelled, "Training was stopped."}; }

struct Member {
  MemberSpec spec;
  ModelPtr model;  ///< the final one
  double fitSeconds = 0;
  double latencyMs = 0;
  std::vector<float> heldOut;  ///< [held-out rows x labels]
  std::size_t open = 0;        ///< parts not yet fitted
  bool serves = true;          ///< by the policy
  bool ready = false;
};

/// One training from beginning to end.
class Run {
 public:
  Run(const Dataset& data, const EnsembleRecipe& recipe, const TrainingContext& context,
      const OnEnsemble& onEnsemble, const Checkpoints& checkpoints)
      : data_(data),
        recipe_(recipe),
        context_(context),
        onEnsemble_(onEnsemble),
        parts_(originOf(data, recipe.reduction, seedOf(recipe.seed, 4)), context.stop, checkpoints),
        progress_(context.progress),
        labels_(data.labelCount()) {}

  base::Result<TrainedEnsemble> run(const LearnerMap& learners);

 private:
  /// Members that can serve, and what they say about held-out rows together.
  struct Assembled {
    std::vector<EnsembleMember> members;
    std::vector<std::size_t> index;  ///< into members_
    HeldOutScore score;
    float temperature = 0;
  };

  base::Result<void> findMembers(const LearnerMap& learners);
  base::Result<void> serveFirst(const LearnerMap& learners);
  void fitFinal(std::size_t m);
  void fitFold(std::size_t m, std::size_t f);
  std::string foldName(std::size_t f) const;
  void fitGate();
  void fitNovelty();
  base::Result<void> fitAll();
  base::Result<void> choose();
  base::Result<void> runJobs(std::vector<std::function<void()>> jobs, double share);
  std::function<void()> memberJob(std::size_t m, std::function<void()> work);
  void joined(std::size_t m);
  Assembled assemble() const;
  base::Result<EnsemblePtr> make(Assembled assembled) const;
  void measureLatencies();
  void failed(const base::Error& error);
  TrainingContext contextFor(std::uint64_t part) const {
    return {.seed = seedOf(recipe_.seed, part), .stop = context_.stop, .progress = {}};
  }

  const Dataset& data_;
  const EnsembleRecipe& recipe_;
  const TrainingContext& context_;
  const OnEnsemble& onEnsemble_;
  MemberParts parts_;
  Progress progress_;
  std::size_t labels_;
  SteadyTime begin_ = std::chrono::steady_clock::now();
  Standardizer standardizer_;
  std::optional<Reduction> reduction_;
  DatasetPtr prepared_;
  HeldOutPlan plan_;
  std::vector<PreparedFold> folds_;
  std::vector<Member> members_;
  std::mutex mutex_;  ///< guards what follows, and open and ready of members, while jobs run
  Novelty novelty_;
  std::optional<Gate> gate_;
  EnsembleReport report_;
  std::optional<base::Error> error_;
};

void Run::failed(const base::Error& error) {
  const std::lock_guard lock(mutex_);
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
    members_.push_back({.spec = {.learner = found->second,
                                 .params = params != recipe_.params.end()
                                               ? params->second
                                               : base::Params(found->second->paramSpecs()),
                                 .seed = seedOf(recipe_.seed, kMemberSeeds + members_.size())}});
  }
  return {};
}

/// The bounded-time model, served alone until the others are there.
base::Result<void> Run::serveFirst(const LearnerMap& learners) {
  auto all = prepareRows(data_, recipe_.reduction, seedOf(recipe_.seed, 4));
  if (!all) return all.error();
  standardizer_ = std::move(all->standardizer);
  reduction_ = std::move(all->reduction);
  prepared_ = std::move(all->rows);
  const auto logistic = learners.find("logistic");
  if (logistic == learners.end()) return {};
  const auto own = std::find_if(members_.begin(), members_.end(), [](const Member& member) {
    return member.spec.learner->id() == "logistic";
  });
  const double perRow =
      2 * kFirstSteps * static_cast<double>(prepared_->features()) * static_cast<double>(labels_);
  const DatasetPtr rows = thinned(prepared_, static_cast<std::size_t>(kFirstWork / perRow) + 1);
  const bool isMember = own != members_.end() && rows == prepared_;
  auto part = isMember ? parts_.fitFinal(own->spec, *rows)
                       : parts_.fitFinal({.learner = logistic->second,
                                          .params = base::Params(logistic->second->paramSpecs()),
                                          .seed = seedOf(recipe_.seed, 0)},
                                         *rows);
  if (!part) return part.error();
  if (isMember) {
    own->model = part->model;
    own->fitSeconds = part->fitSeconds;
  }
  Assembled first;
  first.members.push_back(
      {.model = std::move(part->model), .accuracy = 1 / static_cast<float>(labels_), .weight = 1});
  auto ensemble = make(std::move(first));
  if (!ensemble) return ensemble.error();
  report_.firstModelSeconds = secondsSince(begin_);
  if (onEnsemble_) {
    onEnsemble_({.ensemble = std::move(ensemble).value(),
                 .join = {.learner = "logistic", .seconds = report_.firstModelSeconds},
                 .wanted = members_.size()});
  }
  return {};
}

void Run::fitFinal(std::size_t m) {
  auto part = parts_.fitFinal(members_[m].spec, *prepared_);
  if (!part) return failed(part.error());
  members_[m].model = std::move(part->model);
  members_[m].fitSeconds = part->fitSeconds;
}

void Run::fitFold(std::size_t m, std::size_t f) {
  const PreparedFold& fold = folds_[f];
  const auto p = parts_.fitFold(members_[m].spec, fold, foldName(f));
  if (!p) return failed(p.error());
  for (std::size_t i = 0; i < fold.split.test.size(); ++i) {
    std::copy_n(p->data() + i * labels_, labels_,
                members_[m].heldOut.data() + plan_.place[fold.split.test[i]] * labels_);
  }
}

/// Names a fold by all that decides which rows are in it, but for the data.
std::string Run::foldName(std::size_t f) const {
  return "fold " + std::to_string(f) + " of " + std::to_string(recipe_.folds) +
         ", one of more than " + std::to_string(recipe_.manyRows) + " rows, seed " +
         std::to_string(recipe_.seed);
}

void Run::fitGate() {
  auto gate = Gate::train(*prepared_, contextFor(3));
  if (!gate) return failed(gate.error());
  const std::lock_guard lock(mutex_);
  gate_ = std::move(gate).value();
}

void Run::fitNovelty() {
  auto novelty = Novelty::fit(*prepared_, seedOf(recipe_.seed, 1));
  const std::lock_guard lock(mutex_);
  novelty_ = std::move(novelty);
}

/// One part of a member's training; the last one brings it into service.
std::function<void()> Run::memberJob(std::size_t m, std::function<void()> work) {
  ++members_[m].open;
  return [this, m, work = std::move(work)] {
    work();
    const std::lock_guard lock(mutex_);
    if (--members_[m].open == 0 && !error_) joined(m);
  };
}

/// Runs jobs side by side until all are done or one failed; they are `share` of the whole work.
base::Result<void> Run::runJobs(std::vector<std::function<void()>> jobs, double share) {
  const double each = share / static_cast<double>(std::max<std::size_t>(jobs.size(), 1));
  for (auto& job : jobs) {
    job = [this, each, work = std::move(job)] {
      if (context_.stop.stop_requested()) return failed(cancelled());
      work();
      progress_.add(each);
    };
  }
  runAll(jobs);
  if (error_) return *error_;
  return {};
}

/// LowLatency: fits every final model, measures, and leaves out all but the fastest.
base::Result<void> Run::choose() {
  std::vector<std::function<void()>> jobs;
  for (std::size_t m = 0; m < members_.size(); ++m) {
    if (!members_[m].model) jobs.push_back([this, m] { fitFinal(m); });
  }
  if (const auto fitted = runJobs(std::move(jobs), 0.3); !fitted) return fitted;
  measureLatencies();
  std::vector<double> latencies;
  for (Member& member : members_) {
    latencies.push_back(member.latencyMs);
    member.serves = false;
  }
  for (const std::size_t m : fastest(latencies, kFastestMembers)) members_[m].serves = true;
  for (const Member& member : members_) {
    if (!member.serves) report_.leftOut.push_back(member.spec.learner->id());
  }
  return {};
}

base::Result<void> Run::fitAll() {
  plan_ = planHeldOut(data_, recipe_.folds, recipe_.manyRows, seedOf(recipe_.seed, 2));
  const bool few = recipe_.policy == MemberPolicy::LowLatency && members_.size() > kFastestMembers;
  if (few) {
    if (const auto chosen = choose(); !chosen) return chosen;
  }
  folds_.resize(plan_.folds.size());
  std::vector<std::function<void()>> prepareJobs;
  for (std::size_t f = 0; f < folds_.size(); ++f) {
    prepareJobs.push_back([this, f] {
      auto fold = prepareFold(data_, plan_.folds[f], recipe_.reduction, seedOf(recipe_.seed, 4));
      if (!fold) return failed(fold.error());
      folds_[f] = std::move(fold).value();
    });
  }
  runAll(prepareJobs);
  if (error_) return *error_;

  std::vector<std::function<void()>> jobs;
  const int background = data_.background();
  const std::size_t quiet = background < 0 ? 0 : data_.countPerLabel()[background];
  if (quiet > 0) jobs.push_back([this] { fitGate(); });
  jobs.push_back([this] { fitNovelty(); });
  for (std::size_t m = 0; m < members_.size(); ++m) {
    if (!members_[m].serves) continue;
    members_[m].heldOut.resize(plan_.rows.size() * labels_);
    for (std::size_t f = 0; f < folds_.size(); ++f) {
      jobs.push_back(memberJob(m, [this, m, f] { fitFold(m, f); }));
    }
    jobs.push_back(memberJob(m, [this, m] {
      if (!members_[m].model) fitFinal(m);
    }));
  }
  if (const auto fitted = runJobs(std::move(jobs), few ? 0.6 : 0.9); !fitted) return fitted;
  measureLatencies();
  return {};
}

void Run::measureLatencies() {
  const DatasetPtr rows = thinned(prepared_, kTimedRows);
  for (Member& member : members_) {
    if (member.serves) member.latencyMs = measureLatencyMs(*member.model, *rows);
  }
}

Run::Assembled Run::assemble() const {
  Assembled made;
  std::vector<float> accuracies;
  std::vector<std::span<const float>> answers;
  for (std::size_t m = 0; m < members_.size(); ++m) {
    if (!members_[m].ready) continue;
    made.index.push_back(m);
    answers.emplace_back(members_[m].heldOut);
    accuracies.push_back(accuracyOf(plan_, members_[m].heldOut, labels_));
  }
  made.temperature = std::max(recipe_.temperature, 1e-3F);
  if (recipe_.weighting == Weighting::HeldOut) {
    made.temperature = chooseTemperature(plan_, answers, accuracies, labels_, made.temperature);
  }
  const auto weights = memberWeights(accuracies, made.temperature);
  for (std::size_t i = 0; i < made.index.size(); ++i) {
    const Member& member = members_[made.index[i]];
    made.members.push_back(
        {.model = member.model, .accuracy = accuracies[i], .weight = weights[i]});
  }
  made.score = scoreHeldOut(data_, plan_, answers, weights);
  return made;
}

base::Result<EnsemblePtr> Run::make(Assembled assembled) const {
  EnsembleContent content;
  content.labels = data_.content().labels;
  content.layout = data_.content().layout;
  content.standardizer = standardizer_;
  content.reduction = reduction_;
  content.members = std::move(assembled.members);
  content.calibration =
      Calibration::fit(assembled.score.p, plan_.label, labels_, plan_.independent);
  content.limits = limitsOf(content.calibration, plan_, assembled.score, recipe_.promise);
  content.novelty = novelty_;
  content.gate = gate_;
  content.datasetHash = data_.hash();
  return Ensemble::make(std::move(content));
}

/// With mutex_ held: member `m` has all its parts.
void Run::joined(std::size_t m) {
  members_[m].ready = true;
  Assembled now = assemble();
  report_.joins.push_back({.learner = members_[m].spec.learner->id(),
                           .seconds = secondsSince(begin_),
                           .members = static_cast<int>(now.members.size()),
                           .before = report_.joins.empty() ? 0 : report_.joins.back().after,
                           .after = now.score.accuracy});
  const auto wanted = static_cast<std::size_t>(std::count_if(
      members_.begin(), members_.end(), [](const Member& member) { return member.serves; }));
  // The last one comes with the whole, where gate and novelty are sure to be there.
  if (!onEnsemble_ || now.members.size() == wanted || context_.stop.stop_requested()) return;
  const auto ensemble = make(std::move(now));
  if (!ensemble) {
    error_ = ensemble.error();
    return;
  }
  onEnsemble_({.ensemble = *ensemble, .join = report_.joins.back(), .wanted = wanted});
}

base::Result<TrainedEnsemble> Run::run(const LearnerMap& learners) {
  if (const auto fits = checkTrainable(data_); !fits) return fits.error();
  if (const auto found = findMembers(learners); !found) return found.error();
  if (context_.stop.stop_requested()) return cancelled();
  if (const auto first = serveFirst(learners); !first) return first.error();
  progress_.add(0.1);
  if (const auto fitted = fitAll(); !fitted) return fitted.error();

  Assembled whole = assemble();
  report_.heldOut = everyLabelWasHeldOut(data_, plan_);
  report_.accuracy = whole.score.accuracy;
  report_.temperature = whole.temperature;
  report_.units = whole.score.units;
  for (std::size_t i = 0; i < whole.index.size(); ++i) {
    const Member& member = members_[whole.index[i]];
    report_.members.push_back({.learner = member.spec.learner->id(),
                               .heldOutAccuracy = whole.members[i].accuracy,
                               .fitSeconds = member.fitSeconds,
                               .latencyMs = member.latencyMs});
    whole.members[i].latencyMs = static_cast<float>(member.latencyMs);
  }
  auto ensemble = make(std::move(whole));
  if (!ensemble) return ensemble.error();
  if (context_.stop.stop_requested()) return cancelled();
  report_.trainSeconds = secondsSince(begin_);
  if (onEnsemble_) {
    onEnsemble_(
        {.ensemble = *ensemble, .join = report_.joins.back(), .wanted = report_.members.size()});
  }
  return TrainedEnsemble{std::move(ensemble).value(), std::move(report_)};
}

}  // namespace

base::Result<TrainedEnsemble> trainEnsemble(const Dataset& data, const EnsembleRecipe& recipe,
                                            const LearnerMap& learners,
                                            const TrainingContext& context,
                                            const OnEnsemble& onEnsemble,
                                            const Checkpoints& checkpoints) {
  return Run(data, recipe, context, onEnsemble, checkpoints).run(learners);
}

}  // namespace learners
