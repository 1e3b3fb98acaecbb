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

  void SetUp() override {
    keepModel();
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
         .reportJson = nlohmann::json{
             {"report", nlohmann::json::parse(app::reportToJson(trained->report))}}.dump()}));
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
    worker.say(training::kWorker, "evt",
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

}  // namespace
