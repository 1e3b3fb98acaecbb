#include "app/task_desk.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/app/training/worker_house.h"
#include "tests/support/temp_project.h"

namespace {

using namespace std::chrono_literals;

/// A task with a model, and a worker played by the test that a rule wants it to be served by.
struct ServedElsewhere : testing::Test {
  training::House house;
  support::TempProject project;
  std::unique_ptr<app::ProjectStore> store = project.open();
  plugins::Registry registry = plugins::builtIn();
  sensors::SourceTable sources;
  sensors::Tape tape;
  sensors::FrameHub frames{sources, registry.extractors, house.clock};
  app::Recorder recorder{*store, sources, tape, house.clock, [] {}};
  app::DatasetBuilder builder{*store, registry};
  app::Director director{house.clock};
  training::HouseBench bench{house};
  training::ScriptedWorker worker{house};
  app::Policy policy{.where = {.kind = app::PolicyClause::Kind::IsDevice, .device = "Attic Pi"}};
  std::vector<app::DeviceFacts> devices = {
      {.id = {}, .name = "This computer", .online = true, .cores = 1},
      {.id = training::kWorker, .name = "Attic Pi", .online = true, .cores = 4}};
  std::vector<std::string> notices;  ///< of the director's thread
  std::unique_ptr<app::TaskDesk> desk;

  /// What the project holds besides the model.
  virtual void prepare() {}
  void SetUp() override {
    keepModel();
    prepare();
    desk = std::make_unique<app::TaskDesk>(
        app::kFirstTask,
        app::TaskDesk::Outside{
            .store = *store,
            .recorder = recorder,
            .frames = frames,
            .builder = builder,
            .director = director,
            .workers = bench.directory(),
            .learners = registry.learners,
            .clock = house.clock,
            .adapt = {},
            .mayWorkOn = [](const std::string&) { return true; },
            .answered = [](const auto&, const auto&, const auto&) {},
            .served = [](const auto&) {},
            .changed = [] {},
            .notice = [this](auto, const std::string& text) { notices.push_back(text); },
            .places = [this] { return std::pair(&policy, devices); }},
        nullptr);
    worker.appear();
    ASSERT_TRUE(bench.waitOnline());
    onDirector([&] { desk->start(); });
    ASSERT_TRUE(worker.hears<app::Deploy>());
  }
  ~ServedElsewhere() override {
    director.stop();
    desk.reset();
  }

  void keepModel() {
    const auto job = training::job(1);
    const auto trained = learners::trainEnsemble(*job.data, job.recipe, registry.learners, {});
    ASSERT_TRUE(trained);
    const std::string hash = trained->ensemble->hash();
    ASSERT_TRUE(store->putBlob(hash, trained->ensemble->encode()));
    ASSERT_TRUE(store->addDeployment(
        {.version = 1,
         .ensembleHash = hash,
         .reportJson =
             nlohmann::json{{"report", nlohmann::json::parse(app::reportToJson(trained->report))}}
                 .dump()}));
  }
  void onDirector(const std::function<void()>& work) {
    director.post(work);
    director.settle();
  }
  app::Place answering() {
    app::Place place;
    onDirector([&] { place = desk->answeringPlace(); });
    return place;
  }
  void refuse() {
    const auto asked = worker.heard<app::Deploy>().back();
    worker.say(training::kWorker, "evt",
               app::Failed{training::kBench, "", asked.model, asked.token, "oom", "no memory"});
  }
  void take() {
    const auto asked = worker.heard<app::Deploy>().back();
    worker.say(
        training::kWorker, "evt",
        app::Active{training::kBench, asked.model, desk->lessons().servingHash(), asked.token});
  }
};

TEST_F(ServedElsewhere, WhatAComputerDidNotTakeIsAskedOfItAgainAndTheRuleHoldsMeanwhile) {
  refuse();

  ASSERT_TRUE(support::waitUntil([&] { return answering().none; }));
  EXPECT_EQ(answering().reason, "Attic Pi does not serve: Attic Pi: no memory.");
  EXPECT_EQ(desk->answeringWorker(), "");
  ASSERT_EQ(notices.size(), 1U);
  house.clock.advance(29s);
  onDirector([&] { desk->choosePlaces(); });
  worker.appear();
  house.clock.advance(1s);
  onDirector([&] { desk->choosePlaces(); });
  ASSERT_TRUE(worker.hears<app::Deploy>(2));
  EXPECT_TRUE(answering().none) << "until it serves";
  take();
  EXPECT_TRUE(support::waitUntil([&] { return answering().worker == training::kWorker; }));
  EXPECT_EQ(desk->answeringWorker(), training::kWorker);
}

TEST_F(ServedElsewhere, ThisComputerAnswersMeanwhileWhereTheRuleAllowsItAndThePlaceSaysSo) {
  policy.otherwise = app::Policy::Otherwise::BestEffort;

  refuse();

  ASSERT_TRUE(support::waitUntil([&] { return !answering().reason.starts_with("Attic Pi: "); }));
  EXPECT_EQ(answering().worker, "");
  EXPECT_FALSE(answering().none);
  EXPECT_EQ(answering().reason,
            "This computer, since Attic Pi does not serve: Attic Pi: no memory");
}

TEST_F(ServedElsewhere, AnAnswerOfTheWorkerThatComesWhenTheDeskIsGoneIsDropped) {
  director.stop();
  desk.reset();

  refuse();

  EXPECT_TRUE(notices.empty());
}

TEST_F(ServedElsewhere, AComputerThatBeganAnewWithoutTheModelIsGivenItAtOnce) {
  take();
  ASSERT_TRUE(support::waitUntil([&] { return desk->answeringWorker() == training::kWorker; }));
  worker.forget();

  worker.beginAnew();
  EXPECT_TRUE(support::waitUntil([&] {
    onDirector([&] { desk->choosePlaces(); });
    return !worker.heard<app::Deploy>().empty();
  }));
  onDirector([&] { desk->choosePlaces(); });
  EXPECT_EQ(worker.heard<app::Deploy>().size(), 1U) << "once";
  EXPECT_EQ(desk->answersFrom(), std::nullopt) << "until it has it again";
  take();

  EXPECT_TRUE(support::waitUntil([&] { return desk->answeringWorker() == training::kWorker; }));
  EXPECT_TRUE(notices.empty());
}

TEST_F(ServedElsewhere, WhoBeganAnewWhileItTookTheModelOverIsSentItAgain) {
  worker.beginAnew();

  EXPECT_TRUE(worker.hears<app::Deploy>(2));
}

/// With examples that the model does not know yet.
struct TaughtElsewhere : ServedElsewhere {
  void prepare() override {
    const auto source = std::make_shared<const sensors::SourceInfo>(
        sensors::SourceInfo{.id = "node/imu",
                            .kind = sensors::SourceKind::Motion,
                            .channels = {{"x", "m/s2"}},
                            .rate = 100});
    ASSERT_TRUE(store->declareSource(*source));
    base::Time next{1'000'000'000'000};
    for (const char* name : {"Quiet", "Loud"}) {
      const auto label = store->addLabel({.name = name}).value();
      for (int i = 0; i < 3; ++i, next += 10s) {
        auto block = std::make_shared<sensors::Block>();
        block->source = source;
        block->start = next;
        block->step = 10ms;
        block->content =
            sensors::Samples{.rows = 300,
                             .channels = 1,
                             .values = std::vector<float>(300, *name == 'Q' ? 0.F : 3.F)};
        const base::TimeSpan span{next, next + 3s};
        const auto recording = store->addRecording({.span = span}).value();
        ASSERT_TRUE(store->appendChunks(recording, {block}));
        ASSERT_TRUE(
            store->addDemonstration({.label = label, .span = span, .recording = recording}));
      }
    }
  }
};

TEST_F(TaughtElsewhere, WhatAComputerCouldNotTrainBecauseItWentAwayItTrainsWhenItIsBack) {
  ASSERT_TRUE(worker.hears<app::Offer>());
  house.clock.advance(11s);
  ASSERT_TRUE(support::waitUntil([&] {
    std::string trouble;
    onDirector([&] {
      desk->choosePlaces();
      trouble = desk->lessons().model().trouble;
    });
    return trouble.starts_with("Attic Pi ");
  }));

  worker.appear();
  ASSERT_TRUE(bench.waitOnline());
  onDirector([&] { desk->choosePlaces(); });

  EXPECT_TRUE(worker.hears<app::Offer>(2));
}

/// Which this computer is to learn: its own worker does, or this program.
struct TaughtHere : TaughtElsewhere {
  void prepare() override {
    TaughtElsewhere::prepare();
    auto task = store->task().value();
    task.trainOn = app::kHere;
    ASSERT_TRUE(store->setTask(task));
    bench.directory().setLocalWorker("own");
  }
  training::ScriptedWorker own{house, "own"};
  app::Lessons::LearnsAt learnsAt() {
    auto at = app::Lessons::LearnsAt::Nowhere;
    onDirector([&] {
      desk->choosePlaces();
      at = desk->lessons().learnsAt();
    });
    return at;
  }
};

TEST_F(TaughtHere, AFirstLessonWaitsForTheWorkerOfThisComputerToSayHello) {
  house.clock.advance(4s);
  EXPECT_EQ(learnsAt(), app::Lessons::LearnsAt::Nowhere);

  own.appear();
  ASSERT_TRUE(bench.waitOnline("own"));

  EXPECT_TRUE(support::waitUntil([&] {
    learnsAt();
    return !own.heard<app::Offer>().empty();
  }));
}

TEST_F(TaughtHere, WhereThatWorkerSaysNothingForFiveSecondsThisProgramLearns) {
  EXPECT_EQ(learnsAt(), app::Lessons::LearnsAt::Nowhere);

  house.clock.advance(app::TaskDesk::kHello);

  EXPECT_TRUE(support::waitUntil(
      [&] {
        learnsAt();
        bool made = false;
        onDirector([&] {
          const app::ModelView model = desk->lessons().model();
          made = model.version == 2 || !model.keptAside.empty();
        });
        return made;
      },
      60s));
  EXPECT_TRUE(own.heard<app::Offer>().empty());
}

}  // namespace
