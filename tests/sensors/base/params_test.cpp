#include "sensors/base/params.h"

#include <gtest/gtest.h>

namespace {

using base::ParamSpec;
using base::ParamType;
using base::ParamValue;

const ParamSpec kRate{.name = "imu.rate",
                      .title = "Rate",
                      .type = ParamType::Enum,
                      .unit = "Hz",
                      .options = {std::int64_t{50}, std::int64_t{100}, std::int64_t{200}},
                      .defaultValue = std::int64_t{100},
                      .help = ""};
const ParamSpec kGain{.name = "gain",
                      .title = "",
                      .type = ParamType::Float,
                      .unit = "dB",
                      .min = -6,
                      .max = 6,
                      .options = {},
                      .defaultValue = 0.0,
                      .help = ""};
const ParamSpec kCount{.name = "count",
                       .title = "",
                       .type = ParamType::Int,
                       .unit = "",
                       .min = 1,
                       .max = 10,
                       .options = {},
                       .defaultValue = std::int64_t{3},
                       .help = ""};
const ParamSpec kOn{.name = "on",
                    .title = "",
                    .type = ParamType::Bool,
                    .unit = "",
                    .options = {},
                    .defaultValue = true,
                    .help = ""};
const std::vector<ParamSpec> kAll{kRate, kGain, kCount, kOn};

TEST(Params, StartWithTheirDefaults) {
  const base::Params params(kAll);

  EXPECT_EQ(params.integer("imu.rate"), 100);
  EXPECT_EQ(params.number("gain", 9), 0);
  EXPECT_EQ(params.text("on"), "true");
}

TEST(Params, RefuseWhatIsNotAnOptionAndSayWhichThereAre) {
  base::Params params(kAll);

  const auto result = params.set(kAll, "imu.rate", std::int64_t{70});

  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().message, "imu.rate: 70 is not one of 50, 100, 200");
  EXPECT_EQ(params.integer("imu.rate"), 100);
}

TEST(Params, RefuseNumbersOutsideTheRangeOrNotWhole) {
  EXPECT_FALSE(base::checked(kGain, 6.5));
  EXPECT_FALSE(base::checked(kGain, std::numeric_limits<double>::quiet_NaN()));
  EXPECT_FALSE(base::checked(kCount, 2.5));
  EXPECT_FALSE(base::checked(kCount, std::string("three")));
  EXPECT_TRUE(base::checked(kGain, 6.0));
}

TEST(Params, RefuseAnUnknownName) {
  base::Params params(kAll);

  EXPECT_FALSE(params.set(kAll, "colour", 1.0));
}

TEST(Params, ReadWhatAPersonTypes) {
  EXPECT_EQ(base::toNumber(base::parsed(kGain, "-2.5").value()), -2.5);
  EXPECT_EQ(std::get<bool>(base::parsed(kOn, "off").value()), false);
  EXPECT_EQ(std::get<std::int64_t>(base::parsed(kRate, "200").value()), 200);
  EXPECT_FALSE(base::parsed(kGain, "2.5x"));
  EXPECT_FALSE(base::parsed(kGain, ""));
}

TEST(Params, CompareNumbersByValueWhateverTheirKind) {
  EXPECT_TRUE(base::sameValue(std::int64_t{1}, 1.0));
  EXPECT_TRUE(base::sameValue(true, std::int64_t{1}));
  EXPECT_FALSE(base::sameValue(std::string("1"), std::int64_t{1}));
}

TEST(Params, TextOfAValueReadsBackAsTheSameValue) {
  for (const double v : {0.1, -1.0 / 3, 6.0, 1e-9}) {
    ParamSpec anything = kGain;
    anything.min = anything.max = 0;
    EXPECT_EQ(base::toNumber(base::parsed(anything, base::toText(ParamValue(v))).value()), v);
  }
}

}  // namespace
