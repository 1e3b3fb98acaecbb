#include "learners/learning_curve.h"

#include <cmath>
#include <gtest/gtest.h>
#include <set>

#include "learners/numbers.h"
#include "learners/standardizer.h"
#include "tests/support/blobs.h"

namespace learners {
namespace {

TEST(PowerLaw, IsFoundInPointsThatFollowIt) {
  std::vector<double> n;
  std::vector<double> accuracy;
  for (const double x : {1.0, 2.0, 4.0, 8.0, 16.0}) {
    n.push_back(x);
    accuracy.push_back(0.9 - 0.5 * std::pow(x, -0.7));
  }

  const PowerLaw law = fitPowerLaw(n, accuracy);

  EXPECT_NEAR(law.a, 0.9, 1e-6);
  EXPECT_NEAR(law.b, 0.5, 1e-6);
  EXPECT_NEAR(law.c, 0.7, 1e-9);
  EXPECT_NEAR(law.at(32), 0.9 - 0.5 * std::pow(32, -0.7), 1e-6);
}

TEST(PowerLaw, NeverPromisesMoreThanAllAndNeverFalls) {
  const std::vector<double> n = {1, 2, 3};
  const PowerLaw steep = fitPowerLaw(n, std::vector<double>{0.2, 0.6, 1.0});
  const PowerLaw falling = fitPowerLaw(n, std::vector<double>{0.9, 0.8, 0.7});

  EXPECT_LE(steep.at(1000), 1);
  EXPECT_NEAR(falling.at(100), 0.8, 1e-9);
}

support::Blobs shapeOf(std::uint64_t seed, int groups) {
  return {.labels = 4,
          .features = 6,
          .groups = groups,
          .rowsPerGroup = 4,
          .distance = 3,
          .drift = 1,
          .seed = seed};
}

/// Mean recall on `test` of a model that learnt from `rows` of `data`.
double truth(const Dataset& data, const std::vector<std::size_t>& rows, const Dataset& test) {
  const DatasetPtr raw = data.subset(rows);
  const Standardizer standardizer = Standardizer::fit(*raw);
  const LearnerPtr learner = makeKnn();
  const auto model =
      learner->train(*standardizer.apply(*raw), base::Params(learner->paramSpecs()), {}).value();
  std::vector<float> p(test.rows() * 4);
  model->predictBatch(standardizer.apply(test)->content().values, p);
  double right = 0;
  for (std::size_t i = 0; i < test.rows(); ++i) {
    right += largest(std::span(p).subspan(4 * i, 4)) == test.label(i) ? 1 : 0;
  }
  return right / static_cast<double>(test.rows());  // labels are equally frequent
}

TEST(LearningCurve, ForecastsWhatHappensWhenDemonstrationsAreAdded) {
  int held = 0;
  int heldLabel = 0;
  constexpr int kTrials = 20;
  for (std::uint64_t seed = 1; seed <= kTrials; ++seed) {
    // Ten demonstrations of each label of which six are known yet, of label 0 two.
    const auto all = support::blobs(shapeOf(seed, 10));
    const auto test = support::blobs(shapeOf(1000 + seed, 100));
    std::vector<std::size_t> now;
    std::vector<std::size_t> moreOfOne;
    std::vector<std::size_t> moreOfAll;
    for (std::size_t i = 0; i < all->rows(); ++i) {
      const int label = all->label(i);
      const auto number = all->content().unit[i] % 10;
      const int known = label == 0 ? 3 : 6;
      if (number < known) now.push_back(i);
      if (number < known + (label == 0 ? 2 : 0)) moreOfOne.push_back(i);
      if (number < known + 2) moreOfAll.push_back(i);
    }
    const auto data = all->subset(now);

    const auto curve =
        learningCurve(*data, groupedFolds(*data, 3, seed), makeKnn(), {.repeats = 3, .seed = seed})
            .value();

    const double before = truth(*all, now, *test);
    const double gain = truth(*all, moreOfAll, *test) - before;
    if (curve.all.low <= gain && gain <= curve.all.high) ++held;
    const double gainOfOne = truth(*all, moreOfOne, *test) - before;
    for (const Forecast& one : curve.labels) {
      if (one.label == 0 && one.low <= gainOfOne && gainOfOne <= one.high) ++heldLabel;
    }
  }

  std::printf("forecasts that held: %d of %d for all labels, %d for one\n", held, kTrials,
              heldLabel);
  EXPECT_GE(held, 16);
  EXPECT_GE(heldLabel, 16);
}

TEST(LearningCurve, SaysWhichLabelWouldGainMost) {
  // Label 0 has two demonstrations that lie far apart, the others ten.
  const auto all = support::blobs(
      {.labels = 3, .features = 6, .groups = 10, .rowsPerGroup = 6, .distance = 4, .drift = 1.5});
  std::vector<std::size_t> rows;
  for (std::size_t i = 0; i < all->rows(); ++i) {
    if (all->label(i) != 0 || all->content().unit[i] < 3) rows.push_back(i);
  }
  const auto data = all->subset(rows);

  const auto curve = learningCurve(*data, groupedFolds(*data, 3, 1), makeKnn()).value();

  ASSERT_EQ(curve.labels.size(), 3);
  EXPECT_EQ(curve.labels[0].label, 0);
  EXPECT_GT(curve.labels[0].gain, curve.labels[1].gain + 0.005);
  EXPECT_EQ(curve.labels[0].now, 3);
  EXPECT_EQ(curve.points.size(), 4);
  EXPECT_GT(curve.points.back().accuracy, curve.points.front().accuracy);
}

TEST(LearningCurve, TellsHowOftenEachLabelWasFoundAndWhichWasNeverTested) {
  const auto data = support::blobs({.labels = 3, .groups = 4, .rowsPerGroup = 6});
  Split split;
  std::set<int> seen;
  std::set<std::int64_t> first;  // demonstrations, one of each label
  for (std::size_t i = 0; i < data->rows(); ++i) {
    const std::int64_t unit = data->content().unit[i];
    if (seen.insert(data->label(i)).second) first.insert(unit);
    if (!first.contains(unit)) split.train.push_back(i);
    if (first.contains(unit) && data->label(i) != 2) split.test.push_back(i);
  }

  const auto curve = learningCurve(*data, {split}, makeKnn()).value();

  for (const CurvePoint& point : curve.points) {
    ASSERT_EQ(point.recall.size(), 3);
    EXPECT_NEAR(point.accuracy, (point.recall[0] + point.recall[1]) / 2, 1e-9);
    EXPECT_TRUE(std::isnan(point.recall[2]));
  }
}

TEST(LearningCurve, IsRefusedWhereNothingCanGrow) {
  const auto data = support::blobs({.labels = 2, .groups = 1});

  EXPECT_FALSE(learningCurve(*data, {{.train = {0, 1}, .test = {2}}}, makeKnn()).ok());
  EXPECT_FALSE(learningCurve(*data, {{.train = {0, 9}, .test = {2}}}, makeKnn()).ok());
}

TEST(LearningCurve, StopsWhenAsked) {
  const auto data = support::blobs();
  std::stop_source stop;
  stop.request_stop();

  const auto curve =
      learningCurve(*data, groupedFolds(*data, 4, 1), makeKnn(), {}, {.stop = stop.get_token()});

  ASSERT_FALSE(curve.ok());
  EXPECT_EQ(curve.error().code, base::ErrorCode::Cancelled);
}

}  // namespace
}  // namespace learners
