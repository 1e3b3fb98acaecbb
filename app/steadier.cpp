#include "app/steadier.h"

namespace app {

namespace {

constexpr base::Duration kUsualDwell =
    std::chrono::seconds(6);  // how long an activity lasts at least

}  // namespace

void Steadier::set(float steadiness) {
  if (steadiness == steadiness_) return;
  steadiness_ = steadiness;
  smoother_.reset();
  noveltyMemory_.reset();
}

/// The gate's answers say nothing about novelty.
void Steadier::rememberNovelty(learners::Prediction& prediction,
                               const learners::Ensemble& ensemble) {
  using State = learners::PredictionState;
  const bool counts = prediction.state == State::Known || prediction.state == State::Novel;
  if (!counts || prediction.stage == learners::Stage::Gate) return;
  if (!noveltyMemory_ || remembered_ != ensemble.hash()) {
    noveltyMemory_.emplace(ensemble.content().novelty.rareStretch());
    remembered_ = ensemble.hash();
  }
  prediction.novelty = noveltyMemory_->apply(prediction.span, prediction.novelty);
  prediction.state = prediction.novelty > learners::kNovelAbove ? State::Novel : State::Known;
}

void Steadier::apply(learners::Prediction& prediction, const learners::Ensemble& ensemble,
                     base::Duration hop) {
  using State = learners::PredictionState;
  if (steadiness_ <= 0) return;
  rememberNovelty(prediction, ensemble);
  const bool counts = prediction.state == State::Known || prediction.state == State::Background;
  if (!counts || prediction.probabilities.size() < 2) return;
  if (!smoother_ || smoothed_ != ensemble.hash()) {
    smoother_.emplace(
        learners::Transitions::byDwell(prediction.probabilities.size(), kUsualDwell, hop),
        learners::SmootherOptions{.steadiness = steadiness_});
    smoothed_ = ensemble.hash();
  }
  smoother_->apply(prediction.span, prediction.probabilities);
  ensemble.decide(prediction);
}

}  // namespace app
