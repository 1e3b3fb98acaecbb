#include "learners/ensemble.h"

#include <gtest/gtest.h>
#include <map>
#include <mutex>
#include <random>

#include "learners/ensemble_training.h"
#include "tests/support/blobs.h"
#include "tests/support/every_learner.h"

namespace learners {
namespace {

using support::everyLearner;

TrainedEnsemble trainedOn(const Dataset& data, const EnsembleRecipe& recipe = {}) {
  auto trained = trainEnsemble(data, recipe, everyLearner(), {});
  EXPECT_TRUE(trained.ok()) << (trained.ok() ? "" : trained.error().message);
  return std::move(trained).value();
}

const support::Blobs kHome{
    .labels = 4, .groups = 4, .rowsPerGroup = 8, .distance = 5, .drift = 0.3, .background = true};

TEST(TrainEnsemble, LearnsAndReportsHowWell) {
  auto fresh = kHome;
  fresh.seed = 2;
  const auto test = support::blobs(fresh);

  const auto trained = trainedOn(*support::blobs(kHome));

  EXPECT_TRUE(trained.report.heldOut);
  EXPECT_GE(trained.report.accuracy, 0.95);
  ASSERT_EQ(trained.report.members.size(), 7);
  for (std::size_t m = 0; m < 7; ++m) {
    EXPECT_EQ(trained.report.members[m].learner, bestEffortLearners()[m]);
  }
  EXPECT_EQ(trained.report.units.size(), 16);  // 4 labels of 4 demonstrations
  for (const UnitScore& unit : trained.report.units) EXPECT_EQ(unit.rows, 8);
  double weights = 0;
  for (const auto& member : trained.ensemble->content().members) weights += member.weight;
  EXPECT_NEAR(weights, 1, 1e-5);
  EXPECT_TRUE(trained.ensemble->content().gate);
  EXPECT_TRUE(trained.ensemble->content().calibration.isFitted());
  int right = 0;
  for (std::size_t i = 0; i < test->rows(); ++i) {
    if (trained.ensemble->predict(test->row(i), {}).label == test->label(i)) ++right;
  }
  EXPECT_GE(right, static_cast<int>(test->rows() * 95 / 100));
}

TEST(TrainEnsemble, EqualDataRecipeAndSeedGiveTheSameHash) {
  const auto data = support::blobs(kHome);
  EnsembleRecipe other;
  other.seed = 2;

  const auto first = trainedOn(*data);
  const auto again = trainedOn(*data);

  EXPECT_EQ(first.ensemble->hash(), again.ensemble->hash());
  EXPECT_NE(first.ensemble->hash(), trainedOn(*data, other).ensemble->hash());
}

TEST(TrainEnsemble, ServesTheLogisticModelFirstThenEachThatJoinsAndTheWholeLast) {
  std::vector<EnsembleChange> changes;
  std::mutex mutex;
  std::vector<double> shares;
  const auto data = support::blobs(kHome);

  const auto trained =
      trainEnsemble(*data, {}, everyLearner(),
                    {.progress =
                         [&](double share) {
                           const std::lock_guard lock(mutex);
                           shares.push_back(share);
                         }},
                    [&](const EnsembleChange& change) { changes.push_back(change); });

  ASSERT_EQ(changes.size(), 8);  // the first alone, then one for each member
  ASSERT_EQ(changes[0].ensemble->content().members.size(), 1);
  EXPECT_EQ(changes[0].ensemble->content().members[0].model->kind(), "logistic");
  EXPECT_FALSE(changes[0].ensemble->predict(data->row(0), {}).calibrated);
  for (std::size_t i = 1; i < changes.size(); ++i) {
    EXPECT_EQ(changes[i].ensemble->content().members.size(), i);
    EXPECT_EQ(changes[i].join.members, static_cast<int>(i));
    EXPECT_EQ(changes[i].join.before, i == 1 ? 0 : changes[i - 1].join.after);
    EXPECT_GT(changes[i].join.after, 0.5F);
  }
  EXPECT_EQ(changes.back().ensemble, trained->ensemble);
  EXPECT_EQ(trained->report.joins.size(), 7);
  EXPECT_EQ(trained->report.joins.back().after, trained->report.accuracy);
  ASSERT_FALSE(shares.empty());
  EXPECT_NEAR(*std::max_element(shares.begin(), shares.end()), 1, 1e-6);
}

TEST(TrainEnsemble, SaysThatASingleRecordingHoldsNothingOut) {
  auto content = support::blobContent(kHome);
  std::fill(content.group.begin(), content.group.end(), 1);

  const auto trained = trainedOn(*support::made(std::move(content)));

  EXPECT_FALSE(trained.report.heldOut);
  EXPECT_EQ(trained.report.units.size(), 16);  // by demonstration all the same
}

TEST(TrainEnsemble, WorksWithOneDemonstrationOfEachLabel) {
  const auto data = support::blobs({.labels = 2, .groups = 1, .rowsPerGroup = 6});

  const auto trained = trainedOn(*data);

  EXPECT_FALSE(trained.report.heldOut);
  EXPECT_FALSE(trained.ensemble->predict(data->row(0), {}).calibrated);
  EXPECT_EQ(trained.ensemble->predict(data->row(0), {}).label, 0);
  EXPECT_FLOAT_EQ(trained.report.members[0].heldOutAccuracy, 0.5F);
}

TEST(TrainEnsemble, UsesOneHoldoutOfManyRows) {
  EnsembleRecipe recipe;
  recipe.learners = {"logistic", "knn"};
  recipe.manyRows = 200;
  const auto data = support::blobs({.labels = 3, .groups = 10, .rowsPerGroup = 10});

  const auto trained = trainedOn(*data, recipe);

  std::map<int, int> perLabel;
  for (const UnitScore& unit : trained.report.units) ++perLabel[unit.label];
  EXPECT_EQ(perLabel, (std::map<int, int>{{0, 2}, {1, 2}, {2, 2}}));  // a fifth of ten
  EXPECT_TRUE(trained.report.heldOut);
}

TEST(TrainEnsemble, RefusesWhatItCannotDo) {
  const auto data = support::blobs(kHome);
  EnsembleRecipe unknown;
  unknown.learners = {"tea_leaves"};
  std::stop_source stop;
  stop.request_stop();

  EXPECT_EQ(trainEnsemble(*data, unknown, everyLearner(), {}).error().code,
            base::ErrorCode::NotFound);
  EXPECT_EQ(trainEnsemble(*support::blobs({.labels = 1}), {}, everyLearner(), {}).error().code,
            base::ErrorCode::InvalidArgument);
  EXPECT_EQ(trainEnsemble(*data, {}, everyLearner(), {.stop = stop.get_token()}).error().code,
            base::ErrorCode::Cancelled);
}

TEST(TrainEnsemble, IsStoppedByARequestFromItsOwnCallback) {
  std::stop_source stop;

  const auto trained =
      trainEnsemble(*support::blobs(kHome), {}, everyLearner(), {.stop = stop.get_token()},
                    [&](const EnsembleChange&) { stop.request_stop(); });

  ASSERT_FALSE(trained.ok());
  EXPECT_EQ(trained.error().code, base::ErrorCode::Cancelled);
}

TEST(Ensemble, HasTheSameHashAndAnswersAfterItsBytes) {
  const auto data = support::blobs(kHome);
  const auto ensemble = trainedOn(*data).ensemble;

  const auto again = Ensemble::decode(ensemble->encode(), everyLearner());

  ASSERT_TRUE(again.ok()) << again.error().message;
  EXPECT_EQ((*again)->hash(), ensemble->hash());
  EXPECT_EQ((*again)->schema(), ensemble->schema());
  EXPECT_EQ((*again)->labels(), ensemble->labels());
  for (std::size_t i = 0; i < data->rows(); ++i) {
    const auto a = ensemble->predict(data->row(i), {}, Ensemble::Use::MembersOnly);
    const auto b = (*again)->predict(data->row(i), {}, Ensemble::Use::MembersOnly);
    EXPECT_EQ(a.probabilities, b.probabilities);
    EXPECT_EQ(a.novelty, b.novelty);
  }
}

TEST(Ensemble, ReducesRowsInTrainingInServingAndAfterItsBytes) {
  auto wide = kHome;
  wide.features = 40;
  auto content = support::blobContent(wide);
  // Ten features tell of each of the four labels, so that few components hold what matters.
  for (std::size_t i = 0; i < content.values.size(); ++i) {
    if (i % 40 >= 4) content.values[i] += content.values[i - i % 40 + i % 4];
  }
  const auto data = support::made(std::move(content));
  for (const auto kind : {ReductionKind::Pca, ReductionKind::KpcaCosine, ReductionKind::KpcaRbf}) {
    EnsembleRecipe recipe;
    recipe.reduction = {.kind = kind, .components = 7};
    const auto trained = trainedOn(*data, recipe);

    const auto again = Ensemble::decode(trained.ensemble->encode(), everyLearner());

    EXPECT_GE(trained.report.accuracy, 0.9);
    EXPECT_EQ(trained.ensemble->inputs(), 7);
    EXPECT_EQ(trained.ensemble->content().members[0].model->features(), 7);
    ASSERT_TRUE(again.ok()) << again.error().message;
    EXPECT_EQ((*again)->hash(), trained.ensemble->hash());
    const auto p = (*again)->predictBatch(*data);
    for (std::size_t i = 0; i < data->rows(); ++i) {
      const auto said = trained.ensemble->predict(data->row(i), {}, Ensemble::Use::MembersOnly);
      for (std::size_t c = 0; c < 4; ++c) EXPECT_NEAR(p[4 * i + c], said.probabilities[c], 1e-4);
    }
  }
}

TEST(Ensemble, GateAnswersAloneWhereItIsSure) {
  const auto data = support::blobs(kHome);
  const auto ensemble = trainedOn(*data).ensemble;
  int gated = 0;
  for (std::size_t i = 0; i < data->rows(); ++i) {
    const auto said = ensemble->predict(data->row(i), {});
    double sum = 0;
    for (const float p : said.probabilities) sum += p;
    EXPECT_NEAR(sum, 1, 1e-4);
    EXPECT_EQ(said.certainty, said.probabilities[said.label]);
    if (said.stage != Stage::Gate) continue;
    ++gated;
    EXPECT_EQ(said.state, PredictionState::Background);
    EXPECT_EQ(said.label, 0);
    EXPECT_TRUE(said.memberLabel.empty());
  }
  EXPECT_GT(gated, 0);
}

TEST(Ensemble, TellsApartNovelKnownAndNoData) {
  const auto data = support::blobs(kHome);
  const auto ensemble = trainedOn(*data).ensemble;
  std::vector<float> strange(6, -40);
  std::vector<std::uint8_t> half{1, 1, 1, 0, 0, 0};
  std::vector<std::uint8_t> most{1, 1, 1, 1, 0, 0};
  const auto known = data->rows() - 1;

  EXPECT_EQ(ensemble->predict(data->row(known), {}).state, PredictionState::Known);
  const auto novel = ensemble->predict(strange, {}, Ensemble::Use::MembersOnly);
  EXPECT_GT(novel.novelty, 0.5F);
  EXPECT_EQ(novel.state == PredictionState::Novel, novel.label != 0);
  const auto partial = ensemble->predict(data->row(known), half);
  EXPECT_TRUE(partial.imputed);
  EXPECT_NE(partial.state, PredictionState::NoData);
  const auto silent = ensemble->predict(data->row(known), most);
  EXPECT_EQ(silent.state, PredictionState::NoData);
  EXPECT_EQ(silent.label, -1);
}

TEST(Ensemble, CertaintyFallsByTheShareOfSourcesThatAreAway) {
  auto setup = support::blobs(kHome)->content();
  // One source with five features and one with a single one: they count the same.
  setup.layout.parts = {{"kitchen/mic", 0, 5}, {"kitchen/plug", 5, 1}};
  const auto data = learners::Dataset::make(setup).value();
  const auto ensemble = trainedOn(*data).ensemble;
  const auto row = data->row(data->rows() - 1);
  const std::vector<std::uint8_t> noPlug{0, 0, 0, 0, 0, 1};
  const std::vector<std::uint8_t> noMicrophone{1, 1, 1, 1, 1, 0};
  const std::vector<std::uint8_t> nothing(6, 1);

  const auto whole = ensemble->predict(row, {}, Ensemble::Use::MembersOnly);
  const auto without = ensemble->predict(row, noPlug);

  EXPECT_TRUE(without.imputed);
  EXPECT_EQ(without.stage, Stage::Ensemble);
  EXPECT_LT(without.certainty, whole.certainty);
  const float even = 1 / static_cast<float>(ensemble->labels().size());
  EXPECT_LE(without.certainty, 0.5F + 0.5F * even + 1e-5F);
  double sum = 0;
  for (const float p : without.probabilities) sum += p;
  EXPECT_NEAR(sum, 1, 1e-4);
  EXPECT_NE(ensemble->predict(row, noMicrophone).state, PredictionState::NoData);
  EXPECT_EQ(ensemble->predict(row, nothing).state, PredictionState::NoData);
}

TEST(Ensemble, WhatWasNeverThereIsNotMissed) {
  auto setup = support::blobs(kHome)->content();
  setup.layout.parts = {{"wrist/imu", 0, 5}, {"kitchen/plug", 5, 1}};
  const std::size_t rows = setup.label.size();
  // Bands above half of a slow sensor's rate are no numbers in any row.
  setup.missing.assign(rows * 6, 0);
  for (std::size_t i = 0; i < rows; ++i) {
    for (const std::size_t f : {2, 3, 4}) setup.missing[6 * i + f] = 1;
  }
  const auto data = learners::Dataset::make(setup).value();
  const auto ensemble = trainedOn(*data).ensemble;
  const auto row = data->row(rows - 1);
  const std::vector<std::uint8_t> asEver{0, 0, 1, 1, 1, 0};
  const std::vector<std::uint8_t> lessThanEver{1, 0, 1, 1, 1, 0};
  const std::vector<std::uint8_t> nothing(6, 1);

  const auto said = ensemble->predict(row, asEver, Ensemble::Use::MembersOnly);
  const auto less = ensemble->predict(row, lessThanEver, Ensemble::Use::MembersOnly);

  EXPECT_FALSE(said.imputed);
  EXPECT_TRUE(less.imputed);
  // Half of one of two sources is away: a quarter of the belief is spread over all.
  EXPECT_LE(less.certainty, 0.75F + 0.25F / static_cast<float>(ensemble->labels().size()) + 1e-5F);
  EXPECT_EQ(ensemble->predict(row, nothing).state, PredictionState::NoData);
  const auto batch = ensemble->predictBatch(*data);
  for (std::size_t c = 0; c < said.probabilities.size(); ++c) {
    EXPECT_NEAR(batch[(rows - 1) * said.probabilities.size() + c], said.probabilities[c], 1e-4);
  }
}

TEST(Ensemble, DisagreementIsTheWeightOfThoseWhoSayOtherwise) {
  auto hard = kHome;
  hard.distance = 1.5;
  const auto data = support::blobs(hard);
  const auto ensemble = trainedOn(*data).ensemble;
  const auto& members = ensemble->content().members;
  for (std::size_t i = 0; i < data->rows(); ++i) {
    const auto said = ensemble->predict(data->row(i), {}, Ensemble::Use::MembersOnly);
    double others = 0;
    for (std::size_t m = 0; m < members.size(); ++m) {
      if (said.memberLabel[m] != said.label) others += members[m].weight;
    }
    EXPECT_NEAR(said.disagreement, others, 1e-5);
  }
}

TEST(Ensemble, BatchSaysWhatSinglePredictionsSay) {
  const auto data = support::blobs({.labels = 3, .groups = 4, .rowsPerGroup = 40, .distance = 2});
  const auto ensemble = trainedOn(*data).ensemble;
  std::vector<int> voted;
  std::vector<std::vector<int>> memberLabel;

  const auto p = ensemble->predictBatch(*data, &voted, &memberLabel);

  for (std::size_t i = 0; i < data->rows(); ++i) {
    const auto said = ensemble->predict(data->row(i), {}, Ensemble::Use::MembersOnly);
    for (std::size_t c = 0; c < 3; ++c) EXPECT_NEAR(p[3 * i + c], said.probabilities[c], 1e-4);
    EXPECT_EQ(voted[i], said.voted);
    EXPECT_EQ(memberLabel[2][i], said.memberLabel[2]);
  }
}

TEST(Ensemble, NamesALearnerItDoesNotKnow) {
  const auto bytes = trainedOn(*support::blobs(kHome)).ensemble->encode();

  const auto refused = Ensemble::decode(bytes, {{"logistic", makeLogistic()}});

  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().code, base::ErrorCode::Unsupported);
  EXPECT_NE(refused.error().message.find("knn"), std::string::npos);
}

TEST(Ensemble, OpensWhatTheFormatBeforePoolingHolds) {
  const auto data = support::blobs(kHome);
  EnsembleContent content = trainedOn(*data).ensemble->content();
  content.pooling = Pooling::Arithmetic;
  content.standardizer.setTails(Tails::Kept);
  content.standardizer.setWeights({});
  const auto plain = *Ensemble::make(std::move(content));
  const auto bytes = plain->encode();

  const auto again = Ensemble::decode(bytes, everyLearner());

  EXPECT_EQ(bytes[8], 4);  // the version follows eight letters
  ASSERT_TRUE(again.ok()) << again.error().message;
  EXPECT_EQ((*again)->hash(), plain->hash());
}

TEST(Ensemble, TenThousandDamagedFilesNeverCrash) {
  const auto learners = everyLearner();
  const auto data =
      support::blobs({.labels = 3, .groups = 2, .rowsPerGroup = 3, .background = true});
  const auto bytes = trainedOn(*data).ensemble->encode();
  std::mt19937_64 random(17);
  const std::vector<float> row(6, 0.5F);
  int opened = 0;
  for (int i = 0; i < 10000; ++i) {
    auto damaged = bytes;
    if (i % 4 == 0) {
      damaged.resize(random() % bytes.size());
    } else {
      for (std::uint64_t k = 0; k <= random() % 8; ++k) {
        // Half of the damage in the first kilobyte, where lengths and counts are.
        const auto reach =
            random() % 2 == 0 ? std::min<std::size_t>(1024, damaged.size()) : damaged.size();
        damaged[random() % reach] = static_cast<std::uint8_t>(random() % 3 == 0 ? 255 : random());
      }
    }
    const auto again = Ensemble::decode(damaged, learners);
    if (i % 4 == 0) {
      ASSERT_FALSE(again.ok());
    }
    if (!again.ok() || (*again)->content().layout.features.size() != row.size()) continue;
    ++opened;
    (void)(*again)->predict(row, {});
  }
  EXPECT_GT(opened, 500);  // most damage only changes numbers, and must be survived in use
}

}  // namespace
}  // namespace learners
