#include "sensors/windower.h"

#include <cmath>
#include <gtest/gtest.h>
#include <limits>
#include <random>

#include "tests/support/scripted_source.h"

namespace {

using base::Time;
using base::TimeSpan;
using sensors::BlockPtr;
using sensors::SourceKind;
using sensors::Window;
using sensors::Windower;
using sensors::WindowSpec;
using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::seconds;

const WindowSpec kSpec{seconds(1), milliseconds(500)};
const auto kImu = support::shared(support::sourceInfo("n/imu", SourceKind::Motion, 100));
const auto kDoor = support::shared(support::sourceInfo("n/door", SourceKind::Slow, 0));

Time at(double second) { return Time{0} + base::fromSeconds(second); }

/// Value of a row is its number since time 0, so that a window tells which rows it holds.
std::vector<BlockPtr> counting(double from, std::size_t rows, std::size_t rowsPerBlock) {
  const double first = std::round(from * 100);
  return support::blocksOf(kImu, at(from), rows, rowsPerBlock, [first](double t) {
    return static_cast<float>(first + std::round(t * 100));
  });
}

std::vector<Window> pushAll(Windower& windower, const std::vector<BlockPtr>& blocks) {
  std::vector<Window> windows;
  for (const BlockPtr& block : blocks) {
    for (Window& window : windower.push(block)) windows.push_back(std::move(window));
  }
  return windows;
}

void append(std::vector<Window>& to, std::vector<Window> more) {
  for (Window& window : more) to.push_back(std::move(window));
}

void expectSame(const std::vector<Window>& a, const std::vector<Window>& b) {
  ASSERT_EQ(a.size(), b.size());
  for (std::size_t i = 0; i < a.size(); ++i) {
    EXPECT_EQ(a[i].span, b[i].span);
    EXPECT_EQ(a[i].samples.values, b[i].samples.values);
    EXPECT_EQ(a[i].samples.missing, b[i].samples.missing);
    EXPECT_EQ(a[i].coverage, b[i].coverage);
  }
}

TEST(Windower, WindowsBeginOnMultiplesOfTheHopAndHoldExactlyTheirRows) {
  Windower windower(kImu, kSpec);

  const auto windows = pushAll(windower, counting(10.2, 300, 7));

  // The first window with 70 % of its rows begins at 10.0; the last whole one ends at 13.0.
  ASSERT_EQ(windows.size(), 5U);
  for (std::size_t i = 0; i < windows.size(); ++i) {
    const double begin = 10.0 + 0.5 * static_cast<double>(i);
    EXPECT_EQ(windows[i].span, (TimeSpan{at(begin), at(begin + 1)}));
    ASSERT_EQ(windows[i].samples.rows, 100U);
    for (std::size_t row = i == 0 ? 20 : 0; row < 100; ++row) {
      EXPECT_EQ(windows[i].samples.at(row, 0),
                static_cast<float>(begin * 100 + static_cast<double>(row)));
    }
  }
  EXPECT_DOUBLE_EQ(windows[0].coverage, 0.8);
  EXPECT_TRUE(windows[0].samples.isMissing(19, 0));
  EXPECT_FALSE(windows[0].samples.isMissing(20, 0));
  EXPECT_TRUE(windows[1].samples.missing.empty());
}

TEST(Windower, GivesAWindowWithItsLastRowAndNotLater) {
  Windower windower(kImu, kSpec);
  const auto blocks = counting(5.0, 100, 1);

  const auto before = pushAll(windower, {blocks.begin(), blocks.end() - 1});
  const auto with = windower.push(blocks.back());

  EXPECT_TRUE(before.empty());
  ASSERT_EQ(with.size(), 1U);
  EXPECT_EQ(with[0].span.begin, at(5));
}

TEST(Windower, WindowsDoNotDependOnHowSamplesWereCutIntoBlocks) {
  std::mt19937 random(3);
  for (int round = 0; round < 60; ++round) {
    // Rates that do and do not divide a second, phases anywhere, jitter below half a period, and
    // rows lost here and there.
    const double rates[] = {100, 50, 99.3, 33.3, 104};
    const double rate = rates[round % 5];
    const auto source = support::shared(support::sourceInfo("n/x", SourceKind::Motion, rate));
    const bool hasJitter = round % 2 == 1;
    std::uniform_real_distribution<double> phase(0, 1);
    const double start = 100 + phase(random);
    std::vector<std::pair<Time, float>> rows;
    for (int i = 0; i < 400; ++i) {
      const double shift = hasJitter ? 0.8 * (phase(random) - 0.5) : 0;
      if (random() % 20 != 0) {
        rows.emplace_back(at(start + (i + shift) / rate), static_cast<float>(i));
      }
    }
    const auto cut = [&](std::size_t most) {
      std::vector<BlockPtr> blocks;
      for (std::size_t first = 0; first < rows.size();) {
        const std::size_t n = std::min(rows.size() - first, most <= 1 ? 1 : 1 + random() % most);
        auto block = std::make_shared<sensors::Block>();
        block->source = source;
        block->start = rows[first].first;
        sensors::Samples samples{.rows = n, .channels = 1, .values = {}, .missing = {}};
        for (std::size_t i = first; i < first + n; ++i) {
          block->offsets.push_back(rows[i].first - rows[first].first);
          samples.values.push_back(rows[i].second);
        }
        block->content = std::move(samples);
        blocks.push_back(block);
        first += n;
      }
      return blocks;
    };
    const auto windowsOf = [&](std::size_t most) {
      Windower windower(source, kSpec);
      auto windows = pushAll(windower, cut(most));
      append(windows, windower.finish(at(200)));
      return windows;
    };

    const auto whole = windowsOf(1'000);

    EXPECT_GE(whole.size(), 4U);
    expectSame(windowsOf(1), whole);
    expectSame(windowsOf(13), whole);
  }
}

TEST(Windower, EveryRowOfAnEvenSourceIsInEveryWindowOverIt) {
  std::mt19937 random(5);
  for (int round = 0; round < 40; ++round) {
    const double start = 7 + 0.00025 * static_cast<double>(random() % 4'000);
    const std::size_t perBlock = 1 + random() % 60;
    Windower windower(kImu, kSpec);
    const auto blocks = support::blocksOf(kImu, at(start), 400, perBlock, [](double t) {
      return static_cast<float>(1 + std::round(t * 100));
    });

    auto windows = pushAll(windower, blocks);
    append(windows, windower.finish(at(20)));

    for (const Window& window : windows) {
      for (std::size_t i = 0; i < 100; ++i) {
        // Row n was measured at start + n / 100; the nearest grid point is less than half a period
        // away, so that slot i can only hold this row.
        const double row =
            (base::toSeconds(window.span.begin - at(start)) + 0.01 * static_cast<double>(i)) * 100;
        const double nearest = std::floor(row + 0.5);
        if (std::abs(row - nearest) > 0.49) continue;  // as near to its neighbour
        const bool isThere = nearest >= 0 && nearest < 400;
        EXPECT_EQ(window.samples.isMissing(i, 0), !isThere);
        if (isThere) {
          EXPECT_EQ(window.samples.at(i, 0), static_cast<float>(1 + nearest));
        }
      }
    }
  }
}

TEST(Windower, APhaseOfHalfAPeriodWithJitterLeavesNoGaps) {
  std::mt19937 random(9);
  Windower windower(kImu, kSpec);
  std::vector<BlockPtr> blocks;
  for (int i = 0; i < 300; ++i) {
    const double jitter = (static_cast<double>(random() % 200) - 100) * 1e-5;  // up to 1 ms
    blocks.push_back(support::block(kImu, at(3.005 + 0.01 * i + jitter), {static_cast<float>(i)}));
  }

  const auto windows = pushAll(windower, blocks);

  ASSERT_GE(windows.size(), 4U);
  for (std::size_t w = 1; w < windows.size(); ++w) {
    EXPECT_GE(windows[w].coverage, 0.99);
  }
}

TEST(Windower, GapsAreMaskedAndNeverFilled) {
  Windower windower(kImu, kSpec);
  auto blocks = counting(5.0, 200, 10);
  blocks.erase(blocks.begin() + 3);  // 5.30 to 5.39

  const auto windows = pushAll(windower, blocks);

  ASSERT_FALSE(windows.empty());
  EXPECT_DOUBLE_EQ(windows[0].coverage, 0.9);
  for (std::size_t row = 0; row < 100; ++row) {
    EXPECT_EQ(windows[0].samples.isMissing(row, 0), row >= 30 && row < 40);
    if (row >= 30 && row < 40) {
      EXPECT_EQ(windows[0].samples.at(row, 0), 0);
    }
  }
}

TEST(Windower, ANonFiniteValueIsMasked) {
  Windower windower(kImu, kSpec);
  std::vector<float> values(100, 1.0f);
  values[17] = std::numeric_limits<float>::infinity();

  const auto windows = windower.push(support::block(kImu, at(5), values));

  ASSERT_EQ(windows.size(), 1U);
  EXPECT_TRUE(windows[0].samples.isMissing(17, 0));
  EXPECT_FALSE(windows[0].samples.isMissing(18, 0));
}

TEST(Windower, BelowTheLeastCoverageNothingIsGiven) {
  Windower windower(kImu, kSpec);

  auto windows = pushAll(windower, counting(5.0, 60, 10));
  append(windows, windower.finish(at(10)));

  EXPECT_TRUE(windows.empty());
}

TEST(Windower, ASilentEvenSourceGetsItsLastWindowAfterTheLateness) {
  Windower windower(kImu, kSpec);
  pushAll(windower, counting(5.0, 80, 10));

  const auto early = windower.advance(at(6.0) + Windower::kLateness - base::Duration(1));
  const auto due = windower.advance(at(6.0) + Windower::kLateness);

  EXPECT_TRUE(early.empty());
  ASSERT_EQ(due.size(), 1U);
  EXPECT_DOUBLE_EQ(due[0].coverage, 0.8);
}

TEST(Windower, RowsOlderThanTheWindowsGivenOutAreDroppedAndCounted) {
  Windower windower(kImu, kSpec);
  pushAll(windower, counting(5.0, 200, 10));

  windower.push(counting(5.0, 10, 10)[0]);

  EXPECT_EQ(windower.lateRows(), 10U);
}

TEST(Windower, ALongPauseCostsNothingAndStartsOver) {
  Windower windower(kImu, {seconds(1), milliseconds(1)});
  pushAll(windower, counting(5.0, 100, 100));

  const auto windows =
      pushAll(windower, support::blocksOf(kImu, at(5e6), 100, 100, [](double) { return 1.0f; }));

  ASSERT_FALSE(windows.empty());
  EXPECT_GE(windows.back().span.end, at(5e6 + 1));
}

TEST(Windower, SoundRowsKeepTheirOrderAtRatesThatDivideASecondBadly) {
  const auto mic = support::shared(support::sourceInfo("n/mic", SourceKind::Audio, 44100));
  Windower windower(mic, kSpec);
  std::size_t row = 0;
  std::vector<Window> windows;
  for (int block = 0; block < 100; ++block) {
    std::vector<float> values;
    const Time start = at(1.0000031 + static_cast<double>(row) / 44100);
    for (int i = 0; i < 882; ++i) values.push_back(static_cast<float>(row++));
    append(windows, windower.push(support::block(mic, start, values)));
  }

  ASSERT_EQ(windows.size(), 3U);
  for (const Window& window : windows) {
    ASSERT_EQ(window.samples.rows, 44100U);
    for (std::size_t i = 1; i < window.samples.rows; ++i) {
      if (window.samples.isMissing(i - 1, 0) || window.samples.isMissing(i, 0)) continue;
      ASSERT_EQ(window.samples.at(i, 0), window.samples.at(i - 1, 0) + 1);
    }
  }
}

TEST(Windower, AHeldValueFillsWindowsUntilTheNext) {
  Windower windower(kDoor, kSpec);
  windower.push(support::block(kDoor, at(10.2), {1}));

  const auto windows = windower.advance(at(12));

  // Windows [9.5, 10.5), [10, 11), [10.5, 11.5), [11, 12).
  ASSERT_EQ(windows.size(), 4U);
  EXPECT_NEAR(windows[0].coverage, 0.3, 1e-9);
  EXPECT_NEAR(windows[1].coverage, 0.8, 1e-9);
  EXPECT_EQ(windows[3].samples.values, (std::vector<float>{1}));
  EXPECT_EQ(windows[3].offsets, (std::vector<base::Duration>{base::Duration(0)}));
  EXPECT_EQ(windows[3].coverage, 1);
}

TEST(Windower, SlowWindowsCountChangesAndTheTimeSinceTheLast) {
  Windower windower(kDoor, kSpec);
  windower.push(support::block(kDoor, at(10.1), {0}));
  windower.push(support::block(kDoor, at(20.2), {1}));
  windower.push(support::block(kDoor, at(20.3), {1}));
  windower.push(support::block(kDoor, at(20.6), {0}));

  const auto windows = windower.finish(at(22));

  const auto find = [&](double begin) {
    return *std::find_if(windows.begin(), windows.end(),
                         [&](const Window& w) { return w.span.begin == at(begin); });
  };
  const Window change = find(20);
  EXPECT_EQ(change.samples.values, (std::vector<float>{0, 1, 1, 0}));
  EXPECT_EQ(change.changes, 2U);
  EXPECT_EQ(change.sinceChange, milliseconds(400));
  EXPECT_EQ(find(21).changes, 0U);
  EXPECT_EQ(find(21).sinceChange, milliseconds(1'400));
}

TEST(Windower, BeforeTheFirstChangeTheTimeSinceItIsTheLongest) {
  Windower windower(kDoor, kSpec);
  windower.push(support::block(kDoor, at(10), {1}));

  const auto windows = windower.finish(at(12));

  ASSERT_FALSE(windows.empty());
  EXPECT_EQ(windows.back().sinceChange, hours(1));
}

TEST(Windower, AValueIsHeldNoLongerThanTheLimit) {
  Windower windower(kDoor, kSpec, seconds(3));
  windower.push(support::block(kDoor, at(10), {1}));

  const auto windows = windower.finish(at(100));

  ASSERT_FALSE(windows.empty());
  EXPECT_EQ(windows.back().span.begin, at(13));
}

TEST(Windower, ChannelsOfASlowSourceHoldEachForItself) {
  const auto air = support::shared(support::sourceInfo("n/air", SourceKind::Slow, 0, 2));
  Windower windower(air, kSpec);
  windower.push(support::block(air, at(10), {20, 0}, 0, {0, 1}));
  windower.push(support::block(air, at(11), {0, 50}, 1, {1, 0}));

  const auto windows = windower.finish(at(13));

  EXPECT_EQ(windows.back().samples.values, (std::vector<float>{20, 50}));
  EXPECT_TRUE(windows.back().samples.missing.empty());
}

TEST(Windower, ALateSlowReadingMissesItsWindowsButHoldsFromThenOn) {
  Windower windower(kDoor, kSpec);
  windower.push(support::block(kDoor, at(10), {0}));
  windower.advance(at(20));

  windower.push(support::block(kDoor, at(12), {1}));
  const auto windows = windower.advance(at(21));

  EXPECT_EQ(windower.lateRows(), 1U);
  ASSERT_FALSE(windows.empty());
  EXPECT_EQ(windows.back().samples.values, (std::vector<float>{1}));
}

TEST(Windower, EachImportedRowIsAWindow) {
  const auto table = support::shared(support::sourceInfo("t", SourceKind::Features, 1, 2));
  Windower windower(table, {seconds(1), seconds(1)});

  const auto windows = windower.push(support::block(table, at(5), {1, 2, 3, 4, 5, 6}));

  ASSERT_EQ(windows.size(), 3U);
  EXPECT_EQ(windows[1].span, (TimeSpan{at(6), at(7)}));
  EXPECT_EQ(windows[1].samples.values, (std::vector<float>{3, 4}));
}

/// A picture taken at `t`.
sensors::BlockPtr pictureAt(Time t) {
  auto block = std::make_shared<sensors::Block>();
  block->start = t;
  block->content = sensors::Image{};
  return block;
}

TEST(Windower, PicturesOfAWindowComeWithTheOneBefore) {
  const auto info = support::shared(support::sourceInfo("cam", SourceKind::Picture, 2));
  Windower windower(info, {seconds(1), seconds(1)});
  std::vector<Window> windows;
  for (const int tenth : {1, 6, 11, 16, 21}) {
    const auto more = windower.push(pictureAt(Time{tenth * 100'000'000LL}));
    windows.insert(windows.end(), more.begin(), more.end());
  }

  ASSERT_EQ(windows.size(), 2U);
  EXPECT_EQ(windows[1].span, (TimeSpan{at(1), at(2)}));
  ASSERT_EQ(windows[1].pictures.size(), 2U);
  EXPECT_EQ(windows[1].pictures.front()->start.ns, 1'100'000'000);
  ASSERT_TRUE(windows[1].former);
  EXPECT_EQ(windows[1].former->start.ns, 600'000'000);
  EXPECT_FALSE(windows[0].former);
  EXPECT_EQ(windows[0].coverage, 1);
}

TEST(Windower, APictureHoldsForOneAndAHalfPeriodsAndIsNoNeighbourAfterAPause) {
  const auto info = support::shared(support::sourceInfo("cam", SourceKind::Picture, 0.5));
  Windower windower(info, {seconds(1), seconds(1)});
  std::vector<Window> windows = windower.push(pictureAt(at(0)));
  for (const Time t : {at(2), at(60)}) {
    const auto more = windower.push(pictureAt(t));
    windows.insert(windows.end(), more.begin(), more.end());
  }
  const auto rest = windower.finish(at(61));
  windows.insert(windows.end(), rest.begin(), rest.end());

  std::vector<std::int64_t> begins;
  for (const Window& window : windows) begins.push_back(window.span.begin.ns / 1'000'000'000);
  EXPECT_EQ(begins, (std::vector<std::int64_t>{0, 1, 2, 3, 4, 5, 60}));
  EXPECT_EQ(windows[3].pictures.front()->start, at(2));
  EXPECT_TRUE(windows[2].former);
  EXPECT_FALSE(windows.back().former);
}

TEST(Windower, PicturesThatComeLateAreCountedAndTheClockEndsAWindow) {
  const auto info = support::shared(support::sourceInfo("cam", SourceKind::Picture, 2));
  Windower windower(info, {seconds(1), seconds(1)});
  windower.push(pictureAt(at(10)));

  EXPECT_TRUE(windower.advance(at(11)).empty());
  EXPECT_EQ(windower.advance(at(11) + Windower::kLateness).size(), 1U);
  windower.push(pictureAt(at(9)));
  EXPECT_EQ(windower.lateRows(), 1U);
}

/// As counting(), without numbers for a tenth of a second in each half of one.
std::vector<BlockPtr> gappy(double from, std::size_t rows, std::size_t rowsPerBlock) {
  std::vector<BlockPtr> blocks;
  for (const BlockPtr& block : counting(from, rows, rowsPerBlock)) {
    auto changed = std::make_shared<sensors::Block>(*block);
    auto& samples = std::get<sensors::Samples>(changed->content);
    samples.missing.assign(samples.values.size(), 0);
    for (std::size_t row = 0; row < samples.rows; ++row) {
      const auto number = std::llround(base::toSeconds(changed->timeOf(row) - Time{0}) * 100);
      if (number % 50 < 10) {
        samples.missing[row * samples.channels] = 1;
        samples.values[row * samples.channels] = 0;
      }
    }
    blocks.push_back(changed);
  }
  return blocks;
}

std::vector<Window> filled(sensors::Fill fill, std::size_t rowsPerBlock) {
  Windower windower(kImu, kSpec, Windower::kHoldLimit, {{kImu->channels[0].id, fill}});
  return pushAll(windower, gappy(10, 500, rowsPerBlock));
}

TEST(Windower, FillsGapsOfAChannelAsItWasChosen) {
  const auto held = filled(sensors::Fill::Hold, 7);
  const auto lines = filled(sensors::Fill::Interpolate, 7);
  ASSERT_EQ(held.size(), 9U);
  ASSERT_EQ(lines.size(), 9U);
  for (std::size_t i = 1; i < held.size(); ++i) {
    // A window begins in a gap: what was before it goes on; the gap in its middle is bridged.
    const float first = 1000 + 50 * static_cast<float>(i);
    EXPECT_EQ(held[i].samples.at(0, 0), first - 1);
    EXPECT_EQ(held[i].samples.at(9, 0), first - 1);
    EXPECT_EQ(held[i].samples.at(55, 0), first + 49);
    EXPECT_NEAR(lines[i].samples.at(55, 0), first + 55, 1e-3);
    EXPECT_TRUE(lines[i].samples.missing.empty());
  }
  EXPECT_TRUE(held[0].samples.isMissing(0, 0)) << "nothing was known before";
  EXPECT_NEAR(held[1].coverage, kImu->channels.size() > 1 ? 1 : 0.8, 1e-9) << "measured alone";
}

TEST(Windower, FilledWindowsDoNotDependOnHowSamplesWereCut) {
  expectSame(filled(sensors::Fill::Hold, 7), filled(sensors::Fill::Hold, 31));
  expectSame(filled(sensors::Fill::Interpolate, 1), filled(sensors::Fill::Interpolate, 50));
}

TEST(Windower, ASlowChannelThatIsNotHeldIsMissingWhereNothingCame) {
  const std::vector<BlockPtr> door = {support::block(kDoor, at(10.2), {1.0F}, 0)};
  Windower windower(kDoor, kSpec, Windower::kHoldLimit,
                    {{kDoor->channels[0].id, sensors::Fill::Missing}});

  auto windows = pushAll(windower, door);
  append(windows, windower.finish(at(14)));

  // Windows that hold the change itself, and none after it.
  for (const Window& window : windows) EXPECT_LE(window.span.begin, at(10.2));
  EXPECT_FALSE(windows.empty());
}

}  // namespace
