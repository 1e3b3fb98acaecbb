#include "app/lessons.h"

#include <deque>
#include <gtest/gtest.h>

#include "plugins/host/built_in.h"
#include "sensors/source.h"
#include "tests/support/temp_project.h"
#include "tests/support/wait_until.h"

namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using support::waitUntil;

learners::EnsembleReport reportOf(std::vector<std::pair<std::int64_t, bool>> units) {
  learners::EnsembleReport report{.heldOut = true};
  for (const auto& [unit, right] : units) report.units.push_back({.unit = unit, .right = right});
  return report;
}

std::vector<learners::Demonstration> examples(int n) {
  std::vector<learners::Demonstration> all;
  for (int i = 1; i <= n; ++i) all.push_back({.id = i});
  return all;
}

TEST(Compare, CountsOnlyOldExamplesBothModelsWereAskedAbout) {
  const auto before = reportOf({{1, true}, {2, false}, {3, true}});
  const auto after = reportOf({{1, true}, {2, true}, {4, false}});

  const app::Comparison c = app::compare(before, after, examples(3));

  EXPECT_TRUE(c.comparable);
  EXPECT_EQ(c.total, 2);
  EXPECT_EQ(c.before, 1);
  EXPECT_EQ(c.after, 2);
  EXPECT_EQ(c.lost, 0);
}

TEST(Compare, IsSilentWhereNothingWasHeldOut) {
  EXPECT_FALSE(app::compare({}, reportOf({{1, true}}), examples(1)).comparable);
}

TEST(IsWorse, OneLostExampleIsChanceTwoAreNot) {
  EXPECT_FALSE(app::isWorse({.total = 8, .before = 8, .after = 7, .comparable = true, .lost = 1}));
  EXPECT_TRUE(app::isWorse({.total = 8, .before = 8, .after = 6, .comparable = true, .lost = 2}));
  EXPECT_FALSE(
      app::isWorse({.total = 200, .before = 190, .after = 187, .comparable = true, .lost = 3}));
  EXPECT_FALSE(app::isWorse({.total = 8, .before = 8, .after = 0, .comparable = false, .lost = 8}));
}

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
  std::string place() const override { return "a script"; }
  std::size_t count() {
    std::lock_guard lock(mutex);
    return jobs.size();
  }
  Job last() {
    std::lock_guard lock(mutex);
    return jobs.back();
  }

  std::mutex mutex;
  std::deque<Job> jobs;
  std::atomic<int> cancelled = 0;
};

/// A project with recordings of two labels that are easy to tell apart; training is scripted.
struct Lesson : testing::Test {
  support::TempProject project;
  std::unique_ptr<app::ProjectStore> store = project.open();
  base::SystemClock clock;
  plugins::Registry registry = plugins::builtIn();
  sensors::SourceTable sources;
  sensors::Tape tape;
  app::Recorder recorder{*store, sources, tape, clock, [] {}};
  app::Teaching teaching{*store, recorder, clock};
  app::DatasetBuilder builder{*store, registry};
  app::Director director{clock};
  ScriptedTrainer trainer;
  std::mutex mutex;
  std::string servedHash;
  std::vector<std::string> notices;
  std::unique_ptr<app::Lessons> lessons = std::make_unique<app::Lessons>(
      *store, teaching, builder, director, registry.learners, clock, 1,
      app::Lessons::Outside{
          .trainer = [this] { return &trainer; },
          .serve =
              [this](const learners::EnsemblePtr& e, int, const auto&) {
                std::lock_guard lock(mutex);
                servedHash = e ? e->hash() : std::string();
              },
          .changed = [] {},
          .notice = [this](auto, const std::string& text) { notices.push_back(text); }});
  sensors::SourceInfo source{.id = "node/imu",
                             .kind = sensors::SourceKind::Motion,
                             .channels = {{"x", "m/s2"}},
                             .rate = 100};
  base::Time next{1'000'000'000'000};
  unsigned noise = 1;

  Lesson() { EXPECT_TRUE(store->declareSource(source)); }
  ~Lesson() override {
    lessons.reset();
    director.stop();
  }

  void onDirector(const std::function<void()>& work) {
    director.post(work);
    director.settle();
  }

  /// An example of 3 s whose signal swings by `amplitude`.
  learners::Demonstration record(learners::LabelId label, float amplitude) {
    const base::TimeSpan span{next, next + seconds(3)};
    next += seconds(10);
    sensors::Samples samples{.rows = 300, .channels = 1};
    for (int i = 0; i < 300; ++i) {
      noise = noise * 1664525U + 1013904223U;
      samples.values.push_back(amplitude * (static_cast<float>(noise >> 8) / 8388608.F - 1.F));
    }
    auto block = std::make_shared<sensors::Block>();
    block->source = std::make_shared<const sensors::SourceInfo>(source);
    block->start = span.begin;
    block->step = milliseconds(10);
    block->content = std::move(samples);
    const auto recording = store->addRecording({.span = span}).value();
    EXPECT_TRUE(store->appendChunks(recording, {block}));
    learners::Demonstration example{.label = label, .span = span, .recording = recording};
    example.id = store->addDemonstration(example).value();
    EXPECT_TRUE(teaching.edits().keep({app::AddExamples{{example}}, "recorded"}));
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

TEST_F(Lesson, StartsByItselfAtTwoLabelsWithThreeExamplesAndNotBefore) {
  const auto quiet = teaching.addLabel("Quiet").value();
  const auto loud = teaching.addLabel("Loud").value();
  for (int i = 0; i < 3; ++i) record(quiet, 0.1F);
  for (int i = 0; i < 2; ++i) record(loud, 3.F);
  onDirector([&] { lessons->taught(); });
  EXPECT_EQ(lessons->model().phase, app::ModelPhase::None);

  record(loud, 3.F);
  onDirector([&] { lessons->taught(); });

  EXPECT_TRUE(waitUntil([&] { return trainer.count() == 1; }));
  EXPECT_EQ(lessons->model().phase, app::ModelPhase::Training);
}

TEST_F(Lesson, AFinishedTrainingServesAndIsKeptForTheNextStart) {
  teachTwoLabels();
  onDirector([&] { lessons->taught(); });

  const std::string hash = finishJob();

  EXPECT_EQ(served(), hash);
  EXPECT_EQ(lessons->model().version, 1);
  ASSERT_EQ(store->deployments().value().size(), 1U);
  EXPECT_TRUE(store->blob(hash));
}

TEST_F(Lesson, TheServedModelIsServedAgainAfterReopening) {
  teachTwoLabels();
  onDirector([&] { lessons->taught(); });
  const std::string hash = finishJob();
  servedHash.clear();

  onDirector([&] { lessons->resume(); });

  EXPECT_EQ(served(), hash);
  EXPECT_EQ(trainer.count(), 1U) << "what was learnt is not learnt again";
}

TEST_F(Lesson, UndoingACorrectionServesTheVerySameModel) {
  teachTwoLabels();
  onDirector([&] { lessons->taught(); });
  const std::string before = finishJob();
  const auto old = teaching.examples();

  onDirector([&] {
    record(teaching.labels().front().id, 0.5F);
    lessons->corrected("that was Quiet", teaching.edits().newest(), clock.now(), old);
  });
  ASSERT_TRUE(waitUntil([&] { return trainer.count() == 2; }));
  const std::string after = finishJob();
  EXPECT_EQ(served(), after);
  EXPECT_NE(after, before);
  EXPECT_EQ(lessons->lesson().stage, app::LessonView::Stage::Done);
  EXPECT_EQ(lessons->lesson().oldTotal, 6);

  onDirector([&] {
    ASSERT_TRUE(teaching.edits().undo());
    teaching.reload();
    lessons->restored();
  });

  EXPECT_EQ(served(), before);
  EXPECT_EQ(lessons->servingHash(), before);

  onDirector([&] {
    ASSERT_TRUE(teaching.edits().redo());
    teaching.reload();
    lessons->restored();
  });
  EXPECT_EQ(served(), after) << "doing it again finds its model too";
  EXPECT_EQ(trainer.count(), 2U);
}

TEST_F(Lesson, AModelThatIsWorseOnOldExamplesIsKeptAsideUntilSomebodyDecides) {
  teachTwoLabels();
  onDirector([&] { lessons->taught(); });
  const std::string good = finishJob();
  const auto old = teaching.examples();
  onDirector([&] {
    record(teaching.labels().front().id, 3.F);
    lessons->corrected("that was Quiet", 1, clock.now(), old);
  });
  ASSERT_TRUE(waitUntil([&] { return trainer.count() == 2; }));

  const std::string bad = finishJob(false);

  EXPECT_EQ(served(), good);
  EXPECT_FALSE(lessons->model().keptAside.empty());
  EXPECT_EQ(lessons->lesson().stage, app::LessonView::Stage::KeptAside);
  onDirector([&] { lessons->useKeptAside(true); });
  EXPECT_EQ(served(), bad);
}

TEST_F(Lesson, UndoDuringTrainingDropsItsResult) {
  teachTwoLabels();
  onDirector([&] { lessons->taught(); });
  ASSERT_TRUE(waitUntil([&] { return trainer.count() == 1; }));

  onDirector([&] {
    ASSERT_TRUE(teaching.edits().undo());
    teaching.reload();
    lessons->restored();
  });
  finishJob();

  EXPECT_EQ(served(), "");
  EXPECT_EQ(trainer.cancelled, 1);
}

TEST_F(Lesson, AFailedTrainingKeepsTheFormerModelAndSaysWhy) {
  teachTwoLabels();
  onDirector([&] { lessons->taught(); });
  const std::string good = finishJob();
  record(teaching.labels().front().id, 0.1F);
  onDirector([&] { lessons->taught(); });
  ASSERT_TRUE(waitUntil([&] { return trainer.count() == 2; }));

  trainer.last().callbacks.done(base::Error{base::ErrorCode::Unavailable, "Attic Pi vanished"});
  director.settle();
  director.settle();

  EXPECT_EQ(served(), good);
  EXPECT_EQ(lessons->model().trouble, "Attic Pi vanished");
  EXPECT_FALSE(notices.empty());
}

TEST_F(Lesson, WhilePausedNothingIsTrained) {
  onDirector([&] { lessons->setPaused(true); });
  teachTwoLabels();
  onDirector([&] { lessons->taught(); });
  EXPECT_EQ(trainer.count(), 0U);
  EXPECT_EQ(lessons->model().phase, app::ModelPhase::Paused);

  onDirector([&] { lessons->setPaused(false); });

  EXPECT_TRUE(waitUntil([&] { return trainer.count() == 1; }));
}

}  // namespace
