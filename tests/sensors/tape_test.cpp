#include "sensors/tape.h"

#include <gtest/gtest.h>
#include <numeric>
#include <thread>

#include "tests/support/scripted_source.h"

namespace {

using base::Time;
using base::TimeSpan;
using sensors::BlockPtr;
using sensors::Tape;
using std::chrono::seconds;

const auto kMic = support::shared(support::sourceInfo("n/mic", sensors::SourceKind::Audio, 1000));
const auto kDoor = support::shared(support::sourceInfo("n/door", sensors::SourceKind::Slow, 0));

Time at(double second) { return Time{0} + base::fromSeconds(second); }

/// A tenth of a second that counts milliseconds since time 0.
BlockPtr tenth(int number) {
  std::vector<float> values(100);
  std::iota(values.begin(), values.end(), static_cast<float>(number * 100));
  return support::block(kMic, at(0.1 * number), std::move(values), number);
}

std::vector<float> valuesIn(const Tape& tape, const TimeSpan& span) {
  std::vector<float> values;
  for (const BlockPtr& block : tape.read("n/mic", span)) {
    const auto& part = block->samples()->values;
    values.insert(values.end(), part.begin(), part.end());
  }
  return values;
}

TEST(Tape, ReadsAcrossMemoryAndScratchFileCutToTheSpan) {
  Tape tape({.total = seconds(600), .inMemory = seconds(2)});
  for (int i = 0; i < 100; ++i) tape.append(tenth(i));

  const auto values = valuesIn(tape, {at(1.234), at(9.5)});

  ASSERT_EQ(values.size(), 9'500U - 1'234U);
  for (std::size_t i = 0; i < values.size(); ++i) {
    ASSERT_EQ(values[i], static_cast<float>(1'234 + i));
  }
}

TEST(Tape, ForgetsWhatIsOlderThanItsLength) {
  Tape tape({.total = seconds(5), .inMemory = seconds(1)});
  for (int i = 0; i < 100; ++i) tape.append(tenth(i));

  EXPECT_TRUE(tape.read("n/mic", {at(0), at(4.9)}).empty());
  EXPECT_EQ(valuesIn(tape, {at(5), at(10)}).size(), 5'000U);
  EXPECT_EQ(tape.kept("n/mic"), (TimeSpan{at(5), at(10)}));
}

TEST(Tape, ForgetsTheOldestBeyondTheScratchFilesSize) {
  Tape tape({.total = seconds(600), .inMemory = seconds(1), .scratchBytes = 8'000});
  for (int i = 0; i < 300; ++i) tape.append(tenth(i));

  const TimeSpan kept = tape.kept("n/mic");

  EXPECT_EQ(kept.end, at(30));
  EXPECT_GT(kept.begin, at(20));
  EXPECT_LT(kept.begin, at(29));
  EXPECT_EQ(valuesIn(tape, kept).size(),
            static_cast<std::size_t>(kept.length().count() / 1'000'000));
}

TEST(Tape, KeepsTheLastReadingOfASlowSource) {
  Tape tape({.total = seconds(5), .inMemory = seconds(1)});

  tape.append(support::block(kDoor, at(1), {1}));
  tape.append(support::block(kDoor, at(100), {0}));

  const auto blocks = tape.read("n/door", {at(0), at(200)});
  ASSERT_EQ(blocks.size(), 1U);
  EXPECT_EQ(blocks[0]->samples()->values[0], 0);
  EXPECT_FALSE(tape.kept("n/door").isEmpty());
}

TEST(Tape, TheNewestBlockIsAtHand) {
  Tape tape({.total = seconds(600), .inMemory = seconds(1)});
  EXPECT_EQ(tape.newest("n/mic"), nullptr);
  for (int i = 0; i < 50; ++i) tape.append(tenth(i));

  ASSERT_NE(tape.newest("n/mic"), nullptr);
  EXPECT_EQ(tape.newest("n/mic")->start, at(4.9));
  EXPECT_EQ(tape.newest("n/door"), nullptr);
}

TEST(Tape, KnowsItsSourcesAndNothingOfOthers) {
  Tape tape;
  tape.append(tenth(0));
  tape.append(support::block(kDoor, at(1), {1}));

  EXPECT_EQ(tape.sources(), (std::vector<std::string>{"n/door", "n/mic"}));
  EXPECT_TRUE(tape.read("n/cam", {at(0), at(10)}).empty());
  EXPECT_TRUE(tape.kept("n/cam").isEmpty());
}

TEST(Tape, SeveralThreadsMayWriteWhileOthersRead) {
  Tape tape({.total = seconds(600), .inMemory = seconds(1)});
  const auto sourceNumber = [](int n) {
    return support::shared(
        support::sourceInfo("s" + std::to_string(n), sensors::SourceKind::Motion, 100));
  };
  {
    std::vector<std::jthread> threads;
    for (int s = 0; s < 3; ++s) {
      threads.emplace_back([&tape, source = sourceNumber(s)] {
        for (int i = 0; i < 500; ++i) {
          tape.append(support::block(source, at(0.01 * i), {static_cast<float>(i)}));
        }
      });
    }
    threads.emplace_back([&tape] {
      for (int i = 0; i < 100; ++i) tape.read("s1", {at(0), at(10)});
    });
  }

  for (const char* id : {"s0", "s1", "s2"}) {
    const auto blocks = tape.read(id, {at(0), at(10)});
    ASSERT_EQ(blocks.size(), 500U);
    for (std::size_t i = 0; i < 500; ++i) {
      EXPECT_EQ(blocks[i]->samples()->values[0], static_cast<float>(i));
    }
  }
}

}  // namespace
