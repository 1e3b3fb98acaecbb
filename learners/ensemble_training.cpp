#include "learners/ensemble_training.h"

#include <algorithm>

#include "learners/ensemble_math.h"
#include "learners/ensemble_run.h"
#include "learners/stopped.h"

namespace learners {
namespace {

}  // namespace

/// How many members will serve.
std::size_t EnsembleRun::wanted() const {
  return static_cast<std::size_t>(std::count_if(
      members_.begin(), members_.end(), [](const Member& member) { return member.serves; }));
}

EnsembleRun::Assembled EnsembleRun::assemble() const {
  Assembled made;
  std::vector<float> accuracies;
  std::vector<std::span<const float>> answers;
  for (std::size_t m = 0; m < members_.size(); ++m) {
    if (!members_[m].ready) continue;
    made.index.push_back(m);
    answers.emplace_back(members_[m].heldOut);
    accuracies.push_back(accuracyOf(plan_, members_[m].heldOut, labels_));
  }
  made.temperature = temperatureFor(plan_, recipe_.temperature);
  if (recipe_.weighting == Weighting::HeldOut) {
    made.temperature = chooseTemperature(plan_, answers, accuracies, labels_, made.temperature);
  }
  const auto weights = memberWeights(accuracies, made.temperature);
  for (std::size_t i = 0; i < made.index.size(); ++i) {
    const Member& member = members_[made.index[i]];
    made.members.push_back(
        {.model = member.model, .accuracy = accuracies[i], .weight = weights[i]});
  }
  // While members are still to join, nobody needs to know which pooling is best.
  if (made.index.size() == wanted()) {
    made.pooling = choosePooling(plan_, answers, weights, labels_);
  }
  made.score = scoreHeldOut(data_, plan_, answers, weights, made.pooling);
  return made;
}

base::Result<EnsemblePtr> EnsembleRun::make(Assembled assembled) const {
  EnsembleContent content;
  content.labels = data_.content().labels;
  content.layout = data_.content().layout;
  content.standardizer = standardizer_;
  content.reduction = reduction_;
  content.members = std::move(assembled.members);
  content.pooling = assembled.pooling;
  content.calibration =
      Calibration::fit(assembled.score.p, plan_.label, labels_, plan_.independent);
  content.limits = limitsOf(content.calibration, plan_, assembled.score, recipe_.promise);
  content.novelty = novelty_;
  content.gate = gate_;
  content.datasetHash = data_.hash();
  return Ensemble::make(std::move(content));
}

/// With mutex_ held: member `m` has all its parts.
void EnsembleRun::joined(std::size_t m) {
  members_[m].ready = true;
  Assembled now = assemble();
  report_.joins.push_back({.learner = members_[m].spec.learner->id(),
                           .seconds = seconds(),
                           .members = static_cast<int>(now.members.size()),
                           .before = report_.joins.empty() ? 0 : report_.joins.back().after,
                           .after = now.score.accuracy});
  // The last one comes with the whole, where gate and novelty are sure to be there.
  if (!onEnsemble_ || now.members.size() == wanted() || context_.stop.stop_requested()) return;
  const auto ensemble = make(std::move(now));
  if (!ensemble) {
    error_ = ensemble.error();
    return;
  }
  onEnsemble_({.ensemble = *ensemble, .join = report_.joins.back(), .wanted = wanted()});
}

base::Result<TrainedEnsemble> EnsembleRun::run(const LearnerMap& learners) {
  if (const auto fits = checkTrainable(data_); !fits) return fits.error();
  if (const auto found = findMembers(learners); !found) return found.error();
  if (context_.stop.stop_requested()) return trainingStopped();
  if (const auto first = serveFirst(learners); !first) return first.error();
  progress_.add(0.1);
  if (const auto fitted = fitAll(); !fitted) return fitted.error();

  Assembled whole = assemble();
  report_.heldOut = everyLabelWasHeldOut(data_, plan_);
  report_.accuracy = whole.score.accuracy;
  report_.temperature = whole.temperature;
  report_.pooling = whole.pooling;
  report_.tails = how_.tails;
  report_.emphasis = how_.emphasis;
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
  if (context_.stop.stop_requested()) return trainingStopped();
  report_.trainSeconds = seconds();
  if (onEnsemble_) {
    onEnsemble_(
        {.ensemble = *ensemble, .join = report_.joins.back(), .wanted = report_.members.size()});
  }
  return TrainedEnsemble{std::move(ensemble).value(), std::move(report_)};
}

base::Result<TrainedEnsemble> trainEnsemble(const Dataset& data, const EnsembleRecipe& recipe,
                                            const LearnerMap& learners,
                                            const TrainingContext& context,
                                            const OnEnsemble& onEnsemble,
                                            const Checkpoints& checkpoints) {
  return EnsembleRun(data, recipe, context, onEnsemble, checkpoints).run(learners);
}

}  // namespace learners
