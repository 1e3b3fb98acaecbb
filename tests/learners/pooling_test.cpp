#include "learners/pooling.h"

#include <gtest/gtest.h>
#include <algorithm>
#include <random>

#include "learners/ensemble_math.h"
#include "learners/ensemble_training.h"
#include "learners/numbers.h"
#include "tests/support/blobs.h"
#include "tests/support/every_learner.h"

namespace learners {
namespace {

constexpr Pooling kAll[] = {Pooling::Arithmetic, Pooling::Root, Pooling::Geometric};

std::vector<float> pooled(Pooling pooling, const std::vector<float>& p,
                          const std::vector<float>& weights) {
  std::vector<float> out(p.size() / weights.size());
  pool(pooling, p, weights, out);
  return out;
}

TEST(Pooling, GivesTheMeansOfTwoMembers) {
  // Two members of equal weight about two labels.
  const std::vector<float> p{0.9F, 0.1F, 0.4F, 0.6F};
  const std::vector<float> half{0.5F, 0.5F};

  // (0.9 + 0.4) / 2
  EXPECT_NEAR(pooled(Pooling::Arithmetic, p, half)[0], 0.65, 1e-6);
  // a = ((sqrt 0.9 + sqrt 0.4) / 2)^2 = 0.6250, b = ((sqrt 0.1 + sqrt 0.6) / 2)^2 = 0.2975
  EXPECT_NEAR(pooled(Pooling::Root, p, half)[0], 0.6250 / (0.6250 + 0.2975), 1e-4);
  // sqrt(0.9 0.4) = 0.6, sqrt(0.1 0.6) = 0.2449
  EXPECT_NEAR(pooled(Pooling::Geometric, p, half)[0], 0.6 / 0.8449, 1e-4);
}

TEST(Pooling, AMemberThatRulesALabelOutIsHeardTheMoreTheLowerTheOrder) {
  const std::vector<float> p{0.6F, 0.4F, 0.6F, 0.4F, 0.001F, 0.999F};
  const std::vector<float> weights{0.4F, 0.4F, 0.2F};

  const float added = pooled(Pooling::Arithmetic, p, weights)[0];
  const float between = pooled(Pooling::Root, p, weights)[0];
  const float multiplied = pooled(Pooling::Geometric, p, weights)[0];

  EXPECT_GT(added, between);
  EXPECT_GT(between, multiplied);
}

TEST(Pooling, SumsToOneAndStaysBetweenTheMembersForAnyInput) {
  std::mt19937_64 random(5);
  std::exponential_distribution<float> amount(1);
  for (int i = 0; i < 1000; ++i) {
    const std::size_t members = 1 + random() % 7;
    const std::size_t labels = 2 + random() % 9;
    std::vector<float> p;
    for (std::size_t m = 0; m < members; ++m) {
      float sum = 0;
      for (std::size_t c = 0; c < labels; ++c) {
        p.push_back(random() % 4 == 0 ? 0 : amount(random) + 1e-3F);
        sum += p.back();
      }
      if (sum == 0) sum = p.back() = 1;
      for (std::size_t c = 0; c < labels; ++c) p[m * labels + c] /= sum;
    }
    std::vector<float> weights(members, 1 / static_cast<float>(members));
    for (const Pooling pooling : kAll) {
      const auto out = pooled(pooling, p, weights);
      float sum = 0;
      for (const float value : out) {
        ASSERT_GE(value, 0);
        sum += value;
      }
      ASSERT_NEAR(sum, 1, 1e-5);
      if (members == 1) {
        for (std::size_t c = 0; c < labels; ++c) ASSERT_NEAR(out[c], p[c], 2e-3);
      }
    }
  }
}

TEST(Pooling, EqualMembersSayTogetherWhatEachSays) {
  const std::vector<float> p{0.7F, 0.2F, 0.1F, 0.7F, 0.2F, 0.1F};

  for (const Pooling pooling : kAll) {
    const auto out = pooled(pooling, p, {0.3F, 0.7F});
    for (std::size_t c = 0; c < 3; ++c) EXPECT_NEAR(out[c], p[c], 1e-5);
  }
}

/// Held-out answers of two members about rows whose truth is known; `wrongSays` is what the second
/// says of the truth where the first does not know it.
Pooling chosenFor(const HeldOutPlan& plan, float wrongSays) {
  std::vector<float> first;
  std::vector<float> second;
  for (std::size_t i = 0; i < plan.label.size(); ++i) {
    const bool known = i % 2 == 0;
    const float a = known ? 0.999F : 0.5F;
    const float b = known ? 0.5F : wrongSays;
    const bool zero = plan.label[i] == 0;
    first.insert(first.end(), {zero ? a : 1 - a, zero ? 1 - a : a});
    second.insert(second.end(), {zero ? b : 1 - b, zero ? 1 - b : b});
  }
  const std::vector<std::span<const float>> members{first, second};
  return choosePooling(plan, members, std::vector<float>{0.5F, 0.5F}, 2);
}

TEST(ChoosePooling, MultipliesWhereMembersRuleOutRightlyAndAddsWhereTheyDoSoWrongly) {
  const auto data = support::blobs({.labels = 2, .groups = 10, .rowsPerGroup = 5});
  const auto plan = planHeldOut(*data, 4, 3000, 1);

  EXPECT_EQ(chosenFor(plan, 0.999F), Pooling::Geometric);
  EXPECT_EQ(chosenFor(plan, 0.0001F), Pooling::Arithmetic);
  EXPECT_EQ(choosePooling(HeldOutPlan{}, {}, {}, 2), Pooling::Arithmetic);
}

TEST(Pooling, IsKeptWithTheEnsembleAndUsedByBothWaysOfAsking) {
  const auto data = support::blobs({.labels = 3, .groups = 4, .rowsPerGroup = 8, .distance = 2});
  EnsembleRecipe recipe;
  recipe.learners = {"knn", "ridge"};
  const auto trained = trainEnsemble(*data, recipe, support::everyLearner(), {});
  ASSERT_TRUE(trained.ok());
  for (const Pooling pooling : kAll) {
    EnsembleContent content = trained->ensemble->content();
    content.pooling = pooling;
    const auto ensemble = *Ensemble::make(std::move(content));

    const auto again = Ensemble::decode(ensemble->encode(), support::everyLearner());

    ASSERT_TRUE(again.ok()) << again.error().message;
    EXPECT_EQ((*again)->content().pooling, pooling);
    EXPECT_EQ((*again)->hash(), ensemble->hash());
    const auto batch = (*again)->predictBatch(*data);
    for (std::size_t i = 0; i < data->rows(); ++i) {
      const auto one = ensemble->predict(data->row(i), {}, Ensemble::Use::MembersOnly);
      for (std::size_t c = 0; c < 3; ++c) {
        ASSERT_NEAR(one.probabilities[c], batch[i * 3 + c], 1e-4);
      }
    }
  }
}

}  // namespace
TEST(Weights, AreMoreAlikeWhereFewRecordingsToldMembersApart) {
  const auto few = support::blobs({.labels = 2, .groups = 2, .rowsPerGroup = 5});
  const auto many = support::blobs({.labels = 2, .groups = 12, .rowsPerGroup = 5});

  const auto fewPlan = planHeldOut(*few, 2, 10'000, 1);
  const auto manyPlan = planHeldOut(*many, 4, 10'000, 1);

  EXPECT_EQ(fewPlan.recordings, 4);
  EXPECT_FLOAT_EQ(temperatureFor(fewPlan, 0.1F), 0.25F);
  EXPECT_FLOAT_EQ(temperatureFor(manyPlan, 0.1F), 0.1F);
  EXPECT_FLOAT_EQ(temperatureFor(HeldOutPlan{}, 0.1F), 1.0F);
}

}  // namespace learners
