#include <cmath>
#include <gtest/gtest.h>

#include "tests/sensors/extractors/extract.h"

namespace {

using sensors::SourceKind;

TEST(Values, AreTheLastRowUnderTheChannelsNames) {
  const auto table = support::sourceInfo("t", SourceKind::Features, 1, 3, "K");

  const auto f = support::extract(sensors::makeValues, table,
                                  support::windowOf(table, {1, 2, 3, 4, 5, 6}, {0, 0, 0, 0, 1, 0}));

  EXPECT_EQ(f["a"], 4);
  EXPECT_TRUE(std::isnan(f["b"]));
  EXPECT_EQ(f["c"], 6);
  EXPECT_EQ(f.features[0].unit, "K");
}

TEST(DefaultExtractor, FitsTheKindOfSource) {
  const auto of = [](SourceKind kind, double rate) {
    return sensors::defaultExtractor(support::sourceInfo("s", kind, rate));
  };

  EXPECT_EQ(of(SourceKind::Motion, 100), "motion");
  EXPECT_EQ(of(SourceKind::Audio, 16'000), "sound");
  EXPECT_EQ(of(SourceKind::Audio, 500), "motion");
  EXPECT_EQ(of(SourceKind::Slow, 1), "level");
  EXPECT_EQ(of(SourceKind::Features, 1), "values");
}

}  // namespace
