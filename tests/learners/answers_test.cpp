#include "learners/answers.h"

#include <gtest/gtest.h>

#include "learners/calibration.h"
#include "learners/reliability.h"
#include "learners/subgroups.h"
#include "tests/support/blobs.h"

namespace learners {
namespace {

LearnerMap twoLearners() { return {{"logistic", makeLogistic()}, {"knn", makeKnn()}}; }

TEST(Answers, SayTheLabelOfTheLargestProbability) {
  const auto data = support::blobs({.labels = 2, .groups = 1, .rowsPerGroup = 1});

  const Answers answers = answersAbout(*data, {0.7F, 0.3F, 0.9F, 0.1F});

  EXPECT_EQ(answers.said, (std::vector<int>{0, 0}));
  EXPECT_EQ(answers.right, (std::vector<std::uint8_t>{1, 0}));
  EXPECT_FLOAT_EQ(answers.certainty[1], 0.9F);
}

TEST(Answers, OfADemonstrationAverageItsRows) {
  const auto data = support::blobs({.labels = 2, .groups = 1, .rowsPerGroup = 2});
  const Answers answers = answersAbout(*data, {0.4F, 0.6F, 1, 0, 0.5F, 0.5F, 0.2F, 0.8F});

  const auto units = unitAnswers(answers);

  ASSERT_EQ(units.size(), 2);
  EXPECT_NEAR(units[0].p[0], 0.7, 1e-6);
  EXPECT_TRUE(units[0].right());  // although its first row is not
  EXPECT_TRUE(units[1].right());
  EXPECT_EQ(units[1].rows, (std::vector<std::size_t>{2, 3}));
}

TEST(OutOfFold, AnswersAboutEveryTestRowInTermsOfTheDataset) {
  const auto data = support::blobs({.distance = 6});
  const auto splits = groupedFolds(*data, 4, 1);

  const auto answers = outOfFold(*data, splits, {"logistic", "knn"}, twoLearners(), {});

  ASSERT_TRUE(answers.ok());
  EXPECT_EQ(answers->rows(), data->rows());
  for (std::size_t i = 0; i < answers->rows(); ++i) {
    EXPECT_EQ(answers->label[i], data->label(answers->row[i]));
    EXPECT_EQ(answers->group[i], data->content().group[answers->row[i]]);
  }
  EXPECT_GT(accuracyInterval(*answers).value, 0.95);
  EXPECT_FALSE(outOfFold(*data, splits, {"oracle"}, twoLearners(), {}).ok());
}

TEST(Reliability, BinsAddUpToTheCalibrationError) {
  const auto data = support::blobs({.rowsPerGroup = 20, .distance = 2});
  const auto answers =
      outOfFold(*data, groupedFolds(*data, 4, 1), {"logistic"}, twoLearners(), {}).value();

  const auto bins = reliability(answers);

  std::size_t rows = 0;
  double error = 0;
  for (const ReliabilityBin& bin : bins) {
    rows += bin.accuracy.n;
    EXPECT_GT(bin.certainty, bin.low);
    EXPECT_LE(bin.certainty, bin.high + 1e-6);
    error += static_cast<double>(bin.accuracy.n) * std::abs(bin.certainty - bin.accuracy.value);
  }
  EXPECT_EQ(rows, answers.rows());
  EXPECT_NEAR(error / static_cast<double>(rows),
              expectedCalibrationError(answers.certainty, answers.right), 1e-6);
}

/// Answers about `data` that are right but for rows where `isWrong` says so.
template <class IsWrong>
Answers answersWith(const Dataset& data, const IsWrong& isWrong) {
  std::vector<float> p(data.rows() * data.labelCount());
  for (std::size_t i = 0; i < data.rows(); ++i) {
    const auto labels = data.labelCount();
    p[i * labels + (data.label(i) + (isWrong(i) ? 1 : 0)) % labels] = 1;
  }
  return answersAbout(data, std::move(p));
}

TEST(ScoreGroups, NamesTheGroupThatFaresWorse) {
  auto content = support::blobContent({.groups = 20});
  for (auto& group : content.group) group %= 5;  // five people, twelve demonstrations each
  const auto data = support::made(std::move(content));
  const auto answers = answersWith(*data, [&](std::size_t i) {
    return data->content().group[i] == 3 ? data->content().unit[i] % 3 != 0 : i % 37 == 0;
  });

  const auto groups = scoreGroups(answers);

  ASSERT_EQ(groups.size(), 5);
  EXPECT_EQ(groups[0].group, 3);
  EXPECT_TRUE(groups[0].weak);
  EXPECT_GT(groups[0].others, 0.9);
  for (std::size_t g = 1; g < 5; ++g) EXPECT_FALSE(groups[g].weak);
}

TEST(HiddenSubgroups, FindTheKindThatIsMissed) {
  // Label 0 comes in two kinds, apart in feature 4; one of them is taken for label 1.
  auto content = support::blobContent({.groups = 24});
  for (std::size_t i = 0; i < content.label.size(); ++i) {
    if (content.label[i] == 0 && content.group[i] % 3 == 0) content.values[6 * i + 4] += 8;
  }
  const auto data = support::made(std::move(content));
  const auto answers = answersWith(*data, [&](std::size_t i) {
    return data->label(i) == 0 && data->content().group[i] % 3 == 0 && i % 4 != 0;
  });

  const auto found = hiddenSubgroups(*data, answers, 1);

  ASSERT_EQ(found.size(), 1);
  EXPECT_EQ(found[0].label, 0);
  EXPECT_EQ(found[0].saidInstead, 1);
  EXPECT_EQ(found[0].rows.size(), 64);
  EXPECT_EQ(found[0].features[0], 4);
  EXPECT_LT(found[0].accuracy.value, 0.3);
  EXPECT_GT(found[0].others, 0.9);
}

TEST(HiddenSubgroups, AreNotSeenWhereErrorsFallAnywhere) {
  const auto data = support::blobs({.groups = 24});
  const auto answers = answersWith(*data, [](std::size_t i) { return i * 7919 % 10 < 3; });

  EXPECT_TRUE(hiddenSubgroups(*data, answers, 1).empty());
}

}  // namespace
}  // namespace learners
