// Which members serve, how they are weighed, and how a training goes on after it was killed.

#include "learners/ensemble_training.h"

#include <atomic>
#include <gtest/gtest.h>
#include <mutex>
#include <set>

#include "tests/support/blobs.h"

namespace learners {
namespace {

const support::Blobs kHome{
    .labels = 3, .groups = 4, .rowsPerGroup = 8, .distance = 3, .drift = 0.3, .background = true};

/// Answers by the mean of each label, and takes its time.
class SlowModel final : public Model {
 public:
  SlowModel(ModelPtr inner, std::string kind, int laps)
      : inner_(std::move(inner)), kind_(std::move(kind)), laps_(laps) {}
  std::string_view kind() const override { return kind_; }
  std::size_t features() const override { return inner_->features(); }
  std::size_t labelCount() const override { return inner_->labelCount(); }
  void predict(std::span<const float> row, std::span<float> p) const override {
    for (int i = 0; i < laps_; ++i) inner_->predict(row, p);
  }
  void save(ByteWriter& out) const override { inner_->save(out); }

 private:
  ModelPtr inner_;
  std::string kind_;
  int laps_;
};

/// Logistic regression under another name, slower by a factor; counts its trainings.
class SlowLearner final : public Learner {
 public:
  SlowLearner(std::string id, int laps) : id_(std::move(id)), laps_(laps) {}
  std::string id() const override { return id_; }
  std::string title() const override { return id_; }
  std::vector<base::ParamSpec> paramSpecs() const override { return inner_->paramSpecs(); }
  base::Result<ModelPtr> train(const Dataset& data, const base::Params& params,
                               const TrainingContext& context) const override {
    ++trainings;
    auto model = inner_->train(data, params, context);
    if (!model) return model;
    return ModelPtr(std::make_shared<SlowModel>(*model, id_, laps_));
  }
  base::Result<ModelPtr> load(ByteReader& in) const override {
    auto model = inner_->load(in);
    if (!model) return model;
    return ModelPtr(std::make_shared<SlowModel>(*model, id_, laps_));
  }
  mutable std::atomic<int> trainings = 0;

 private:
  LearnerPtr inner_ = makeLogistic();
  std::string id_;
  int laps_;
};

struct Bench {
  EnsembleRecipe recipe;
  LearnerMap learners;
  std::vector<std::shared_ptr<SlowLearner>> all;
};

/// Members called m0, m1, ...: each as slow as its number of laps says.
Bench benchOf(const std::vector<int>& laps) {
  Bench bench;
  bench.recipe.learners.clear();
  for (const int lap : laps) {
    const auto learner = std::make_shared<SlowLearner>(
        std::string("m").append(std::to_string(bench.all.size())), lap);
    bench.recipe.learners.push_back(learner->id());
    bench.learners[learner->id()] = learner;
    bench.all.push_back(learner);
  }
  return bench;
}

TEST(TrainEnsemble, TheFirstModelOfManyRowsKnowsAlsoWhatWasShownOnce) {
  // More than the first model may learn from: 40 labels of 40 rows, and 20 of one.
  constexpr int kLabels = 60;
  constexpr int kOften = 40;
  const auto all = support::blobContent(
      {.labels = kLabels, .features = 400, .groups = 2, .rowsPerGroup = 20, .distance = 40});
  DatasetContent content;
  content.layout = all.layout;
  content.labels = all.labels;
  std::set<int> shown;
  for (std::size_t i = 0; i < all.label.size(); ++i) {
    if (all.label[i] >= kOften && !shown.insert(all.label[i]).second) continue;
    content.values.insert(content.values.end(), all.values.begin() + static_cast<long>(i) * 400,
                          all.values.begin() + static_cast<long>(i + 1) * 400);
    content.label.push_back(all.label[i]);
    content.group.push_back(all.group[i]);
    content.unit.push_back(all.unit[i]);
  }
  const auto data = support::made(std::move(content));
  EnsembleRecipe recipe;
  recipe.learners = {"ridge"};
  recipe.emphasis = Emphasis::Even;
  EnsemblePtr first;

  const auto trained =
      trainEnsemble(*data, recipe, {{"logistic", makeLogistic()}, {"ridge", makeRidge()}}, {},
                    [&](const EnsembleChange& change) { first = first ? first : change.ensemble; });

  ASSERT_TRUE(trained.ok() && first);
  for (std::size_t i = 0; i < data->rows(); ++i) {
    if (data->label(i) < kOften) continue;
    EXPECT_EQ(first->predict(data->row(i), {}, Ensemble::Use::MembersOnly).label, data->label(i));
  }
}

TEST(Fastest, PicksTheLowestAndTheEarlierOfEqualOnes) {
  EXPECT_EQ(fastest(std::vector<double>{5, 1, 4, 2, 3}, 3), (std::vector<std::size_t>{1, 3, 4}));
  EXPECT_EQ(fastest(std::vector<double>{2, 1, 2, 2}, 2), (std::vector<std::size_t>{0, 1}));
  EXPECT_EQ(fastest(std::vector<double>{2, 1}, 3), (std::vector<std::size_t>{0, 1}));
}

TEST(MemberPolicy, LowLatencyServesExactlyTheThreeFastest) {
  Bench bench = benchOf({300, 1, 900, 30, 100});
  bench.recipe.policy = MemberPolicy::LowLatency;

  const auto trained = trainEnsemble(*support::blobs(kHome), bench.recipe, bench.learners, {});

  ASSERT_TRUE(trained.ok()) << trained.error().message;
  std::vector<std::string> serving;
  for (const MemberReport& member : trained->report.members) {
    serving.push_back(member.learner);
    EXPECT_GT(member.latencyMs, 0);
  }
  EXPECT_EQ(serving, (std::vector<std::string>{"m1", "m3", "m4"}));
  EXPECT_EQ(trained->report.leftOut, (std::vector<std::string>{"m0", "m2"}));
  EXPECT_EQ(trained->ensemble->content().members.size(), 3);
  EXPECT_EQ(bench.all[0]->trainings, 1);  // the folds of those left out are not worth training
  EXPECT_EQ(bench.all[1]->trainings, 5);
}

TEST(MemberPolicy, BestEffortServesAll) {
  Bench bench = benchOf({300, 1, 900, 30, 100});

  const auto trained = trainEnsemble(*support::blobs(kHome), bench.recipe, bench.learners, {});

  ASSERT_TRUE(trained.ok());
  EXPECT_EQ(trained->ensemble->content().members.size(), 5);
  EXPECT_TRUE(trained->report.leftOut.empty());
  EXPECT_LT(trained->report.members[1].latencyMs, trained->report.members[2].latencyMs);
}

TEST(PlanHeldOut, TestsEveryRecordingOfManyRowsWhereThereAreFew) {
  const auto data = support::blobs({.labels = 2, .groups = 3, .rowsPerGroup = 100});
  const auto more = support::blobs({.labels = 2, .groups = 8, .rowsPerGroup = 100});

  const auto few = planHeldOut(*data, 4, 200, 1);
  const auto many = planHeldOut(*more, 4, 200, 1);

  EXPECT_GT(few.folds.size(), 1);
  EXPECT_EQ(few.rows.size(), 600);
  for (const Split& fold : few.folds) EXPECT_LE(fold.train.size(), 100);
  EXPECT_NEAR(few.independent, 6, 1e-9);  // demonstrations of equal length
  EXPECT_EQ(many.folds.size(), 1);
}

TEST(ChooseTemperature, SharpensTheWeightsWhereOneMemberIsRightAndAnotherWrong) {
  const auto data = support::blobs({.labels = 2, .groups = 4, .rowsPerGroup = 5});
  const auto plan = planHeldOut(*data, 4, 3000, 1);
  std::vector<float> good;
  std::vector<float> bad;
  for (const int label : plan.label) {
    good.insert(good.end(), {label == 0 ? 0.9F : 0.1F, label == 0 ? 0.1F : 0.9F});
    bad.insert(bad.end(), {label == 0 ? 0.2F : 0.8F, label == 0 ? 0.8F : 0.2F});
  }
  const std::vector<std::span<const float>> members{good, bad};

  const float chosen = chooseTemperature(plan, members, std::vector<float>{1, 0}, 2, 0.5F);
  const float equal = chooseTemperature(HeldOutPlan{}, members, std::vector<float>{1, 0}, 2, 0.5F);

  EXPECT_LE(chosen, 0.1F);
  EXPECT_EQ(equal, 0.5F);  // nothing was held out: the recipe's
}

TEST(TrainEnsemble, SaysWhichAnswersAreBelowTheLimitOfTheirLabel) {
  auto hard = kHome;
  hard.distance = 1.5;
  hard.groups = 10;
  const auto data = support::blobs(hard);
  Bench bench = benchOf({1});
  bench.recipe.promise = 0.95F;
  const auto strict = trainEnsemble(*data, bench.recipe, bench.learners, {});
  bench.recipe.promise = 0;
  const auto free = trainEnsemble(*data, bench.recipe, bench.learners, {});
  ASSERT_TRUE(strict.ok() && free.ok());

  const auto& limits = strict->ensemble->content().limits;
  ASSERT_EQ(limits.size(), 3);
  int below = 0;
  for (std::size_t i = 0; i < data->rows(); ++i) {
    const auto said = strict->ensemble->predict(data->row(i), {}, Ensemble::Use::MembersOnly);
    EXPECT_EQ(said.belowLimit, said.certainty < limits[said.label]);
    below += said.belowLimit ? 1 : 0;
    EXPECT_FALSE(free->ensemble->predict(data->row(i), {}).belowLimit);
  }
  EXPECT_GT(below, 0);
  EXPECT_LT(below, static_cast<int>(data->rows()));
}

TEST(TrainEnsemble, MayChooseTheTemperatureOnHeldOutRows) {
  Bench bench = benchOf({1, 1});
  bench.recipe.weighting = Weighting::HeldOut;

  const auto trained = trainEnsemble(*support::blobs(kHome), bench.recipe, bench.learners, {});

  ASSERT_TRUE(trained.ok());
  EXPECT_GT(trained->report.temperature, 0);
}

/// Parts in memory.
struct Kept {
  std::mutex mutex;
  std::map<std::string, base::Bytes> parts;

  Checkpoints sink() {
    return {.find = [this](const std::string& key) -> std::optional<base::Bytes> {
              const std::lock_guard lock(mutex);
              const auto found = parts.find(key);
              if (found == parts.end()) return std::nullopt;
              return found->second;
            },
            .keep =
                [this](const std::string& key, base::Bytes bytes) {
                  const std::lock_guard lock(mutex);
                  parts[key] = std::move(bytes);
                }};
  }
};

TEST(Checkpoints, AKilledTrainingGoesOnWhereItWasAndEndsWithTheSameHash) {
  const auto data = support::blobs(kHome);
  const Bench whole = benchOf({1, 1, 1, 1});
  const auto expected = trainEnsemble(*data, whole.recipe, whole.learners, {});
  Kept kept;
  std::stop_source stop;
  const Bench killed = benchOf({1, 1, 1, 1});
  const auto atSixtyPercent = [&](double done) {
    if (done >= 0.6) stop.request_stop();
  };
  const auto broken =
      trainEnsemble(*data, killed.recipe, killed.learners,
                    {.stop = stop.get_token(), .progress = atSixtyPercent}, {}, kept.sink());
  const Bench again = benchOf({1, 1, 1, 1});

  const auto resumed = trainEnsemble(*data, again.recipe, again.learners, {}, {}, kept.sink());

  ASSERT_TRUE(expected.ok() && resumed.ok());
  EXPECT_EQ(broken.error().code, base::ErrorCode::Cancelled);
  EXPECT_EQ(resumed->ensemble->hash(), expected->ensemble->hash());
  int first = 0;
  int second = 0;
  for (const auto& learner : killed.all) first += learner->trainings;
  for (const auto& learner : again.all) second += learner->trainings;
  EXPECT_GE(first, 10);  // of 20: four members of one final model and four folds
  EXPECT_LE(second, 10);
  EXPECT_GE(first + second, 20);
}

TEST(Checkpoints, PartsOfOtherDataParametersOrDamagedOnesAreNotUsed) {
  const auto data = support::blobs(kHome);
  auto shape = kHome;
  shape.seed = 2;
  Kept kept;
  const Bench first = benchOf({1});
  ASSERT_TRUE(trainEnsemble(*data, first.recipe, first.learners, {}, {}, kept.sink()).ok());
  const Bench otherData = benchOf({1});
  ASSERT_TRUE(trainEnsemble(*support::blobs(shape), otherData.recipe, otherData.learners, {}, {},
                            kept.sink())
                  .ok());
  EXPECT_EQ(otherData.all[0]->trainings, 5);

  for (auto& [key, bytes] : kept.parts) bytes.resize(bytes.size() / 2);
  const Bench damaged = benchOf({1});
  const auto trained = trainEnsemble(*data, damaged.recipe, damaged.learners, {}, {}, kept.sink());

  ASSERT_TRUE(trained.ok());
  EXPECT_EQ(damaged.all[0]->trainings, 5);
}

}  // namespace
}  // namespace learners
