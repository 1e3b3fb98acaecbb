#include "app/simulator/pacer.h"

#include <atomic>
#include <gtest/gtest.h>

#include "app/simulator/demo_home.h"
#include "tests/app/simulator/scripted_bench.h"
#include "tests/support/manual_clock.h"
#include "tests/support/wait_until.h"

namespace app {
namespace {

/// What a player was told, for the test's thread to read.
struct Told {
  std::atomic<int> ticks = 0;
  std::atomic<int> messages = 0;
  std::atomic<std::uint64_t> skipped = 0;
  std::atomic<std::int64_t> lastStart = 0;
};

class NotingPlayer final : public Player {
 public:
  explicit NotingPlayer(Told& told) : told_(told) {}
  void handleMessages() override { ++told_.messages; }
  void playTick(base::Time start) override {
    told_.lastStart = start.ns;
    ++told_.ticks;
  }
  void skip(std::uint64_t ticks) override { told_.skipped += ticks; }

 private:
  Told& told_;
};

Pacer::MakePlayers noting(Told& told) {
  return [&told](const std::function<void()>&) {
    std::vector<std::unique_ptr<Player>> players;
    players.push_back(std::make_unique<NotingPlayer>(told));
    return players;
  };
}

TEST(Pacer, TicksFollowTheClockOnAnEvenGrid) {
  support::ManualClock clock({1'000'000'000});
  Told told;
  Pacer pacer(clock, noting(told));
  ASSERT_TRUE(support::waitUntil([&] { return told.messages > 0; }));
  EXPECT_EQ(told.ticks, 0) << "the first tick is played at its end";

  clock.advance(std::chrono::milliseconds(350));
  pacer.wake();

  ASSERT_TRUE(support::waitUntil([&] { return told.ticks == 3; }));
  EXPECT_EQ(told.lastStart, 1'200'000'000);
  EXPECT_EQ(pacer.counts().skipped, 0);
}

TEST(Pacer, WhatIsMissedForLongIsSkippedAndCounted) {
  support::ManualClock clock({1'000'000'000});
  Told told;
  Pacer pacer(clock, noting(told));
  ASSERT_TRUE(support::waitUntil([&] { return told.messages > 0; }));

  clock.advance(std::chrono::seconds(5));
  pacer.wake();

  ASSERT_TRUE(support::waitUntil([&] { return told.ticks == 1; }));
  EXPECT_EQ(told.skipped, 49);  // of 50 ticks only the newest is played
  EXPECT_EQ(told.lastStart, 5'900'000'000);
  EXPECT_TRUE(support::waitUntil([&] { return pacer.counts().ticks == 1; }));
  EXPECT_EQ(pacer.counts().skipped, 49);
}

TEST(Pacer, PlaysTheHouseInRealTimeAndAnswersAtOnce) {
  const auto room = hubs::makeMemoryRoom();
  support::ScriptedBench bench(room);
  const auto bus = hubs::makeMemoryBus(room);
  const hubs::Topics topics;
  const base::SystemClock clock;
  {
    const Pacer pacer(clock, [&](const std::function<void()>& wake) {
      std::vector<std::unique_ptr<Player>> players;
      players.push_back(std::make_unique<DemoHome>(1, *bus, topics, clock, wake));
      return players;
    });
    ASSERT_TRUE(support::waitUntil([&] { return bench.lastText("kitchen", "state") == "online"; }));

    bench.lease("kitchen", "microphone", 30);

    ASSERT_TRUE(
        support::waitUntil([&] { return bench.count("kitchen", "stream/microphone") >= 5; }));
    const auto blocks = bench.blocks("kitchen", "microphone", 1);
    EXPECT_EQ(blocks[4].timeMicros - blocks[0].timeMicros, 400'000);
  }
  EXPECT_TRUE(support::waitUntil([&] { return bench.lastText("house", "state") == "offline"; }));
}

}  // namespace
}  // namespace app
