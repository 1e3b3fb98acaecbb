// Calibration, novelty and the gate: how sure an answer is.

#include <algorithm>
#include <array>
#include <cmath>
#include <gtest/gtest.h>
#include <numeric>
#include <random>

#include "learners/calibration.h"
#include "learners/gate.h"
#include "learners/novelty.h"
#include "learners/novelty_memory.h"
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

  // Rows of six components with a weight for each of three labels and a place along two directions;
  // for each label a covariance, and three figures of each feature.
  EXPECT_LT(bytes.size(),
            100 * (6 + 3 + 2) * sizeof(float) + 3 * 6 * (6 + 3) * sizeof(float) + 900);
  ASSERT_TRUE(again.ok());
  EXPECT_EQ(again->score(data->row(3)), novelty.score(data->row(3)));
  EXPECT_EQ(Novelty().score(data->row(3)), 0);
}

TEST(Novelty, KnowsTheLastLabelHoweverManyRecordingsTheFirstHas) {
  const auto data = support::blobs({.labels = 2, .features = 2, .groups = 4100, .rowsPerGroup = 1,
                                    .distance = 20});
  std::vector<std::size_t> all(data->rows());
  std::iota(all.begin(), all.end(), std::size_t{0});

  const auto kept = spreadRows(*data, all, 1, 100);
  const auto novelty = Novelty::fit(*data, 1, 100);

  EXPECT_EQ(50, std::count_if(kept.begin(), kept.end(),
                              [&](std::size_t i) { return data->label(i) == 1; }));
  EXPECT_LT(novelty.score(std::array{0.0F, 20.0F}), 0.5F);
  EXPECT_GT(novelty.score(std::array{0.0F, 60.0F}), 0.5F);
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

TEST(Novelty, RefittedKnowsWhatIsNewAndFlagsWhatNobodyShowed) {
  const support::Blobs shape{.groups = 6, .rowsPerGroup = 12, .distance = 9};
  const auto all = support::blobs(shape);
  std::vector<std::size_t> before;
  for (std::size_t i = 0; i < all->rows(); ++i) {
    if (all->label(i) != 2) before.push_back(i);
  }
  const auto former = Novelty::fit(*all->subset(before), 1);
  const std::array labels{0, 1, -1};

  const auto now = former.refitted(*all, labels, 1);

  const auto familiar = support::blobs({.groups = 6, .rowsPerGroup = 12, .distance = 9, .seed = 2});
  std::size_t flagged = 0;
  for (std::size_t i = 0; i < familiar->rows(); ++i) {
    flagged += now.score(familiar->row(i)) > 0.5F ? 1 : 0;
    if (familiar->label(i) == 2) {
      EXPECT_GT(former.score(familiar->row(i)), 0.5F);
    }
  }
  EXPECT_LE(static_cast<double>(flagged) / static_cast<double>(familiar->rows()), 0.1);
  EXPECT_GT(now.score(std::vector<float>(6, -20)), 0.5F);
  EXPECT_EQ(Novelty().refitted(*all, labels, 1).score(all->row(3)),
            Novelty::fit(*all, 1).score(all->row(3)));
}

TEST(Novelty, BendsStepsIntoScoresAndBack) {
  EXPECT_FLOAT_EQ(Novelty::scoreOf(0), 0.1F);
  EXPECT_FLOAT_EQ(Novelty::scoreOf(1), 0.5F);
  for (const float steps : {-1.5F, 0.0F, 0.7F, 1.0F, 3.0F}) {
    EXPECT_NEAR(Novelty::stepsOf(Novelty::scoreOf(steps)), steps, 1e-3);
  }
}

TEST(Novelty, DamagedBytesAreRefusedOrGiveFiniteScores) {
  const auto data = support::blobs({.groups = 4, .rowsPerGroup = 8});
  ByteWriter out;
  Novelty::fit(*data, 1, 40).save(out);
  const auto whole = out.take();
  std::mt19937 random(1);
  for (int round = 0; round < 2000; ++round) {
    auto bytes = whole;
    bytes[random() % bytes.size()] ^= static_cast<std::uint8_t>(1 + random() % 255);
    if (round % 2 == 0) bytes.resize(random() % bytes.size());
    ByteReader in(bytes);
    const auto damaged = Novelty::load(in);
    if (!damaged || damaged->features() != data->features()) continue;
    const float score = damaged->score(data->row(0));
    EXPECT_TRUE(score >= 0 && score <= 1) << score;
  }
}

/// The window of one second that begins at `second`.
base::TimeSpan at(int second) {
  const base::Time begin{second * 1'000'000'000LL};
  return {begin, begin + std::chrono::seconds(1)};
}

TEST(NoveltyMemory, CallsAStretchNewThatNoWindowOfItProves) {
  // Held-out stretches are seldom above half a step on average: ten windows of a score of 0.4,
  // which is more, are new, though each by itself is not.
  NoveltyMemory memory(0.5F);
  float score = 0;
  for (int second = 0; second < 10; ++second) score = memory.apply(at(second), 0.4F);

  EXPECT_GT(score, 0.5F);
}

TEST(NoveltyMemory, ForgetsWhatIsLongerAgoThanItsLength) {
  NoveltyMemory memory(1, std::chrono::seconds(10));
  for (int second = 0; second < 20; ++second) memory.apply(at(second), 0.9F);
  float score = 0;
  for (int second = 20; second < 30; ++second) score = memory.apply(at(second), 0.1F);

  EXPECT_NEAR(score, 0.1F, 1e-4);
  EXPECT_NEAR(memory.apply(at(100), 0.9F), 0.9F, 1e-4);
  EXPECT_NEAR(memory.apply(at(5), 0.1F), 0.1F, 1e-4);  // another recording
}

TEST(NoveltyMemory, CallsNothingNewAnyMoreOnceATimeLooksUsual) {
  NoveltyMemory memory(1);
  float score = 0;
  for (int second = 0; second < 30; ++second) score = memory.apply(at(second), 0.9F);
  EXPECT_GT(score, 0.5F);

  for (int second = 30; second < 40; ++second) score = memory.apply(at(second), 0.1F);

  EXPECT_LT(score, 0.5F);  // though most of what it remembers was strange
}

TEST(Novelty, HoldsStretchesOutWhereEachLabelWasShownOnce) {
  // One demonstration of each label. Neighbouring windows are nearly equal and later ones are not:
  // held out one by one, rows would seem ever so familiar, and every later one strange.
  const auto walk = [](unsigned seed) {
    auto content = support::blobContent({.labels = 2, .groups = 1, .rowsPerGroup = 120});
    std::mt19937 random(seed);
    std::normal_distribution<float> noise;
    std::vector<float> now(6);
    for (std::size_t i = 0; i < content.label.size(); ++i) {
      content.group[i] = 1;
      content.unit[i] = content.label[i];
      const base::Time begin{static_cast<std::int64_t>(i) * 1'000'000'000LL};
      content.span.push_back({begin, begin + std::chrono::seconds(2)});
      for (std::size_t f = 0; f < 6; ++f) {
        now[f] = 0.9F * now[f] + 0.44F * noise(random);
        const float offset = f == 0 ? 8.0F * static_cast<float>(content.label[i]) : 0.0F;
        content.values[i * 6 + f] = offset + now[f];
      }
    }
    return support::made(std::move(content));
  };
  const auto novelty = Novelty::fit(*walk(1), 1);

  const auto later = walk(2);
  std::size_t flagged = 0;
  for (std::size_t i = 0; i < later->rows(); ++i) {
    flagged += novelty.score(later->row(i)) > 0.5F ? 1 : 0;
  }

  EXPECT_LT(flagged, later->rows() / 4);
  EXPECT_GT(novelty.score(std::vector<float>(6, 4)), 0.5F);
}

TEST(Novelty, FlagsAFewFeaturesOutOfBoundsAmongManyThatAreNot) {
  const support::Blobs shape{.labels = 2, .features = 200, .groups = 6, .rowsPerGroup = 30};
  const auto novelty = Novelty::fit(*support::blobs(shape), 1);
  auto other = shape;
  other.seed = 2;
  const auto test = support::blobs(other);
  std::size_t flagged = 0;
  std::size_t tipped = 0;
  for (std::size_t i = 0; i < test->rows(); ++i) {
    std::vector<float> row(test->row(i).begin(), test->row(i).end());
    flagged += novelty.score(row) > 0.5F ? 1 : 0;
    for (std::size_t f = 150; f < 154; ++f) row[f] = 4;
    tipped += novelty.score(row) > 0.5F ? 1 : 0;
  }

  EXPECT_LT(flagged, test->rows() / 8);
  EXPECT_GT(tipped, test->rows() * 9 / 10);
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
