// Calibration, novelty and the gate: how sure an answer is.

#include <cmath>
#include <gtest/gtest.h>
#include <random>

#include "learners/calibration.h"
#include "learners/discriminant.h"
#include "learners/gate.h"
#include "learners/novelty.h"
#include "learners/standardizer.h"
#include "tests/support/blobs.h"

namespace learners {
namespace {

/// Answers that claim 0.95 and are right in 7 of 10.
void overConfident(std::size_t rows, std::uint64_t seed, std::vector<float>& p,
                   std::vector<int>& label) {
  std::mt19937_64 random(seed);
  for (std::size_t i = 0; i < rows; ++i) {
    const int said = static_cast<int>(random() % 2);
    p.push_back(said == 0 ? 0.95F : 0.05F);
    p.push_back(said == 0 ? 0.05F : 0.95F);
    label.push_back(random() % 10 < 7 ? said : 1 - said);
  }
}

double errorOf(const Calibration& calibration, std::vector<float> p,
               const std::vector<int>& label) {
  std::vector<float> certainty;
  std::vector<std::uint8_t> right;
  for (std::size_t i = 0; i < label.size(); ++i) {
    const auto row = std::span(p).subspan(2 * i, 2);
    calibration.apply(row);
    EXPECT_NEAR(row[0] + row[1], 1, 1e-5);
    certainty.push_back(std::max(row[0], row[1]));
    right.push_back((row[1] > row[0]) == (label[i] == 1) ? 1 : 0);
  }
  return expectedCalibrationError(certainty, right);
}

TEST(Calibration, MakesAnOverConfidentSetHonest) {
  std::vector<float> p;
  std::vector<int> label;
  overConfident(2000, 1, p, label);
  std::vector<float> freshP;
  std::vector<int> freshLabel;
  overConfident(2000, 2, freshP, freshLabel);

  const auto calibration = Calibration::fit(p, label, 2);

  EXPECT_TRUE(calibration.isFitted());
  // logit(0.95) / t = logit(0.7): t = 2.944 / 0.847 = 3.475.
  EXPECT_NEAR(calibration.temperature(), 3.475, 0.35);
  EXPECT_GT(errorOf(Calibration(), freshP, freshLabel), 0.2);
  EXPECT_LT(errorOf(calibration, freshP, freshLabel), 0.05);
}

TEST(Calibration, StaysUnfittedBelowTwentyRows) {
  std::vector<float> p;
  std::vector<int> label;
  overConfident(19, 1, p, label);

  const auto calibration = Calibration::fit(p, label, 2);

  EXPECT_FALSE(calibration.isFitted());
  EXPECT_EQ(calibration.temperature(), 1);
}

TEST(Calibration, FewIndependentRowsSayLittleHoweverManyWindowsTheyHave) {
  std::vector<float> p;
  std::vector<int> label;
  overConfident(2000, 1, p, label);

  const float many = Calibration::fit(p, label, 2).temperature();
  const float few = Calibration::fit(p, label, 2, 4).temperature();

  EXPECT_GT(many, 3);
  EXPECT_LT(few, many - 0.5F);
  EXPECT_GT(few, 1);
}

TEST(Calibration, CountsEveryWindowThatIsAnsweredAlike) {
  // One long demonstration that is answered right 9 times of 10, and ten short ones that are mostly
  // answered wrong: windows are right 9 times of 10 all the same.
  std::vector<float> p;
  std::vector<int> label;
  for (int i = 0; i < 2000; ++i) {
    p.insert(p.end(), {0.7F, 0.3F});
    label.push_back(i % 10 == 0 ? 1 : 0);
  }

  const auto calibration = Calibration::fit(p, label, 2, 200);

  std::vector<float> said{0.7F, 0.3F};
  calibration.apply(said);
  EXPECT_NEAR(said[0], 0.9, 0.02);
}

TEST(ExpectedCalibrationError, IsTheMeanGapBetweenCertaintyAndTruth) {
  // Two bins: two answers at 0.95 of which one is right (gap 0.45), two at 0.55 of which one is
  // right (gap 0.05); the mean is 0.25.
  const std::vector<float> certainty{0.95F, 0.95F, 0.55F, 0.55F};
  const std::vector<std::uint8_t> right{1, 0, 0, 1};

  EXPECT_NEAR(expectedCalibrationError(certainty, right), 0.25, 1e-6);
}

TEST(Novelty, FlagsABlobNobodyShowedAndKnowsTheOnesShown) {
  const auto data = support::blobs({.groups = 6, .rowsPerGroup = 12});
  const auto standardizer = Standardizer::fit(*data);
  const auto novelty = Novelty::fit(*standardizer.apply(*data), 1);

  const auto familiar =
      standardizer.apply(*support::blobs({.groups = 6, .rowsPerGroup = 12, .seed = 2}));
  std::size_t flagged = 0;
  for (std::size_t i = 0; i < familiar->rows(); ++i) {
    if (novelty.score(familiar->row(i)) > 0.5F) ++flagged;
  }
  EXPECT_LE(static_cast<double>(flagged) / static_cast<double>(familiar->rows()), 0.06);

  auto content = support::blobContent({.labels = 1, .distance = 0});
  for (float& value : content.values) value -= 10;
  const auto strange = standardizer.apply(*support::made(std::move(content)));
  for (std::size_t i = 0; i < strange->rows(); ++i) {
    EXPECT_GT(novelty.score(strange->row(i)), 0.5F);
    EXPECT_LE(novelty.score(strange->row(i)), 1);
  }
}

TEST(Novelty, KeepsNoMoreRowsThanAskedAndComesBackFromItsBytes) {
  const auto data = support::blobs({.rowsPerGroup = 50});
  const auto novelty = Novelty::fit(*data, 1, 100);
  ByteWriter out;
  novelty.save(out);
  const auto bytes = out.take();

  ByteReader in(bytes);
  const auto again = Novelty::load(in);

  // Rows of six features and two discriminants.
  EXPECT_LT(bytes.size(), 100 * (6 + 2) * sizeof(float) + 200);
  ASSERT_TRUE(again.ok());
  EXPECT_EQ(again->score(data->row(3)), novelty.score(data->row(3)));
  EXPECT_EQ(Novelty().score(data->row(3)), 0);
}

TEST(Discriminant, HasUnitSpreadWithinLabelsAndSeparatesTheirMeans) {
  const auto data =
      support::blobs({.labels = 3, .features = 6, .groups = 10, .rowsPerGroup = 50, .distance = 4});
  std::vector<std::size_t> rows(data->rows());
  for (std::size_t i = 0; i < rows.size(); ++i) rows[i] = i;

  const auto directions = discriminantDirections(*data, rows, 0);

  ASSERT_EQ(directions.size(), 2 * 6);  // three means span a plane
  for (std::size_t k = 0; k < 2; ++k) {
    std::vector<double> sum(3);
    std::vector<double> squares(3);
    for (const std::size_t i : rows) {
      double place = 0;
      for (std::size_t f = 0; f < 6; ++f) {
        place += static_cast<double>(directions[k * 6 + f]) * data->row(i)[f];
      }
      sum[data->label(i)] += place / 500;
      squares[data->label(i)] += place * place / 500;
    }
    double within = 0;
    for (std::size_t c = 0; c < 3; ++c) within += (squares[c] - sum[c] * sum[c]) / 3;
    EXPECT_NEAR(within, 1, 1e-3);
  }
}

TEST(Discriminant, HasNoDirectionWhereOneLabelHasRows) {
  const auto data = support::blobs({.labels = 1});

  EXPECT_TRUE(discriminantDirections(*data, std::vector<std::size_t>{0, 1, 2}, 0.3).empty());
}

TEST(Novelty, FlagsWhatLiesBetweenLabels) {
  // Wide along features 3 to 5, narrow along the others: far from every label only where labels
  // differ.
  auto content =
      support::blobContent({.labels = 3, .groups = 8, .rowsPerGroup = 30, .distance = 9});
  for (std::size_t i = 0; i < content.values.size(); ++i) content.values[i] *= i % 6 > 2 ? 6 : 1;
  const auto novelty = Novelty::fit(*support::made(std::move(content)), 1);

  EXPECT_GT(novelty.score(std::vector<float>{4.5F, 4.5F, 4.5F, 0, 0, 0}), 0.5F);
  EXPECT_LT(novelty.score(std::vector<float>{9, 0, 0, 4, -4, 0}), 0.5F);
}

TEST(Gate, LetsPassWhatItWasToldOf) {
  const auto data =
      support::blobs({.labels = 2, .groups = 6, .rowsPerGroup = 20, .background = true});
  const auto gate = Gate::train(*data, {});
  std::vector<std::size_t> quiet;
  for (std::size_t i = 0; i < data->rows(); ++i) {
    if (data->label(i) == 0) quiet.push_back(i);
  }

  const Gate careful = gate->lettingPass(*data->subset(quiet));

  for (const std::size_t i : quiet) EXPECT_FALSE(careful.saysBackground(data->row(i)));
  EXPECT_GE(careful.threshold(), gate->threshold());
}

TEST(Gate, KeepsTheRecallOfEverythingElse) {
  const support::Blobs shape{
      .labels = 4, .groups = 10, .rowsPerGroup = 20, .distance = 4, .background = true};
  const auto data = support::blobs(shape);
  auto fresh = shape;
  fresh.seed = 2;
  const auto test = support::blobs(fresh);

  const auto gate = Gate::train(*data, {});

  ASSERT_TRUE(gate.ok());
  int quiet = 0;
  int passed = 0;
  int missed = 0;
  for (std::size_t i = 0; i < test->rows(); ++i) {
    const bool says = gate->saysBackground(test->row(i));
    if (test->label(i) == 0) {
      ++quiet;
      if (says) ++passed;
    } else if (says) {
      ++missed;
    }
  }
  EXPECT_LE(missed, 6);               // 1 % of 600; 0.5 % is allowed on held-out rows
  EXPECT_GT(passed, quiet * 6 / 10);  // and it is worth having
}

TEST(Gate, NeedsBackgroundAndSomethingElse) {
  EXPECT_EQ(Gate::train(*support::blobs({.background = false}), {}).error().code,
            base::ErrorCode::InvalidArgument);
  EXPECT_EQ(Gate::train(*support::blobs({.labels = 1, .background = true}), {}).error().code,
            base::ErrorCode::InvalidArgument);
  std::stop_source stop;
  stop.request_stop();
  EXPECT_EQ(
      Gate::train(*support::blobs({.background = true}), {.stop = stop.get_token()}).error().code,
      base::ErrorCode::Cancelled);
}

}  // namespace
}  // namespace learners
