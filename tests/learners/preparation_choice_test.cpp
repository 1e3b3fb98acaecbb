#include "learners/preparation_choice.h"

#include <cmath>
#include <gtest/gtest.h>
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

/// Two numbers that tell labels apart among others that do not.
DatasetPtr mostlyNoise(int features = 62) {
  return support::blobs({.labels = 2,
                         .features = features,
                         .groups = 8,
                         .rowsPerGroup = 10,
                         .distance = 3,
                         .seed = 5});
}

/// Its bytes give the same ensemble again, with the same answers.
void expectSameFromBytes(const Ensemble& ensemble, const Dataset& data) {
  const auto again = Ensemble::decode(ensemble.encode(), support::everyLearner());
  ASSERT_TRUE(again.ok()) << again.error().message;
  EXPECT_EQ((*again)->hash(), ensemble.hash());
  EXPECT_EQ((*again)->content().standardizer.tails(), ensemble.content().standardizer.tails());
  EXPECT_EQ((*again)->content().standardizer.emphasis(),
            ensemble.content().standardizer.emphasis());
  for (std::size_t i = 0; i < data.rows(); ++i) {
    EXPECT_EQ((*again)->predict(data.row(i), {}).probabilities,
              ensemble.predict(data.row(i), {}).probabilities);
  }
}

TEST(PreparationChoice, DrawsInWhatHasLongTailsAndKeepsWhatHasNone) {
  const auto plain = withoutTails();
  const auto long_ = withLongTails();
  const EnsembleRecipe even{.emphasis = Emphasis::Even};

  EXPECT_EQ(choosePreparation(*plain, even, planOf(*plain)).tails, Tails::Kept);
  EXPECT_EQ(choosePreparation(*long_, even, planOf(*long_)).tails, Tails::DrawnIn);
  EXPECT_EQ(choosePreparation(*long_, {}, HeldOutPlan{}).tails, Tails::Kept);  // none held out
}

TEST(PreparationChoice, LetsCountWhatTellsLabelsApartWhereMostFeaturesDoNot) {
  const auto few = mostlyNoise();

  EXPECT_EQ(choosePreparation(*few, {}, planOf(*few)).emphasis, Emphasis::ByLabel);
}

TEST(PreparationChoice, LetsFewFeaturesCountAlikeUnlessTheRecipeSaysOtherwise) {
  const auto few = mostlyNoise(20);

  EXPECT_EQ(choosePreparation(*few, {}, planOf(*few)).emphasis, Emphasis::Even);
  EXPECT_EQ(choosePreparation(*few, {.emphasis = Emphasis::ByLabel}, planOf(*few)).emphasis,
            Emphasis::ByLabel);
}

TEST(PreparationChoice, IsOverruledByTheRecipe) {
  const auto tails = withLongTails();
  const auto few = mostlyNoise();
  const auto way = [](const Dataset& data, const EnsembleRecipe& recipe) {
    const Preparation how = preparationOf(data, recipe);
    return std::pair(how.tails, how.emphasis);
  };

  EXPECT_EQ(way(*tails, {}).first, Tails::DrawnIn);
  EXPECT_EQ(way(*tails, {.tails = Tails::Kept}).first, Tails::Kept);
  EXPECT_EQ(way(*few, {.emphasis = Emphasis::Even}).second, Emphasis::Even);
  EXPECT_EQ(way(*tails, {.tails = Tails::Kept, .emphasis = Emphasis::ByLabel}),
            std::pair(Tails::Kept, Emphasis::ByLabel));
}

TEST(PreparationChoice, OfEmphasisHoldsForTrainingServingAndTheEnsemblesBytes) {
  const auto data = mostlyNoise();
  const auto learners = support::everyLearner();
  EnsembleRecipe recipe;
  recipe.learners = {"knn", "ridge"};
  EnsembleRecipe even = recipe;
  even.emphasis = Emphasis::Even;

  const auto chosen = trainEnsemble(*data, recipe, learners, {});
  const auto plain = trainEnsemble(*data, even, learners, {});

  ASSERT_TRUE(chosen.ok() && plain.ok());
  EXPECT_EQ(chosen->report.emphasis, Emphasis::ByLabel);
  EXPECT_EQ(chosen->ensemble->content().standardizer.emphasis(), Emphasis::ByLabel);
  EXPECT_EQ(plain->ensemble->content().standardizer.emphasis(), Emphasis::Even);
  EXPECT_GT(chosen->report.accuracy, plain->report.accuracy);
  EXPECT_EQ(chosen->ensemble->encode()[8], 6);  // the version follows eight letters
  EXPECT_LT(plain->ensemble->encode()[8], 6);
  expectSameFromBytes(*chosen->ensemble, *data);
}

TEST(PreparationChoice, OfTailsHoldsForTrainingServingAndTheEnsemblesBytes) {
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
  expectSameFromBytes(*chosen->ensemble, *data);
}

}  // namespace
}  // namespace learners
