#include <gtest/gtest.h>

#include "tests/app/training/training_house.h"

namespace app {
namespace {

using training::GatedLearner;
using training::Outcome;

learners::LearnerMap withGate(const std::shared_ptr<GatedLearner>& gate) {
  auto learners = plugins::builtIn().learners;
  learners["gated"] = gate;
  return learners;
}

learners::EnsembleRecipe gatedRecipe() {
  auto recipe = training::quickRecipe();
  recipe.learners = {"logistic", "gated"};
  return recipe;
}

TEST(InProcessTrainer, GivesTheFirstModelThenTheWhole) {
  Outcome outcome;
  const auto trainer = makeInProcessTrainer(plugins::builtIn().learners);
  const auto job = training::job(1);

  trainer->start(job, outcome.callbacks());

  ASSERT_TRUE(outcome.wait());
  ASSERT_TRUE(outcome.result()) << outcome.result().error().message;
  EXPECT_EQ(outcome.result()->ensemble->hash(), training::trainedHere(job)->hash());
  EXPECT_NE(outcome.quick(), nullptr);
}

TEST(InProcessTrainer, ANewJobOfATaskCancelsTheFormer) {
  const auto gate = std::make_shared<GatedLearner>();
  Outcome former;
  Outcome later;
  const auto trainer = makeInProcessTrainer(withGate(gate));
  trainer->start(training::job(1, support::blobs(), gatedRecipe()), former.callbacks());
  ASSERT_TRUE(support::waitUntil([&] { return gate->waiting() > 0; }));

  trainer->start(training::job(2), later.callbacks());

  ASSERT_TRUE(later.wait());
  ASSERT_FALSE(former.result());
  EXPECT_EQ(former.result().error().code, base::ErrorCode::Cancelled);
  EXPECT_TRUE(later.result());
  EXPECT_EQ(former.times(), 1);
}

TEST(InProcessTrainer, CancelAndDestructionEndJobsWithCancelled) {
  const auto gate = std::make_shared<GatedLearner>();
  Outcome cancelled;
  Outcome abandoned;
  Outcome queued;
  {
    const auto trainer = makeInProcessTrainer(withGate(gate));
    trainer->start(training::job(1, support::blobs(), gatedRecipe()), cancelled.callbacks());
    ASSERT_TRUE(support::waitUntil([&] { return gate->waiting() > 0; }));
    trainer->cancel("main");
    ASSERT_TRUE(cancelled.wait());

    trainer->start(training::job(2, support::blobs(), gatedRecipe()), abandoned.callbacks());
    ASSERT_TRUE(support::waitUntil([&] { return gate->waiting() > 0; }));
    auto other = training::job(3);
    other.task = "other";
    trainer->start(other, queued.callbacks());
  }

  for (const Outcome* outcome : {&cancelled, &abandoned, &queued}) {
    EXPECT_EQ(outcome->times(), 1);
    ASSERT_FALSE(outcome->result());
    EXPECT_EQ(outcome->result().error().code, base::ErrorCode::Cancelled);
  }
}

TEST(InProcessTrainer, WhatCannotBeTrainedIsSaid) {
  Outcome outcome;
  const auto trainer = makeInProcessTrainer(plugins::builtIn().learners);

  trainer->start(training::job(1, support::blobs({.labels = 1})), outcome.callbacks());

  ASSERT_TRUE(outcome.wait());
  ASSERT_FALSE(outcome.result());
  EXPECT_EQ(outcome.result().error().code, base::ErrorCode::InvalidArgument);
}

}  // namespace
}  // namespace app
