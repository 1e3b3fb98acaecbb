// Envelopes saved beside the samples: they show what the samples show, at any zoom, whenever asked.

#include <gtest/gtest.h>
#include <limits>
#include <random>
#include <sqlite3.h>

#include "app/project/envelope_tiles.h"
#include "tests/app/project/sample_blocks.h"
#include "tests/support/temp_project.h"

namespace app {

namespace {

using project_test::kStart;
using sensors::BlockPtr;
using sensors::EnvelopeColumn;
using std::chrono::milliseconds;
using support::TempProject;

sensors::SourceInfoPtr sound(double rate = 8000) {
  return std::make_shared<const sensors::SourceInfo>(
      sensors::SourceInfo{.id = "hall/mic",
                          .name = "Hall",
                          .kind = sensors::SourceKind::Audio,
                          .channels = {{.id = "left", .unit = "1"}, {.id = "right", .unit = "1"}},
                          .rate = rate});
}

/// `rows` rows of noise with a lonely peak now and then; the second channel is its negative.
BlockPtr noise(const sensors::SourceInfoPtr& source, std::uint64_t sequence, std::size_t rows,
               std::mt19937& random) {
  std::uniform_real_distribution<float> value(-1, 1);
  sensors::Block block;
  block.source = source;
  block.sequence = sequence;
  block.step = base::Duration(static_cast<std::int64_t>(1e9 / source->rate));
  block.start = kStart + block.step * static_cast<std::int64_t>(sequence * rows);
  sensors::Samples samples{.rows = rows, .channels = 2, .values = {}, .missing = {}};
  for (std::size_t row = 0; row < rows; ++row) {
    const float v = random() % 5000 == 0 ? 30 * value(random) : value(random);
    samples.values.insert(samples.values.end(), {v, -v});
  }
  block.content = std::move(samples);
  return std::make_shared<const sensors::Block>(std::move(block));
}

std::vector<BlockPtr> noises(const sensors::SourceInfoPtr& source, std::uint64_t count,
                             std::size_t rows) {
  std::mt19937 random(7);
  std::vector<BlockPtr> blocks;
  for (std::uint64_t i = 0; i < count; ++i) {
    blocks.push_back(noise(source, i, rows, random));
  }
  return blocks;
}

/// What the columns must cover: smallest and largest sample inside each.
std::vector<EnvelopeColumn> bySamples(const std::vector<BlockPtr>& blocks, std::size_t channel,
                                      const base::TimeSpan& span, std::size_t n) {
  std::vector<EnvelopeColumn> columns(n);
  for (const BlockPtr& block : blocks) {
    for (std::size_t row = 0; row < block->rows(); ++row) {
      const base::Time time = block->timeOf(row);
      if (!span.contains(time)) {
        continue;
      }
      const double share = base::toSeconds(time - span.begin) / base::toSeconds(span.length());
      auto& column = columns[std::min(n - 1, static_cast<std::size_t>(share * double(n)))];
      const float value = block->samples()->at(row, channel);
      column = column.isEmpty() ? EnvelopeColumn{value, value}
                                : EnvelopeColumn{std::min(column.min, value),
                                                 std::max(column.max, value)};
    }
  }
  return columns;
}

/// Every sample lies in its column or, by a rounded edge, in the one beside it, and no column shows
/// what neither it nor its neighbours hold.
void expectShows(const std::vector<EnvelopeColumn>& shown,
                 const std::vector<EnvelopeColumn>& wanted) {
  ASSERT_EQ(shown.size(), wanted.size());
  for (std::size_t i = 0; i < shown.size(); ++i) {
    float low = std::numeric_limits<float>::infinity();
    float high = -low;
    float shownLow = low;
    float shownHigh = high;
    for (std::size_t k = i == 0 ? 0 : i - 1; k <= std::min(i + 1, shown.size() - 1); ++k) {
      if (!wanted[k].isEmpty()) {
        low = std::min(low, wanted[k].min);
        high = std::max(high, wanted[k].max);
      }
      if (!shown[k].isEmpty()) {
        shownLow = std::min(shownLow, shown[k].min);
        shownHigh = std::max(shownHigh, shown[k].max);
      }
    }
    if (!wanted[i].isEmpty()) {
      EXPECT_LE(shownLow, wanted[i].min) << "column " << i;
      EXPECT_GE(shownHigh, wanted[i].max) << "column " << i;
    }
    // A bin may reach over the span's edge, so the outermost columns may show a little more.
    if (!shown[i].isEmpty() && i > 0 && i + 1 < shown.size()) {
      EXPECT_GE(shown[i].min, low) << "column " << i;
      EXPECT_LE(shown[i].max, high) << "column " << i;
    }
  }
}

std::int64_t countOf(const TempProject& project, const std::string& table) {
  sqlite3* handle = nullptr;
  sqlite3_open_v2(project.file().c_str(), &handle, SQLITE_OPEN_READONLY, nullptr);
  sqlite3_stmt* statement = nullptr;
  sqlite3_prepare_v2(handle, ("SELECT count(*) FROM " + table).c_str(), -1, &statement, nullptr);
  sqlite3_step(statement);
  const std::int64_t count = sqlite3_column_int64(statement, 0);
  sqlite3_finalize(statement);
  sqlite3_close(handle);
  return count;
}

TEST(EnvelopeTiles, ComeBackAsTheyWereSaved) {
  EnvelopeTile tile;
  tile[0] = {.min = -1, .max = 2, .last = 0.5F};
  tile[255] = {.min = 3, .max = 3, .last = 3};

  const auto whole = decodeTile(encodeTile(tile, KeepLast::Yes));
  const auto small = encodeTile(tile, KeepLast::No);

  ASSERT_TRUE(whole.ok());
  EXPECT_EQ(*whole, tile);
  EXPECT_EQ(small.size(), 2u + 32 + 2 * 8);
  for (std::size_t cut = 0; cut < small.size(); ++cut) {
    EXPECT_FALSE(decodeTile(std::span(small).first(cut)).ok()) << cut;
  }
}

TEST(StoreEnvelopes, ShowWhatTheSamplesShowAtEveryZoom) {
  const TempProject project;
  const auto store = project.open();
  const auto recording = store->addRecording({.span = {kStart, kStart}}).value();
  const auto blocks = noises(sound(), 1000, 160);  // 20 s
  for (const BlockPtr& block : blocks) {
    ASSERT_TRUE(store->appendChunks(recording, {block}).ok());
  }

  for (const auto length : {milliseconds(20'000), milliseconds(4'000), milliseconds(700)}) {
    for (const std::size_t n : {37u, 400u, 1920u}) {
      for (const std::size_t channel : {0u, 1u}) {
        const base::Time begin = kStart + milliseconds(20'000) - length;
        const base::TimeSpan span{begin, begin + length};
        const auto shown = store->storedColumns(recording, "hall/mic", channel, span, n);

        ASSERT_TRUE(shown.ok()) << shown.error().message;
        SCOPED_TRACE(std::to_string(length.count()) + " ms, " + std::to_string(n) + " columns");
        expectShows(*shown, bySamples(blocks, channel, span, n));
      }
    }
  }
}

TEST(StoreEnvelopes, AreTheSameWhetherMadeWhileRecordingAfterItOrAfterACrash) {
  const auto blocks = noises(sound(), 400, 160);
  const base::TimeSpan span{kStart, kStart + milliseconds(8000)};
  std::vector<std::vector<EnvelopeColumn>> answers;
  const auto ask = [&](const ProjectStore& store, std::int64_t recording) {
    const auto shown = store.storedColumns(recording, "hall/mic", 0, span, 100);
    ASSERT_TRUE(shown.ok()) << shown.error().message;
    answers.push_back(*shown);
  };
  const TempProject piecewise, atOnce;
  {
    const auto store = piecewise.open();
    const auto recording = store->addRecording({.span = {kStart, kStart}}).value();
    for (const BlockPtr& block : blocks) {
      ASSERT_TRUE(store->appendChunks(recording, {block}).ok());
    }
    ask(*store, recording);
  }
  EXPECT_GT(countOf(piecewise, "envelope_due"), 0);  // nobody ended the recording
  ask(*piecewise.open(), 1);
  EXPECT_EQ(countOf(piecewise, "envelope_due"), 0);
  {
    const auto store = atOnce.open();
    const auto recording = store->addRecording({.span = span}).value();
    ASSERT_TRUE(store->appendChunks(recording, blocks).ok());
    ask(*store, recording);
  }
  EXPECT_EQ(countOf(atOnce, "envelope_due"), 0);

  for (std::size_t i = 1; i < answers.size(); ++i) {
    for (std::size_t c = 0; c < 100; ++c) {
      EXPECT_EQ(answers[i][c].min, answers[0][c].min);
      EXPECT_EQ(answers[i][c].max, answers[0][c].max);
    }
  }
}

TEST(StoreEnvelopes, HoldTheValueOfASlowSource) {
  const TempProject project;
  const auto store = project.open();
  const auto source = std::make_shared<const sensors::SourceInfo>(
      sensors::SourceInfo{.id = "hall/door",
                          .name = "Door",
                          .kind = sensors::SourceKind::Slow,
                          .channels = {{.id = "open", .unit = "1"}},
                          .rate = 0});
  const auto recording =
      store->addRecording({.span = {kStart, kStart + std::chrono::seconds(100)}}).value();
  std::vector<BlockPtr> blocks;
  for (const int second : {25, 60}) {
    sensors::Block block;
    block.source = source;
    block.sequence = blocks.size();
    block.start = kStart + std::chrono::seconds(second);
    block.offsets = {base::Duration{0}};
    block.content = sensors::Samples{
        .rows = 1, .channels = 1, .values = {second == 25 ? 5.0F : 7.0F}, .missing = {}};
    blocks.push_back(std::make_shared<const sensors::Block>(std::move(block)));
  }
  ASSERT_TRUE(store->appendChunks(recording, blocks).ok());

  const auto whole = store->storedColumns(recording, "hall/door", 0,
                                          {kStart, kStart + std::chrono::seconds(100)}, 10);
  const auto later =
      store->storedColumns(recording, "hall/door", 0,
                           {kStart + std::chrono::seconds(30), kStart + std::chrono::seconds(50)},
                           2);

  ASSERT_TRUE(whole.ok() && later.ok());
  EXPECT_TRUE(whole->at(0).isEmpty());
  EXPECT_EQ(whole->at(4).min, 5);
  EXPECT_EQ(whole->at(9).max, 7);
  EXPECT_EQ(later->at(0).min, 5);
  EXPECT_EQ(later->at(1).max, 5);
}

TEST(StoreEnvelopes, AreEmptyWhereNothingIsKnown) {
  const TempProject project;
  const auto store = project.open();
  const base::TimeSpan span{kStart, kStart + milliseconds(100)};

  EXPECT_TRUE(store->storedColumns(1, "hall/mic", 0, span, 5)->at(4).isEmpty());
  EXPECT_EQ(store->storedColumns(1, "hall/mic", 0, {kStart, kStart}, 5)->size(), 5u);
  EXPECT_FALSE(store->storedColumns(1, "hall/mic", 0, span, 1 << 20).ok());
}

}  // namespace

}  // namespace app
