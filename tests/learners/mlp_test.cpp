#include <gtest/gtest.h>

#include "learners/mlp_training.h"
#include "tests/support/learner_contract.h"

namespace learners {
namespace {

/// Label 1 inside a ring, 0 around it.
DatasetPtr ring(std::uint64_t seed) {
  auto content = support::blobContent(
      {.labels = 2, .features = 2, .rowsPerGroup = 60, .distance = 0, .seed = seed});
  for (std::size_t i = 0; i < content.label.size(); ++i) {
    content.label[i] = std::hypot(content.values[2 * i], content.values[2 * i + 1]) < 1.2 ? 1 : 0;
  }
  return support::made(std::move(content));
}

TEST(Mlp, HonoursTheLearnerContract) { support::expectHonoursLearnerContract(*makeMlp()); }

TEST(Mlp, LearnsWhatNoLineCanTellWithOneAndTwoLayers) {
  const auto mlp = makeMlp();
  for (const std::int64_t second : {0, 32}) {
    base::Params params(mlp->paramSpecs());
    ASSERT_TRUE(params.set(mlp->paramSpecs(), "hidden2", second).ok());

    const auto model = mlp->train(*ring(1), params, {});

    EXPECT_GE(support::accuracy(**model, *ring(2)), 0.93) << second;
  }
}

TEST(Mlp, DecayHoldsWeightsBack) {
  const auto data = support::blobs({.distance = 3});
  const UsedLabels used = usedLabels(*data);
  const auto size = [&](double decay) {
    const auto layers = trainMlp(*data, used, {.hidden = 16, .epochs = 50, .decay = decay}, {});
    double squares = 0;
    for (const float weight : layers->front().weights) squares += weight * weight;
    return squares;
  };

  EXPECT_LT(size(5), 0.5 * size(0));
}

}  // namespace
}  // namespace learners
