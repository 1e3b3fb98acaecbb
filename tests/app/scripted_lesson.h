#pragma once
// A project with recordings of two labels, lessons about them, and a trainer that a test plays.

#include <atomic>
#include <deque>
#include <functional>
#include <gtest/gtest.h>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "app/lessons.h"
#include "tests/support/lesson_project.h"
#include "tests/support/wait_until.h"

namespace app_test {

using std::chrono::milliseconds;
using std::chrono::seconds;
using support::waitUntil;

/// Keeps its jobs until the test says how they ended.
class ScriptedTrainer final : public app::Trainer {
 public:
  struct Job {
    app::TrainingJob job;
    app::TrainingCallbacks callbacks;
  };
  void start(app::TrainingJob job, app::TrainingCallbacks callbacks) override {
    std::lock_guard lock(mutex);
    jobs.push_back({std::move(job), std::move(callbacks)});
  }
  void cancel(const std::string&) override { ++cancelled; }
  std::string place() const override { return name; }
  std::size_t count() {
    std::lock_guard lock(mutex);
    return jobs.size();
  }
  Job last() {
    std::lock_guard lock(mutex);
    return jobs.back();
  }

  std::string name = "a script";
  std::mutex mutex;
  std::deque<Job> jobs;
  std::atomic<int> cancelled = 0;
};

/// A project with recordings of two labels that are easy to tell apart; training is scripted.
struct Lesson : testing::Test, support::LessonProject {
  ScriptedTrainer trainer;
  std::atomic<bool> nobody = false;  ///< trains
  std::atomic<bool> awaited = false;  ///< who trains is expected
  std::atomic<int> waits = 0;         ///< times that was so
  std::mutex mutex;
  std::string servedHash;
  std::vector<std::string> notices;
  std::function<base::Result<learners::Adapted>(const app::AdaptationJob&)> adapt =
      [this](const app::AdaptationJob& job) {
        return learners::adaptEnsemble(job.former, *job.data, job.fresh, job.recipe,
                                       registry.learners, {});
      };
  std::atomic<int> adaptations = 0;
  std::unique_ptr<app::Lessons> lessons = std::make_unique<app::Lessons>(
      *store, teaching, builder, director, registry.learners, clock, 1,
      app::Lessons::Outside{
          .trainer = [this] { return nobody ? nullptr : &trainer; },
          .awaitsTrainer =
              [this] {
                waits += awaited ? 1 : 0;
                return awaited.load();
              },
          .serve =
              [this](const learners::EnsemblePtr& e, int, const auto&) {
                std::lock_guard lock(mutex);
                servedHash = e ? e->hash() : std::string();
              },
          .adapt =
              [this](const app::AdaptationJob& job, std::stop_token) {
                ++adaptations;
                return adapt(job);
              },
          .quiet = base::Duration{0},
          .changed = [] {},
          .notice = [this](auto, const std::string& text) { notices.push_back(text); }});
  sensors::SourceInfo source{.id = "node/imu",
                             .kind = sensors::SourceKind::Motion,
                             .channels = {{"x", "m/s2"}},
                             .rate = 100};
  unsigned noise = 1;

  Lesson() { EXPECT_TRUE(store->declareSource(source)); }
  ~Lesson() override {
    director.stop();  // what waits there asks the lessons
    lessons.reset();
  }

  void onDirector(const std::function<void()>& work) {
    director.post(work);
    director.settle();
  }

  /// An example of 3 s whose signal swings by `amplitude`.
  learners::Demonstration record(learners::LabelId label, float amplitude) {
    sensors::Samples samples{.rows = 300, .channels = 1};
    for (int i = 0; i < 300; ++i) {
      noise = noise * 1664525U + 1013904223U;
      samples.values.push_back(amplitude * (static_cast<float>(noise >> 8) / 8388608.F - 1.F));
    }
    const auto example = show(label, keep(source, std::move(samples), milliseconds(10)));
    teaching.reload();
    return example;
  }

  void teachTwoLabels() {
    const auto quiet = teaching.addLabel("Quiet").value();
    const auto loud = teaching.addLabel("Loud").value();
    for (int i = 0; i < 3; ++i) {
      record(quiet, 0.1F);
      record(loud, 3.F);
    }
  }

  /// So many examples that corrections are learnt by adapting, and a model that knows them.
  std::string teachMany() {
    teachTwoLabels();
    for (int i = 0; i < 9; ++i) {
      record(teaching.labels()[0].id, 0.1F);
      record(teaching.labels()[1].id, 3.F);
    }
    onDirector([&] { lessons->taught(); });
    return finishJob();
  }

  void correct(learners::LabelId label, float amplitude) {
    const auto old = teaching.examples();
    onDirector([&] {
      record(label, amplitude);
      lessons->corrected("that was it", teaching.edits().newest(), clock.now(), old);
    });
  }
  bool learnt() {
    return waitUntil([&] {
      app::LessonView::Stage stage{};
      onDirector([&] { stage = lessons->lesson().stage; });
      return stage != app::LessonView::Stage::Learning;
    });
  }
  void undo() {
    onDirector([&] {
      ASSERT_TRUE(teaching.edits().undo());
      teaching.reload();
      lessons->restored();
    });
  }

  /// Trains the job for real and reports `right` for each of its units.
  std::string finishJob(bool right = true) {
    EXPECT_TRUE(waitUntil([&] { return trainer.count() > 0; }));
    const auto job = trainer.last();
    auto trained = learners::trainEnsemble(*job.job.data, job.job.recipe, registry.learners, {});
    EXPECT_TRUE(trained);
    for (auto& unit : trained->report.units) unit.right = right;
    trained->report.heldOut = true;
    const std::string hash = trained->ensemble->hash();
    job.callbacks.done(*trained);
    director.settle();
    director.settle();
    return hash;
  }
  std::string served() {
    std::lock_guard lock(mutex);
    return servedHash;
  }
};

}  // namespace app_test
