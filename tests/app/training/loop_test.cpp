#include "app/training/loop.h"

#include <future>
#include <gtest/gtest.h>

#include "tests/support/wait_until.h"

namespace app {
namespace {

using namespace std::chrono_literals;

TEST(Loop, RunsWhatIsPostedInOrder) {
  std::vector<int> seen;
  Loop loop;

  for (int i = 0; i < 100; ++i) loop.post([&seen, i] { seen.push_back(i); });
  loop.finish();

  ASSERT_EQ(seen.size(), 100U);
  for (int i = 0; i < 100; ++i) EXPECT_EQ(seen[static_cast<std::size_t>(i)], i);
}

TEST(Loop, RunsWhatIsDueInTheOrderOfItsTimes) {
  std::atomic<int> first = 0;
  std::atomic<int> count = 0;
  Loop loop;

  loop.postAfter(40ms, [&] { ++count; });
  loop.postAfter(5ms, [&] { first = ++count; });

  EXPECT_TRUE(support::waitUntil([&] { return count == 2; }));
  EXPECT_EQ(first, 1);
}

TEST(Loop, RepeatsUntilItEnds) {
  std::atomic<int> count = 0;
  Loop loop;

  loop.every(1ms, [&] { ++count; });

  EXPECT_TRUE(support::waitUntil([&] { return count >= 5; }));
  loop.finish();
  const int atEnd = count;
  loop.post([&] { ++count; });
  EXPECT_EQ(count, atEnd);
}

TEST(Loop, RefusesWhatComesFromOutsideWhereTooMuchWaits) {
  std::promise<void> gate;
  int ran = 0;
  Loop loop;
  loop.post([&] { gate.get_future().wait(); });

  int taken = 0;
  for (int i = 0; i < 1100; ++i) taken += loop.offer([&ran] { ++ran; }) ? 1 : 0;
  gate.set_value();
  loop.finish();

  EXPECT_GE(taken, 1023);
  EXPECT_LE(taken, 1024);
  EXPECT_EQ(ran, taken);
  EXPECT_EQ(loop.dropped(), static_cast<std::uint64_t>(1100 - taken));
}

}  // namespace
}  // namespace app
