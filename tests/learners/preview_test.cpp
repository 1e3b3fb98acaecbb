#include "learners/preview.h"

#include <gtest/gtest.h>

#include "tests/support/blobs.h"

namespace learners {
namespace {

LearnerMap threeLearners() {
  return {{"logistic", makeLogistic()}, {"knn", makeKnn()}, {"svm_rbf", makeSvmRbf()}};
}

TEST(Preview, StatesAnIntervalTheFullModelFallsInto) {
  constexpr int kTrials = 40;
  int held = 0;
  double width = 0;
  for (std::uint64_t seed = 1; seed <= kTrials; ++seed) {
    // Easy and hard problems, recordings alike and unlike.
    const auto data = support::blobs({.labels = 3 + static_cast<int>(seed % 3),
                                      .groups = 24,
                                      .rowsPerGroup = 6,
                                      .distance = 1 + 0.25 * static_cast<double>(seed % 12),
                                      .drift = 0.3 * static_cast<double>(seed % 5),
                                      .seed = seed});
    const auto preview = previewAccuracy(*data, threeLearners(), {.mostRows = 120, .seed = seed});
    ASSERT_TRUE(preview.ok());

    const auto full = outOfFold(*data, groupedFolds(*data, 4, seed), {"logistic", "knn", "svm_rbf"},
                                threeLearners(), {})
                          .value();

    const double accuracy = accuracyInterval(full).value;
    if (preview->low <= accuracy && accuracy <= preview->high) ++held;
    width += (preview->high - preview->low) / kTrials;
    EXPECT_LE(preview->rows, 120);
  }

  std::printf("full model inside the stated interval: %d of %d, mean width %.2f\n", held, kTrials,
              width);
  EXPECT_GE(held, 36);
  EXPECT_LT(width, 0.5);
}

TEST(Preview, TakesAllLabelsAlike) {
  auto content = support::blobContent({.labels = 2, .groups = 40});
  const auto data = support::made(std::move(content));
  std::vector<std::size_t> rows;
  for (std::size_t i = 0; i < data->rows(); ++i) {
    if (data->label(i) == 1 || data->content().unit[i] < 5) rows.push_back(i);
  }

  const auto preview = previewAccuracy(*data->subset(rows), threeLearners(), {.mostRows = 40});

  ASSERT_TRUE(preview.ok());
  EXPECT_EQ(preview->demonstrations, 10);
  EXPECT_EQ(preview->rows, 40);
  EXPECT_GT(preview->accuracy, 0.9);
}

TEST(Preview, IsRefusedWhereNothingCanBeHeldOut) {
  EXPECT_FALSE(previewAccuracy(*support::blobs({.groups = 1}), threeLearners()).ok());
}

}  // namespace
}  // namespace learners
