#include "app/lessons.h"

#include <deque>
#include <gtest/gtest.h>

#include "tests/support/lesson_project.h"
#include "tests/support/wait_until.h"

namespace {

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
struct Lesson : testing::Test, support::LessonProject {
  ScriptedTrainer trainer;
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
          .trainer = [this] { return &trainer; },
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

TEST_F(Lesson, ACorrectionIsLearntByTheModelThatServesWithoutATraining) {
  const std::string before = teachMany();

  correct(teaching.labels()[0].id, 0.5F);
  ASSERT_TRUE(learnt());

  EXPECT_EQ(lessons->lesson().stage, app::LessonView::Stage::Done);
  EXPECT_NE(served(), before);
  EXPECT_EQ(served(), lessons->servingHash());
  EXPECT_EQ(adaptations, 1);
  EXPECT_EQ(trainer.count(), 1U);
  EXPECT_EQ(lessons->model().learntFrom, 25);
  EXPECT_EQ(lessons->lesson().trouble, "") << "nothing was forgotten";
}

TEST_F(Lesson, UndoOfAdaptedCorrectionsGoesBackThroughTheVeryModels) {
  const std::string before = teachMany();
  correct(teaching.labels()[0].id, 0.5F);
  ASSERT_TRUE(learnt());
  const std::string first = served();
  correct(teaching.labels()[0].id, 0.6F);
  ASSERT_TRUE(learnt());
  ASSERT_NE(served(), first);

  undo();
  EXPECT_EQ(served(), first);
  undo();
  EXPECT_EQ(served(), before);
  EXPECT_EQ(trainer.count(), 1U);
}

TEST_F(Lesson, UndoServesTheNewestModelThatKnowsNothingTakenBack) {
  const std::string before = teachMany();
  record(teaching.labels()[0].id, 0.2F);  // not learnt when the correction comes
  correct(teaching.labels()[0].id, 0.5F);
  ASSERT_TRUE(learnt());
  ASSERT_NE(served(), before);

  undo();

  EXPECT_EQ(served(), before);
  EXPECT_TRUE(waitUntil([&] { return trainer.count() == 2; })) << "and learns the rest";
}

TEST_F(Lesson, WhatCannotBeAdaptedIsTrained) {
  teachMany();
  adapt = [](const app::AdaptationJob&) { return base::invalid("the child crashed"); };

  correct(teaching.labels()[0].id, 0.5F);
  ASSERT_TRUE(waitUntil([&] { return trainer.count() == 2; }));
  const std::string after = finishJob();

  EXPECT_EQ(served(), after);
  EXPECT_EQ(lessons->lesson().stage, app::LessonView::Stage::Done);
}

TEST_F(Lesson, AnAdaptedModelThatForgotIsKeptAside) {
  const std::string good = teachMany();
  adapt = [this, careful = adapt](const app::AdaptationJob& job) {
    auto made = careful(job);
    made->tested = 8;
    made->before = 8;
    made->after = 4;
    made->forgetting = {{.label = "Quiet", .demonstrations = 4, .before = 4, .after = 4},
                        {.label = "Loud", .demonstrations = 4, .before = 4, .after = 0}};
    return made;
  };

  correct(teaching.labels()[0].id, 3.F);
  ASSERT_TRUE(learnt());

  EXPECT_EQ(lessons->lesson().stage, app::LessonView::Stage::KeptAside);
  EXPECT_EQ(lessons->lesson().trouble, "Loud: 0 of 4 right, it was 4.");
  EXPECT_EQ(served(), good);
  onDirector([&] { lessons->useKeptAside(true); });
  EXPECT_NE(served(), good);
}

TEST_F(Lesson, ANewLabelFromCorrectionsIsHeardFromTheThirdExampleOn) {
  teachMany();
  learners::LabelId tap = 0;
  onDirector([&] { tap = teaching.addLabel("Tap").value(); });
  const auto knowsTap = [&] {
    const auto& labels = lessons->serving()->labels();
    return std::any_of(labels.begin(), labels.end(), [&](const auto& l) { return l.id == tap; });
  };

  correct(tap, 20.F);
  ASSERT_TRUE(learnt());
  EXPECT_EQ(lessons->lesson().trouble, "I know Tap when you show it twice more.");
  correct(tap, 21.F);
  ASSERT_TRUE(learnt());
  EXPECT_EQ(lessons->lesson().trouble, "I know Tap when you show it once more.");
  EXPECT_FALSE(knowsTap());
  correct(tap, 22.F);
  ASSERT_TRUE(learnt());

  EXPECT_EQ(lessons->lesson().stage, app::LessonView::Stage::Done);
  EXPECT_TRUE(knowsTap()) << "whatever is trained anew meanwhile";
}

TEST_F(Lesson, AnAdaptedModelServesAgainAfterReopening) {
  teachMany();
  correct(teaching.labels()[0].id, 0.5F);
  ASSERT_TRUE(learnt());
  const std::string adapted = served();
  servedHash.clear();

  onDirector([&] { lessons->resume(); });

  EXPECT_EQ(served(), adapted);
  EXPECT_EQ(trainer.count(), 1U);
}

TEST_F(Lesson, EverythingIsTrainedAnewOnceCorrectionsAreATenth) {
  teachMany();
  correct(teaching.labels()[0].id, 0.5F);
  ASSERT_TRUE(learnt());
  correct(teaching.labels()[0].id, 0.6F);
  ASSERT_TRUE(learnt());
  EXPECT_EQ(trainer.count(), 1U);
  correct(teaching.labels()[0].id, 0.7F);
  ASSERT_TRUE(learnt());
  const std::string adapted = served();

  ASSERT_TRUE(waitUntil([&] { return trainer.count() == 2; }));
  const std::string whole = finishJob();

  EXPECT_NE(whole, adapted);
  EXPECT_EQ(served(), whole);
  EXPECT_EQ(lessons->model().learntFrom, 27);
}

TEST_F(Lesson, ATrainingNobodyAskedForNeverBringsAWorseModelNorAQuestion) {
  teachMany();
  for (const float amplitude : {0.5F, 0.6F, 0.7F}) {
    correct(teaching.labels()[0].id, amplitude);
    ASSERT_TRUE(learnt());
  }
  const std::string adapted = served();

  ASSERT_TRUE(waitUntil([&] { return trainer.count() == 2; }));
  finishJob(false);

  EXPECT_EQ(served(), adapted);
  EXPECT_EQ(lessons->model().keptAside, "");
}

}  // namespace
