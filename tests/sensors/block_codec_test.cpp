#include "sensors/block_codec.h"

#include <cmath>
#include <gtest/gtest.h>
#include <limits>
#include <random>

#include "tests/support/scripted_source.h"

namespace {

using sensors::Block;
using sensors::BlockPtr;
using sensors::SourceKind;
using std::chrono::milliseconds;

const auto kImu = support::shared(support::sourceInfo("n/imu", SourceKind::Motion, 100, 3));
const auto kMic = support::shared(support::sourceInfo("n/mic", SourceKind::Audio, 16000));

void expectSame(const Block& a, const Block& b) {
  EXPECT_EQ(a.source, b.source);
  EXPECT_EQ(a.sequence, b.sequence);
  EXPECT_EQ(a.start, b.start);
  EXPECT_EQ(a.step, b.step);
  EXPECT_EQ(a.offsets, b.offsets);
  EXPECT_EQ(a.lostBefore, b.lostBefore);
  ASSERT_EQ(a.content.index(), b.content.index());
  if (!a.samples()) {
    EXPECT_EQ(a.image()->width, b.image()->width);
    EXPECT_EQ(a.image()->jpeg, b.image()->jpeg);
    ASSERT_EQ(!a.image()->background, !b.image()->background);
    if (a.image()->background) {
      EXPECT_EQ(*a.image()->background, *b.image()->background);
    }
    return;
  }
  EXPECT_EQ(a.samples()->rows, b.samples()->rows);
  EXPECT_EQ(a.samples()->missing, b.samples()->missing);
  ASSERT_EQ(a.samples()->values.size(), b.samples()->values.size());
  for (std::size_t i = 0; i < a.samples()->values.size(); ++i) {
    const float x = a.samples()->values[i];
    const float y = b.samples()->values[i];
    EXPECT_TRUE((std::isnan(x) && std::isnan(y)) || (x == y && std::signbit(x) == std::signbit(y)));
  }
}

TEST(BlockCodec, WhatWasEncodedDecodesToTheSame) {
  const float nan = std::numeric_limits<float>::quiet_NaN();
  const std::vector<std::vector<float>> contents{{0, 1, 255},           {-32768, 32767, 12},
                                                 {0.5f, -0.25f, 0},     {-0.0f, 1, 2},
                                                 {1e-30f, 3.3f, -1e9f}, {nan, 1, 2}};
  for (const auto& values : contents) {
    auto block = std::make_shared<Block>(*support::block(kImu, {123'456}, values, 42, {0, 1, 0}));
    block->lostBefore = 3;

    const auto decoded = sensors::decodeBlock(sensors::encodeBlock(*block), kImu);

    ASSERT_TRUE(decoded) << decoded.error().message;
    expectSame(*block, **decoded);
  }
}

TEST(BlockCodec, TakesTheSmallestFormThatKeepsTheNumbers) {
  const auto sizeOf = [](float v) {
    return sensors::encodeBlock(*support::block(kMic, {0}, std::vector<float>(1000, v))).size();
  };

  EXPECT_LT(sizeOf(200), 1'100U);
  EXPECT_LT(sizeOf(-200), 2'100U);
  EXPECT_LT(sizeOf(77.0f / 32768), 2'100U);
  EXPECT_GE(sizeOf(0.1f), 4'000U);
}

TEST(BlockCodec, KeepsScatteredRowsAndPictures) {
  Block scattered;
  scattered.source = kMic;
  scattered.offsets = {milliseconds(0), milliseconds(3), milliseconds(3)};
  scattered.content =
      sensors::Samples{.rows = 3, .channels = 1, .values = {1, 2, 3}, .missing = {}};
  Block picture;
  picture.source = kMic;
  picture.content = sensors::Image{.width = 640, .height = 480, .jpeg = {1, 2, 3, 4}};

  expectSame(scattered, **sensors::decodeBlock(sensors::encodeBlock(scattered), kMic));
  expectSame(picture, **sensors::decodeBlock(sensors::encodeBlock(picture), kMic));
  std::get<sensors::Image>(picture.content).background =
      std::make_shared<const base::Bytes>(base::Bytes{7, 8});
  expectSame(picture, **sensors::decodeBlock(sensors::encodeBlock(picture), kMic));
}

TEST(BlockCodec, RefusesEveryShortenedOrLengthenedBlock) {
  Block block = *support::block(kImu, {5}, {1, 2, 3, 4, 5, 6}, 9, {0, 0, 0, 1, 0, 0});
  block.step = milliseconds(0);
  block.offsets = {milliseconds(0), milliseconds(1)};
  const base::Bytes bytes = sensors::encodeBlock(block);

  for (std::size_t n = 0; n < bytes.size(); ++n) {
    EXPECT_FALSE(sensors::decodeBlock(std::span(bytes).first(n), kImu)) << n;
  }
  base::Bytes longer = bytes;
  longer.push_back(0);
  EXPECT_EQ(sensors::decodeBlock(longer, kImu).error().code, base::ErrorCode::Corrupt);
}

TEST(BlockCodec, RefusesANewerVersionAsSuch) {
  base::Bytes bytes = sensors::encodeBlock(*support::block(kMic, {5}, {1}));
  bytes[0] = 2;

  EXPECT_EQ(sensors::decodeBlock(bytes, kMic).error().code, base::ErrorCode::Unsupported);
}

TEST(BlockCodec, RefusesABlockOfAnotherSource) {
  const base::Bytes bytes = sensors::encodeBlock(*support::block(kMic, {5}, {1}));

  EXPECT_FALSE(sensors::decodeBlock(bytes, kImu));
}

TEST(BlockCodec, SurvivesAnyChangedBytes) {
  const base::Bytes bytes =
      sensors::encodeBlock(*support::block(kImu, {5}, {1, 2, 3, 4, 5, 6.5f}, 9));
  std::mt19937 random(1);

  for (int round = 0; round < 5'000; ++round) {
    base::Bytes broken = bytes;
    for (int change = 0; change < 3; ++change) {
      broken[random() % broken.size()] = static_cast<std::uint8_t>(random());
    }
    const auto decoded = sensors::decodeBlock(broken, kImu);
    if (decoded && (*decoded)->samples()) {
      const auto& samples = *(*decoded)->samples();
      EXPECT_EQ(samples.values.size(), samples.rows * samples.channels);
    }
  }
}

TEST(CutBlock, KeepsTheRowsInsideWithTheirTimes) {
  const auto block = support::block(kMic, {0}, {0, 1, 2, 3, 4, 5, 6, 7});
  const base::Duration step = block->step;

  const BlockPtr part =
      sensors::cutBlock(block, {base::Time{0} + step * 2, base::Time{0} + step * 5});

  ASSERT_TRUE(part);
  EXPECT_EQ(part->samples()->values, (std::vector<float>{2, 3, 4}));
  EXPECT_EQ(part->start, block->timeOf(2));
  EXPECT_EQ(part->end(), block->timeOf(5));
}

TEST(CutBlock, GivesTheBlockItselfOrNothingWhereItCan) {
  const auto block = support::block(kMic, {1'000'000}, {0, 1, 2, 3});

  EXPECT_EQ(sensors::cutBlock(block, {{0}, {1'000'000'000}}), block);
  EXPECT_EQ(sensors::cutBlock(block, {{0}, {1'000'000}}), nullptr);
}

TEST(CutBlock, CutsScatteredRowsByTheirOwnTimes) {
  auto block = std::make_shared<Block>();
  block->source = kMic;
  block->start = {1'000};
  block->offsets = {base::Duration(0), base::Duration(10), base::Duration(500)};
  block->content = sensors::Samples{.rows = 3, .channels = 1, .values = {1, 2, 3}, .missing = {}};

  const BlockPtr part = sensors::cutBlock(block, {{1'005}, {1'501}});

  EXPECT_EQ(part->samples()->values, (std::vector<float>{2, 3}));
  EXPECT_EQ(part->timeOf(0), base::Time{1'010});
  EXPECT_EQ(part->timeOf(1), base::Time{1'500});
}

TEST(CutBlock, CenturiesBetweenABlockAndTheSpanAreNoTrouble) {
  for (const bool scattered : {false, true}) {
    auto block = std::make_shared<Block>(*support::block(kMic, {-72'057'594'037'927'936}, {1, 2}));
    if (scattered) block->offsets = {base::Duration(0), base::Duration(10)};
    constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();

    EXPECT_EQ(sensors::cutBlock(block, {{-kMost}, {kMost}})->samples()->values,
              (std::vector<float>{1, 2}));
    EXPECT_EQ(sensors::cutBlock(block, {{kMost - 1}, {kMost}}), nullptr);
  }
}

TEST(CutBlock, PartsOfASplitAreTheWhole) {
  std::mt19937 random(2);
  const auto block = support::block(kMic, {777}, {0, 1, 2, 3, 4, 5, 6, 7, 8, 9});
  for (int round = 0; round < 200; ++round) {
    const base::Time at{777 + static_cast<std::int64_t>(random() % 700'000)};

    std::vector<float> joined;
    for (const base::TimeSpan& span : {base::TimeSpan{{0}, at}, base::TimeSpan{at, {10'000'000}}}) {
      if (const BlockPtr part = sensors::cutBlock(block, span)) {
        const auto& values = part->samples()->values;
        joined.insert(joined.end(), values.begin(), values.end());
      }
    }

    EXPECT_EQ(joined, block->samples()->values);
  }
}

}  // namespace
