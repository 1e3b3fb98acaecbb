#include "learners/search.h"

#include <gtest/gtest.h>
#include <set>

#include "learners/expected_improvement.h"
#include "learners/param_space.h"
#include "tests/support/blobs.h"

namespace learners {
namespace {

/// Answers the truth with a chance that is largest where x = 0.7 and kind = "good".
class ToyModel final : public Model {
 public:
  ToyModel(std::size_t features, std::size_t labels, double skill)
      : features_(features), labels_(labels), skill_(skill) {}
  std::string_view kind() const override { return "toy"; }
  std::size_t features() const override { return features_; }
  std::size_t labelCount() const override { return labels_; }
  void predict(std::span<const float> row, std::span<float> p) const override {
    // In these blobs label c lies along feature c; noise in proportion to what skill lacks.
    for (std::size_t c = 0; c < p.size(); ++c) {
      p[c] = static_cast<float>(skill_) * row[c] + static_cast<float>(1 - skill_) * row[c + 3];
    }
    float sum = 0;
    for (float& value : p) sum += value = std::exp(value);
    for (float& value : p) value /= sum;
  }
  void save(ByteWriter&) const override {}

 private:
  std::size_t features_;
  std::size_t labels_;
  double skill_;
};

class Toy final : public Learner {
 public:
  std::string id() const override { return "toy"; }
  std::string title() const override { return "Toy"; }
  std::vector<base::ParamSpec> paramSpecs() const override {
    return {{.name = "x", .min = 0, .max = 1, .defaultValue = 0.0},
            {.name = "c", .min = 0.01, .max = 100, .defaultValue = 1.0},
            {.name = "kind",
             .type = base::ParamType::Enum,
             .options = {std::string("bad"), std::string("good")},
             .defaultValue = std::string("bad")}};
  }
  base::Result<ModelPtr> train(const Dataset& data, const base::Params& params,
                               const TrainingContext& context) const override {
    if (context.stop.stop_requested()) return base::Error{base::ErrorCode::Cancelled, ""};
    ++trainings;
    const double off = params.number("x") - 0.7;
    const double skill = std::exp(-8 * off * off) * (params.text("kind") == "good" ? 1 : 0.6);
    return ModelPtr(std::make_shared<ToyModel>(data.features(), data.labelCount(), skill));
  }
  base::Result<ModelPtr> load(ByteReader&) const override { return base::invalid("no"); }
  mutable std::atomic<int> trainings = 0;
};

const DatasetPtr kData =
    support::blobs({.labels = 3, .features = 6, .groups = 4, .rowsPerGroup = 20, .distance = 3});

TEST(ParamSpace, VariesNumbersOnTheirScaleAndOptionsByName) {
  const ParamSpace space(Toy().paramSpecs());
  std::mt19937_64 random(1);

  EXPECT_EQ(space.size(), 3);
  const auto wide = space.gridValues(1, 3);
  ASSERT_EQ(wide.size(), 3);
  EXPECT_NEAR(base::toNumber(wide[1]), 1, 1e-9);  // the geometric middle of 0.01 and 100
  const auto params = space.random(random);
  EXPECT_EQ(space.point(params).size(), 4);  // x, c and two options
  for (const double coordinate : space.point(params)) {
    EXPECT_GE(coordinate, 0);
    EXPECT_LE(coordinate, 1);
  }
  const auto moved = space.near(params, random);
  EXPECT_EQ(moved.values().size(), 3);
}

TEST(ParamSpace, WholeNumbersStayWholeAndRepeatNoGridValue) {
  const ParamSpace space({{.name = "k",
                           .type = base::ParamType::Int,
                           .min = 1,
                           .max = 2,
                           .step = 1,
                           .defaultValue = std::int64_t{1}}});

  EXPECT_EQ(space.gridValues(0, 5).size(), 2);
}

TEST(ImprovementModel, ExpectsMoreNearGoodPointsAndNothingWhereItKnows) {
  const ImprovementModel model({{0.1}, {0.5}, {0.9}}, {0, 1, 0.2});

  EXPECT_GT(model.expectedImprovement({0.6}), model.expectedImprovement({0.12}));
  EXPECT_LT(model.expectedImprovement({0.1}), model.expectedImprovement({0.3}));
  EXPECT_GE(model.expectedImprovement({0.1}), 0);
}

TEST(Search, GridVisitsEveryPoint) {
  const Toy toy;
  const auto points = gridOf(toy.paramSpecs(), 3);

  const auto result = searchParams(toy, *kData, {.method = SearchMethod::Grid, .gridSteps = 3}, {});

  EXPECT_EQ(points.size(), 18);  // 3 x 3 x 2
  ASSERT_TRUE(result.ok());
  EXPECT_TRUE(result->complete);
  ASSERT_EQ(result->trials.size(), 19);  // and the defaults before
  for (std::size_t i = 0; i < points.size(); ++i) {
    EXPECT_EQ(result->trials[i + 1].params, points[i]);
  }
  EXPECT_NEAR(result->best.number("x"), 0.5, 1e-9);  // 0.5 is nearest to 0.7 of 0, 0.5, 1
  EXPECT_EQ(result->best.text("kind"), "good");
}

TEST(Search, RandomAndBayesianFindTheGoodRegionAndAreReproducible) {
  for (const SearchMethod method : {SearchMethod::Random, SearchMethod::Bayesian}) {
    const SearchOptions options{.method = method, .mostTrials = 25, .seed = 3};
    const Toy toy;

    const auto first = searchParams(toy, *kData, options, {});
    const auto again = searchParams(toy, *kData, options, {});

    ASSERT_TRUE(first.ok() && again.ok());
    EXPECT_TRUE(first->complete);
    ASSERT_EQ(first->trials.size(), 26);
    for (std::size_t i = 0; i < 26; ++i) {
      EXPECT_EQ(first->trials[i].params, again->trials[i].params);
    }
    EXPECT_NEAR(first->best.number("x"), 0.7, 0.35);
    EXPECT_EQ(first->best.text("kind"), "good");
  }
}

TEST(Search, RejectsEarlyWhatTheFirstFoldShowsToBeBad) {
  const Toy toy;

  const auto result = searchParams(toy, *kData, {.method = SearchMethod::Grid}, {});

  const auto rejected = std::count_if(result->trials.begin(), result->trials.end(),
                                      [](const Trial& trial) { return trial.rejected; });
  EXPECT_GT(rejected, 0);
  EXPECT_LT(toy.trainings, static_cast<int>(3 * result->trials.size()));
}

TEST(Search, StopsWithinItsBudgetAndKeepsDefaultsWhereNothingWasTried) {
  const Toy toy;

  const auto result = searchParams(
      toy, *kData, {.method = SearchMethod::Random, .budgetSeconds = 1e-9, .mostTrials = 1000000},
      {});

  ASSERT_TRUE(result.ok());
  EXPECT_FALSE(result->complete);
  EXPECT_EQ(result->best, base::Params(toy.paramSpecs()));
}

TEST(Search, IsCancelledByARequestAndRefusesWhatCannotBeLearnt) {
  std::stop_source stop;
  stop.request_stop();
  const Toy toy;

  EXPECT_EQ(searchParams(toy, *kData, {}, {.stop = stop.get_token()}).error().code,
            base::ErrorCode::Cancelled);
  EXPECT_EQ(searchParams(toy, *support::blobs({.labels = 1}), {}, {}).error().code,
            base::ErrorCode::InvalidArgument);
}

TEST(SearchRecipe, GivesEachLearnerItsBestParams) {
  const LearnerMap learners{{"toy", std::make_shared<Toy>()}, {"knn", makeKnn()}};
  EnsembleRecipe recipe;
  recipe.learners = {"toy", "knn"};
  recipe.emphasis = Emphasis::Even;

  const auto found = searchRecipe(*kData, recipe, learners, {.mostTrials = 10}, {});
  recipe.learners = {"nobody"};

  ASSERT_TRUE(found.ok());
  EXPECT_EQ(found->recipe.params.at("toy").text("kind"), "good");
  EXPECT_EQ(found->results.at("knn").best, found->recipe.params.at("knn"));
  EXPECT_EQ(searchRecipe(*kData, recipe, learners, {}, {}).error().code, base::ErrorCode::NotFound);
}

}  // namespace
}  // namespace learners
