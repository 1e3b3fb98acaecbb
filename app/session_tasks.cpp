// The tasks of a session: all of them learn and answer, what a person does is about the one in
// front.

#include <atomic>
#include <set>

#include "app/session_parts.h"
#include "app/task_name.h"

namespace app {

namespace {

constexpr const char* kFrontKey = "task in front";

std::string nameOf(const TaskSettings& task) {
  return task.name.empty() ? std::string("the first task") : task.name;
}

}  // namespace

decltype(Lessons::Outside::adapt) Session::Impl::adapter() const {
  const auto program = options.programs / "mimosa-worker";
  std::shared_ptr<TrainingChild> child = std::filesystem::exists(program)
                                             ? makeProcessChild(program, 0)
                                             : makeThreadChild(registry.learners);
  // Two tasks may learn at once: each correction has a folder of its own.
  const auto count = std::make_shared<std::atomic<int>>(0);
  return [child, count, all = registry.learners, folder = options.workFolder](
             const AdaptationJob& job, std::stop_token stop) {
    const auto own = folder / ("correction-" + std::to_string(++*count));
    return adaptInChild(*child, own, job, all, stop);
  };
}

TaskDesk::Outside Session::Impl::deskOutside() {
  return {.store = *store,
          .recorder = *recorder,
          .frames = *frames,
          .builder = *builder,
          .director = *director,
          .workers = *workers,
          .learners = registry.learners,
          .clock = clock,
          .seed = options.seed,
          .hasWorker = options.startWorker,
          .adapt = adapter(),
          .origins = registry.origins,
          .mayWorkOn = [this](const std::string& worker) { return mayWorkOn(worker); },
          .answered =
              [this](const TaskDesk& of, const Answer& answer, const std::string& model) {
                if (answer.prediction.state != learners::PredictionState::NoData) {
                  answerTimes.add(of.answeringWorker(), answer.computeMs, clock.now());
                }
                if (mayTell) announcer->announce(answer, model, of.key());
                PastPrediction kept =
                    pastOf(answer.prediction, answer.labels, answer.modelVersion, model);
                if (of.id() != kFirstTask) kept.task = of.key();
                history->add(std::move(kept));
                for (const Happening& over : happenings.hear(answer, of.key())) {
                  if (mayTell) announcer->tell(over);
                }
                desk->hear(answer);
                changed();
              },
          .served = [this](const TaskDesk& of) { modelServes(of); },
          .changed = [this] { changed(); },
          .notice = [this](auto kind, const auto& text) { notice(kind, text); },
          .places = [this] { return std::pair(policy ? &*policy : nullptr, devicesNow()); }};
}

/// Only made: they begin to work with the session's thread.
void Session::Impl::openTasks() {
  const auto tasks = store->tasks();
  for (const TaskSettings& task : tasks ? *tasks : std::vector{TaskSettings{}}) makeDesk(task.id);
  const auto kept = store->meta(kFrontKey);
  TaskDesk* wanted = taskDesks.begin()->second.get();
  for (const auto& [id, of] : taskDesks) {
    if (kept && of->key() == *kept) wanted = of.get();
  }
  front = wanted;
  teaching = &front->teaching();
  lessons = &front->lessons();
}

TaskDesk& Session::Impl::makeDesk(TaskId id) {
  auto made = std::make_unique<TaskDesk>(id, deskOutside(), edits);
  std::lock_guard lock(mutex);
  return *(taskDesks[id] = std::move(made));
}

TaskDesk* Session::Impl::taskDesk(TaskId id) const {
  std::lock_guard lock(mutex);
  const auto found = taskDesks.find(id);
  return found == taskDesks.end() ? nullptr : found->second.get();
}

Task& Session::Impl::frontTask() const {
  std::lock_guard lock(mutex);
  return front->task();
}

std::vector<TaskDesk*> Session::Impl::desksAtWork() const {
  std::vector<TaskDesk*> all;
  for (const auto& [id, of] : taskDesks) {
    if (of->isAtWork()) all.push_back(of.get());
  }
  return all;
}

TaskDesk& Session::Impl::deskOf(learners::LabelId label) {
  for (TaskDesk* of : desksAtWork()) {
    if (of->teaching().label(label)) return *of;
  }
  return *front;
}

void Session::Impl::setFront(TaskDesk& next) {
  if (front == &next) return;
  if (teaching->isRecording()) {  // the former front's samples so far are its example
    ++recordingSerial;
    const auto kept = teaching->endNow();
    if (!kept) notice(NoticeView::Kind::Error, kept.error().message);
    if (kept && *kept) lessons->taught();
  }
  {
    std::lock_guard lock(mutex);
    front = &next;
  }
  teaching = &next.teaching();
  lessons = &next.lessons();
  normExamples = 0;
  if (!looksOnly()) report(store->setMeta(kFrontKey, next.key()));
  skewAt = {};
  trailsAt = {};
  check->compareWith(std::nullopt);
  modelServes(next);
  changed();
}

void Session::Impl::followTasks() {
  const auto tasks = store->tasks();
  if (!tasks) return notice(NoticeView::Kind::Error, tasks.error().message);
  TaskDesk* came = nullptr;
  std::set<TaskId> present;
  for (const TaskSettings& task : *tasks) {
    present.insert(task.id);
    TaskDesk* of = taskDesk(task.id);
    if (!of) of = &makeDesk(task.id);
    if (of->isAtWork()) continue;
    of->start();
    came = of;
  }
  if (came) setFront(*came);
  for (TaskDesk* of : desksAtWork()) {
    if (present.contains(of->id())) continue;
    if (of == front) setFront(*taskDesk(*present.rbegin()));
    of->rest();
  }
  reloadRules();
  changed();
}

void Session::Impl::modelServes(const TaskDesk& of) {
  if (&of != front) return;
  library->setModel(of.lessons().serving(), of.lessons().model().version,
                    withFrames(of.settings(), of.watched()), of.watched());
}

void Session::Impl::addTask(const std::string& typed) {
  const auto all = store->tasks();
  if (!all) return notice(NoticeView::Kind::Error, all.error().message);
  auto name = checkedTaskName(typed, *all);
  if (!name) return notice(NoticeView::Kind::Warning, name.error().message);
  TaskSettings added = taskSettings();  // hears and answers as the one in front does
  added.key = freeTaskKey(*name, *all);
  added.name = *std::move(name);
  added.trainingPaused = false;
  added.limits.clear();  // they speak of labels of the other
  const auto done = edits->inTransaction([&]() -> base::Result<void> {
    added.id = 0;
    const auto id = store->addTask(added);
    if (!id) return id.error();
    added.id = *id;
    const auto kept = edits->keep({AddTask{added}, "Task " + added.name});
    return kept ? base::Result<void>() : kept.error();
  });
  if (!done) return notice(NoticeView::Kind::Error, done.error().message);
  followTasks();
}

void Session::Impl::renameTask(TaskId id, const std::string& typed) {
  const auto all = store->tasks();
  const auto before = store->task(id);
  if (!all || !before) return;
  const auto name = checkedTaskName(typed, *all, id);
  if (!name) return notice(NoticeView::Kind::Warning, name.error().message);
  if (*name == before->name) return;
  TaskSettings after = *before;
  after.name = *name;
  const auto done =
      edits->perform({ChangeTask{*before, after}, nameOf(*before) + " is now " + *name});
  if (!done) return notice(NoticeView::Kind::Error, done.error().message);
  changed();
}

void Session::Impl::removeTask(TaskId id) {
  const auto all = store->tasks();
  const auto gone = store->task(id);
  if (!all || !gone) return;
  if (all->size() < 2) {
    return notice(NoticeView::Kind::Warning, "The last task stays: a project recognises something.");
  }
  if (TaskDesk* of = taskDesk(id); of && of == front) {
    for (TaskDesk* other : desksAtWork()) {
      if (other != of) setFront(*other);
    }
  }
  const auto done = edits->perform({RemoveTask{*gone}, "Task " + nameOf(*gone) + " removed"});
  if (!done) return notice(NoticeView::Kind::Error, done.error().message);
  followTasks();
}

// ---- the public face -----------------------------------------------------------------------

void Session::bringToFront(TaskId task) {
  impl_->director->post([impl = impl_.get(), task] {
    TaskDesk* of = impl->taskDesk(task);
    if (of && of->isAtWork()) impl->setFront(*of);
  });
}

void Session::addTask(const std::string& name) {
  impl_->director->post([impl = impl_.get(), name] { impl->addTask(name); });
}

void Session::renameTask(TaskId task, const std::string& name) {
  impl_->director->post([impl = impl_.get(), task, name] { impl->renameTask(task, name); });
}

void Session::removeTask(TaskId task) {
  impl_->director->post([impl = impl_.get(), task] { impl->removeTask(task); });
}

}  // namespace app
