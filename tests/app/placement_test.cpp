#include "app/placement.h"

#include <gtest/gtest.h>

namespace {

using app::AnswerTimes;
using app::DeviceFacts;
using app::Placer;
using app::Policy;
using app::PolicyClause;

constexpr base::Time kStart{1'000'000'000};

DeviceFacts device(const char* id, double load, std::optional<double> answerMs = std::nullopt) {
  return {.id = id, .name = id, .online = true, .answerMs = answerMs, .load = load};
}

/// Answers within 40 ms, prefer the least busy.
Policy quick(Policy::Otherwise otherwise = Policy::Otherwise::Refuse) {
  return {.where = {.kind = PolicyClause::Kind::AnswersMs, .value = 40}, .otherwise = otherwise};
}

TEST(Placer, WithoutAPolicyTheWorkStaysHereOrWhereAPersonWantsIt) {
  Placer placer;

  EXPECT_EQ(placer.decide("", nullptr, {}, kStart).worker, "");
  EXPECT_EQ(placer.decide("nuc", nullptr, {}, kStart).worker, "nuc");
  EXPECT_FALSE(placer.place().byPolicy);
}

TEST(Placer, AnswersFromWhatThePolicyPicksAndSaysWhy) {
  Placer placer;
  const Policy policy = quick();

  const auto& place =
      placer.decide("", &policy, {device("", 0.9, 10), device("nuc", 0.12, 20)}, kStart);

  EXPECT_EQ(place.worker, "nuc");
  EXPECT_TRUE(place.byPolicy);
  EXPECT_EQ(place.reason, "nuc: load 12 %");
}

TEST(Placer, APersonsOwnChoiceWinsOverThePolicy) {
  Placer placer;
  const Policy policy = quick();
  const std::vector<DeviceFacts> devices = {device("", 0.9, 10), device("nuc", 0.12, 20)};

  EXPECT_EQ(placer.decide("pi", &policy, devices, kStart).worker, "pi");
  EXPECT_EQ(placer.decide(app::kHere, &policy, devices, kStart).worker, "");
  EXPECT_FALSE(placer.place().byPolicy);
}

TEST(Placer, StaysWhereItIsThoughAnotherBecameLessBusy) {
  Placer placer;
  const Policy policy = quick();
  placer.decide("", &policy, {device("pi", 0.3, 10), device("nuc", 0.1, 20)}, kStart);

  placer.decide("", &policy, {device("pi", 0.05, 10), device("nuc", 0.8, 20)},
                kStart + std::chrono::seconds(60));

  EXPECT_EQ(placer.place().worker, "nuc");
  EXPECT_EQ(placer.place().reason, "nuc: load 80 %") << "said honestly";
}

TEST(Placer, MovesWhenItFailedTheConditionsForAWhileAndNotBefore) {
  Placer placer;
  const Policy policy = quick();
  placer.decide("", &policy, {device("pi", 0.3, 10), device("nuc", 0.1, 20)}, kStart);
  const std::vector<DeviceFacts> slow = {device("pi", 0.3, 10), device("nuc", 0.1, 61)};

  placer.decide("", &policy, slow, kStart + std::chrono::seconds(1));
  placer.decide("", &policy, slow, kStart + std::chrono::seconds(10));
  EXPECT_EQ(placer.place().worker, "nuc");
  EXPECT_EQ(placer.place().reason, "nuc: load 10 % (answers within 40 ms: 61 ms)");

  placer.decide("", &policy, slow, kStart + std::chrono::seconds(11));
  EXPECT_EQ(placer.place().worker, "pi");
}

TEST(Placer, AnswersNowhereWhereNobodyFitsAndThePersonWantsThat) {
  Placer placer;
  const Policy policy = quick();

  const auto& place = placer.decide("", &policy, {device("nuc", 0.1, 61)}, kStart);

  EXPECT_TRUE(place.none);
  EXPECT_NE(place.reason.find("answers within 40 ms: 61 ms"), std::string::npos) << place.reason;
}

TEST(Placer, WhatWasNeverMeasuredIsNotBelieved) {
  Placer placer;
  const Policy policy = quick();

  EXPECT_TRUE(placer.decide("", &policy, {device("nuc", 0.1)}, kStart).none);
  EXPECT_NE(placer.place().reason.find("not yet measured"), std::string::npos);
}

TEST(Placer, BestEffortStaysWhereItIsWhileNobodyFits) {
  Placer placer;
  const Policy policy = quick(Policy::Otherwise::BestEffort);
  std::vector<DeviceFacts> devices = {device("pi", 0.5), device("nuc", 0.1)};
  for (DeviceFacts& d : devices) d.cores = 4;
  placer.decide("", &policy, devices, kStart);
  ASSERT_EQ(placer.place().worker, "nuc");

  devices[1].load = 0.9;
  placer.decide("", &policy, devices, kStart + std::chrono::minutes(1));

  EXPECT_EQ(placer.place().worker, "nuc");
}

TEST(DeviceFacts, SayNothingAboutWhatNobodyMeasured) {
  const std::vector<app::WorkerView> workers = {
      {.id = "own", .name = "This computer", .online = true, .local = true, .memoryGb = 8},
      {.id = "pi", .name = "Attic Pi", .online = false, .cores = 4, .load = 0.3}};

  const auto facts = app::deviceFacts(workers, {{"", 3.5}});

  ASSERT_EQ(facts.size(), 2U);
  EXPECT_EQ(facts[0].id, "");
  EXPECT_EQ(facts[0].answerMs, 3.5);
  EXPECT_FALSE(facts[0].answerIsWayOnly);
  EXPECT_EQ(facts[0].memoryGb, 8);
  EXPECT_EQ(facts[1].answerMs, std::nullopt);
  EXPECT_EQ(facts[1].gpu, std::nullopt);
  EXPECT_EQ(facts[1].inHouse, std::nullopt);
  EXPECT_EQ(facts[1].load, std::nullopt) << "it is away";
}

TEST(DeviceFacts, TheWayThereStandsForAnAnswerUntilOneIsMeasured) {
  const std::vector<app::WorkerView> workers = {
      {.id = "pi", .name = "Attic Pi", .online = true, .roundTripMs = 4},
      {.id = "nuc", .name = "NUC", .online = true, .roundTripMs = 90},
      {.id = "away", .name = "Shed", .online = false, .roundTripMs = 3}};
  const Policy policy{.where = {.kind = PolicyClause::Kind::And,
                                .parts = {{.kind = PolicyClause::Kind::AnswersMs, .value = 40},
                                          {.kind = PolicyClause::Kind::Not,
                                           .parts = {{.kind = PolicyClause::Kind::IsDevice,
                                                      .device = "This computer"}}}}}};
  Placer placer;

  const auto facts = app::deviceFacts(workers, {});
  const auto& place = placer.decide("", &policy, facts, kStart);

  EXPECT_EQ(place.worker, "pi") << place.reason;
  EXPECT_EQ(facts[0].answerMs, 0) << "there is no way to go";
  EXPECT_EQ(facts[3].answerMs, std::nullopt);
  EXPECT_EQ(app::judge(policy.where, facts[2]).failed,
            "answers within 40 ms: 90 ms for the way alone");
}

TEST(AnswerTimes, AreTheMedianOfTheLastAnswers) {
  AnswerTimes times;
  for (int i = 0; i < 100; ++i) times.add("pi", 500, kStart);
  for (std::size_t i = 0; i < AnswerTimes::kRemembered; ++i) {
    times.add("pi", i < 3 ? 900 : 20, kStart);
  }

  EXPECT_EQ(times.medians(kStart), (std::map<std::string, double>{{"pi", 20}}));
}

TEST(AnswerTimes, AreForgottenAfterAMinute) {
  AnswerTimes times;
  times.add("pi", 500, kStart);
  times.add("pi", 20, kStart + std::chrono::seconds(50));

  EXPECT_EQ(times.medians(kStart + std::chrono::seconds(70)),
            (std::map<std::string, double>{{"pi", 20}}));
  EXPECT_TRUE(times.medians(kStart + std::chrono::seconds(111)).empty());
}

}  // namespace
