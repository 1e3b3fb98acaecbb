#include "learners/dataset.h"

#include <cmath>
#include <gtest/gtest.h>
#include <random>

#include "learners/standardizer.h"
#include "tests/support/blobs.h"

namespace learners {
namespace {

DatasetContent withEverything() {
  auto content = support::blobContent({.background = true});
  content.missing.assign(content.values.size(), 0);
  content.missing[5] = 1;
  content.values[5] = 0;
  for (std::size_t i = 0; i < content.label.size(); ++i) {
    content.splitTag.push_back(i % 2 == 0 ? "train" : "test");
    const auto begin = static_cast<std::int64_t>(i) * 1000;
    content.span.push_back({{begin}, {begin + 500}});
  }
  return content;
}

TEST(Dataset, RefusesWhatDoesNotFitAndNamesIt) {
  const auto refusal = [](const auto& spoil) {
    auto content = withEverything();
    spoil(content);
    const auto made = Dataset::make(std::move(content));
    EXPECT_FALSE(made.ok());
    return made.ok() ? "" : made.error().message;
  };

  EXPECT_NE(refusal([](auto& c) { c.values.pop_back(); }).find("value table"), std::string::npos);
  EXPECT_NE(refusal([](auto& c) { c.missing.pop_back(); }).find("missing"), std::string::npos);
  EXPECT_NE(refusal([](auto& c) { c.group.pop_back(); }).find("recordings"), std::string::npos);
  EXPECT_NE(refusal([](auto& c) { c.unit.clear(); }).find("demonstrations"), std::string::npos);
  EXPECT_NE(refusal([](auto& c) { c.span.pop_back(); }).find("times"), std::string::npos);
  EXPECT_NE(refusal([](auto& c) { c.label[4] = 3; }).find("row 4"), std::string::npos);
  const auto notFinite = refusal([](auto& c) { c.values[2 * 6 + 1] = NAN; });
  EXPECT_NE(notFinite.find("row 2"), std::string::npos);
  EXPECT_NE(notFinite.find("\"x1\""), std::string::npos);
}

TEST(Dataset, EqualContentHasEqualHashAndAnyChangeAnother) {
  const auto first = support::made(withEverything());
  auto changed = withEverything();
  changed.values.back() += 1;
  auto regrouped = withEverything();
  regrouped.group[0] = 77;

  EXPECT_EQ(first->hash(), support::made(withEverything())->hash());
  EXPECT_NE(first->hash(), support::made(std::move(changed))->hash());
  EXPECT_NE(first->hash(), support::made(std::move(regrouped))->hash());
}

TEST(Dataset, ComesBackFromItsBytes) {
  const auto data = support::made(withEverything());

  const auto again = Dataset::decode(data->encode());

  ASSERT_TRUE(again.ok());
  EXPECT_EQ((*again)->hash(), data->hash());
  EXPECT_EQ((*again)->content().labels, data->content().labels);
  EXPECT_EQ((*again)->content().splitTag, data->content().splitTag);
  EXPECT_EQ((*again)->content().span, data->content().span);
  EXPECT_EQ((*again)->missing(0)[5], 1);
}

TEST(Dataset, RefusesDamagedAndNewerBytes) {
  const auto bytes = support::made(withEverything())->encode();
  for (std::size_t size = 0; size < bytes.size(); size += 13) {
    const auto refused = Dataset::decode(std::span(bytes).first(size));
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.error().code, base::ErrorCode::Corrupt);
  }
  auto newer = bytes;
  newer[8] = 99;
  EXPECT_EQ(Dataset::decode(newer).error().code, base::ErrorCode::Unsupported);
  std::mt19937_64 random(3);
  for (int i = 0; i < 500; ++i) {
    auto mutated = bytes;
    for (int k = 0; k < 4; ++k) {
      mutated[random() % mutated.size()] = static_cast<std::uint8_t>(random());
    }
    (void)Dataset::decode(mutated).ok();
  }
}

TEST(Dataset, SubsetKeepsRowsInTheOrderAsked) {
  const auto data = support::made(withEverything());
  const std::vector<std::size_t> asked{9, 0};

  const auto part = data->subset(asked);

  ASSERT_EQ(part->rows(), 2);
  EXPECT_TRUE(std::equal(part->row(0).begin(), part->row(0).end(), data->row(9).begin()));
  EXPECT_EQ(part->missing(1)[5], 1);
  EXPECT_EQ(part->content().splitTag, (std::vector<std::string>{"test", "train"}));
  EXPECT_EQ(part->background(), 0);
}

TEST(Dataset, KeepsCopiesMarkedAndHasTheFormerHashWithoutAny) {
  auto content = support::blobContent({.labels = 2, .groups = 2, .rowsPerGroup = 3});
  const auto plain = support::made(content);
  content.copied.assign(content.label.size(), 0);
  const auto none = support::made(content);
  content.copied[4] = 1;
  const auto marked = support::made(std::move(content));

  const auto again = Dataset::decode(marked->encode());

  EXPECT_EQ(none->hash(), plain->hash());
  EXPECT_NE(marked->hash(), plain->hash());
  ASSERT_TRUE(again.ok()) << again.error().message;
  EXPECT_EQ((*again)->hash(), marked->hash());
  for (std::size_t i = 0; i < marked->rows(); ++i) EXPECT_EQ((*again)->isCopy(i), i == 4);
  EXPECT_TRUE(marked->subset(std::vector<std::size_t>{4, 1})->isCopy(0));
  EXPECT_FALSE(marked->subset(std::vector<std::size_t>{1, 2})->isCopy(0));
  EXPECT_TRUE(Standardizer::fit(*marked).apply(*marked)->isCopy(4));
}

TEST(Standardizer, GivesMeanZeroAndDeviationOne) {
  const auto data = support::blobs({.labels = 2, .rowsPerGroup = 40, .distance = 30});

  const auto standardised = Standardizer::fit(*data).apply(*data);

  for (std::size_t f = 0; f < data->features(); ++f) {
    double sum = 0;
    double squares = 0;
    for (std::size_t i = 0; i < data->rows(); ++i) {
      sum += standardised->row(i)[f];
      squares += std::pow(standardised->row(i)[f], 2);
    }
    EXPECT_NEAR(sum / static_cast<double>(data->rows()), 0, 1e-4);
    EXPECT_NEAR(squares / static_cast<double>(data->rows()), 1, 1e-3);
  }
}

TEST(Standardizer, DrawsFarValuesNearerAndKeepsTheirOrder) {
  DatasetContent content;
  content.layout.features = {{"x", "1", 0}};
  content.labels = {{.id = 1, .name = "a"}};
  content.values = {-1, 1};  // mean 0, deviation 1
  content.label = {0, 0};
  content.group = content.unit = {1, 1};
  const auto standardizer = Standardizer::fit(*support::made(std::move(content)), Tails::DrawnIn);
  const auto at = [&](float x) {
    float z = 0;
    standardizer.apply({&x, 1}, {}, {&z, 1});
    return z;
  };

  EXPECT_EQ(at(0), 0);
  EXPECT_NEAR(at(1), std::sqrt(2.42 / 2), 1e-5);
  EXPECT_NEAR(at(8), 8 * std::sqrt(2.42 / 9), 1e-5);
  EXPECT_EQ(at(1000), at(12));  // clipped before
  for (float x = 0; x < 11; x += 0.5F) {
    EXPECT_LT(at(x), at(x + 0.5F));
    EXPECT_EQ(at(-x), -at(x));
  }
}

TEST(Standardizer, DrawnInNormalValuesKeepADeviationOfOne) {
  const auto data = support::blobs({.labels = 1, .groups = 1, .rowsPerGroup = 4000});

  const auto drawn = Standardizer::fit(*data, Tails::DrawnIn).apply(*data);

  double squares = 0;
  for (std::size_t i = 0; i < drawn->rows(); ++i) squares += std::pow(drawn->row(i)[1], 2);
  EXPECT_NEAR(squares / static_cast<double>(drawn->rows()), 1, 0.05);
}

TEST(Standardizer, LetsFeaturesCountByWhatLabelsExplainOfThem) {
  DatasetContent content;
  for (const char* name : {"tells", "tells half", "does not", "constant"}) {
    content.layout.features.push_back({name, "1", 0});
  }
  content.labels = {{.id = 1, .name = "a"}, {.id = 2, .name = "b"}};
  content.values = {0, 0, 0, 7, 0, 2, 1, 7, 1, 2, 0, 7, 1, 4, 1, 7};
  content.label = {0, 0, 1, 1};
  content.group = content.unit = {1, 1, 2, 2};
  const auto data = support::made(std::move(content));

  const auto standardizer = Standardizer::fit(*data, Tails::Kept, Emphasis::ByLabel);

  const auto weights = standardizer.weights();
  ASSERT_EQ(weights.size(), 4U);
  EXPECT_NEAR(weights[1] / weights[0], std::sqrt(0.5), 1e-5);  // 1 of 2 is between the labels
  EXPECT_EQ(weights[2], 0);
  const auto rows = standardizer.apply(*data);
  double squares = 0;
  for (const float value : rows->content().values) squares += value * value;
  EXPECT_NEAR(squares, 3 * 4, 1e-4);  // as if all three that vary counted alike
  EXPECT_TRUE(Standardizer::fit(*data).weights().empty());
}

TEST(Standardizer, LetsAllFeaturesCountWhereLabelsExplainNone) {
  DatasetContent content;
  content.layout.features = {{"x", "1", 0}};
  content.labels = {{.id = 1, .name = "a"}};
  content.values = {1, 3};
  content.label = {0, 0};
  content.group = content.unit = {1, 1};

  const auto standardizer =
      Standardizer::fit(*support::made(std::move(content)), Tails::Kept, Emphasis::ByLabel);

  EXPECT_EQ(standardizer.weights()[0], 1);
}

TEST(Standardizer, IgnoresMissingValuesAndPutsTheMeanInTheirPlace) {
  DatasetContent content;
  content.layout.features = {{"x", "1", 0}};
  content.labels = {{.id = 1, .name = "a"}};
  content.values = {1, 3, 0};
  content.missing = {0, 0, 1};
  content.label = {0, 0, 0};
  content.group = content.unit = {1, 1, 1};

  const auto standardizer = Standardizer::fit(*support::made(std::move(content)));
  std::vector<float> out(1);
  const float any = 1234;
  const std::uint8_t missing = 1;
  standardizer.apply({&any, 1}, {&missing, 1}, out);

  EXPECT_FLOAT_EQ(standardizer.mean()[0], 2);
  EXPECT_FLOAT_EQ(standardizer.inverseScale()[0], 1);
  EXPECT_EQ(out[0], 0);
}

TEST(Standardizer, NeverMagnifiesWhatASensorCannotTell) {
  DatasetContent content;
  content.layout.features = {{"warmth", "K", 0.5}, {"constant", "1", 0}};
  content.labels = {{.id = 1, .name = "a"}};
  content.values = {20.00F, 7, 20.02F, 7};
  content.label = {0, 0};
  content.group = content.unit = {1, 1};

  const auto standardizer = Standardizer::fit(*support::made(std::move(content)));
  std::vector<float> out(2);
  const std::vector<float> row{1e9F, 1e9F};
  standardizer.apply(row, {}, out);

  EXPECT_FLOAT_EQ(standardizer.inverseScale()[0], 2);  // 1 / resolution
  EXPECT_EQ(standardizer.inverseScale()[1], 0);
  EXPECT_EQ(out[0], 12);  // clipped
  EXPECT_EQ(out[1], 0);
}

}  // namespace
}  // namespace learners
