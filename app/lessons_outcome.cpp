// What becomes of a finished lesson: put in service, kept aside, or said to have failed.

#include <algorithm>
#include <utility>

#include "app/lessons.h"
#include "app/training/recipe_json.h"
#include "sensors/base/log.h"

namespace app {

namespace {

std::string count(int right, int total) {
  return std::to_string(right) + " of " + std::to_string(total);
}

/// Which labels lost by it; empty where none did.
std::string forgotten(const Comparison& held) {
  std::string text;
  for (const learners::Forgetting& label : held.forgetting) {
    if (label.after >= label.before) continue;
    text += (text.empty() ? "" : " ") + label.label + ": " +
            count(label.after, label.demonstrations) + " right, it was " +
            std::to_string(label.before) + ".";
  }
  return text;
}

}  // namespace

void Lessons::failed(const RunningPtr& running, const base::Error& error) {
  if (running_ == running) running_.reset();
  const bool more = std::exchange(again_, false);
  if (error.code == base::ErrorCode::Unavailable) {
    // Who was to train is away: the next chance tries again.
    triedFingerprint_ = current_ ? current_->fingerprint : std::string();
  }
  if (error.code == base::ErrorCode::Cancelled) {
    if (more && mayTrain()) start({});
    return outside_.changed();
  }
  trouble_ = error.message;
  if (running->why == Running::Why::Correction) {
    lesson_.stage = LessonView::Stage::Failed;
    lesson_.trouble = error.message;
  }
  outside_.notice(NoticeView::Kind::Warning, "Training ended without a model: " + error.message);
  if (more && mayTrain()) start({});
  outside_.changed();
}

void Lessons::finished(const RunningPtr& running,
                       const base::Result<learners::TrainedEnsemble>& result) {
  if (!result) return failed(running, result.error());
  const learners::EnsembleReport none;
  const bool correction = running->why == Running::Why::Correction;
  decide(running,
         {.trained = *result,
          .fingerprint = running->fingerprint,
          .frames = running->frames,
          .learnt = running->learnt,
          .recipe = recipeToJson(running->recipe),
          .place = running->place},
         compare(current_ ? current_->report : none, result->report,
                 correction ? running->old : teaching_.examples(), teaching_.labels()));
}

void Lessons::decide(const RunningPtr& running, Made made, const Comparison& held) {
  running_.reset();
  const bool worse = current_ && isWorse(held);
  if (worse && running->why == Running::Why::Refresh) {
    base::logInfo("the model with its corrections stays: trained anew, it answers " +
                  count(held.after, held.total) + " old examples right, it was " +
                  count(held.before, held.total));
  } else if (worse) {
    aside_ = Aside{std::move(made), "Learning this would answer " + count(held.after, held.total) +
                                        " old examples right, it was " +
                                        count(held.before, held.total) + ". I kept it aside."};
  } else {
    putInService(made);
  }
  if (running->why == Running::Why::Correction) {
    lesson_.stage = worse ? LessonView::Stage::KeptAside : LessonView::Stage::Done;
    lesson_.seconds = base::toSeconds(clock_.now() - running->pressed);
    lesson_.oldRightBefore = held.before;
    lesson_.oldRightAfter = held.after;
    lesson_.oldTotal = held.total;
    lesson_.comparable = held.comparable;
    lesson_.trouble = forgotten(held);
  }
  if (std::exchange(again_, false) && mayTrain()) start({});
  outside_.changed();
}

void Lessons::useKeptAside(bool use) {
  if (!aside_) return;
  const Aside aside = *std::exchange(aside_, std::nullopt);
  if (use) {
    putInService(aside.made);
    if (running_ && running_->adapts) {  // it was about to adapt the model that served before
      Running anew = *running_;
      anew.stop = {};
      stopRunning();
      start(std::move(anew));
    }
  }
  if (lesson_.stage == LessonView::Stage::KeptAside) {
    lesson_.stage = use ? LessonView::Stage::Done : LessonView::Stage::None;
  }
  outside_.changed();
}

ModelView Lessons::model() const {
  ModelView view;
  if (serving_) {
    view.hash = servingHash_;
    view.members = static_cast<int>(serving_->content().members.size());
  }
  if (const auto task = settings()) view.membersWanted = static_cast<int>(task->learners.size());
  if (current_) {
    view.version = current_->row.version;
    view.learntFrom = static_cast<int>(current_->learnt.size());
    view.heldOut = current_->report.heldOut;
    view.heldOutAccuracy = current_->report.accuracy;
    view.trainedAt = current_->row.since;
    view.trainedOn = current_->row.worker;
    const auto now = std::count_if(teaching_.examples().begin(), teaching_.examples().end(),
                                   [](const auto& e) { return e.enabled; });
    view.newExamples = std::max(0, static_cast<int>(now) - view.learntFrom);
  }
  view.progress = running_ ? running_->progress : 0;
  view.phase = running_   ? (serving_ ? ModelPhase::Updating : ModelPhase::Training)
               : paused_  ? ModelPhase::Paused
               : serving_ ? ModelPhase::Ready
                          : ModelPhase::None;
  view.trouble = trouble_;
  view.keptAside = aside_ ? aside_->sentence : std::string();
  return view;
}

}  // namespace app
