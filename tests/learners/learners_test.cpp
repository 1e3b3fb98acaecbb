// Every learner we bring honours the contract; and what is special to each.

#include <cmath>
#include <gtest/gtest.h>
#include <set>

#include "learners/matrix.h"
#include "learners/svm_training.h"
#include "tests/support/blobs.h"
#include "tests/support/every_learner.h"
#include "tests/support/learner_contract.h"

namespace learners {
namespace {

TEST(Logistic, HonoursTheLearnerContract) {
  support::expectHonoursLearnerContract(*makeLogistic());
}

TEST(Knn, HonoursTheLearnerContract) { support::expectHonoursLearnerContract(*makeKnn()); }

TEST(Ridge, HonoursTheLearnerContract) { support::expectHonoursLearnerContract(*makeRidge()); }

TEST(SvmLinear, HonoursTheLearnerContract) {
  support::expectHonoursLearnerContract(*makeSvmLinear());
}

TEST(SvmRbf, HonoursTheLearnerContract) { support::expectHonoursLearnerContract(*makeSvmRbf()); }

TEST(BoostedTrees, HonoursTheLearnerContract) {
  support::expectHonoursLearnerContract(*makeBoostedTrees());
}

TEST(Logistic, FindsTheKnownOptimumOfTwoPoints) {
  // Rows -1 and +1 with penalty 1: by symmetry w = w1 - w0 with w1 = -w0 = v, no bias. The summed
  // loss 2 log(1 + exp(-2 v)) + 0.5 (2 v^2) is smallest where v = 2 / (1 + exp(2 v)).
  DatasetContent content;
  content.layout.features = {{"x", "1", 0}};
  content.labels = {{.id = 1, .name = "low"}, {.id = 2, .name = "high"}};
  content.values = {-1, 1};
  content.label = {0, 1};
  content.group = {1, 2};
  content.unit = {1, 2};
  double v = 0.5;
  for (int i = 0; i < 200; ++i) v = 0.5 * (v + 2 / (1 + std::exp(2 * v)));

  const auto model = support::trained(*makeLogistic(), *support::made(std::move(content)));

  std::vector<float> p(2);
  const float row = 1;
  model->predict({&row, 1}, p);
  EXPECT_NEAR(p[1], 1 / (1 + std::exp(-2 * v)), 1e-3);
}

TEST(Knn, OneNeighbourSaysTheNearestRow) {
  const auto data = support::blobs({.distance = 1});
  const auto learner = makeKnn();
  base::Params params(learner->paramSpecs());
  ASSERT_TRUE(params.set(learner->paramSpecs(), "k", std::int64_t{1}).ok());

  const auto model = learner->train(*data, params, {});

  EXPECT_EQ(support::accuracy(**model, *data), 1);
}

/// What the machine of the first pair says of a row.
float valueOf(const SvmContent& svm, std::span<const float> row) {
  float value = -svm.offset[0];
  for (std::uint32_t i = svm.begin[0]; i < svm.begin[1]; ++i) {
    const float* support = svm.support.data() + svm.index[i] * svm.features;
    value += svm.coefficient[i] *
             std::exp(-svm.gamma * squaredDistance(support, row.data(), svm.features));
  }
  return value;
}

TEST(SvmRbf, OfManyRowsLeavesOutNoneThatWouldHaveMattered) {
  const auto data = support::blobs(
      {.labels = 2, .features = 4, .groups = 30, .rowsPerGroup = 50, .distance = 2.5});

  const auto svm = trainSvm(*data, {}, {});

  ASSERT_TRUE(svm.ok());
  std::set<std::vector<float>> supports;
  for (std::size_t i = 0; i < svm->support.size(); i += svm->features) {
    const auto begin = svm->support.begin() + static_cast<std::ptrdiff_t>(i);
    supports.emplace(begin, begin + static_cast<std::ptrdiff_t>(svm->features));
  }
  EXPECT_LT(supports.size(), data->rows() / 2);
  for (std::size_t i = 0; i < data->rows(); ++i) {
    const auto row = data->row(i);
    if (supports.contains({row.begin(), row.end()})) continue;
    const float value = valueOf(*svm, row);
    EXPECT_GT(data->label(i) == 0 ? value : -value, 0.93F);
  }
}

TEST(SvmRbf, LearnsFromMoreOverlappingRowsThanItsKernelHolds) {
  support::Blobs shape{
      .labels = 2, .features = 4, .groups = 120, .rowsPerGroup = 50, .distance = 1};
  const auto data = support::blobs(shape);
  shape.seed = 2;
  shape.groups = 20;

  const auto model = makeSvmRbf()->train(*data, base::Params(makeSvmRbf()->paramSpecs()), {});

  // The best there is: 0.76, the share of a normal distribution below 1 / sqrt(2).
  ASSERT_TRUE(model.ok());
  EXPECT_GT(support::accuracy(**model, *support::blobs(shape)), 0.7);
}

TEST(BoostedTrees, LearnsWhatNoLineCanTell) {
  // Exclusive or: the label is 1 where exactly one of two features is positive.
  auto content =
      support::blobContent({.labels = 2, .features = 2, .rowsPerGroup = 50, .distance = 0});
  for (std::size_t i = 0; i < content.label.size(); ++i) {
    content.label[i] = (content.values[2 * i] > 0) != (content.values[2 * i + 1] > 0) ? 1 : 0;
  }
  const auto data = support::made(std::move(content));

  EXPECT_GE(support::accuracy(*support::trained(*makeBoostedTrees(), *data), *data), 0.97);
  EXPECT_GE(support::accuracy(*support::trained(*makeSvmRbf(), *data), *data), 0.9);
}

TEST(EveryLearner, LearnsFromThreeExamplesOfTwoLabels) {
  const auto data = support::blobs({.labels = 2, .groups = 3, .rowsPerGroup = 1});
  for (const auto& [id, learner] : support::everyLearner()) {
    const auto model = support::trained(*learner, *data);
    EXPECT_GE(support::accuracy(*model, *data), 0.99) << id;
  }
}

}  // namespace
}  // namespace learners
