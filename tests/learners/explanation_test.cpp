#include "learners/explanation.h"

#include <gtest/gtest.h>

#include "learners/ensemble_training.h"
#include "tests/support/blobs.h"

namespace learners {
namespace {

sensors::FrameLayout layoutOf(const std::string& source, const std::vector<std::string>& names) {
  sensors::FrameLayout layout;
  for (const std::string& name : names) layout.features.push_back({source + " " + name, "1", 0});
  layout.parts = {{source, 0, names.size()}};
  return layout;
}

TEST(FeatureFamilies, GoBySignalWhereNamesTellIt) {
  const auto layout =
      layoutOf("kitchen/imu", {"accel mean", "accel std", "gyro mean", "gyro 3 std"});

  const auto families = featureFamilies(layout, 3);

  ASSERT_EQ(families.size(), 2);
  EXPECT_EQ(families[0].name, "kitchen/imu accel");
  EXPECT_EQ(families[1].features, (std::vector<std::size_t>{2, 3}));
  EXPECT_EQ(featureFamilies(layout, 4).size(), 4);  // deeper where there is room
}

TEST(FeatureFamilies, AreNamedAfterOneOfTheirKindWhereOnlyANumberTellsThem) {
  const auto layout = layoutOf("mic", {"sound 100 Hz", "sound 200 Hz", "sound level"});

  const auto families = featureFamilies(layout, 2);

  ASSERT_EQ(families.size(), 2);
  EXPECT_EQ(families[0].name, "mic sound 100 Hz and the like");
  EXPECT_EQ(families[1].name, "mic sound level");
}

TEST(FeatureFamilies, AreRunsOfNeighboursWhereNamesDifferByNumberOnly) {
  std::vector<std::string> names;
  for (int i = 0; i < 100; ++i) names.push_back("pixel " + std::to_string(i));

  const auto families = featureFamilies(layoutOf("camera", names), 10);

  ASSERT_EQ(families.size(), 10);
  EXPECT_EQ(families[1].name, "camera pixel 10 to camera pixel 19");
  std::set<std::size_t> all;
  for (const auto& family : families) all.insert(family.features.begin(), family.features.end());
  EXPECT_EQ(all.size(), 100);
}

class ExplainerTest : public ::testing::Test {
 protected:
  /// Label 1 lies apart in feature 1 alone, label 2 in feature 2.
  ExplainerTest() {
    LearnerMap learners{{"logistic", makeLogistic()}, {"knn", makeKnn()}};
    EnsembleRecipe recipe;
    recipe.learners = {"logistic", "knn"};
    auto content = support::blobContent({.groups = 6, .background = true});
    for (std::size_t i = 0; i < content.label.size(); ++i) {
      const auto at = static_cast<std::int64_t>(i);
      content.span.push_back({{at * 1000}, {at * 1000 + 1000}});
    }
    data_ = support::made(std::move(content));
    auto trained = trainEnsemble(*data_, recipe, learners, {});
    EXPECT_TRUE(trained.ok());
    ensemble_ = trained->ensemble;
  }

  DatasetPtr data_;
  EnsemblePtr ensemble_;
};

TEST_F(ExplainerTest, NamesTheDemonstrationsTheRowResembles) {
  const Explainer explainer(ensemble_, data_);
  const std::size_t row = 50;  // the third row of unit 6, label 1

  const auto self = explainer.explain(data_->row(row), {});
  const auto others = explainer.explain(data_->row(row), {}, {.near = 3, .except = {6}});

  EXPECT_EQ(self.said.label, 1);
  EXPECT_EQ(self.near[0].row, row);
  EXPECT_EQ(self.near[0].span.begin.ns, 50000);
  EXPECT_NEAR(self.near[0].distance, 0, 1e-3);
  ASSERT_EQ(others.near.size(), 3);
  for (const NearDemonstration& one : others.near) {
    EXPECT_NE(one.unit, 6);
    EXPECT_EQ(one.label, 1);
    EXPECT_GT(one.distance, 0.1);
  }
  EXPECT_LE(others.near[0].distance, others.near[1].distance);
}

TEST_F(ExplainerTest, FindsTheFeaturesThatMadeTheDifference) {
  const Explainer explainer(ensemble_, data_);  // against background, which lies apart in feature 0

  for (const std::size_t row : {50U, 60U, 100U}) {
    const auto made = explainer.explain(data_->row(row), {});

    const std::set<std::size_t> first = {made.families[0].family, made.families[1].family};
    const std::size_t own = row < 96 ? 1 : 2;
    EXPECT_EQ(first, (std::set<std::size_t>{0, own}));
    EXPECT_GT(made.families[0].share, 0.3);
    double sum = made.baseline;
    for (const FamilyShare& share : made.families) sum += share.share;
    EXPECT_NEAR(sum, made.said.certainty, 1e-4);  // shares add up to what was said
  }
}

TEST_F(ExplainerTest, SaysWhichMembersDisagree) {
  const Explainer explainer(ensemble_, data_);

  const auto made = explainer.explain(data_->row(50), {});

  ASSERT_EQ(made.members.size(), 2);
  EXPECT_GE(made.members[0].weight, made.members[1].weight);
  for (const MemberSay& member : made.members) {
    EXPECT_EQ(member.agrees, member.label == made.said.label);
  }
}

TEST_F(ExplainerTest, HasNothingToSayAboutARowThatIsMissing) {
  const Explainer explainer(ensemble_, data_);
  const std::vector<std::uint8_t> missing(data_->features(), 1);

  const auto made = explainer.explain(data_->row(50), missing);

  EXPECT_EQ(made.said.label, -1);
  EXPECT_TRUE(made.near.empty());
}

TEST_F(ExplainerTest, WindowsThatSpokeForTheLabelHavePositiveShares) {
  const std::vector<std::size_t> rows = {48, 49, 0, 50};  // three of label 1, one of label 0
  const auto stretch = data_->subset(rows);

  const auto shares = spanShares(*ensemble_, *stretch, 1);

  ASSERT_EQ(shares.size(), 4);
  EXPECT_LT(shares[2].share, -0.1);
  EXPECT_GT(shares[0].share, 0);
  EXPECT_GT(shares[0].certainty, shares[2].certainty);
  EXPECT_EQ(shares[1].span.begin.ns, 49000);
}

}  // namespace
}  // namespace learners
