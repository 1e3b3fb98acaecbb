#include "app/task_desk.h"

#include <algorithm>
#include <utility>

namespace app {

TaskDesk::TaskDesk(TaskId id, const Outside& outside, std::shared_ptr<EditList> edits)
    : id_(id), outside_(outside), key_(settings().key) {
  teaching_ = std::make_unique<Teaching>(outside_.store, outside_.recorder, outside_.clock, id,
                                         std::move(edits));
  task_ = std::make_unique<Task>(outside_.frames, outside_.clock, [this](const Answer& answer) {
    std::string hash;
    {
      std::lock_guard lock(mutex_);
      hash = servingHash_;
    }
    outside_.answered(*this, answer, hash);
  });
  task_->onSeen([this](const sensors::FramePtr& frame, const std::string& label) {
    seen_.add(frame, label);
  });
  lessons_ = std::make_unique<Lessons>(
      outside_.store, *teaching_, outside_.builder, outside_.director, outside_.learners,
      outside_.clock, outside_.seed,
      Lessons::Outside{.trainer = [this] { return trainer(); },
                       .awaitsTrainer = [this] { return awaitsWorker(); },
                       .serve = [this](const auto& e, int v, const auto& f) { serve(e, v, f); },
                       .adapt = outside_.adapt,
                       .origins = outside_.origins,
                       .changed = outside_.changed,
                       .notice = outside_.notice});
}

TaskDesk::~TaskDesk() {
  lessons_.reset();
  trainer_.reset();
  task_.reset();
}

TaskSettings TaskDesk::settings() const {
  auto settings = outside_.store.task(id_);
  return settings ? *std::move(settings) : TaskSettings{.id = id_};
}

void TaskDesk::start() {
  if (std::exchange(atWork_, true)) return;
  teaching_->reload();
  task_->setSteadiness(settings().steadiness);
  task_->setLimits(settings().limits);
  awaitedUntil_ = outside_.clock.now() + kHello;
  choosePlaces();
  lessons_->resume();
}

void TaskDesk::rest() {
  if (!std::exchange(atWork_, false)) return;
  lessons_->rest();
  deployedOn_.reset();
  instead_.reset();
  askAgainAt_.reset();
  serveNobody();
  task_->watch({}, settings().window.hop);
  watched_.clear();
}

void TaskDesk::settingsChanged(const TaskSettings& one, const TaskSettings& other) {
  const TaskSettings now = settings();
  task_->setSteadiness(now.steadiness);
  task_->setLimits(now.limits);
  if (one.limits != other.limits) outside_.served(*this);  // who hears recordings again, by them
  if (one.trainingPaused != other.trainingPaused) lessons_->setPaused(now.trainingPaused);
  choosePlaces();
}

void TaskDesk::choosePlaces() {
  const TaskSettings now = settings();
  const auto [policy, devices] = outside_.places();
  const base::Time time = outside_.clock.now();
  const Place learnt = learningPlacer_.place();
  learningPlacer_.decide(now.trainOn, policy, devices, time);
  const Place former = answeringPlacer_.place();
  const Place place = answeringPlacer_.decide(now.serveOn, policy, devices, time);
  const bool again = canLearnAgain(learnt);
  if (!atWork_) return;
  if (again) lessons_->taskChanged();  // what waited for somebody
  lessons_->lookForTrainer();
  if (place.worker != former.worker || place.none != former.none) {
    serveAnew();
    outside_.changed();
  } else if (hasLostModel()) {
    deploy(lessons_->serving(), lessons_->model().version);
  } else if (askAgainAt_ && time >= *askAgainAt_ && lessons_->serving()) {
    deploy(lessons_->serving(), lessons_->model().version);
  }
}

bool TaskDesk::hasLostModel() {
  if (!deployedOn_ || deployedOn_->empty() || answersFrom() != deployedOn_ ||
      !lessons_->serving() || !outside_.workers.hasLost(*deployedOn_, key_)) {
    return false;
  }
  std::lock_guard lock(mutex_);
  servingWorker_.reset();  // until it has it again
  return true;
}

bool TaskDesk::awaitsWorker() const {
  const Place& place = learningPlacer_.place();
  const bool here = place.worker.empty() ||
                    (!place.byPolicy && !outside_.mayWorkOn(place.worker));
  if (!outside_.hasWorker || place.none || !here || outside_.clock.now() >= awaitedUntil_) {
    return false;
  }
  const auto all = outside_.workers.workers();
  return std::none_of(all.begin(), all.end(), [](const WorkerView& w) { return w.local; });
}

bool TaskDesk::canLearnAgain(const Place& former) {
  const Place& place = learningPlacer_.place();
  const auto all = outside_.workers.workers();
  const auto found = std::find_if(all.begin(), all.end(), [&](const WorkerView& w) {
    return place.worker.empty() ? w.local : w.id == place.worker;
  });
  const bool away = !place.none && found != all.end() && !found->online;
  const bool back = std::exchange(learnerAway_, away) && !away;
  return !place.none && (former.none || back);
}

std::optional<std::string> TaskDesk::answersFrom() const {
  std::lock_guard lock(mutex_);
  return servingWorker_;
}

std::optional<std::string> TaskDesk::learnsAt() const {
  if (lessons_->learnsAt() == Lessons::LearnsAt::Nowhere) return std::nullopt;
  return lessons_->learnsAt() == Lessons::LearnsAt::Here ? std::string() : trainerWorker_;
}

void TaskDesk::serveNobody() {
  {
    std::lock_guard lock(mutex_);
    servingWorker_.reset();
  }
  task_->serve({});
}

void TaskDesk::serveAnew() {
  if (lessons_->serving()) serve(lessons_->serving(), lessons_->model().version, watched_);
}

bool TaskDesk::reload() {
  const TaskSettings now = settings();
  const std::string before = teaching_->fingerprint(now);
  teaching_->reload();
  if (teaching_->fingerprint(now) == before) return false;
  lessons_->restored();
  return true;
}

Trainer* TaskDesk::trainer() {
  const Place& place = learningPlacer_.place();
  if (place.none) return nullptr;
  const std::string& wanted = place.worker;
  const bool remote = !wanted.empty() && (place.byPolicy || outside_.mayWorkOn(wanted));
  if (remote && trainerWorker_ != wanted) {
    trainer_ = outside_.workers.trainerOn(wanted);
    trainerWorker_ = wanted;
  } else if (!remote) {
    const auto all = outside_.workers.workers();
    const auto local =
        std::find_if(all.begin(), all.end(), [](const WorkerView& w) { return w.local; });
    const std::string id = local == all.end() ? std::string() : local->id;
    if (!trainer_ || trainerWorker_ != id) {
      trainer_ = outside_.hasWorker && !id.empty() ? outside_.workers.trainerOn(id)
                                                   : makeInProcessTrainer(outside_.learners);
      trainerWorker_ = id;
    }
  }
  return trainer_.get();
}

void TaskDesk::serve(const learners::EnsemblePtr& ensemble, int version,
                     const std::vector<sensors::FrameSpec>& specs) {
  instead_.reset();
  askAgainAt_.reset();
  {
    std::lock_guard lock(mutex_);
    servingHash_ = ensemble ? ensemble->hash() : std::string();
  }
  if (!ensemble) {
    serveNobody();
    return outside_.served(*this);
  }
  const TaskSettings now = settings();
  if (specs != watched_) {
    watched_ = specs;
    task_->watch(specs, now.window.hop);
  }
  outside_.served(*this);
  const Place& place = answeringPlacer_.place();
  if (place.none) {
    deployedOn_.reset();
    return serveNobody();
  }
  const bool may = place.byPolicy || (!place.worker.empty() && outside_.mayWorkOn(place.worker));
  deployedOn_ = may ? place.worker : std::string();
  if (deployedOn_->empty()) return serveHere(ensemble, version);
  deploy(ensemble, version);
}

void TaskDesk::deploy(const learners::EnsemblePtr& ensemble, int version) {
  askAgainAt_.reset();
  const std::string worker = *deployedOn_;
  std::string name = worker;
  for (const WorkerView& w : outside_.workers.workers()) {
    if (w.id == worker) name = w.name;
  }
  const std::string hash = ensemble->hash();
  // The workers may say their last word when this desk is gone; the director is still there, and
  // runs nothing any more.
  const auto taken = [=, this, &director = outside_.director](const base::Result<void>& done) {
    director.post([=, this] {
      const auto serving = lessons_->serving();
      if (deployedOn_ != worker || !serving || serving->hash() != hash) return;
      if (!done) return notDeployed(name, done.error(), ensemble, version);
      {
        std::lock_guard lock(mutex_);
        servingWorker_ = worker;
      }
      instead_.reset();
      task_->serve({.ensemble = ensemble,
                    .task = id_,
                    .version = version,
                    .place = name,
                    .memberTitles = memberTitles(*ensemble),
                    .ask = [this, hash](const sensors::Frame& frame, Serving::Reply reply) {
                      outside_.workers.predict(key_, hash, frame, std::chrono::seconds(2),
                                               std::move(reply));
                    }});
      outside_.changed();
    });
  };
  outside_.workers.deploy(worker, key_, ensemble, taken);
}

void TaskDesk::notDeployed(const std::string& name, const base::Error& error,
                           const learners::EnsemblePtr& ensemble, int version) {
  askAgainAt_ = outside_.clock.now() + kAskAgain;
  const auto places = outside_.places();
  const Policy* policy = places.first;
  const Place& wanted = answeringPlacer_.place();
  const auto fitsHere = [&](const DeviceFacts& d) {
    return d.id.empty() && judge(policy->where, d).meets;
  };
  const bool mayHere = !wanted.byPolicy || !policy ||
                       policy->otherwise == Policy::Otherwise::BestEffort ||
                       std::any_of(places.second.begin(), places.second.end(), fitsHere);
  std::string why = name + " does not serve: " + error.message;
  while (why.ends_with('.')) why.pop_back();
  outside_.notice(
      NoticeView::Kind::Warning,
      why + (mayHere ? ". This computer answers instead until it does."
                     : ". By your rule nobody else may, so nothing is answered until it "
                       "does."));
  if (mayHere) {
    instead_ = Place{.byPolicy = wanted.byPolicy, .reason = "This computer, since " + why};
    return serveHere(ensemble, version);
  }
  instead_ = Place{.none = true, .byPolicy = true, .reason = why + "."};
  serveNobody();
  outside_.changed();
}

void TaskDesk::serveHere(const learners::EnsemblePtr& ensemble, int version) {
  {
    std::lock_guard lock(mutex_);
    servingWorker_ = std::string();
  }
  task_->serve({.ensemble = ensemble,
                .task = id_,
                .version = version,
                .place = "this program",
                .memberTitles = memberTitles(*ensemble)});
}

std::vector<std::string> TaskDesk::memberTitles(const learners::Ensemble& ensemble) const {
  std::vector<std::string> titles;
  for (const auto& member : ensemble.content().members) {
    const auto found = outside_.learners.find(std::string(member.model->kind()));
    titles.push_back(found == outside_.learners.end() ? std::string(member.model->kind())
                                                      : found->second->title());
  }
  return titles;
}

}  // namespace app
