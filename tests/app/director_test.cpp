#include "app/director.h"

#include <future>
#include <gtest/gtest.h>
#include <vector>

#include "tests/support/manual_clock.h"
#include "tests/support/wait_until.h"

namespace {

using std::chrono::milliseconds;

TEST(Director, RunsWorkInTheOrderItWasPosted) {
  const base::SystemClock clock;
  app::Director director(clock);
  std::vector<int> order;

  for (int i = 0; i < 100; ++i) {
    director.post([&order, i] { order.push_back(i); });
  }
  director.settle();

  ASSERT_EQ(order.size(), 100U);
  EXPECT_TRUE(std::is_sorted(order.begin(), order.end()));
}

TEST(Director, RunsLaterWorkAtItsTimeAndNotBefore) {
  const base::SystemClock clock;
  app::Director director(clock);
  std::promise<base::Time> ran;
  const base::Time due = clock.now() + milliseconds(60);

  director.postAt(due, [&] { ran.set_value(clock.now()); });
  bool earlierRan = false;
  director.post([&] { earlierRan = true; });
  director.settle();

  EXPECT_TRUE(earlierRan);
  EXPECT_GE(ran.get_future().get(), due);
}

TEST(Director, AnEarlierTimePostedLaterComesFirst) {
  const base::SystemClock clock;
  app::Director director(clock);
  std::vector<std::string> order;
  std::promise<void> both;
  const base::Time now = clock.now();

  director.postAt(now + milliseconds(120), [&] {
    order.push_back("late");
    both.set_value();
  });
  director.postAt(now + milliseconds(20), [&] { order.push_back("early"); });
  both.get_future().wait();

  EXPECT_EQ(order, (std::vector<std::string>{"early", "late"}));
}

TEST(Director, NothingRunsAfterStop) {
  const base::SystemClock clock;
  app::Director director(clock);
  std::atomic<bool> ran = false;
  director.postAt(clock.now() + milliseconds(50), [&] { ran = true; });

  director.stop();
  director.post([&] { ran = true; });

  EXPECT_FALSE(support::waitUntil([&] { return ran.load(); }, milliseconds(120)));
}

}  // namespace
