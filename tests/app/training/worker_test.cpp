// The bench's directory and the worker's service together, over a bus in memory.

#include <gtest/gtest.h>

#include "tests/app/training/worker_house.h"

namespace app {
namespace {

using namespace std::chrono_literals;
using training::House;
using training::HouseBench;
using training::HouseWorker;
using training::kWorker;
using training::Outcome;
using training::ScriptedWorker;

TEST(WorkerDirectory, ShowsAWorkerWithNameLoadAndRoundTrip) {
  House house;
  HouseBench bench(house);
  const HouseWorker worker(house);

  ASSERT_TRUE(bench.waitOnline());
  EXPECT_TRUE(support::waitUntil([&] { return bench.view()->roundTripMs > 0; }));
  const auto view = *bench.view();
  EXPECT_EQ(view.name, "Attic Pi");
  EXPECT_GE(view.cores, 1);
  EXPECT_GT(view.memoryGb, 0);
  EXPECT_FALSE(view.software.empty());
  EXPECT_EQ(view.doing, "");
  EXPECT_GT(bench.changes(), 0);
}

TEST(WorkerDirectory, TheOwnWorkerComesFirstAsThisComputer) {
  House house;
  HouseBench bench(house);
  bench.directory().setLocalWorker("zz");
  const HouseWorker other(house, "attic");
  const HouseWorker own(house, "zz");
  ASSERT_TRUE(bench.waitOnline("attic"));
  ASSERT_TRUE(bench.waitOnline("zz"));

  const auto views = bench.directory().workers();

  ASSERT_EQ(views.size(), 2U);
  EXPECT_EQ(views[0].name, "This computer");
  EXPECT_TRUE(views[0].local);
  EXPECT_EQ(bench.directory().trainerOn("zz")->place(), "this computer");
  EXPECT_EQ(bench.directory().trainerOn("attic")->place(), "Attic Pi");
}

TEST(WorkerDirectory, AStatusWithoutAFreshHeartbeatIsNotOnline) {
  House house;
  ScriptedWorker worker(house);
  HouseBench bench(house);
  worker.appear();
  ASSERT_TRUE(bench.waitOnline());

  house.clock.advance(3s);

  EXPECT_FALSE(bench.view()->online);
}

TEST(WorkerDirectory, AWorkerThatSpeaksForAnotherIsNotHeard) {
  House house;
  ScriptedWorker worker(house);
  ScriptedWorker rogue(house, "rogue");
  HouseBench bench(house);
  worker.appear();
  ASSERT_TRUE(bench.waitOnline());

  rogue.say(kWorker, "status", Status{"offline", "stopped"});
  rogue.appear();

  ASSERT_TRUE(bench.waitOnline("rogue"));  // said after the forgery, so that was read before
  EXPECT_TRUE(bench.view()->online);
}

TEST(Worker, TrainsTheVerySameEnsembleAsThisProcess) {
  House house;
  Outcome outcome;
  HouseBench bench(house);
  const HouseWorker worker(house);
  const auto trainer = bench.directory().trainerOn(kWorker);
  const auto job = training::job(1);

  trainer->start(job, outcome.callbacks());

  ASSERT_TRUE(outcome.wait());
  ASSERT_TRUE(outcome.result()) << outcome.result().error().message;
  EXPECT_EQ(outcome.result()->ensemble->hash(), training::trainedHere(job)->hash());
  EXPECT_EQ(outcome.result()->report.members.size(), 2U);
  EXPECT_TRUE(outcome.saw("sending"));
  EXPECT_TRUE(outcome.saw("training"));
  EXPECT_TRUE(outcome.saw("fetching"));
  EXPECT_EQ(outcome.times(), 1);
}

TEST(Worker, PullsADatasetThatIsTooLargeForAMessage) {
  House house;
  Outcome outcome;
  HouseBench bench(house);
  const HouseWorker worker(house);
  const auto trainer = bench.directory().trainerOn(kWorker);
  const auto job =
      training::job(1, support::blobs({.features = 200, .groups = 5, .rowsPerGroup = 40}));
  ASSERT_GT(job.data->encode().size(), 3 * 131'072U);

  trainer->start(job, outcome.callbacks());

  ASSERT_TRUE(outcome.wait());
  ASSERT_TRUE(outcome.result()) << outcome.result().error().message;
  EXPECT_EQ(outcome.result()->ensemble->hash(), training::trainedHere(job)->hash());
}

TEST(Worker, SendsItsFirstModelWhileItGoesOnTraining) {
  House house;
  Outcome outcome;
  HouseBench bench(house);
  const HouseWorker worker(house);
  const auto trainer = bench.directory().trainerOn(kWorker);

  trainer->start(training::job(1, support::blobs(), house.gatedRecipe()), outcome.callbacks());

  EXPECT_TRUE(support::waitUntil([&] { return outcome.quick() != nullptr; }));
  EXPECT_EQ(outcome.times(), 0);
  EXPECT_TRUE(support::waitUntil([&] { return bench.view()->doing == "training main"; }));
  house.gate->open();
  ASSERT_TRUE(outcome.wait());
  ASSERT_TRUE(outcome.result());
  EXPECT_NE(outcome.quick()->hash(), outcome.result()->ensemble->hash());
}

TEST(Worker, CancelEndsTheTrainingThere) {
  House house;
  Outcome outcome;
  HouseBench bench(house);
  const HouseWorker worker(house);
  const auto trainer = bench.directory().trainerOn(kWorker);
  trainer->start(training::job(1, support::blobs(), house.gatedRecipe()), outcome.callbacks());
  ASSERT_TRUE(support::waitUntil([&] { return house.gate->waiting() > 0; }));

  trainer->cancel("main");

  ASSERT_TRUE(outcome.wait());
  EXPECT_EQ(outcome.result().error().code, base::ErrorCode::Cancelled);
  EXPECT_TRUE(support::waitUntil([&] { return house.gate->waiting() == 0; }));
  EXPECT_TRUE(support::waitUntil([&] { return bench.view()->doing.empty(); }));
}

TEST(Worker, ANewJobOfATaskTakesThePlaceOfTheFormer) {
  House house;
  Outcome former;
  Outcome later;
  HouseBench bench(house);
  const HouseWorker worker(house);
  const auto trainer = bench.directory().trainerOn(kWorker);
  trainer->start(training::job(1, support::blobs(), house.gatedRecipe()), former.callbacks());
  ASSERT_TRUE(support::waitUntil([&] { return house.gate->waiting() > 0; }));

  trainer->start(training::job(2), later.callbacks());

  ASSERT_TRUE(later.wait());
  EXPECT_TRUE(later.result());
  ASSERT_TRUE(former.wait());
  EXPECT_EQ(former.result().error().code, base::ErrorCode::Cancelled);
}

TEST(Worker, WhatCannotBeTrainedIsSaidByTheWorkersName) {
  House house;
  Outcome outcome;
  HouseBench bench(house);
  const HouseWorker worker(house);
  const auto trainer = bench.directory().trainerOn(kWorker);

  trainer->start(training::job(1, support::blobs({.labels = 1})), outcome.callbacks());

  ASSERT_TRUE(outcome.wait());
  ASSERT_FALSE(outcome.result());
  EXPECT_EQ(outcome.result().error().code, base::ErrorCode::InvalidArgument);
  EXPECT_TRUE(outcome.result().error().message.starts_with("Attic Pi: "));
}

TEST(Worker, AJobForAWorkerThatStaysAwayFailsWithItsName) {
  House house;
  Outcome outcome;
  ScriptedWorker worker(house);
  HouseBench bench(house);
  worker.appear();
  ASSERT_TRUE(bench.waitOnline());
  house.clock.advance(5s);  // silent now
  const auto trainer = bench.directory().trainerOn(kWorker);

  trainer->start(training::job(1), outcome.callbacks());
  ASSERT_TRUE(support::waitUntil([&] { return outcome.saw("sending"); }));
  house.clock.advance(9s);
  EXPECT_FALSE(outcome.wait(600ms));  // two looks at the clock
  house.clock.advance(2s);

  ASSERT_TRUE(outcome.wait());
  EXPECT_EQ(outcome.result().error().code, base::ErrorCode::Unavailable);
  EXPECT_EQ(outcome.result().error().message, "Attic Pi is away");
}

TEST(Worker, AWorkerThatFallsSilentWhileTrainingIsNamed) {
  House house;
  Outcome outcome;
  ScriptedWorker worker(house);
  HouseBench bench(house);
  worker.appear();
  ASSERT_TRUE(bench.waitOnline());
  const auto trainer = bench.directory().trainerOn(kWorker);
  trainer->start(training::job(1), outcome.callbacks());
  ASSERT_TRUE(worker.hears<Offer>());
  worker.say(kWorker, "evt", Accept{training::kBench, "main", {3, 1}});
  ASSERT_TRUE(worker.hears<Grant>());

  house.clock.advance(10s);

  ASSERT_TRUE(outcome.wait());
  EXPECT_EQ(outcome.result().error().code, base::ErrorCode::Unavailable);
  EXPECT_EQ(outcome.result().error().message, "Attic Pi vanished during training");
}

TEST(Worker, AWorkerThatStartsAnewWhileTrainingHasLostTheJob) {
  House house;
  Outcome outcome;
  HouseBench bench(house);
  ScriptedWorker worker(house);
  worker.appear();
  ASSERT_TRUE(bench.waitOnline());
  const auto trainer = bench.directory().trainerOn(kWorker);
  trainer->start(training::job(1), outcome.callbacks());
  ASSERT_TRUE(worker.hears<Offer>());
  worker.say(kWorker, "evt", Accept{training::kBench, "main", {3, 1}});
  ASSERT_TRUE(worker.hears<Grant>());

  ScriptedWorker restarted(house);
  restarted.appear();

  ASSERT_TRUE(outcome.wait());
  EXPECT_EQ(outcome.result().error().message, "Attic Pi vanished during training");
}

TEST(Worker, AWorkerThatIsStoppedWhileTrainingSaysSo) {
  House house;
  Outcome outcome;
  HouseBench bench(house);
  auto worker = std::make_unique<HouseWorker>(house);
  const auto trainer = bench.directory().trainerOn(kWorker);
  trainer->start(training::job(1, support::blobs(), house.gatedRecipe()), outcome.callbacks());
  ASSERT_TRUE(support::waitUntil([&] { return house.gate->waiting() > 0; }));

  worker.reset();

  ASSERT_TRUE(outcome.wait());
  EXPECT_EQ(outcome.result().error().code, base::ErrorCode::Unavailable);
  EXPECT_NE(outcome.result().error().message.find("Attic Pi"), std::string::npos);
  EXPECT_TRUE(support::waitUntil([&] { return !bench.view()->online; }));
}

TEST(Worker, ServesBitForBitWhatTheEnsembleSaysHere) {
  House house;
  HouseBench bench(house);
  const HouseWorker worker(house);
  ASSERT_TRUE(bench.waitOnline());
  const auto job = training::job(1);
  const auto ensemble = training::trainedHere(job);

  const auto deployed = bench.deploy("main", ensemble);

  ASSERT_TRUE(deployed) << deployed.error().message;
  for (std::size_t row = 0; row < job.data->rows(); row += 5) {
    const auto frame = training::frameOf(*job.data, row);
    const auto answer = bench.predict("main", ensemble->hash(), frame);
    ASSERT_TRUE(answer) << answer.error().message;
    training::expectSameBits(*answer, ensemble->predict(frame));
  }
  EXPECT_TRUE(support::waitUntil([&] { return bench.view()->doing == "serving main"; }));
}

TEST(Worker, RefusesAnotherSchemaAndAnotherModelWithTheReason) {
  House house;
  HouseBench bench(house);
  const HouseWorker worker(house);
  ASSERT_TRUE(bench.waitOnline());
  const auto job = training::job(1);
  const auto ensemble = training::trainedHere(job);
  ASSERT_TRUE(bench.deploy("main", ensemble));
  const auto other = support::blobs({.features = 7});

  const auto schema = bench.predict("main", ensemble->hash(), training::frameOf(*other, 0));
  const auto hash = bench.predict("main", std::string(64, '0'), training::frameOf(*job.data, 0));
  auto narrow = training::frameOf(*job.data, 0);
  narrow.values.pop_back();
  narrow.missing.pop_back();
  const auto count = bench.predict("main", ensemble->hash(), narrow);

  for (const auto* refused : {&schema, &hash, &count}) {
    ASSERT_FALSE(*refused);
    EXPECT_EQ(refused->error().code, base::ErrorCode::Refused);
  }
  EXPECT_NE(schema.error().message.find("features"), std::string::npos);
  EXPECT_NE(hash.error().message.find("00000000"), std::string::npos);
}

TEST(Worker, ServesAgainAfterARestartWhatItServedBefore) {
  House house;
  HouseBench bench(house);
  const auto job = training::job(1);
  const auto ensemble = training::trainedHere(job);
  {
    const HouseWorker worker(house);
    ASSERT_TRUE(bench.waitOnline());
    ASSERT_TRUE(bench.deploy("main", ensemble));
  }
  ASSERT_TRUE(support::waitUntil([&] { return !bench.view()->online; }));
  const auto frame = training::frameOf(*job.data, 3);
  const auto away = bench.predict("main", ensemble->hash(), frame);

  const HouseWorker again(house);
  ASSERT_TRUE(bench.waitOnline());
  const auto answer = bench.predict("main", ensemble->hash(), frame);

  ASSERT_FALSE(away);
  EXPECT_EQ(away.error().code, base::ErrorCode::Unavailable);
  EXPECT_EQ(away.error().message, "Attic Pi is away");
  ASSERT_TRUE(answer) << answer.error().message;
  training::expectSameBits(*answer, ensemble->predict(frame));
}

TEST(Worker, ANewModelTakesThePlaceOfTheFormer) {
  House house;
  HouseBench bench(house);
  const HouseWorker worker(house);
  ASSERT_TRUE(bench.waitOnline());
  const auto first = training::trainedHere(training::job(1));
  const auto job = training::job(1, support::blobs({.seed = 9}));
  const auto second = training::trainedHere(job);
  ASSERT_TRUE(bench.deploy("main", first));
  ASSERT_TRUE(bench.deploy("main", second));

  const auto frame = training::frameOf(*job.data, 0);

  EXPECT_TRUE(bench.predict("main", second->hash(), frame));
  EXPECT_FALSE(bench.predict("main", first->hash(), frame));
}

TEST(Worker, NobodyServesAModelThatWasNeverDeployed) {
  House house;
  HouseBench bench(house);
  const HouseWorker worker(house);
  ASSERT_TRUE(bench.waitOnline());

  const auto answer = bench.predict("other", "ab", training::frameOf(*support::blobs(), 0));

  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().code, base::ErrorCode::Unavailable);
}

TEST(Worker, ASecondWorkerCannotUseTheSameFolder) {
  House house;
  const HouseWorker worker(house);
  const auto bus = hubs::makeMemoryBus(house.room);

  const auto second = WorkerService::start(
      *bus, {.id = "second", .folder = house.folder.path() / kWorker}, house.learners, house.clock);
  const auto badId = WorkerService::start(*bus, {.id = "a/b", .folder = house.folder.path() / "x"},
                                          house.learners, house.clock);

  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, base::ErrorCode::Io);
  ASSERT_FALSE(badId);
  EXPECT_EQ(badId.error().code, base::ErrorCode::InvalidArgument);
}

}  // namespace
}  // namespace app
