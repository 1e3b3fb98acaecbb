#include "sensors/quality.h"

#include <cmath>
#include <gtest/gtest.h>
#include <limits>

#include "tests/support/scripted_source.h"

namespace {

using sensors::Fault;
using sensors::Finding;
using sensors::Quality;
using sensors::SourceInfo;
using sensors::SourceKind;
using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr double kRate = 50;
constexpr std::size_t kRows = 10;
const base::Time kBegin{1'000'000'000'000};

using Signal = std::function<float(double t, std::size_t channel)>;

/// x and y shake about zero, z carries gravity.
float lying(double t, std::size_t channel) {
  return static_cast<float>((channel == 2 ? 9.81 : 0.05) + 0.1 * std::sin(40 * t + channel));
}

struct Sensor {
  explicit Sensor(SourceKind kind = SourceKind::Motion, double rate = kRate) {
    info.id = "n/s";
    info.kind = kind;
    info.rate = rate;
    for (const char* id : {"x", "y", "z"}) info.channels.push_back({id, "m/s^2", -40, 40});
  }
  /// `length` seconds from `from` seconds on.
  std::vector<sensors::BlockPtr> blocks(double from, double length, const Signal& signal) const {
    std::vector<sensors::BlockPtr> all;
    const auto source = support::shared(info);
    for (std::size_t row = 0; row < length * info.rate; row += kRows) {
      std::vector<float> values;
      for (std::size_t r = row; r < row + kRows; ++r) {
        const double t = from + static_cast<double>(r) / info.rate;
        for (std::size_t c = 0; c < info.channels.size(); ++c) values.push_back(signal(t, c));
      }
      all.push_back(support::block(
          source, kBegin + base::fromSeconds(from + static_cast<double>(row) / info.rate),
          std::move(values)));
    }
    return all;
  }
  SourceInfo info;
};

struct Watched {
  explicit Watched(const Sensor& sensor) : quality(sensor.info) {
    const auto taught = sensor.blocks(0, 20, lying);
    quality.setNorm(sensors::normOf(taught));
    for (const auto& block : taught) quality.add(*block, block->end());
  }
  void add(const std::vector<sensors::BlockPtr>& blocks) {
    for (const auto& block : blocks) quality.add(*block, block->end());
    now = blocks.back()->end();
  }
  std::vector<Finding> of(Fault fault) const {
    std::vector<Finding> found;
    for (const Finding& f : quality.report(now).findings) {
      if (f.fault == fault) found.push_back(f);
    }
    return found;
  }
  Quality quality;
  base::Time now = kBegin + seconds(20);
};

double secondsIn(base::Time t) { return base::toSeconds(t - kBegin); }

TEST(Quality, FindsNothingWhereNothingIsWrong) {
  const Sensor sensor;
  Watched watched(sensor);

  watched.add(sensor.blocks(20, 120, lying));

  EXPECT_TRUE(watched.quality.report(watched.now).findings.empty());
}

TEST(Quality, CountsWhatIsNoNumberWithChannelAndTime) {
  const Sensor sensor;
  Watched watched(sensor);
  const float bad[] = {std::nanf(""), std::numeric_limits<float>::infinity(), 1e38F};

  watched.add(sensor.blocks(20, 3, [&](double t, std::size_t c) {
    const int second = static_cast<int>(t - 20 + 1e-9);
    const bool first = t - 20 - second < 1 / kRate - 1e-9;
    return c == 1 && first ? bad[second] : lying(t, c);
  }));

  const auto found = watched.of(Fault::NotFinite);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].channel, "y");
  EXPECT_EQ(found[0].count, 3u);
  EXPECT_NEAR(secondsIn(found[0].since), 20, 1e-6);
  EXPECT_NEAR(secondsIn(found[0].last), 22, 1e-6);
}

TEST(Quality, SwappedAxesAreCaughtWithTheAxisThatCarriesGravityNow) {
  const Sensor sensor;
  Watched watched(sensor);

  watched.add(sensor.blocks(20, 10, [](double t, std::size_t c) { return lying(t, (c + 2) % 3); }));

  const auto found = watched.of(Fault::Turned);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].channel, "x");
  EXPECT_EQ(found[0].detail, "z");
  EXPECT_NEAR(secondsIn(found[0].since), 25, 1.1) << "after five seconds of it";
  EXPECT_TRUE(watched.of(Fault::OtherUnit).empty());
}

TEST(Quality, ASensorThatTurnsAllTheTimeHasNoAxisToSwap) {
  const Sensor sensor;
  const Signal turning = [](double t, std::size_t c) {
    return static_cast<float>(9.81 * std::sin(0.7 * t + 2.1 * static_cast<double>(c)));
  };
  Quality quality(sensor.info);
  const auto taught = sensor.blocks(0, 20, turning);
  quality.setNorm(sensors::normOf(taught));

  for (const auto& block : sensor.blocks(20, 60, lying)) quality.add(*block, block->end());

  for (const auto& f : quality.report(kBegin + seconds(80)).findings) EXPECT_NE(f.fault, Fault::Turned);
}

TEST(Quality, AnotherUnitIsCaughtWithItsFactor) {
  const Sensor sensor;
  for (const double factor : {1 / 9.80665, 1000.0}) {
    Watched watched(sensor);

    watched.add(sensor.blocks(20, 8, [&](double t, std::size_t c) {
      return static_cast<float>(lying(t, c) * factor);
    }));

    const auto found = watched.of(Fault::OtherUnit);
    ASSERT_EQ(found.size(), 3u) << factor;
    EXPECT_NEAR(found[0].value / factor, 1, 0.03);
    EXPECT_NEAR(secondsIn(found[0].since), 25, 1.1);
  }
}

TEST(Quality, ALevelInAnotherUnitIsCaughtToo) {
  Sensor sensor(SourceKind::Slow, 0);
  sensor.info.rate = 1;
  sensor.info.channels = {{"power", "W", 0, 0}};
  const auto level = [](double factor) {
    return [factor](double t, std::size_t) {
      return static_cast<float>(factor * (120 + std::sin(t)));
    };
  };
  Quality quality(sensor.info);
  quality.setNorm(sensors::normOf(sensor.blocks(0, 60, level(1))));

  for (const auto& block : sensor.blocks(60, 100, level(0.001))) quality.add(*block, block->end());

  const auto found = quality.report(kBegin + seconds(160)).findings;
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].fault, Fault::OtherUnit);
  EXPECT_EQ(found[0].channel, "power");
  EXPECT_NEAR(found[0].value, 0.001, 1e-9);
}

TEST(Quality, AFrozenChannelIsCaughtSinceItFroze) {
  const Sensor sensor;
  Watched watched(sensor);

  watched.add(sensor.blocks(20, 10, [](double t, std::size_t c) {
    return c == 0 ? 0.25F : lying(t, c);
  }));

  const auto found = watched.of(Fault::Frozen);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].channel, "x");
  EXPECT_NEAR(secondsIn(found[0].since), 20, 1e-6);
  EXPECT_EQ(found[0].value, 0.25);
}

TEST(Quality, AFrozenChannelIsCaughtFromTheFirstRowOnWhereItWasTaughtWithNoise) {
  const Sensor sensor;
  Quality quality(sensor.info);
  quality.setNorm(sensors::normOf(sensor.blocks(0, 20, lying)));

  for (const auto& block : sensor.blocks(20, 10, [](double t, std::size_t c) {
         return c == 1 ? 0.1F : lying(t, c);
       })) {
    quality.add(*block, block->end());
  }

  const auto found = quality.report(kBegin + seconds(30)).findings;
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].fault, Fault::Frozen);
  EXPECT_EQ(found[0].channel, "y");
  EXPECT_NEAR(secondsIn(found[0].since), 20, 1e-6);
}

/// Of what `signal` sends through one channel for two minutes.
std::vector<Finding> ofChannel(const sensors::Channel& channel,
                               const std::function<float(double t)>& signal) {
  Sensor sensor;
  sensor.info.channels = {channel};
  Quality quality(sensor.info);
  for (const auto& block :
       sensor.blocks(0, 120, [&](double t, std::size_t) { return signal(t); })) {
    quality.add(*block, block->end());
  }
  return quality.report(kBegin + seconds(120)).findings;
}

float shaking(double t) { return static_cast<float>(3 * std::sin(40 * t) + std::sin(97 * t)); }

TEST(Quality, WhatIsRightlyConstantIsNotFlagged) {
  const auto shut = [](double) { return 1.0F; };
  EXPECT_TRUE(ofChannel({"door", "1", 0, 1}, shut).empty()) << "a door that stays shut";
  const auto open = [](double t) { return t < 60 && t > 5 ? 0.0F : 1.0F; };
  EXPECT_TRUE(ofChannel({"door", "1", 0, 1}, open).empty()) << "a door that was open";
  const auto off = [](double) { return 0.0F; };
  EXPECT_TRUE(ofChannel({"power", "W", 0, 3680}, off).empty()) << "a plug that draws nothing";
  const auto ended = [](double t) { return t < 60 ? 1200 + shaking(t) : 0.0F; };
  EXPECT_TRUE(ofChannel({"power", "W", 0, 3680}, ended).empty()) << "switched off";
  const auto standby = [](double t) { return t < 60 ? 1200 + shaking(t) : 2.5F; };
  EXPECT_TRUE(ofChannel({"power", "W", 0, 0}, standby).empty()) << "switched to standby";
  const auto counted = [](double t) { return static_cast<float>(std::floor(10 * std::min(t, 60.0))); };
  EXPECT_TRUE(ofChannel({"energy", "Wh", 0, 0}, counted).empty()) << "a counter at rest";
  const auto coarse = [](double t) { return t < 60 && std::sin(3 * t) > 0.9 ? 21.5F : 21.4F; };
  EXPECT_TRUE(ofChannel({"warmth", "degC", 0, 0}, coarse).empty()) << "its resolution is coarse";
}

TEST(Quality, WhereNoiseStoppedTheChannelIsCaughtHoweverItsRangeLies) {
  const auto stopped = [](double t) { return 1200 + shaking(std::min(t, 60.0)); };
  for (const sensors::Channel& channel :
       {sensors::Channel{"power", "W", 0, 3680}, sensors::Channel{"power", "W", 0, 0}}) {
    const auto found = ofChannel(channel, stopped);
    ASSERT_EQ(found.size(), 1u);
    EXPECT_EQ(found[0].fault, Fault::Frozen);
    EXPECT_EQ(found[0].channel, "power");
    EXPECT_NEAR(secondsIn(found[0].since), 60, 1 / kRate + 1e-6);
  }
  const auto dead = [](double t) { return t < 60 ? shaking(t) : 0.0F; };
  const auto found = ofChannel({"x", "m/s^2", -40, 40}, dead);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].fault, Fault::Frozen) << "0 is no rest for what has a sign";
}

TEST(Quality, SaturationAndValuesOutOfRangeAreTwoThings) {
  const Sensor sensor;
  Watched watched(sensor);

  watched.add(sensor.blocks(20, 2, [](double t, std::size_t c) {
    return c == 0 ? 40.0F : c == 1 && t > 20.99 && t < 21.01 ? 55.0F : lying(t, c);
  }));

  ASSERT_EQ(watched.of(Fault::Saturated).size(), 1u);
  EXPECT_EQ(watched.of(Fault::Saturated)[0].channel, "x");
  ASSERT_EQ(watched.of(Fault::OutOfRange).size(), 1u);
  EXPECT_EQ(watched.of(Fault::OutOfRange)[0].channel, "y");
  EXPECT_EQ(watched.of(Fault::OutOfRange)[0].value, 55);
}

TEST(Quality, AnotherRateIsCaughtWithBothRates) {
  const Sensor sensor;
  Watched watched(sensor);
  const Sensor faster(SourceKind::Motion, 100);

  watched.add(faster.blocks(20, 2, lying));

  const auto found = watched.of(Fault::OtherRate);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].value, 100);
  EXPECT_EQ(found[0].expected, 50);
  EXPECT_EQ(found[0].since, kBegin + seconds(20));
}

TEST(Quality, OtherChannelsAreNamed) {
  const Sensor sensor;
  Watched watched(sensor);
  Sensor changed;
  changed.info.channels = {{"x", "g", -4, 4}, {"y", "m/s^2", -40, 40}, {"w", "m/s^2", -40, 40}};

  watched.add(changed.blocks(20, 1, lying));

  const auto found = watched.of(Fault::OtherShape);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].detail, "x is in \"g\", it was in \"m/s^2\", z is gone, w is new");
}

TEST(Quality, AFloodIsCaughtWithItsRate) {
  const Sensor sensor;
  Watched watched(sensor);
  Sensor flood(SourceKind::Motion, 5000);

  watched.add(flood.blocks(20, 3, lying));

  const auto found = watched.of(Fault::Flood);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_NEAR(found[0].value, 5000, 200);
  EXPECT_EQ(found[0].expected, 50);
}

TEST(Quality, WhatIsOverIsForgottenAfterAMinute) {
  const Sensor sensor;
  Watched watched(sensor);
  watched.add(sensor.blocks(20, 2, [](double t, std::size_t c) {
    return c == 0 ? std::nanf("") : lying(t, c);
  }));
  ASSERT_EQ(watched.of(Fault::NotFinite).size(), 1u);

  watched.add(sensor.blocks(22, 61, lying));

  EXPECT_TRUE(watched.of(Fault::NotFinite).empty());
}

TEST(Quality, QuietSoundIsNoFrozenSensorForHalfAMinute) {
  Sensor mic(SourceKind::Audio, 1000);
  mic.info.channels = {{"sound", "1", -1, 1}};
  Quality quality(mic.info);
  const Signal silence = [](double, std::size_t) { return 0.0F; };

  for (const auto& block : mic.blocks(0, 29, silence)) quality.add(*block, block->end());
  EXPECT_TRUE(quality.report(kBegin + seconds(29)).findings.empty());
  for (const auto& block : mic.blocks(29, 3, silence)) quality.add(*block, block->end());

  const auto found = quality.report(kBegin + seconds(32)).findings;
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].fault, Fault::Frozen);
}

TEST(Quality, JitterIsHowUnevenlyBlocksCome) {
  const Sensor sensor;
  Quality even(sensor.info);
  Quality uneven(sensor.info);
  const auto blocks = sensor.blocks(0, 100, lying);

  for (std::size_t i = 0; i < blocks.size(); ++i) {
    even.add(*blocks[i], blocks[i]->end() + milliseconds(30));
    uneven.add(*blocks[i], blocks[i]->end() + milliseconds(i % 2 == 0 ? 20 : 40));
  }

  EXPECT_NEAR(base::toSeconds(even.report(kBegin).jitter), 0, 1e-6);
  EXPECT_NEAR(base::toSeconds(uneven.report(kBegin).jitter), 0.010, 0.001);
}

}  // namespace
