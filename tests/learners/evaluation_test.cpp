#include "learners/evaluation.h"

#include <gtest/gtest.h>

#include "tests/support/blobs.h"

namespace learners {
namespace {

class EvaluationTest : public ::testing::Test {
 protected:
  EvaluationTest() {
    LearnerMap learners{{"logistic", makeLogistic()}, {"knn", makeKnn()}};
    EnsembleRecipe recipe;
    recipe.learners = {"logistic", "knn"};
    auto result = trainEnsemble(*train_, recipe, learners, {});
    EXPECT_TRUE(result.ok());
    trained_ = std::move(result).value();
  }

  DatasetPtr train_ = support::blobs({.distance = 3, .background = true});
  DatasetPtr test_ = support::blobs({.distance = 3, .background = true, .seed = 2});
  TrainedEnsemble trained_;
};

TEST_F(EvaluationTest, CountsEveryTestRowOnce) {
  const auto made = evaluate(trained_, *train_, *test_);

  std::size_t rows = 0;
  std::size_t right = 0;
  for (std::size_t i = 0; i < 9; ++i) rows += made.confusion[i];
  for (std::size_t c = 0; c < 3; ++c) right += made.confusion[4 * c];
  EXPECT_EQ(rows, test_->rows());
  EXPECT_EQ(made.testRows, test_->rows());
  EXPECT_DOUBLE_EQ(made.accuracy, static_cast<double>(right) / static_cast<double>(rows));
  ASSERT_EQ(made.perLabel.size(), 3);
  for (std::size_t c = 0; c < 3; ++c) {
    EXPECT_EQ(made.perLabel[c].n, 32);
    EXPECT_DOUBLE_EQ(made.perLabel[c].recall, static_cast<double>(made.confusion[4 * c]) / 32);
    EXPECT_LE(made.perLabel[c].low, made.perLabel[c].recall);
    EXPECT_GE(made.perLabel[c].high, made.perLabel[c].recall);
  }
}

TEST_F(EvaluationTest, ScoresLearnersUnitsAndStages) {
  const auto made = evaluate(trained_, *train_, *test_);

  ASSERT_EQ(made.learners.size(), 2);
  EXPECT_EQ(made.learners[1].learner, "knn");
  EXPECT_GT(made.learners[1].accuracy, 0.8);
  EXPECT_GT(made.learners[1].latencyMsP50, 0);
  ASSERT_TRUE(made.unitAccuracy);
  EXPECT_GE(*made.unitAccuracy, made.accuracy);  // eight rows together know more than one
  ASSERT_TRUE(made.twoStage);
  EXPECT_GT(made.twoStage->gateAccuracy, 0.6);
  EXPECT_NEAR(made.twoStage->accuracy, made.accuracy, 0.05);
  EXPECT_LE(made.latencyMsP50, made.latencyMsP99);
  EXPECT_GT(made.latencyMsFloor, 0);
  EXPECT_GT(made.batchPerSecond, 0);
}

TEST_F(EvaluationTest, MeanOfFoldsSumsTheConfusion) {
  auto one = evaluate(trained_, *train_, *test_);
  auto other = one;
  other.accuracy = one.accuracy - 0.2;
  other.twoStage.reset();

  const auto mean = meanOf({one, other});

  EXPECT_NEAR(mean.accuracy, one.accuracy - 0.1, 1e-9);
  EXPECT_EQ(mean.testRows, 2 * one.testRows);
  EXPECT_EQ(mean.confusion[0], 2 * one.confusion[0]);
  EXPECT_EQ(mean.perLabel[0].n, 64);
  EXPECT_EQ(mean.answers.rows(), 2 * one.testRows);
  EXPECT_FALSE(mean.twoStage);
  EXPECT_NEAR(mean.macroF1, one.macroF1, 1e-9);
}

TEST_F(EvaluationTest, CalibrationErrorIsOfAllFoldsRowsTogether) {
  Evaluation tooSure;
  tooSure.answers.certainty.assign(10, 0.8F);
  tooSure.answers.right = {1, 1, 1, 1, 1, 1, 0, 0, 0, 0};
  tooSure.ece = 0.2;
  Evaluation tooShy = tooSure;
  tooShy.answers.right.assign(10, 1);

  const auto mean = meanOf({tooSure, tooShy});

  EXPECT_NEAR(mean.ece, 0, 1e-6) << "16 of 20 are right";
  EXPECT_NEAR(mean.eceMeanOfFolds, 0.2, 1e-6);
}

}  // namespace
}  // namespace learners
