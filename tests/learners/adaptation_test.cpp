#include "learners/adaptation.h"

#include <gtest/gtest.h>

#include "tests/support/blobs.h"

namespace learners {
namespace {

const support::Blobs kHome{.labels = 4,
                           .features = 8,
                           .groups = 8,
                           .rowsPerGroup = 6,
                           .distance = 5,
                           .drift = 0.3,
                           .background = true};

LearnerMap someLearners() {
  return {{"logistic", makeLogistic()}, {"knn", makeKnn()}, {"svm_rbf", makeSvmRbf()}};
}

EnsembleRecipe recipeOf(std::optional<Emphasis> emphasis = {}) {
  EnsembleRecipe recipe;
  recipe.emphasis = emphasis;
  recipe.learners = {"logistic", "knn", "svm_rbf"};
  return recipe;
}

TrainedEnsemble trainedOn(const Dataset& data, const EnsembleRecipe& recipe = recipeOf()) {
  auto trained = trainEnsemble(data, recipe, someLearners(), {});
  EXPECT_TRUE(trained.ok());
  return std::move(trained).value();
}

/// Adds one demonstration of `label` (6 rows), moved by `shift` towards label 1.
/// Returns its unit.
std::int64_t show(DatasetContent& content, int label, float shift, std::uint64_t seed) {
  auto shape = kHome;
  shape.labels = label + 1;
  shape.groups = 1;
  shape.seed = 1000 + seed;
  const auto more = support::blobContent(shape);
  const std::int64_t unit = 10000 + static_cast<std::int64_t>(seed);
  const std::size_t d = 8;
  for (std::size_t i = 0; i < more.label.size(); ++i) {
    if (more.label[i] != label) continue;
    for (std::size_t f = 0; f < d; ++f)
      content.values.push_back(more.values[i * d + f] + (f == 1 ? shift : 0));
    content.label.push_back(label);
    content.group.push_back(unit);
    content.unit.push_back(unit);
  }
  return unit;
}

/// Share of rows of `label`, moved by `shift`, that are answered right.
double recall(const Ensemble& ensemble, int label, float shift) {
  auto shape = kHome;
  shape.seed = 77;
  const auto content = support::blobContent(shape);
  int right = 0;
  int rows = 0;
  for (std::size_t i = 0; i < content.label.size(); ++i) {
    if (content.label[i] != label) continue;
    std::vector<float> row(content.values.begin() + static_cast<std::ptrdiff_t>(i * 8),
                           content.values.begin() + static_cast<std::ptrdiff_t>(i * 8 + 8));
    row[1] += shift;
    right += ensemble.predict(row, {}, Ensemble::Use::MembersOnly).label == label ? 1 : 0;
    ++rows;
  }
  return static_cast<double>(right) / rows;
}

/// Share of all rows that are answered right while label 2 is done with the noise.
double accuracy(const Ensemble& ensemble, float noise) {
  double sum = 0;
  for (int label = 0; label < kHome.labels; ++label) {
    sum += recall(ensemble, label, label == 2 ? noise : 0);
  }
  return sum / kHome.labels;
}

TEST(AdaptEnsemble, ThreeCorrectionsBringBackWhatNewNoiseTookAway) {
  constexpr float kNoise = 6;  // a shaver runs: what is done looks like something else
  auto content = support::blobContent(kHome);
  TrainedEnsemble serving = trainedOn(*support::made(content));
  const EnsemblePtr before = serving.ensemble;
  const double quiet = accuracy(*before, 0);
  const double noisy = accuracy(*before, kNoise);

  for (std::uint64_t correction = 0; correction < 3; ++correction) {
    const auto unit = show(content, 2, kNoise, correction);
    auto adapted =
        adaptEnsemble(serving, *support::made(content), {unit}, recipeOf(), someLearners(), {});
    ASSERT_TRUE(adapted.ok()) << adapted.error().message;
    EXPECT_FALSE(adapted->worse);
    serving = std::move(adapted->trained);
  }

  EXPECT_GE(quiet, 0.95);
  EXPECT_LT(noisy, quiet - 0.2);  // the model that does not adapt stays low
  EXPECT_GE(accuracy(*serving.ensemble, kNoise), quiet - 0.03);
  EXPECT_GE(accuracy(*serving.ensemble, 0), quiet - 0.03);
}

TEST(AdaptEnsemble, LearnsANewLabelFromThreeDemonstrationsAndNotFromTwo) {
  auto shape = kHome;
  shape.labels = 3;
  auto content = support::blobContent(shape);
  const TrainedEnsemble former = trainedOn(*support::made(content));
  content.labels.push_back({.id = 99, .name = "new"});
  std::vector<std::int64_t> fresh{show(content, 3, 0, 1), show(content, 3, 0, 2)};
  fresh.push_back(show(content, 1, 0, 9));  // one more of a known label

  const auto two =
      adaptEnsemble(former, *support::made(content), fresh, recipeOf(), someLearners(), {});
  fresh.push_back(show(content, 3, 0, 3));
  const auto three =
      adaptEnsemble(former, *support::made(content), fresh, recipeOf(), someLearners(), {});

  ASSERT_TRUE(two.ok() && three.ok());
  EXPECT_LT(recall(*two->trained.ensemble, 3, 0), 0.1);
  EXPECT_GE(recall(*three->trained.ensemble, 3, 0), 0.7);
  EXPECT_FALSE(three->worse);
  for (int label = 0; label < 3; ++label) {
    EXPECT_GE(recall(*three->trained.ensemble, label, 0),
              recall(*former.ensemble, label, 0) - 0.03);
  }
}

TEST(AdaptEnsemble, LearnsANewLabelByAFeatureThatToldNothingBefore) {
  auto shape = kHome;
  shape.labels = 3;
  auto content = support::blobContent(shape);
  const auto recipe = recipeOf(Emphasis::ByLabel);
  const TrainedEnsemble former = trainedOn(*support::made(content), recipe);
  content.labels.push_back({.id = 99, .name = "new"});
  std::vector<std::int64_t> fresh;
  for (std::uint64_t i = 1; i <= 3; ++i) fresh.push_back(show(content, 3, 0, i));

  const auto three =
      adaptEnsemble(former, *support::made(content), fresh, recipe, someLearners(), {});

  ASSERT_TRUE(three.ok());
  const auto weights = former.ensemble->content().standardizer.weights();
  ASSERT_LT(weights[3], weights[2] / 2);
  EXPECT_GE(recall(*three->trained.ensemble, 3, 0), 0.7);
}

TEST(AdaptEnsemble, SaysWhatWasForgottenPerOldLabelAndThatItIsWorse) {
  auto content = support::blobContent(kHome);
  const TrainedEnsemble former = trainedOn(*support::made(content));
  // Somebody calls many things of label 1 label 2.
  std::vector<std::int64_t> fresh;
  for (std::uint64_t i = 0; i < 12; ++i) {
    const auto from = content.label.size();
    fresh.push_back(show(content, 1, 0, i));
    for (std::size_t r = from; r < content.label.size(); ++r) content.label[r] = 2;
  }

  const auto adapted =
      adaptEnsemble(former, *support::made(content), fresh, recipeOf(), someLearners(), {});

  ASSERT_TRUE(adapted.ok());
  EXPECT_TRUE(adapted->worse);
  EXPECT_LT(adapted->after, adapted->before);
  EXPECT_EQ(adapted->tested, 8);  // two of each label were neither rehearsed nor new
  bool found = false;
  for (const Forgetting& label : adapted->forgetting) {
    if (label.label != "label 1") continue;
    found = true;
    EXPECT_EQ(label.demonstrations, 2);
    EXPECT_LT(label.after, label.before);
  }
  EXPECT_TRUE(found);
}

TEST(AdaptEnsemble, EqualInputGivesTheSameHashAndItsReportCountsEachDemonstrationOnce) {
  auto content = support::blobContent(kHome);
  const TrainedEnsemble former = trainedOn(*support::made(content));
  const auto unit = show(content, 2, 0.5F, 1);
  const auto data = support::made(content);

  const auto first = adaptEnsemble(former, *data, {unit}, recipeOf(), someLearners(), {});
  const auto again = adaptEnsemble(former, *data, {unit}, recipeOf(), someLearners(), {});

  ASSERT_TRUE(first.ok() && again.ok());
  EXPECT_EQ(first->trained.ensemble->hash(), again->trained.ensemble->hash());
  EXPECT_EQ(first->trained.report.units.size(), former.report.units.size());
  EXPECT_TRUE(first->trained.report.heldOut);
}

TEST(AdaptEnsemble, RefusesWhatItCannotContinue) {
  const auto data = support::blobs(kHome);
  const TrainedEnsemble former = trainedOn(*data);
  auto other = recipeOf();
  other.learners = {"knn"};
  auto wider = kHome;
  wider.features = 9;
  const TrainedEnsemble untested{former.ensemble, {}};
  std::stop_source stop;
  stop.request_stop();
  auto content = support::blobContent(kHome);
  const auto unit = show(content, 2, 0, 1);
  const auto more = support::made(content);
  const auto learners = someLearners();
  const auto refused = base::ErrorCode::InvalidArgument;

  EXPECT_EQ(adaptEnsemble(former, *data, {}, recipeOf(), learners, {}).error().code, refused);
  EXPECT_EQ(adaptEnsemble(former, *more, {unit}, other, learners, {}).error().code, refused);
  EXPECT_EQ(adaptEnsemble(untested, *more, {unit}, recipeOf(), learners, {}).error().code, refused);
  EXPECT_EQ(
      adaptEnsemble(former, *support::blobs(wider), {unit}, recipeOf(), learners, {}).error().code,
      refused);
  EXPECT_EQ(adaptEnsemble(former, *more, {unit}, recipeOf(), learners, {.stop = stop.get_token()})
                .error()
                .code,
            base::ErrorCode::Cancelled);
}

}  // namespace
}  // namespace learners
