// What counts and what does not: tokens, repeated and late messages, results that wait on disk.

#include <gtest/gtest.h>

#include "app/training/recipe_json.h"
#include "tests/app/training/worker_house.h"

namespace app {
namespace {

using namespace std::chrono_literals;
using training::House;
using training::HouseBench;
using training::HouseWorker;
using training::kBench;
using training::kWorker;
using training::Outcome;
using training::ScriptedBench;
using training::ScriptedWorker;

Offer offer(const Token& token, const learners::EnsembleRecipe& recipe = training::quickRecipe()) {
  Offer made;
  made.task = "main";
  made.token = token;
  made.data.content = support::blobs()->encode();
  made.data.descriptor.id = base::sha256(made.data.content);
  made.data.descriptor.size = made.data.content.size();
  made.recipe = recipeToJson(recipe);
  return made;
}

TEST(Fence, AnOfferThatIsNotNewerIsRefusedWithWhatWasSeen) {
  House house;
  ScriptedBench bench(house);
  const HouseWorker worker(house);

  bench.say(kWorker, "cmd", offer({3, 5}), "a");
  ASSERT_TRUE(bench.hears<Accept>());
  bench.say(kWorker, "cmd", offer({3, 5}), "b");
  bench.say(kWorker, "cmd", offer({3, 4}), "c");
  bench.say(kWorker, "cmd", offer({2, 99}), "d");

  ASSERT_TRUE(bench.hears<Refuse>(3));
  for (const Refuse& refuse : bench.heard<Refuse>()) {
    EXPECT_EQ(refuse.cause, "refused");
    EXPECT_EQ(refuse.seen, (Token{3, 5}));
  }
  EXPECT_EQ(bench.heard<Accept>().size(), 1U);
}

TEST(Fence, TheHighestTokenSurvivesARestart) {
  House house;
  ScriptedBench bench(house);
  {
    const HouseWorker worker(house);
    bench.say(kWorker, "cmd", offer({3, 5}), "a");
    ASSERT_TRUE(bench.hears<Accept>());
  }

  const HouseWorker again(house);
  bench.say(kWorker, "cmd", offer({3, 5}), "b");
  bench.say(kWorker, "cmd", offer({3, 6}), "c");

  ASSERT_TRUE(bench.hears<Accept>(2));
  EXPECT_EQ(bench.heard<Accept>().back().token, (Token{3, 6}));
  ASSERT_EQ(bench.heard<Refuse>().size(), 1U);
  EXPECT_EQ(bench.heard<Refuse>().front().token, (Token{3, 5}));
}

TEST(Fence, TasksOfDifferentBenchesDoNotHinderEachOther) {
  House house;
  ScriptedBench one(house, "wb-1");
  ScriptedBench two(house, "wb-2");
  const HouseWorker worker(house);
  one.say(kWorker, "cmd", offer({9, 9}), "a");
  ASSERT_TRUE(one.hears<Accept>());

  two.say(kWorker, "cmd", offer({1, 1}), "b");

  EXPECT_TRUE(two.hears<Accept>(2));
  EXPECT_TRUE(two.heard<Refuse>().empty());
}

TEST(Fence, WorkBeginsOnlyWhenItIsGranted) {
  House house;
  ScriptedBench bench(house);
  const HouseWorker worker(house);
  bench.say(kWorker, "cmd", offer({3, 5}), "a");
  ASSERT_TRUE(bench.hears<Accept>());

  bench.say(kWorker, "cmd", Grant{"main", {3, 4}, 30'000});
  bench.say(kWorker, "cmd", Ping{7});
  ASSERT_TRUE(bench.hears<Pong>());
  EXPECT_FALSE(bench.hears<TrainingResult>(1, 300ms));
  bench.say(kWorker, "cmd", Grant{"main", {3, 5}, 30'000});

  EXPECT_TRUE(bench.hears<TrainingResult>());
  EXPECT_FALSE(bench.heard<Quick>().empty());
}

TEST(Fence, ARepeatedMessageHasItsEffectOnce) {
  House house;
  ScriptedBench bench(house);
  const HouseWorker worker(house);
  const Header header = bench.sender().next("a");

  bench.sayAs(header, kWorker, "cmd", offer({3, 5}));
  bench.sayAs(header, kWorker, "cmd", offer({3, 5}));
  bench.say(kWorker, "cmd", Ping{7});

  ASSERT_TRUE(bench.hears<Pong>());
  EXPECT_EQ(bench.heard<Accept>().size(), 1U);
  EXPECT_TRUE(bench.heard<Refuse>().empty());
}

TEST(Fence, AResultIsSentUntilItIsAcknowledgedEvenByARestartedWorker) {
  House house;
  ScriptedBench bench(house);
  {
    const HouseWorker worker(house);
    bench.say(kWorker, "cmd", offer({3, 5}), "a");
    ASSERT_TRUE(bench.hears<Accept>());
    bench.say(kWorker, "cmd", Grant{"main", {3, 5}, 30'000});
    ASSERT_TRUE(bench.hears<TrainingResult>(2));
  }
  bench.forget();

  const HouseWorker again(house);

  ASSERT_TRUE(bench.hears<TrainingResult>());
  EXPECT_EQ(bench.heard<TrainingResult>().front().token, (Token{3, 5}));
  bench.say(kWorker, "cmd", Ack{"main", {3, 5}});
  bench.say(kWorker, "cmd", Ping{7});
  ASSERT_TRUE(bench.hears<Pong>());
  const auto before = bench.heard<TrainingResult>().size();
  EXPECT_FALSE(bench.hears<TrainingResult>(before + 1, 2500ms));
}

TEST(Fence, AnUnknownCommandIsRefusedByItsName) {
  House house;
  ScriptedBench bench(house);
  const HouseWorker worker(house);

  bench.say(kWorker, "cmd", Unknown{});  // of kind "unknown", which nobody knows

  ASSERT_TRUE(bench.hears<Refuse>());
  EXPECT_EQ(bench.heard<Refuse>().front().cause, "unsupported");
}

/// A scripted worker that was granted the training {3, 2} and can send a true result of it.
class LateResults : public ::testing::Test {
 protected:
  void SetUp() override {
    worker_.appear();
    ASSERT_TRUE(bench_.waitOnline());
    trainer_ = bench_.directory().trainerOn(kWorker);
    job_ = training::job(2);
    const auto ensemble = training::trainedHere(job_);
    result_.bench = kBench;
    result_.task = "main";
    result_.token = {3, 2};
    result_.ensemble = inlineRef(ensemble->encode());
    result_.report = inlineRef(hubs::toBytes(reportToJson({})));
    trainer_->start(job_, outcome_.callbacks());
    ASSERT_TRUE(worker_.hears<Offer>());
    worker_.say(kWorker, "evt", Accept{kBench, "main", {3, 2}});
    ASSERT_TRUE(worker_.hears<Grant>());
  }
  static BlobRef inlineRef(base::Bytes content) {
    BlobRef ref;
    ref.descriptor.id = base::sha256(content);
    ref.descriptor.size = content.size();
    ref.content = std::move(content);
    return ref;
  }

  House house_;
  Outcome outcome_;
  ScriptedWorker worker_{house_};
  HouseBench bench_{house_};
  std::unique_ptr<Trainer> trainer_;
  TrainingJob job_;
  TrainingResult result_;
};

TEST_F(LateResults, ADuplicateResultIsAcknowledgedAndCountsOnce) {
  worker_.say(kWorker, "evt", result_);
  ASSERT_TRUE(outcome_.wait());
  worker_.say(kWorker, "evt", result_);

  ASSERT_TRUE(worker_.hears<Ack>(2));
  EXPECT_EQ(outcome_.times(), 1);
  EXPECT_TRUE(outcome_.result());
}

TEST_F(LateResults, AResultOfAnOlderFenceIsAcknowledgedAndDropped) {
  auto late = result_;
  late.token = {3, 1};

  worker_.say(kWorker, "evt", late);

  ASSERT_TRUE(worker_.hears<Ack>());
  EXPECT_EQ(worker_.heard<Ack>().front().token, (Token{3, 1}));
  EXPECT_EQ(outcome_.times(), 0);
  worker_.say(kWorker, "evt", result_);
  ASSERT_TRUE(outcome_.wait());
  EXPECT_TRUE(outcome_.result());
}

TEST_F(LateResults, AModelTrainedOnOtherExamplesIsRefused) {
  result_.ensemble =
      inlineRef(training::trainedHere(training::job(1, support::blobs({.seed = 77})))->encode());

  worker_.say(kWorker, "evt", result_);

  ASSERT_TRUE(outcome_.wait());
  ASSERT_FALSE(outcome_.result());
  EXPECT_EQ(outcome_.result().error().code, base::ErrorCode::Corrupt);
  EXPECT_NE(outcome_.result().error().message.find("Attic Pi"), std::string::npos);
}

TEST_F(LateResults, BytesThatAreNoModelAreRefused) {
  result_.ensemble = inlineRef(base::Bytes(1000, 7));

  worker_.say(kWorker, "evt", result_);

  ASSERT_TRUE(outcome_.wait());
  EXPECT_FALSE(outcome_.result());
}

TEST_F(LateResults, WhatIsMeantForAnotherBenchIsLeftAlone) {
  auto other = result_;
  other.bench = "wb-2";

  worker_.say(kWorker, "evt", other);
  worker_.say(kWorker, "evt", result_);

  ASSERT_TRUE(outcome_.wait());
  ASSERT_TRUE(worker_.hears<Ack>());
  EXPECT_EQ(worker_.heard<Ack>().size(), 1U);
}

}  // namespace
}  // namespace app
