#include "learners/familiarity.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <gtest/gtest.h>
#include <numeric>
#include <random>

#include "tests/support/blobs.h"

namespace learners {
namespace {

TEST(Discriminant, IsFarOffOnlyAlongWhatTellsLabelsApart) {
  // Two labels 8 apart along the first of three places; rows differ by 3 along the second.
  std::mt19937 random(1);
  std::normal_distribution<float> noise;
  std::vector<float> kept;
  for (int i = 0; i < 200; ++i) {
    kept.insert(kept.end(), {i % 2 == 0 ? -4 + noise(random) : 4 + noise(random), 3 * noise(random),
                             noise(random)});
  }
  const std::vector<float> centre{-4, 0, 0, 4, 0, 0};
  const std::vector<double> within{1, 0, 0, 0, 9, 0, 0, 0, 1};

  const auto made = Discriminant::fit(centre, within, 3, kept);

  ASSERT_TRUE(made.has_value());
  const float known = made->distance(std::array{-4.0F, 0.0F, 0.0F});
  EXPECT_NEAR(made->distance(std::array{-4.0F, 40.0F, 5.0F}), known, 1);
  EXPECT_GT(made->distance(std::array{0.0F, 0.0F, 0.0F}), known + 3);   // between the labels
  EXPECT_GT(made->distance(std::array{20.0F, 0.0F, 0.0F}), known + 3);  // and beyond them
}

TEST(Discriminant, OfOneLabelOrOfEqualRowsTellsNothing) {
  const std::vector<double> within{1, 0, 0, 1};
  const auto alone = Discriminant::fit(std::array{1.0F, 2.0F}, within, 2, std::array{1.0F, 2.0F});
  ASSERT_TRUE(alone.has_value());
  EXPECT_EQ(alone->distance(std::array{5.0F, 5.0F}), 0);
  EXPECT_EQ(Discriminant().distance(std::array{5.0F, 5.0F}), 0);
  const std::vector<double> nothing(4);
  EXPECT_FALSE(Discriminant::fit(std::array{1.0F, 2.0F}, nothing, 2, {}).has_value());
}

TEST(LabelRanges, CountWhatLiesBeyondThoseOfTheLabel) {
  std::vector<float> rows;
  std::vector<int> label;
  for (int i = 0; i < 40; ++i) {
    label.push_back(i / 20);
    for (int f = 0; f < 4; ++f) rows.push_back(static_cast<float>(i % 20 + 100 * (i / 20)));
  }
  const auto ranges = LabelRanges::fit(rows, label, std::vector<float>(4, 50));

  EXPECT_EQ(ranges.beyond(0, std::array{0.0F, 5.0F, 10.0F, 19.0F}), 0);
  EXPECT_GT(ranges.beyond(1, std::array{0.0F, 5.0F, 10.0F, 19.0F}), 2);
  const float one = ranges.beyond(0, std::array{0.0F, 5.0F, 10.0F, 40.0F});
  EXPECT_GT(one, 0.5F);
  EXPECT_LT(one, ranges.beyond(0, std::array{0.0F, 5.0F, 40.0F, 40.0F}));
  EXPECT_TRUE(std::isfinite(ranges.beyond(0, std::array{0.0F, 0.0F, 3e38F, -3e38F})));
}

TEST(Familiarity, OfAFormerVersionsFileTellsWhatItTold) {
  // Such a file ends before the parts that came later.
  const auto data = support::blobs({.groups = 4, .rowsPerGroup = 10});
  std::vector<std::size_t> all(data->rows());
  std::iota(all.begin(), all.end(), std::size_t{0});
  const auto whole = Familiarity::fit(*data, all, 1, 40);
  ASSERT_TRUE(whole.has_value());
  ByteWriter out;
  whole->save(out);

  ByteReader in(out.bytes());
  const auto former = Familiarity::load(in, false);

  ASSERT_TRUE(former.ok());
  EXPECT_FALSE(in.atEnd());
  const Strangeness now = whole->of(data->row(5));
  const Strangeness then = former->of(data->row(5));
  EXPECT_EQ(then.label, now.label);
  for (std::size_t k = 0; k < Strangeness::kFormerKinds; ++k) {
    EXPECT_EQ(then.kinds[k], now.kinds[k]);
  }
  EXPECT_EQ(then.kinds[3], 0);
  EXPECT_EQ(then.kinds[4], 0);
  ByteWriter again;
  former->save(again);
  ASSERT_LT(again.bytes().size(), out.bytes().size());
  EXPECT_TRUE(std::equal(again.bytes().begin(), again.bytes().end(), out.bytes().begin()));
}

}  // namespace
}  // namespace learners
