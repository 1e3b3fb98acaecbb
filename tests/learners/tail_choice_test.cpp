#include "learners/tail_choice.h"

#include <gtest/gtest.h>
#include <cmath>
#include <random>

#include "tests/support/blobs.h"
#include "tests/support/every_learner.h"

namespace learners {
namespace {

const support::Blobs kShape{
    .labels = 4, .features = 8, .groups = 8, .rowsPerGroup = 6, .distance = 3, .seed = 3};

/// Clouds whose axes are stretched the more, the further from the middle: long tails.
DatasetPtr withLongTails() {
  auto content = support::blobContent(kShape);
  for (float& value : content.values) value = std::sinh(1.2F * value);
  return support::made(std::move(content));
}

/// Even amounts of three numbers, of which the label is whether their sum is positive.
DatasetPtr withoutTails() {
  DatasetContent content;
  content.labels = {{.id = 1, .name = "below"}, {.id = 2, .name = "above"}};
  for (const char* name : {"x", "y", "z"}) content.layout.features.push_back({name, "1", 0});
  std::mt19937_64 random(4);
  std::uniform_real_distribution<float> even(-1, 1);
  for (std::int64_t i = 0; i < 600; ++i) {
    float sum = 0;
    for (int f = 0; f < 3; ++f) sum += content.values.emplace_back(even(random));
    content.label.push_back(sum > 0 ? 1 : 0);
    content.group.push_back(i / 60);
    content.unit.push_back(i / 10);
  }
  return support::made(std::move(content));
}

HeldOutPlan planOf(const Dataset& data) { return planHeldOut(data, 4, 3000, 1); }

TEST(ChooseTails, DrawsInWhatHasLongTailsAndKeepsWhatHasNone) {
  const auto plain = withoutTails();
  const auto long_ = withLongTails();

  EXPECT_EQ(chooseTails(*plain, planOf(*plain)), Tails::Kept);
  EXPECT_EQ(chooseTails(*long_, planOf(*long_)), Tails::DrawnIn);
  EXPECT_EQ(chooseTails(*long_, HeldOutPlan{}), Tails::Kept);  // nothing was held out
}

TEST(ChooseTails, IsOverruledByTheRecipe) {
  const auto data = withLongTails();

  EXPECT_EQ(preparationOf(*data, {}).tails, Tails::DrawnIn);
  EXPECT_EQ(preparationOf(*data, {.tails = Tails::Kept}).tails, Tails::Kept);
}

TEST(ChooseTails, HoldsForTrainingServingAndTheEnsemblesBytes) {
  const auto data = withLongTails();
  const auto learners = support::everyLearner();
  EnsembleRecipe recipe;
  recipe.learners = {"knn", "ridge"};
  EnsembleRecipe kept = recipe;
  kept.tails = Tails::Kept;

  const auto chosen = trainEnsemble(*data, recipe, learners, {});
  const auto plain = trainEnsemble(*data, kept, learners, {});

  ASSERT_TRUE(chosen.ok() && plain.ok());
  EXPECT_EQ(chosen->report.tails, Tails::DrawnIn);
  EXPECT_EQ(chosen->ensemble->content().standardizer.tails(), Tails::DrawnIn);
  EXPECT_EQ(plain->ensemble->content().standardizer.tails(), Tails::Kept);
  EXPECT_NE(chosen->ensemble->hash(), plain->ensemble->hash());
  EXPECT_GE(chosen->report.accuracy, plain->report.accuracy);
  const auto again = Ensemble::decode(chosen->ensemble->encode(), learners);
  ASSERT_TRUE(again.ok()) << again.error().message;
  EXPECT_EQ((*again)->hash(), chosen->ensemble->hash());
  EXPECT_EQ((*again)->content().standardizer.tails(), Tails::DrawnIn);
  for (std::size_t i = 0; i < data->rows(); ++i) {
    EXPECT_EQ((*again)->predict(data->row(i), {}).probabilities,
              chosen->ensemble->predict(data->row(i), {}).probabilities);
  }
}

}  // namespace
}  // namespace learners
