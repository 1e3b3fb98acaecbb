#include "app/lessons.h"

#include "app/project/provenance.h"
#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

#include "hubs/bus.h"
#include "hubs/codec.h"
#include "sensors/base/log.h"

namespace app {

namespace {

using nlohmann::json;

constexpr int kLabelsToStart = 2;
constexpr int kExamplesToStart = 3;

std::string count(int right, int total) {
  return std::to_string(right) + " of " + std::to_string(total);
}

}  // namespace

Comparison compare(const learners::EnsembleReport& before, const learners::EnsembleReport& after,
                   const std::vector<learners::Demonstration>& old) {
  Comparison result{.comparable = before.heldOut && after.heldOut};
  std::map<std::int64_t, bool> was, is;
  for (const auto& unit : before.units) was[unit.unit] = unit.right;
  for (const auto& unit : after.units) is[unit.unit] = unit.right;
  for (const auto& example : old) {
    const auto a = was.find(example.id), b = is.find(example.id);
    if (a == was.end() || b == is.end()) continue;
    ++result.total;
    result.before += a->second;
    result.after += b->second;
  }
  result.lost = std::max(0, result.before - result.after);
  return result;
}

bool isWorse(const Comparison& c) { return c.comparable && c.lost > 1 && c.lost > 0.02 * c.total; }

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
  if (const auto task = store_.task()) paused_ = task->trainingPaused;
}

Lessons::~Lessons() { jobs_->stop(); }

std::optional<Lessons::Deployed> Lessons::readDeployment(const DeploymentRow& row) const {
  const auto kept =
      hubs::parseJson(hubs::toBytes(row.reportJson), {.bytes = 64U << 20, .keys = 4'000'000});
  if (!kept || !kept->is_object() || !kept->contains("report")) return std::nullopt;
  const auto report = reportFromJson(kept->at("report").dump());
  if (!report) return std::nullopt;
  const auto task = taskSettingsFrom(hubs::textField(*kept, "task", "{}"));
  return Deployed{row, hubs::textField(*kept, "fingerprint"), *report,
                  static_cast<int>(hubs::integerField(*kept, "examples")),
                  task ? task->frames : std::vector<sensors::FrameSpec>()};
}

learners::EnsemblePtr Lessons::load(const std::string& hash) const {
  const auto bytes = store_.blob(hash);
  if (!bytes) return nullptr;
  const auto ensemble = learners::Ensemble::decode(*bytes, learners_);
  if (!ensemble) {
    base::logWarning("a kept model cannot be read: " + ensemble.error().message);
    return nullptr;
  }
  return *ensemble;
}

void Lessons::resume() {
  const auto rows = store_.deployments();
  if (!rows || rows->empty()) return;
  if (rows->back().ensembleHash.empty()) return;  // nobody served when it was closed
  if (auto last = readDeployment(rows->back())) serveDeployed(*last);
  triedFingerprint_ = current_ ? current_->fingerprint : std::string();
  taught();
}

void Lessons::serveDeployed(const Deployed& deployed) {
  auto ensemble = load(deployed.row.ensembleHash);
  if (!ensemble) {
    outside_.notice(NoticeView::Kind::Warning, "Model " + std::to_string(deployed.row.version) +
                                                   " could not be read. I learn it anew.");
    return;
  }
  serving_ = std::move(ensemble);
  servingHash_ = deployed.row.ensembleHash;
  current_ = deployed;
  outside_.serve(serving_, deployed.row.version, deployed.frames);
}

void Lessons::serveNobody() {
  if (current_) {
    const DeploymentRow none{.since = clock_.now()};
    if (const auto kept = store_.addDeployment(none); !kept) {
      outside_.notice(NoticeView::Kind::Error, kept.error().message);
    }
  }
  serving_ = nullptr;
  servingHash_.clear();
  current_.reset();
  outside_.serve(nullptr, 0, {});
}

bool Lessons::enoughToTrain() const {
  return teaching_.labelsWithAtLeast(kExamplesToStart) >= kLabelsToStart;
}

bool Lessons::mayTrain() const {
  const auto task = store_.task();
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
  if (paused_ || !enoughToTrain()) {
    lesson_.stage = LessonView::Stage::Failed;
    lesson_.trouble = paused_
                          ? "Training is paused; I learn it when you go on."
                          : "I learn it as soon as there are two labels with three examples each.";
    outside_.changed();
    return;
  }
  stopRunning();
  start({.what = what, .command = command, .pressed = pressed, .old = std::move(old)});
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
  running_->cancelled = true;
  running_.reset();
  if (Trainer* trainer = outside_.trainer()) trainer->cancel("main");
}

void Lessons::start(Running values) {
  const auto task = store_.task();
  if (!task) return failed(std::make_shared<Running>(values), task.error());
  auto running = std::make_shared<Running>(std::move(values));
  running->fingerprint = teaching_.fingerprint(*task);
  if (const auto sources = store_.sources()) running->frames = frameSpecsFor(*task, *sources);
  running_ = running;
  again_ = false;
  triedFingerprint_ = running->fingerprint;
  trouble_.clear();
  const std::weak_ptr<int> alive = alive_;
  TaskSettings settings = *task;
  settings.frames = running->frames;
  jobs_->post([this, running, alive, settings] {
    auto data = builder_.build(settings);
    if (data) {
      if (const auto noted = noteLesson(store_, **data); !noted) {
        base::logWarning("what a model learns from was not noted: " + noted.error().message);
      }
    }
    director_.post([this, running, alive, data = std::move(data)] {
      if (alive.expired() || running->cancelled) return;
      if (!data) return failed(running, data.error());
      startJob(running, *data);
    });
  });
  outside_.changed();
}

void Lessons::startJob(const std::shared_ptr<Running>& running, const learners::DatasetPtr& data) {
  const auto task = store_.task();
  const auto fence = store_.nextFence("main");
  Trainer* trainer = outside_.trainer();
  if (!task || !fence || !trainer) {
    return failed(
        running, !task    ? task.error()
                 : !fence ? fence.error()
                          : base::Error{base::ErrorCode::Unavailable, "There is nobody to train."});
  }
  TrainingJob job{.epoch = store_.epoch(), .fence = *fence, .data = data};
  job.recipe.learners = task->learners;
  job.recipe.policy = task->policy;
  job.recipe.seed = seed_;
  const std::weak_ptr<int> alive = alive_;
  const auto onDirector = [this, running, alive](auto work) {
    director_.post([running, alive, work] {
      if (!alive.expired() && !running->cancelled) work();
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

void Lessons::failed(const std::shared_ptr<Running>& running, const base::Error& error) {
  if (running_ == running) running_.reset();
  if (error.code == base::ErrorCode::Cancelled) return outside_.changed();
  trouble_ = error.message;
  if (!running->what.empty()) {
    lesson_.stage = LessonView::Stage::Failed;
    lesson_.trouble = error.message;
  }
  outside_.notice(NoticeView::Kind::Warning, "Training ended without a model: " + error.message);
  outside_.changed();
}

void Lessons::finished(const std::shared_ptr<Running>& running,
                       base::Result<learners::TrainedEnsemble> result) {
  if (!result) {
    failed(running, result.error());
  } else {
    running_.reset();
    const learners::EnsembleReport none;
    const auto& old = running->what.empty() ? teaching_.examples() : running->old;
    const Comparison held = compare(current_ ? current_->report : none, result->report, old);
    const bool worse = current_ && isWorse(held);
    if (worse) {
      aside_ = Aside{*result, running->fingerprint, running->frames,
                     "Learning this would answer " + count(held.after, held.total) +
                         " old examples right, it was " + count(held.before, held.total) +
                         ". I kept it aside."};
    } else {
      putInService(*result, running->fingerprint, running->frames);
    }
    if (!running->what.empty()) {
      lesson_.stage = worse ? LessonView::Stage::KeptAside : LessonView::Stage::Done;
      lesson_.seconds = base::toSeconds(clock_.now() - running->pressed);
      lesson_.oldRightBefore = held.before;
      lesson_.oldRightAfter = held.after;
      lesson_.oldTotal = held.total;
      lesson_.comparable = held.comparable;
    }
  }
  if (std::exchange(again_, false) && mayTrain()) start({});
  outside_.changed();
}

void Lessons::putInService(const learners::TrainedEnsemble& trained, const std::string& fingerprint,
                           const std::vector<sensors::FrameSpec>& frames) {
  const auto rows = store_.deployments();
  int version = 1;
  if (rows) {
    for (const DeploymentRow& row : *rows) version = std::max(version, row.version + 1);
  }
  const auto examples = std::count_if(teaching_.examples().begin(), teaching_.examples().end(),
                                      [](const auto& e) { return e.enabled; });
  DeploymentRow row{.version = version,
                    .ensembleHash = trained.ensemble->hash(),
                    .datasetHash = trained.ensemble->content().datasetHash,
                    .since = clock_.now()};
  if (Trainer* trainer = outside_.trainer()) row.worker = trainer->place();
  row.reportJson = json{
      {"report", json::parse(reportToJson(trained.report))},
      {"fingerprint", fingerprint},
      {"task", toJson(TaskSettings{.frames = frames})},
      {"examples",
       examples}}.dump();
  const auto kept = store_.inTransaction([&]() -> base::Result<void> {
    if (auto put = store_.putBlob(row.ensembleHash, trained.ensemble->encode()); !put) return put;
    const auto id = store_.addDeployment(row);
    if (!id) return id.error();
    row.id = *id;
    return {};
  });
  if (!kept) outside_.notice(NoticeView::Kind::Error, kept.error().message);
  serving_ = trained.ensemble;
  servingHash_ = row.ensembleHash;
  current_ = Deployed{row, fingerprint, trained.report, static_cast<int>(examples), frames};
  aside_.reset();
  outside_.serve(serving_, version, frames);
}

void Lessons::restored() {
  stopRunning();
  aside_.reset();
  lesson_ = {};
  const auto task = store_.task();
  if (!task) return;
  const std::string wanted = teaching_.fingerprint(*task);
  triedFingerprint_.clear();
  if (current_ && current_->fingerprint == wanted) {
    triedFingerprint_ = wanted;
    return outside_.changed();
  }
  if (const auto rows = store_.deployments()) {
    for (auto row = rows->rbegin(); row != rows->rend(); ++row) {
      auto former = readDeployment(*row);
      if (!former || former->fingerprint != wanted || row->ensembleHash.empty()) continue;
      former->row.since = clock_.now();
      if (const auto kept = store_.addDeployment(former->row); !kept) {
        outside_.notice(NoticeView::Kind::Error, kept.error().message);
      }
      serveDeployed(*former);
      triedFingerprint_ = wanted;
      return outside_.changed();
    }
  }
  if (!enoughToTrain()) serveNobody();
  taught();
}

void Lessons::useKeptAside(bool use) {
  if (!aside_) return;
  const Aside aside = *std::exchange(aside_, std::nullopt);
  if (use) putInService(aside.trained, aside.fingerprint, aside.frames);
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
  if (const auto task = store_.task()) view.membersWanted = static_cast<int>(task->learners.size());
  if (current_) {
    view.version = current_->row.version;
    view.learntFrom = current_->examples;
    view.heldOut = current_->report.heldOut;
    view.heldOutAccuracy = current_->report.accuracy;
    view.trainedAt = current_->row.since;
    view.trainedOn = current_->row.worker;
    const auto now = std::count_if(teaching_.examples().begin(), teaching_.examples().end(),
                                   [](const auto& e) { return e.enabled; });
    view.newExamples = std::max(0, static_cast<int>(now) - current_->examples);
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
