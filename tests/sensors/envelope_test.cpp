#include "sensors/envelope.h"

#include <cmath>
#include <gtest/gtest.h>
#include <limits>
#include <random>

#include "tests/support/scripted_source.h"

namespace {

using base::Time;
using base::TimeSpan;
using sensors::Envelope;
using std::chrono::milliseconds;
using std::chrono::seconds;

TEST(Envelope, NeverMissesAPeakAtAnyZoom) {
  std::mt19937 random(11);
  for (int round = 0; round < 30; ++round) {
    Envelope envelope(milliseconds(1), seconds(1'000));
    std::vector<std::pair<Time, float>> samples;
    Time t{-5'000'000'000};
    for (int i = 0; i < 5'000; ++i) {
      t += base::Duration(1 + random() % 6'000'000);
      samples.emplace_back(t, static_cast<float>(random() % 1'000));
      envelope.add(t, samples.back().second);
    }
    for (int question = 0; question < 20; ++question) {
      const Time begin{-6'000'000'000 + static_cast<std::int64_t>(random() % 10'000'000'000)};
      const TimeSpan span{begin, begin + base::Duration(1 + random() % 15'000'000'000)};
      const std::size_t n = 1 + random() % 300;

      const auto columns = envelope.columns(span, n);

      ASSERT_EQ(columns.size(), n);
      for (const auto& [time, value] : samples) {
        const double at = base::toSeconds(time - span.begin) / base::toSeconds(span.length()) *
                          static_cast<double>(n);
        // Rounding may put a sample at the very edge of a column left or right of it.
        if (at < 0 || at >= static_cast<double>(n) || std::abs(at - std::round(at)) < 1e-4)
          continue;
        const auto& column = columns[static_cast<std::size_t>(at)];
        ASSERT_FALSE(column.isEmpty());
        ASSERT_LE(column.min, value);
        ASSERT_GE(column.max, value);
      }
    }
  }
}

TEST(Envelope, ShowsNothingFurtherAwayThanOneFinestBin) {
  Envelope envelope(milliseconds(10), seconds(1'000));
  for (int i = 0; i < 1'000; ++i) envelope.add(Time{0} + milliseconds(10 * i), 0);
  envelope.add(Time{0} + milliseconds(5'000), 9);

  const auto columns = envelope.columns({{0}, Time{0} + seconds(10)}, 100);

  for (std::size_t c = 0; c < 100; ++c) {
    EXPECT_EQ(columns[c].max, c == 50 ? 9 : 0) << c;
  }
}

TEST(Envelope, BlocksGiveTheSameAsTheirSamples) {
  const auto mic = support::shared(support::sourceInfo("m", sensors::SourceKind::Audio, 8000));
  std::mt19937 random(4);
  std::vector<float> values;
  for (int i = 0; i < 4'000; ++i) values.push_back(static_cast<float>(random() % 100));
  values[7] = std::numeric_limits<float>::quiet_NaN();
  const auto block = support::block(mic, {123'456'789}, values);
  Envelope whole(milliseconds(1), seconds(10));
  Envelope single(milliseconds(1), seconds(10));

  whole.add(*block, 0);
  for (std::size_t row = 0; row < values.size(); ++row) {
    single.add(block->timeOf(row), values[row]);
  }

  const TimeSpan span{{0}, Time{0} + seconds(1)};
  const auto a = whole.columns(span, 77);
  const auto b = single.columns(span, 77);
  for (std::size_t c = 0; c < 77; ++c) {
    EXPECT_EQ(a[c].isEmpty(), b[c].isEmpty());
    EXPECT_EQ(a[c].min, b[c].min);
    EXPECT_EQ(a[c].max, b[c].max);
  }
}

TEST(Envelope, ForgetsWhatIsOlderThanItKeeps) {
  Envelope envelope(milliseconds(100), seconds(10));
  for (int i = 0; i < 1'000; ++i) envelope.add(Time{0} + milliseconds(100 * i), 1);

  EXPECT_TRUE(envelope.columns({{0}, Time{0} + seconds(80)}, 1)[0].isEmpty());
  EXPECT_FALSE(envelope.columns({Time{0} + seconds(91), Time{0} + seconds(92)}, 1)[0].isEmpty());
  EXPECT_GE(envelope.covered().begin, Time{0} + seconds(89));
  EXPECT_EQ(envelope.covered().end, Time{0} + seconds(100));
}

TEST(Envelope, AJumpFarAheadStartsOver) {
  Envelope envelope(milliseconds(1), seconds(10));
  envelope.add(Time{0}, 1);

  envelope.add(Time{0} + seconds(1'000'000), 2);

  EXPECT_EQ(envelope.covered().length(), milliseconds(1));
}

TEST(Envelope, HeldColumnsRepeatTheValueUpToTheLimit) {
  Envelope envelope(milliseconds(10), seconds(1'000));
  envelope.add(Time{0} + milliseconds(500), 3);
  envelope.add(Time{0} + milliseconds(2'500), 7);

  const auto columns = envelope.heldColumns({{0}, Time{0} + seconds(10)}, 10, seconds(4));

  EXPECT_TRUE(columns[0].max == 3);
  EXPECT_EQ(columns[1].min, 3);
  EXPECT_EQ(columns[1].max, 3);
  EXPECT_EQ(columns[3].max, 7);
  EXPECT_EQ(columns[6].max, 7);
  EXPECT_TRUE(columns[7].isEmpty());
}

TEST(Envelope, AValueFromBeforeTheViewHoldsIntoIt) {
  Envelope envelope(milliseconds(10), seconds(1'000));
  envelope.add(Time{0} + seconds(1), 5);

  const auto columns =
      envelope.heldColumns({Time{0} + seconds(20), Time{0} + seconds(21)}, 4, seconds(60));

  EXPECT_EQ(columns[0].min, 5);
  EXPECT_EQ(columns[3].max, 5);
}

}  // namespace
