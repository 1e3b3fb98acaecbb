#include "sensors/sample_ring.h"

#include <gtest/gtest.h>
#include <thread>

namespace {

using sensors::SampleRing;

TEST(SampleRing, GivesSlotsBackInOrder) {
  SampleRing<int> ring(2);
  EXPECT_EQ(ring.front(), nullptr);

  *ring.claim() = 1;
  ring.commit();
  *ring.claim() = 2;
  ring.commit();

  EXPECT_EQ(*ring.front(), 1);
  ring.release();
  EXPECT_EQ(*ring.front(), 2);
}

TEST(SampleRing, TakesNoMoreThanItHoldsAndThenAgain) {
  SampleRing<int> ring(2);
  for (int i = 0; i < 2; ++i) {
    ASSERT_NE(ring.claim(), nullptr);
    ring.commit();
  }
  EXPECT_EQ(ring.claim(), nullptr);

  ring.release();

  EXPECT_NE(ring.claim(), nullptr);
}

TEST(SampleRing, AClaimThatIsNotCommittedIsNotSeen) {
  SampleRing<int> ring(2);
  *ring.claim() = 7;
  EXPECT_EQ(ring.front(), nullptr);
}

TEST(SampleRing, TwoThreadsLoseAndMixNothing) {
  struct Pair {
    int a = 0;
    int b = 0;
  };
  constexpr int kCount = 100'000;
  SampleRing<Pair> ring(8);
  std::jthread writer([&] {
    for (int i = 1; i <= kCount;) {
      if (Pair* slot = ring.claim()) {
        *slot = {i, -i};
        ring.commit();
        ++i;
      } else {
        std::this_thread::yield();
      }
    }
  });

  int expected = 1;
  bool isWhole = true;
  while (expected <= kCount) {
    if (const Pair* slot = ring.front()) {
      isWhole = isWhole && slot->a == expected && slot->b == -expected;
      ++expected;
      ring.release();
    } else {
      std::this_thread::yield();
    }
  }

  EXPECT_TRUE(isWhole);
}

}  // namespace
