#include "sensors/stream.h"

#include <gtest/gtest.h>
#include <thread>

#include "sensors/block.h"

namespace {

using sensors::Block;
using sensors::Stream;

std::shared_ptr<const Block> blockNumber(std::uint64_t n) {
  auto block = std::make_shared<Block>();
  block->sequence = n;
  return block;
}

TEST(Stream, EveryReaderGetsTheVerySameItem) {
  Stream<Block> stream;
  const auto one = stream.subscribe(2);
  const auto two = stream.subscribe(2);
  const auto block = blockNumber(7);

  stream.publish(block);

  EXPECT_EQ(one->poll().value(), block);
  EXPECT_EQ(two->poll().value(), block);
}

TEST(Stream, SlowReaderLosesItsOldestBlocksAndCountsThem) {
  Stream<Block> stream;
  const auto slow = stream.subscribe(2);

  for (std::uint64_t i = 0; i < 5; ++i) {
    stream.publish(blockNumber(i));
  }

  EXPECT_EQ(slow->dropped(), 3U);
  EXPECT_EQ(slow->next({}).value()->sequence, 3U);
}

TEST(Stream, AReaderSeesNothingFromBeforeItCame) {
  Stream<Block> stream;
  stream.publish(blockNumber(1));

  const auto late = stream.subscribe(2);

  EXPECT_FALSE(late->poll().has_value());
}

TEST(Stream, AWaitEndsWhenAskedToStop) {
  Stream<Block> stream;
  const auto reader = stream.subscribe(2);
  bool gotNothing = false;
  {
    std::jthread waiting(
        [&](std::stop_token stop) { gotNothing = !reader->next(stop).has_value(); });
  }

  EXPECT_TRUE(gotNothing);
}

TEST(Stream, PatienceEndsWithoutAnItem) {
  Stream<Block> stream;
  const auto reader = stream.subscribe(2);

  EXPECT_FALSE(reader->nextWithin({}, std::chrono::milliseconds(1)).has_value());
}

TEST(Stream, ReadersOfSeveralThreadsMissNothingThatTheyDidNotCount) {
  constexpr std::uint64_t kItems = 20'000;
  constexpr std::size_t kReaders = 4;
  Stream<Block> stream;
  std::vector<std::uint64_t> read(kReaders, 0);
  std::vector<std::shared_ptr<sensors::Reader<Block>>> readers;
  for (std::size_t r = 0; r < kReaders; ++r) {
    readers.push_back(stream.subscribe(r == 0 ? 8 : 256));
  }

  std::vector<std::uint8_t> rising(kReaders, 1);
  {
    std::vector<std::jthread> threads;
    for (std::size_t r = 0; r < kReaders; ++r) {
      threads.emplace_back([&, r](std::stop_token stop) {
        std::uint64_t last = 0;
        while (last + 1 < kItems) {
          const auto item = readers[r]->next(stop);
          if (!item) return;
          if (read[r] > 0 && (*item)->sequence <= last) rising[r] = 0;
          last = (*item)->sequence;
          ++read[r];
        }
      });
    }
    for (std::uint64_t i = 0; i < kItems; ++i) {
      stream.publish(blockNumber(i));
    }
    // The last item is never dropped, so every thread ends by itself.
    for (std::jthread& thread : threads) thread.join();
  }

  for (std::size_t r = 0; r < kReaders; ++r) {
    EXPECT_EQ(read[r] + readers[r]->dropped(), kItems);
    EXPECT_EQ(rising[r], 1);
  }
}

}  // namespace
