// How the parts of an ensemble are fitted: side by side, the bounded-time model first.

#include <algorithm>
#include <numeric>

#include "learners/ensemble_run.h"
#include "learners/familiarity.h"
#include "learners/preparation_choice.h"
#include "learners/schema_bytes.h"

namespace learners {
namespace {

/// Multiplications the first model may cost at its fewest steps: half a second or so on one core.
/// Of more rows than that allows, each label and recording gives some.
constexpr double kFirstWork = 1e9;
constexpr double kFirstSteps = 20;
constexpr std::size_t kTimedRows = 64;
constexpr std::uint64_t kMemberSeeds = 10;  // seeds of members follow those of other parts

}  // namespace

void EnsembleRun::failed(const base::Error& error) {
  const std::lock_guard lock(mutex_);
  // Stopping is nobody's fault and must not hide a fault.
  if (!error_ || error_->code == base::ErrorCode::Cancelled) error_ = error;
}

base::Result<void> EnsembleRun::findMembers(const LearnerMap& learners) {
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

base::Result<void> EnsembleRun::prepare(const Preparation& how) {
  how_ = how;
  const std::uint64_t seed = seedOf(recipe_.seed, 4);
  auto all = prepareRows(data_, how_, seed);
  if (!all) return all.error();
  standardizer_ = std::move(all->standardizer);
  reduction_ = std::move(all->reduction);
  prepared_ = std::move(all->rows);
  parts_.emplace(originOf(data_, how_, seed), context_.stop, checkpoints_);
  for (Member& member : members_) member.model = nullptr;  // of rows prepared otherwise
  return {};
}

/// The bounded-time model, served alone until the others are there.
base::Result<void> EnsembleRun::serveFirst(const LearnerMap& learners) {
  const auto prepared = prepare({.tails = recipe_.tails.value_or(Tails::Kept),
                                 .emphasis = recipe_.emphasis.value_or(Emphasis::Even),
                                 .reduction = recipe_.reduction});
  if (!prepared) return prepared.error();
  const auto logistic = learners.find("logistic");
  if (logistic == learners.end()) return {};
  const auto own = std::find_if(members_.begin(), members_.end(), [](const Member& member) {
    return member.spec.learner->id() == "logistic";
  });
  const double perRow =
      2 * kFirstSteps * static_cast<double>(prepared_->features()) * static_cast<double>(labels_);
  const auto most = static_cast<std::size_t>(kFirstWork / perRow) + 1;
  DatasetPtr rows = prepared_;
  if (rows->rows() > most) {
    std::vector<std::size_t> all(rows->rows());
    std::iota(all.begin(), all.end(), 0);
    rows = rows->subset(spreadRows(*rows, all, seedOf(recipe_.seed, 0), most));
  }
  const bool isMember = own != members_.end() && rows == prepared_;
  auto part = isMember ? parts_->fitFinal(own->spec, *rows)
                       : parts_->fitFinal({.learner = logistic->second,
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
  report_.firstModelSeconds = seconds();
  if (onEnsemble_) {
    onEnsemble_({.ensemble = std::move(ensemble).value(),
                 .join = {.learner = "logistic", .seconds = report_.firstModelSeconds},
                 .wanted = members_.size()});
  }
  return {};
}

void EnsembleRun::fitFinal(std::size_t m) {
  auto part = parts_->fitFinal(members_[m].spec, *prepared_);
  if (!part) return failed(part.error());
  members_[m].model = std::move(part->model);
  members_[m].fitSeconds = part->fitSeconds;
}

void EnsembleRun::fitFold(std::size_t m, std::size_t f) {
  const PreparedFold& fold = folds_[f];
  const auto p = parts_->fitFold(members_[m].spec, fold, foldName(f));
  if (!p) return failed(p.error());
  for (std::size_t i = 0; i < fold.split.test.size(); ++i) {
    std::copy_n(p->data() + i * labels_, labels_,
                members_[m].heldOut.data() + plan_.place[fold.split.test[i]] * labels_);
  }
}

/// Names a fold by all that decides which rows are in it, but for the data.
std::string EnsembleRun::foldName(std::size_t f) const {
  return "fold " + std::to_string(f) + " of " + std::to_string(folds_.size()) +
         ", one of more than " + std::to_string(recipe_.manyRows) + " rows, seed " +
         std::to_string(recipe_.seed);
}

void EnsembleRun::fitGate() {
  auto gate = Gate::train(*prepared_, contextFor(3));
  if (!gate) return failed(gate.error());
  const std::lock_guard lock(mutex_);
  gate_ = std::move(gate).value();
}

void EnsembleRun::fitNovelty() {
  auto novelty = Novelty::fit(*prepared_, seedOf(recipe_.seed, 1));
  const std::lock_guard lock(mutex_);
  novelty_ = std::move(novelty);
}

/// One part of a member's training; the last one brings it into service.
std::function<void()> EnsembleRun::memberJob(std::size_t m, std::function<void()> work) {
  ++members_[m].open;
  return [this, m, work = std::move(work)] {
    work();
    const std::lock_guard lock(mutex_);
    if (--members_[m].open == 0 && !error_) joined(m);
  };
}

/// Runs jobs side by side until all are done or one failed; they are `share` of the whole work.
base::Result<void> EnsembleRun::runJobs(std::vector<std::function<void()>> jobs, double share) {
  const double each = share / static_cast<double>(std::max<std::size_t>(jobs.size(), 1));
  for (auto& job : jobs) {
    job = [this, each, work = std::move(job)] {
      if (context_.stop.stop_requested()) return failed({base::ErrorCode::Cancelled, "Training was stopped."});
      work();
      progress_.add(each);
    };
  }
  runAll(jobs);
  if (error_) return *error_;
  return {};
}

/// LowLatency: fits every final model, measures, and leaves out all but the fastest.
base::Result<void> EnsembleRun::choose() {
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

base::Result<void> EnsembleRun::fitAll() {
  plan_ = planHeldOut(data_, recipe_.folds, recipe_.manyRows, seedOf(recipe_.seed, 2));
  const Preparation how = choosePreparation(data_, recipe_, plan_, context_.stop);
  if (how.tails != how_.tails || how.emphasis != how_.emphasis) {
    if (const auto prepared = prepare(how); !prepared) return prepared;
  }
  const bool few = recipe_.policy == MemberPolicy::LowLatency && members_.size() > kFastestMembers;
  if (few) {
    if (const auto chosen = choose(); !chosen) return chosen;
  }
  folds_.resize(plan_.folds.size());
  std::vector<std::function<void()>> prepareJobs;
  for (std::size_t f = 0; f < folds_.size(); ++f) {
    prepareJobs.push_back([this, f] {
      auto fold = prepareFold(data_, plan_.folds[f], how_, seedOf(recipe_.seed, 4));
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
  std::vector<std::size_t> serving;
  for (std::size_t m = 0; m < members_.size(); ++m) {
    if (!members_[m].serves) continue;
    members_[m].heldOut.resize(plan_.rows.size() * labels_);
    serving.push_back(m);
  }
  // Two members by turns, the costly one of the last pair last: what runs side by side then
  // belongs to different members, whose most memory is not needed at one time.
  for (std::span<const std::size_t> left = serving; !left.empty();) {
    const auto pair = left.first(left.size() % 2 == 1 ? 1 : 2);
    left = left.subspan(pair.size());
    for (const std::size_t m : pair) {
      jobs.push_back(memberJob(m, [this, m] {
        if (!members_[m].model) fitFinal(m);
      }));
    }
    for (std::size_t f = 0; f < folds_.size(); ++f) {
      for (const std::size_t m : pair) jobs.push_back(memberJob(m, [this, m, f] { fitFold(m, f); }));
    }
  }
  if (const auto fitted = runJobs(std::move(jobs), few ? 0.6 : 0.9); !fitted) return fitted;
  measureLatencies();
  return {};
}

void EnsembleRun::measureLatencies() {
  const DatasetPtr rows = thinned(prepared_, kTimedRows);
  for (Member& member : members_) {
    if (member.serves) member.latencyMs = measureLatencyMs(*member.model, *rows);
  }
}

}  // namespace learners
