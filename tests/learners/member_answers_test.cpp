// What all members say about rows, with products shared and without.

#include <gtest/gtest.h>

#include "learners/member_answers.h"
#include "tests/support/blobs.h"

namespace learners {
namespace {

ModelPtr trained(const LearnerPtr& learner, const Dataset& data) {
  auto model = learner->train(data, base::Params(learner->paramSpecs()), {});
  EXPECT_TRUE(model.ok());
  return *model;
}

void expectAnswersOfEach(const std::vector<const Model*>& models, const Dataset& data,
                         float within = 1e-5F) {
  const MemberAnswers answers(models);
  const std::size_t labels = data.labelCount();
  const std::size_t rows = data.rows();
  std::vector<float> said(models.size() * labels);
  std::vector<float> batch(models.size() * rows * labels);
  answers.askBatch(data.content().values, rows, batch);
  std::vector<float> own(labels);
  for (std::size_t i = 0; i < rows; ++i) {
    answers.ask(data.row(i), said);
    for (std::size_t m = 0; m < models.size(); ++m) {
      models[m]->predict(data.row(i), own);
      for (std::size_t c = 0; c < labels; ++c) {
        EXPECT_NEAR(own[c], said[m * labels + c], within);
        EXPECT_NEAR(own[c], batch[(m * rows + i) * labels + c], 1e-4);
      }
    }
  }
}

TEST(MemberAnswers, AreThoseOfEachModelWhereRowsAreShared) {
  const auto data = support::blobs({.labels = 4, .rowsPerGroup = 12, .distance = 3});
  const auto knn = trained(makeKnn(), *data);
  const auto ridge = trained(makeRidge(), *data);
  const auto svm = trained(makeSvmRbf(), *data);

  EXPECT_EQ(1U, MemberAnswers({knn.get(), ridge.get(), svm.get()}).sharing());
  expectAnswersOfEach({knn.get(), ridge.get(), svm.get()}, *data);
  expectAnswersOfEach({svm.get(), knn.get()}, *data);
}

TEST(MemberAnswers, AreThoseOfEachModelThatKeepsRowsOfItsOwn) {
  const auto data = support::blobs({.distance = 3});
  const auto other = support::blobs({.distance = 3, .seed = 2});
  const auto knn = trained(makeKnn(), *data);
  const auto svm = trained(makeSvmRbf(), *other);

  EXPECT_EQ(0U, MemberAnswers({knn.get(), svm.get()}).sharing());
  expectAnswersOfEach({knn.get(), svm.get()}, *data);
}

TEST(MemberAnswers, OfMoreRowsThanFitNearTheProcessorReadHalfTheBytes) {
  const auto data =
      support::blobs({.labels = 3, .features = 400, .rowsPerGroup = 60, .distance = 3});
  const auto knn = trained(makeKnn(), *data);
  const auto svm = trained(makeSvmRbf(), *data);

  EXPECT_EQ(data->content().values.size() * 2, MemberAnswers({knn.get(), svm.get()}).keptBytes());
  expectAnswersOfEach({knn.get(), svm.get()}, *data, 1e-3F);
  expectAnswersOfEach({svm.get()}, *data, 1e-3F);
}

TEST(MemberAnswers, OfModelsWithoutRowsAreTheirs) {
  const auto data = support::blobs();
  const auto ridge = trained(makeRidge(), *data);

  EXPECT_EQ(0U, MemberAnswers({ridge.get()}).sharing());
  expectAnswersOfEach({ridge.get()}, *data);
}

}  // namespace
}  // namespace learners
