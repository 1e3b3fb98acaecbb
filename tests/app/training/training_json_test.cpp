#include <gtest/gtest.h>

#include "app/training/recipe_json.h"
#include "tests/app/training/training_house.h"

namespace app {
namespace {

TEST(ReportJson, AReportComesBackAsItWas) {
  const learners::EnsembleReport report{
      .heldOut = true,
      .accuracy = 0.9375F,
      .units = {{.unit = 7, .label = 1, .right = true, .rows = 12}, {.unit = 1LL << 40, .rows = 1}},
      .members = {{.learner = "knn", .heldOutAccuracy = 0.1F, .fitSeconds = 0.25, .latencyMs = 2}},
      .joins = {{.learner = "knn", .seconds = 0.5, .members = 2, .before = 0.5F, .after = 0.75F}},
      .leftOut = {"svm_rbf"},
      .trainSeconds = 1.5,
      .firstModelSeconds = 0.125};

  const auto read = reportFromJson(reportToJson(report));

  ASSERT_TRUE(read) << read.error().message;
  EXPECT_TRUE(read->heldOut);
  EXPECT_EQ(read->accuracy, report.accuracy);
  ASSERT_EQ(read->units.size(), 2U);
  EXPECT_EQ(read->units[0].unit, 7);
  EXPECT_EQ(read->units[0].label, 1);
  EXPECT_TRUE(read->units[0].right);
  EXPECT_EQ(read->units[0].rows, 12);
  EXPECT_EQ(read->units[1].unit, 1LL << 40);
  ASSERT_EQ(read->members.size(), 1U);
  EXPECT_EQ(read->members[0].learner, "knn");
  EXPECT_EQ(read->members[0].heldOutAccuracy, 0.1F);
  EXPECT_EQ(read->members[0].fitSeconds, 0.25);
  EXPECT_EQ(read->members[0].latencyMs, 2);
  ASSERT_EQ(read->joins.size(), 1U);
  EXPECT_EQ(read->joins[0].members, 2);
  EXPECT_EQ(read->joins[0].after, 0.75F);
  EXPECT_EQ(read->leftOut, report.leftOut);
  EXPECT_EQ(read->trainSeconds, 1.5);
  EXPECT_EQ(read->firstModelSeconds, 0.125);
}

TEST(ReportJson, WhatIsNoReportIsRefused) {
  EXPECT_FALSE(reportFromJson(""));
  EXPECT_FALSE(reportFromJson("[1]"));
  EXPECT_FALSE(reportFromJson("{\"units\": [1, 2"));
  EXPECT_TRUE(reportFromJson("{\"units\": [1, \"x\", {}], \"members\": 3}"));
}

TEST(RecipeJson, ARecipeWithParametersComesBackAsItWas) {
  const auto learners = plugins::builtIn().learners;
  learners::EnsembleRecipe recipe;
  recipe.learners = {"knn", "logistic"};
  recipe.params["knn"] = base::Params(learners.at("knn")->paramSpecs());
  recipe.temperature = 0.3F;
  recipe.policy = learners::MemberPolicy::LowLatency;
  recipe.weighting = learners::Weighting::HeldOut;
  recipe.folds = 5;
  recipe.tails = learners::Tails::DrawnIn;
  recipe.emphasis = learners::Emphasis::ByLabel;
  recipe.manyRows = 123;
  recipe.seed = ~std::uint64_t{0};
  recipe.reduction = {.kind = learners::ReductionKind::KpcaCosine, .components = 17};

  const auto read = recipeFromJson(recipeToJson(recipe), learners);

  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ(read->learners, recipe.learners);
  EXPECT_EQ(read->params, recipe.params);
  EXPECT_EQ(read->temperature, recipe.temperature);
  EXPECT_EQ(read->policy, recipe.policy);
  EXPECT_EQ(read->weighting, recipe.weighting);
  EXPECT_EQ(read->folds, 5);
  EXPECT_EQ(read->tails, recipe.tails);
  EXPECT_EQ(read->emphasis, recipe.emphasis);
  EXPECT_EQ(recipeFromJson(R"({"learners":["knn"]})", learners)->tails, std::nullopt);
  EXPECT_EQ(read->reduction.kind, learners::ReductionKind::KpcaCosine);
  EXPECT_EQ(read->reduction.components, 17U);
  EXPECT_EQ(read->manyRows, 123U);
  EXPECT_EQ(read->seed, recipe.seed);
}

TEST(RecipeJson, AnUnknownLearnerOrParameterIsNamed) {
  const auto learners = plugins::builtIn().learners;

  const auto learner = recipeFromJson(R"({"learners":["oracle"]})", learners);
  const auto param =
      recipeFromJson(R"({"learners":["knn"],"params":{"knn":{"magic":1}}})", learners);

  ASSERT_FALSE(learner);
  EXPECT_EQ(learner.error().code, base::ErrorCode::NotFound);
  EXPECT_NE(learner.error().message.find("oracle"), std::string::npos);
  ASSERT_FALSE(param);
  EXPECT_NE(param.error().message.find("magic"), std::string::npos);
  EXPECT_FALSE(recipeFromJson("[]", learners));
  EXPECT_FALSE(recipeFromJson(R"({"learners":["knn"],"temperature":-1})", learners));
}

}  // namespace
}  // namespace app
