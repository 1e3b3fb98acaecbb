// Ridge and the linear support vector machine, and what they are made from.

#include <gtest/gtest.h>
#include <random>

#include "learners/cholesky.h"
#include "learners/held_out.h"
#include "tests/support/learner_contract.h"

namespace learners {
namespace {

base::Params with(const Learner& learner, std::string_view name, double value) {
  base::Params params(learner.paramSpecs());
  EXPECT_TRUE(params.set(learner.paramSpecs(), name, value).ok());
  return params;
}

/// Rows -1 and +1 of one feature, several times, with labels 0 and 1.
DatasetPtr twoPoints(int times) {
  DatasetContent content;
  content.layout.features = {{"x", "1", 0}};
  content.labels = {{.id = 1, .name = "low"}, {.id = 2, .name = "high"}};
  for (int i = 0; i < 2 * times; ++i) {
    content.values.push_back(i % 2 == 0 ? -1.0F : 1.0F);
    content.label.push_back(i % 2);
    content.group.push_back(i % 2);
    content.unit.push_back(i % 2);
  }
  return support::made(std::move(content));
}

/// Weights as a linear model saves them: features, biases, weights.
std::vector<float> weightsOf(const Model& model) {
  const auto bytes = support::saved(model);
  ByteReader in(bytes);
  in.get<std::uint32_t>();
  in.getArray<float>();
  return in.getArray<float>();
}

TEST(Cholesky, SolvesWhatMultiplicationMade) {
  for (const std::size_t n : {1, 3, 4, 17, 70}) {
    std::mt19937_64 random(n);
    std::normal_distribution<double> normal;
    std::vector<double> root(n * n);
    for (double& value : root) value = normal(random);
    std::vector<double> a(n * n);
    std::vector<double> x(n * 2);
    std::vector<double> b(n * 2);
    for (double& value : x) value = normal(random);
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t j = 0; j < n; ++j) {
        for (std::size_t k = 0; k < n; ++k) a[i * n + j] += root[i * n + k] * root[j * n + k];
      }
    }
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t j = 0; j < n; ++j) {
        const double value = a[i * n + j] + (i == j ? 0.5 : 0);
        for (std::size_t c = 0; c < 2; ++c) b[i * 2 + c] += value * x[j * 2 + c];
      }
    }

    const auto factor = Cholesky::of(a, n, 0.5);
    ASSERT_TRUE(factor) << n;
    factor->solve(b);

    for (std::size_t i = 0; i < x.size(); ++i) EXPECT_NEAR(b[i], x[i], 1e-8) << n;
  }
}

TEST(Cholesky, RefusesWhatIsNotPositive) {
  EXPECT_FALSE(Cholesky::of(std::vector<double>{1, 2, 2, 1}, 2, 0));
}

TEST(FitSlope, FindsHowFarScoresMayBeTrusted) {
  // Scores are -1 and 1; three of four rows are right, so the chance is 3/4 where
  // 1 / (1 + exp(-2 slope)) = 3/4, that is slope = log(3) / 2.
  std::vector<float> scores;
  std::vector<int> truth;
  for (int i = 0; i < 4000; ++i) {
    scores.insert(scores.end(), {1, -1});
    truth.push_back(i % 4 == 0 ? 1 : 0);
  }

  EXPECT_NEAR(fitSlope(scores, truth, 1).slope, std::log(3.0) / 2, 0.01);
}

TEST(HeldOutPart, KeepsRecordingsWholeAndEveryLabelInTheRest) {
  const auto data = support::blobs({.labels = 3, .groups = 12, .rowsPerGroup = 5});

  const auto part = heldOutPart(*data, 4, 1);

  ASSERT_TRUE(part);
  std::set<std::int64_t> learnt;
  std::set<int> labels;
  for (const std::size_t i : part->train) {
    learnt.insert(data->content().group[i]);
    labels.insert(data->label(i));
  }
  for (const std::size_t i : part->test) EXPECT_FALSE(learnt.contains(data->content().group[i]));
  EXPECT_EQ(labels.size(), 3);
  EXPECT_FALSE(heldOutPart(*support::blobs({.groups = 1, .rowsPerGroup = 5}), 4, 1));
}

TEST(HeldOutPart, SparesNoRecordingWhereThereAreFew) {
  // Two days of four demonstrations each of both labels.
  learners::DatasetContent content = support::blobContent({.groups = 8, .rowsPerGroup = 5});
  content.unit = content.group;
  for (std::size_t i = 0; i < content.group.size(); ++i) content.group[i] = content.unit[i] % 2;
  const auto data = *learners::Dataset::make(std::move(content));

  const auto part = heldOutPart(*data, 4, 1);

  ASSERT_TRUE(part);
  std::set<std::int64_t> days;
  std::set<std::int64_t> learnt;
  for (const std::size_t i : part->train) {
    days.insert(data->content().group[i]);
    learnt.insert(data->content().unit[i]);
  }
  EXPECT_EQ(days.size(), 2);
  for (const std::size_t i : part->test) EXPECT_FALSE(learnt.contains(data->content().unit[i]));
}

TEST(Ridge, FindsTheKnownWeightOfTwoPoints) {
  // n rows of -1 and n of +1, targets 0 and 1 around their mean 1/2: the weight of "high" is
  // sum x y / (sum x^2 + alpha) = n / (2 n + alpha); that of "low" is its opposite.
  const auto ridge = makeRidge();
  const auto near = ridge->train(*twoPoints(8), with(*ridge, "alpha", 1e-9), {});
  const auto far = ridge->train(*twoPoints(8), with(*ridge, "alpha", 48), {});

  const double one = weightsOf(**near)[1];
  const double other = weightsOf(**far)[1];

  EXPECT_NEAR(one / other, (8.0 / 16) / (8.0 / 64), 1e-4);
  EXPECT_NEAR(weightsOf(**near)[0], -one, 1e-5);
}

TEST(Ridge, IsTheSameFromProductsOfRowsAndOfFeatures) {
  // The same rows with columns of zeros: as many features as to make the other form the cheaper.
  const auto narrow = support::blobContent({.labels = 2, .features = 6, .distance = 1});
  auto wide = narrow;
  const std::size_t rows = narrow.label.size();
  const std::size_t width = rows + 10;
  wide.layout.features.clear();
  for (std::size_t f = 0; f < width; ++f) {
    wide.layout.features.push_back({"x" + std::to_string(f), "1", 0});
  }
  wide.layout.parts.front().count = width;
  wide.values.assign(rows * width, 0);
  for (std::size_t i = 0; i < rows; ++i) {
    std::copy_n(narrow.values.begin() + static_cast<std::ptrdiff_t>(i * 6), 6,
                wide.values.begin() + static_cast<std::ptrdiff_t>(i * width));
  }
  const auto ridge = makeRidge();
  const auto params = with(*ridge, "alpha", 3);
  const auto narrowData = support::made(narrow);
  const auto wideData = support::made(wide);

  const auto one = support::answers(**ridge->train(*narrowData, params, {}), *narrowData);
  const auto other = support::answers(**ridge->train(*wideData, params, {}), *wideData);

  for (std::size_t i = 0; i < one.size(); ++i) EXPECT_NEAR(one[i], other[i], 1e-3);
}

TEST(SvmLinear, FindsTheKnownWeightOfTwoPoints) {
  // One machine, rows -1 and +1, no bias by symmetry: w^2 / 2 + 2 C (1 - w)^2 is smallest where
  // w = 4 C / (1 + 4 C).
  const auto svm = makeSvmLinear();
  const auto soft = svm->train(*twoPoints(1), with(*svm, "cost", 0.05), {});
  const auto hard = svm->train(*twoPoints(1), with(*svm, "cost", 0.5), {});

  const double ratio = weightsOf(**soft)[1] / weightsOf(**hard)[1];

  EXPECT_NEAR(ratio, (0.2 / 1.2) / (2.0 / 3), 0.05);
}

}  // namespace
}  // namespace learners
