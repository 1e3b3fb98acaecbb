#include "app/lessons.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "app/project/provenance.h"
#include "app/training/recipe_json.h"
#include "sensors/base/log.h"

namespace app {

namespace {

using nlohmann::json;

constexpr int kLabelsToStart = 2;

}  // namespace

Lessons::Lessons(ProjectStore& store, Teaching& teaching, DatasetBuilder& builder,
                 Director& director, const learners::LearnerMap& learners, const base::Clock& clock,
                 std::uint64_t seed, Outside outside)
    : store_(store),
      teaching_(teaching),
      builder_(builder),
      director_(director),
      learners_(learners),
      clock_(clock),
      seed_(seed),
      outside_(std::move(outside)),
      jobs_(std::make_unique<Director>(clock)) {
  if (const auto task = settings()) {
    key_ = task->key;
    paused_ = task->trainingPaused;
  }
}

Lessons::~Lessons() {
  if (running_) running_->stop.request_stop();  // else the work is waited for to its end
  jobs_->stop();
}

void Lessons::resume() {
  const auto rows = deployments();
  const bool served = !rows.empty() && !rows.back().ensembleHash.empty();
  if (served) {
    if (auto last = readDeployment(rows.back())) serveDeployed(*last);
  }
  triedFingerprint_ = current_ ? current_->fingerprint : std::string();
  taught();  // also where the program was closed during the first training
  refreshLater();
}

void Lessons::rest() {
  stopRunning();
  ++refreshSerial_;
  aside_.reset();
  lesson_ = {};
  serving_ = nullptr;
  servingHash_.clear();
  current_.reset();
  triedFingerprint_.clear();
}

bool Lessons::enoughToTrain() const {
  return teaching_.labelsWithAtLeast(kExamplesToStart) >= kLabelsToStart;
}

std::vector<Lessons::Learnt> Lessons::learnable() const {
  std::map<learners::LabelId, int> count;
  for (const auto& e : teaching_.examples()) count[e.label] += e.enabled && !e.span.isEmpty();
  std::vector<Learnt> all;
  for (const auto& e : teaching_.examples()) {
    const learners::Label* label = teaching_.label(e.label);
    const bool enough = count[e.label] >= kExamplesToStart || (label && label->background);
    if (e.enabled && !e.span.isEmpty() && enough) all.push_back({e.id, e.label, e.span});
  }
  std::sort(all.begin(), all.end());
  return all;
}

bool Lessons::mayTrain() const {
  const auto task = settings();
  return task && !paused_ && enoughToTrain() && teaching_.fingerprint(*task) != triedFingerprint_;
}

void Lessons::taught() {
  if (running_) {
    again_ = true;
  } else if (mayTrain()) {
    start({});
  }
  outside_.changed();
}

void Lessons::corrected(const std::string& what, std::int64_t command, base::Time pressed,
                        std::vector<learners::Demonstration> old) {
  lesson_ = {.stage = LessonView::Stage::Learning, .what = what, .command = command};
  const std::string waits = paused_ ? "Training is paused; I learn it when you go on."
                            : !enoughToTrain()
                                ? "I learn it as soon as there are two labels with three examples "
                                  "each."
                                : tooFewOf(old);
  if (!waits.empty()) {
    lesson_.stage = LessonView::Stage::Failed;
    lesson_.trouble = waits;
    outside_.changed();
    return;
  }
  stopRunning();
  Running running;
  running.why = Running::Why::Correction;
  running.what = what;
  running.command = command;
  running.pressed = pressed;
  running.old = std::move(old);
  start(std::move(running));
}

std::string Lessons::tooFewOf(const std::vector<learners::Demonstration>& old) const {
  std::set<std::int64_t> before;
  for (const auto& example : old) before.insert(example.id);
  const auto known = learnable();
  for (const auto& example : teaching_.examples()) {
    const learners::Label* label = teaching_.label(example.label);
    if (before.contains(example.id) || !label) continue;
    if (std::any_of(known.begin(), known.end(), [&](const auto& k) { return k.id == example.id; }))
      continue;
    const auto n = std::count_if(teaching_.examples().begin(), teaching_.examples().end(),
                                 [&](const auto& e) { return e.label == label->id && e.enabled; });
    const int more = kExamplesToStart - static_cast<int>(n);
    return "I know " + label->name + " when you show it " +
           (more == 1 ? std::string("once more.") : "twice more.");
  }
  return {};
}

void Lessons::trainNow() {
  stopRunning();
  start({});
}

void Lessons::setPaused(bool paused) {
  paused_ = paused;
  if (paused) {
    stopRunning();
  } else {
    taught();
  }
  outside_.changed();
}

void Lessons::taskChanged() { taught(); }

void Lessons::stopRunning() {
  again_ = false;
  if (!running_) return;
  running_->stop.request_stop();
  const bool atTrainer = !running_->adapts;
  running_.reset();
  waiting_ = nullptr;
  if (Trainer* trainer = outside_.trainer(); trainer && atTrainer) trainer->cancel(key_);
}

bool Lessons::canAdapt(const Running& running) const {
  return running.why == Running::Why::Correction && outside_.adapt && current_ && serving_ &&
         current_->report.heldOut && current_->frames == running.frames &&
         current_->recipe == recipeToJson(running.recipe) &&
         current_->learnt.size() >= kFewestToAdaptFrom &&
         std::includes(running.learnt.begin(), running.learnt.end(), current_->learnt.begin(),
                       current_->learnt.end());
}

void Lessons::start(Running values) {
  auto running = std::make_shared<Running>(std::move(values));
  const auto task = settings();
  if (!task) return failed(running, task.error());
  running->fingerprint = teaching_.fingerprint(*task);
  running->learnt = learnable();
  running->recipe.learners = task->learners;
  running->recipe.policy = task->policy;
  running->recipe.seed = seed_;
  if (const auto sources = store_.sources()) running->frames = frameSpecsFor(*task, *sources);
  running->adapts = canAdapt(*running);
  running_ = running;
  again_ = false;
  triedFingerprint_ = running->fingerprint;
  trouble_.clear();
  const std::weak_ptr<int> alive = alive_;
  TaskSettings settings = *task;
  settings.frames = running->frames;
  jobs_->post([this, running, alive, settings] {
    auto data = builder_.build(
        settings, {.stop = running->stop.get_token(), .fewestExamples = kExamplesToStart});
    if (data) {
      if (const auto noted = noteLesson(store_, **data); !noted) {
        base::logWarning("what a model learns from was not noted: " + noted.error().message);
      }
    }
    director_.post([this, running, alive, data = std::move(data)] {
      if (alive.expired() || running->cancelled()) return;
      if (!data) return failed(running, data.error());
      if (running->adapts) return startAdapting(running, *data);
      startJob(running, *data);
    });
  });
  outside_.changed();
}

void Lessons::startAdapting(const RunningPtr& running, const learners::DatasetPtr& data) {
  AdaptationJob job{
      .former = {serving_, current_->report}, .data = data, .recipe = running->recipe};
  for (const Learnt& one : running->learnt) {
    const bool known = std::binary_search(current_->learnt.begin(), current_->learnt.end(), one);
    if (!known) job.fresh.push_back(one.id);
  }
  const std::weak_ptr<int> alive = alive_;
  jobs_->post([this, running, alive, job = std::move(job)] {
    auto made = outside_.adapt(job, running->stop.get_token());
    director_.post([this, running, alive, data = job.data, made = std::move(made)] {
      if (!alive.expired() && !running->cancelled()) adapted(running, made, data);
    });
  });
}

void Lessons::adapted(const RunningPtr& running, const base::Result<learners::Adapted>& result,
                      const learners::DatasetPtr& data) {
  if (!result) {
    base::logWarning("a correction is trained from the start: " + result.error().message);
    running->adapts = false;
    return startJob(running, data);
  }
  const int more = static_cast<int>(running->learnt.size() - current_->learnt.size());
  decide(running,
         {.trained = result->trained,
          .fingerprint = running->fingerprint,
          .frames = running->frames,
          .learnt = running->learnt,
          .adapted = current_->adapted + more,
          .recipe = recipeToJson(running->recipe),
          .place = "this computer"},
         comparisonOf(*result));
  refreshLater();
}

void Lessons::refreshLater() {
  if (!current_ || current_->adapted == 0) return;
  const int whole = static_cast<int>(current_->learnt.size()) - current_->adapted;
  if (!deservesTraining(whole, current_->adapted)) return;
  const std::int64_t serial = ++refreshSerial_;
  const std::weak_ptr<int> alive = alive_;
  director_.postAt(clock_.now() + outside_.quiet, [this, alive, serial, hash = servingHash_] {
    if (alive.expired() || serial != refreshSerial_ || hash != servingHash_) return;
    if (running_ || paused_ || aside_) return;
    Running running;
    running.why = Running::Why::Refresh;
    start(std::move(running));
  });
}

void Lessons::lookForTrainer() {
  if (!waiting_ || !running_ || outside_.awaitsTrainer()) return;
  const RunningPtr running = running_;  // a job that fails at once ends that one
  startJob(running, std::exchange(waiting_, nullptr));
}

void Lessons::startJob(const RunningPtr& running, const learners::DatasetPtr& data) {
  waiting_ = nullptr;
  if (outside_.awaitsTrainer && outside_.awaitsTrainer()) {
    waiting_ = data;
    return;
  }
  const auto fence = store_.nextFence(key_);
  Trainer* trainer = outside_.trainer();
  if (!fence || !trainer) {
    return failed(running,
                  !fence ? fence.error()
                         : base::Error{base::ErrorCode::Unavailable, "There is nobody to train."});
  }
  running->place = trainer->place();
  TrainingJob job{.task = key_,
                  .epoch = store_.epoch(),
                  .fence = *fence,
                  .data = data,
                  .recipe = running->recipe};
  const std::weak_ptr<int> alive = alive_;
  // A trainer may say its last word when these lessons are gone; the director is still there.
  const auto onDirector = [&director = director_, running, alive](auto work) {
    director.post([running, alive, work] {
      if (!alive.expired() && !running->cancelled()) work();
    });
  };
  trainer->start(
      std::move(job),
      {.progress =
           [this, running, onDirector](const TrainingProgress& progress) {
             onDirector([this, running, progress] {
               running->progress = progress.done;
               // While no whole model serves, each better one takes over.
               if (progress.quick && !current_) {
                 serving_ = progress.quick;
                 outside_.serve(serving_, 0, running->frames);
               }
               outside_.changed();
             });
           },
       .done =
           [this, running, onDirector](base::Result<learners::TrainedEnsemble> result) {
             onDirector([this, running, result = std::move(result)] { finished(running, result); });
           }});
}

}  // namespace app
