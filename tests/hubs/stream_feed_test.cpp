#include "hubs/stream_feed.h"

#include <cmath>
#include <gtest/gtest.h>
#include <random>

namespace hubs {

namespace {

using namespace std::chrono_literals;

base::Time at(double seconds) { return base::Time{} + base::fromSeconds(seconds); }

StreamAbout twoChannels() {
  StreamAbout about;
  about.id = "imu";
  about.kind = sensors::SourceKind::Motion;
  about.channels = {{.id = "x"}, {.id = "y"}};
  about.scale = {0.5, 1};
  about.offset = {0, 10};
  return about;
}

sensors::SourceInfoPtr source(double rate) {
  return std::make_shared<sensors::SourceInfo>(
      sensors::SourceInfo{.id = "hall/imu", .channels = twoChannels().channels, .rate = rate});
}

/// Ten rows at 100 Hz: 100 ms.
SampleBlock tenRows(std::uint64_t sequence, double seconds) {
  return {.sequence = sequence,
          .boot = 1,
          .timeMicros = std::llround(seconds * 1e6),
          .rate = 100,
          .rows = 10,
          .channels = 2,
          .values = std::vector<float>(20, 2)};
}

}  // namespace

TEST(StreamFeed, ScalesCountsButNotPhysicalUnits) {
  StreamFeed feed(twoChannels(), source(100));
  SampleBlock physical = tenRows(1, 1000.1);
  physical.raw = false;

  const auto scaled = feed.take(tenRows(0, 1000), at(1));
  const auto plain = feed.take(physical, at(1.1));

  EXPECT_EQ((*scaled)->samples()->at(0, 0), 1);
  EXPECT_EQ((*scaled)->samples()->at(0, 1), 12);
  EXPECT_EQ((*plain)->samples()->at(0, 0), 2);
}

TEST(StreamFeed, MasksWhatIsNotFinite) {
  StreamFeed feed(twoChannels(), source(100));
  SampleBlock block = tenRows(0, 1000);
  block.values[3] = std::nanf("");
  block.values[4] = INFINITY;

  const auto taken = feed.take(block, at(1));

  const sensors::Samples& samples = *(*taken)->samples();
  EXPECT_TRUE(samples.isMissing(1, 1));
  EXPECT_TRUE(samples.isMissing(2, 0));
  EXPECT_FALSE(samples.isMissing(0, 0));
  EXPECT_EQ(samples.at(1, 1), 0);
}

TEST(StreamFeed, JitterOnTheWayDoesNotBreakTheEvenGrid) {
  StreamFeed feed(twoChannels(), source(100));
  std::mt19937 random(7);
  std::uniform_real_distribution<double> delay(0.001, 0.045);
  base::Time expected;

  for (int i = 0; i < 600; ++i) {
    // The device's clock is years away; its block ends 100 ms after it begins.
    const double there = 1000 + 0.1 * i;
    const double here = 5 + 0.1 * (i + 1) + delay(random);
    const auto block = feed.take(tenRows(i, there), at(here));
    ASSERT_TRUE(block.ok());
    if (i > 0) {
      EXPECT_EQ((*block)->start, expected);
    }
    expected = (*block)->end();
  }

  // After a minute the offset is that of the fastest message: within a few milliseconds of truth.
  EXPECT_NEAR(base::toSeconds(feed.clockOffset()), 5 - 1000, 0.005);
}

TEST(StreamFeed, RowsLieWithin20MsOfTheTruthHoweverTheDevicesClockDrifts) {
  for (const double drift : {1e-4, -1e-4}) {
    StreamFeed feed(twoChannels(), source(100));
    std::mt19937 random(7);
    std::uniform_real_distribution<double> delay(0.001, 0.045);
    double worst = 0;

    for (int i = 0; i < 6000; ++i) {
      const double there = 1000 + 0.1 * i;      // by the device's clock, years away
      const double truth = 5 + 0.1 * i / (1 + drift);  // when its first row was measured
      const double here = truth + 0.1 / (1 + drift) + delay(random);
      const auto block = feed.take(tenRows(i, there), at(here));
      ASSERT_TRUE(block.ok());
      if (i > 600) worst = std::max(worst, std::abs(base::toSeconds((*block)->start - at(truth))));
    }

    EXPECT_LT(worst, 0.020) << drift << ", after ten minutes";
  }
}

TEST(StreamFeed, CountsGapsOfTheSequenceAndLossesOfTheDevice) {
  StreamFeed feed(twoChannels(), source(100));
  SampleBlock late = tenRows(5, 1000.5);
  SampleBlock confessed = tenRows(6, 1000.9);
  confessed.lost = 25;  // three blocks' worth of rows

  const auto first = feed.take(tenRows(0, 1000), at(1));
  const auto second = feed.take(late, at(1.5));
  const auto third = feed.take(confessed, at(1.9));

  EXPECT_EQ((*first)->lostBefore, 0u);
  EXPECT_EQ((*second)->lostBefore, 4u);
  EXPECT_EQ((*second)->sequence, (*first)->sequence + 5);
  EXPECT_EQ((*third)->lostBefore, 3u);
  EXPECT_NEAR(base::toSeconds((*second)->start - (*first)->start), 0.5, 1e-9);
}

TEST(StreamFeed, ARestartOfTheDeviceIsNotALoss) {
  StreamFeed feed(twoChannels(), source(100));
  SampleBlock rebooted = tenRows(0, 3);
  rebooted.boot = 2;

  const auto before = feed.take(tenRows(900, 1000), at(1));
  const auto after = feed.take(rebooted, at(4));

  EXPECT_EQ((*after)->lostBefore, 0u);
  EXPECT_EQ((*after)->sequence, (*before)->sequence + 1);
  EXPECT_GT((*after)->start, (*before)->end());
}

TEST(StreamFeed, ABlockThatComesTwiceCountsOnce) {
  StreamFeed feed(twoChannels(), source(100));

  const auto first = feed.take(tenRows(3, 1000), at(1));
  const auto again = feed.take(tenRows(3, 1000), at(1.01));

  EXPECT_NE(*first, nullptr);
  EXPECT_EQ(*again, nullptr);
}

TEST(StreamFeed, AJumpOfTheDevicesClockDoesNotTurnTimeBack) {
  StreamFeed feed(twoChannels(), source(100));
  base::Time end;

  for (int i = 0; i < 20; ++i) {
    const double there = i < 10 ? 1e9 + 0.1 * i : 5e8 + 0.1 * i;
    const auto block = feed.take(tenRows(i, there), at(1 + 0.1 * i));
    EXPECT_GE((*block)->start, end);
    EXPECT_NEAR(base::toSeconds((*block)->end() - at(1 + 0.1 * i)), 0, 0.11);
    end = (*block)->end();
  }
}

TEST(StreamFeed, AFloodIsRefusedAndAnHonestStreamIsNot) {
  StreamFeed honest(twoChannels(), source(100));
  StreamFeed flooding(twoChannels(), source(100));
  int refused = 0;

  for (int i = 0; i < 1000; ++i) {
    EXPECT_TRUE(honest.take(tenRows(i, 0.1 * i), at(0.1 * i)).ok());
    // A hundred times the declared rate.
    const auto taken = flooding.take(tenRows(i, 0.001 * i), at(0.001 * i));
    refused += taken.ok() ? 0 : 1;
  }

  EXPECT_GT(refused, 500);
}

TEST(StreamFeed, NoticesARateThatIsNotTheDeclaredOne) {
  StreamFeed feed(twoChannels(), source(100));
  SampleBlock block = tenRows(0, 1000);

  block.rate = 101;
  const auto near = feed.otherRate(block);
  block.rate = 200;
  const auto far = feed.otherRate(block);

  EXPECT_FALSE(near);
  EXPECT_EQ(far, 200);
}

TEST(StreamFeed, AReadingWithoutRateIsARowOfItsOwn) {
  StreamFeed feed(twoChannels(), source(0));
  SampleBlock reading = tenRows(0, 1000);
  reading.rate = 0;
  reading.rows = 1;
  reading.values = {1, 2};

  const auto block = feed.take(reading, at(50));

  EXPECT_EQ((*block)->rows(), 1u);
  EXPECT_EQ((*block)->step, base::Duration(0));
  EXPECT_EQ((*block)->start, at(50));
}

TEST(ClockOffset, ForgetsAfterAMinute) {
  ClockOffset offset;

  EXPECT_EQ(offset.add(at(0), at(0.010)), 10ms);
  EXPECT_EQ(offset.add(at(30), at(30.030)), 10ms);
  EXPECT_EQ(offset.add(at(65), at(65.020)), 20ms);
}

}  // namespace hubs
