#include "app/training/worker_table.h"

#include <gtest/gtest.h>

#include "tests/support/manual_clock.h"

namespace app {
namespace {

using namespace std::chrono_literals;

/// One worker called "attic" that came online.
class Table : public ::testing::Test {
 protected:
  void SetUp() override {
    table_.onStatus("attic", "boot-1", {"online", ""});
    ASSERT_EQ(table_.onHeartbeat("attic", {"attic", "boot-1", 5, ""}, beat_),
              WorkerTable::Beat::Appeared);
  }

  support::ManualClock clock_{{1'000'000'000'000}};
  WorkerTable table_{clock_};
  Heartbeat beat_{
      .load = 0.5, .freeMemoryGb = 1, .lost = 0, .jobs = {}, .models = {{"main", "ab"}}};
};

TEST_F(Table, SilenceOfThreeSecondsIsSeenOnce) {
  EXPECT_FALSE(table_.flipped());

  clock_.advance(3s);

  EXPECT_FALSE(table_.isOnline("attic"));
  EXPECT_TRUE(table_.flipped());
  EXPECT_FALSE(table_.flipped());
  EXPECT_EQ(table_.onHeartbeat("attic", {"attic", "boot-1", 6, ""}, beat_),
            WorkerTable::Beat::Appeared);
}

TEST_F(Table, AHeartbeatThatWasOvertakenIsDropped) {
  EXPECT_EQ(table_.onHeartbeat("attic", {"attic", "boot-1", 4, ""}, {}), WorkerTable::Beat::Old);
  EXPECT_EQ(table_.onHeartbeat("attic", {"attic", "boot-2", 1, ""}, beat_),
            WorkerTable::Beat::Usual);
  EXPECT_EQ(table_.boot("attic"), "boot-2");
}

TEST_F(Table, WhoBeganAnewIsThereWithItsFirstHeartbeatHoweverLongItRanBefore) {
  table_.onHeartbeat("attic", {"attic", "boot-1", 5000, ""}, beat_);
  table_.onStatus("attic", "boot-1", {"offline", "lost"});
  clock_.advance(4s);
  ASSERT_TRUE(table_.flipped());

  table_.onStatus("attic", "boot-2", {"online", ""});
  EXPECT_EQ(table_.onHeartbeat("attic", {"attic", "boot-2", 3, ""}, beat_),
            WorkerTable::Beat::Appeared);

  EXPECT_TRUE(table_.isOnline("attic"));
}

TEST_F(Table, AModelThatWasServedBeforeItBeganAnewIsLostUntilItIsServedAgain) {
  EXPECT_FALSE(table_.hasLost("attic", "main"));
  table_.onHeartbeat("attic", {"attic", "boot-1", 6, ""}, {});
  EXPECT_FALSE(table_.hasLost("attic", "main")) << "the same start: it knows what it does";
  table_.onActive("attic", {"main", "ab"});

  table_.onStatus("attic", "boot-2", {"online", ""});
  EXPECT_FALSE(table_.hasLost("attic", "main")) << "it did not say yet what it serves";
  table_.onHeartbeat("attic", {"attic", "boot-2", 2, ""}, {});

  EXPECT_TRUE(table_.hasLost("attic", "main"));
  EXPECT_FALSE(table_.hasLost("attic", "other"));
  EXPECT_FALSE(table_.hasLost("nobody", "main"));
  EXPECT_FALSE(table_.server("main"));
  table_.onActive("attic", {"main", "ab"});
  EXPECT_FALSE(table_.hasLost("attic", "main"));
}

TEST_F(Table, AModelTakenBeforeTheFirstHeartbeatWasHeardIsNotLost) {
  table_.onStatus("cellar", "boot-1", {"online", ""});
  table_.onActive("cellar", {"main", "ab"});

  table_.onHeartbeat("cellar", {"cellar", "boot-1", 1, ""}, {});  // sent before

  EXPECT_FALSE(table_.hasLost("cellar", "main"));
}

TEST_F(Table, AModelThatWasKeptOnDiskIsNotLost) {
  table_.onHeartbeat("attic", {"attic", "boot-2", 2, ""}, beat_);

  EXPECT_FALSE(table_.hasLost("attic", "main"));
}

TEST_F(Table, TheFarewellOfAnEarlierStartDoesNotCount) {
  table_.onStatus("attic", "boot-2", {"online", ""});

  table_.onStatus("attic", "boot-1", {"offline", "stopped"});
  EXPECT_TRUE(table_.isOnline("attic"));

  table_.onStatus("attic", "boot-2", {"offline", "stopped"});
  EXPECT_FALSE(table_.isOnline("attic"));
}

TEST_F(Table, TheRoundTripIsTheMedianOfAnswersToTheLastQuestion) {
  for (const int milliseconds : {5, 50, 6}) {
    const auto due = table_.startPings();
    ASSERT_EQ(due.size(), 1U);
    table_.onPong("attic", due[0].second - 1, {});  // late answer to another question
    table_.onPong("attic", due[0].second,
                  std::chrono::steady_clock::now() + std::chrono::milliseconds(milliseconds));
  }

  EXPECT_NEAR(table_.views()[0].roundTripMs, 6, 2);
}

TEST_F(Table, AModelIsAskedForWhereItIsServedOnline) {
  table_.onHeartbeat("cellar", {"cellar", "boot-9", 1, ""}, beat_);  // never said online

  EXPECT_EQ(table_.server("main"), "attic");
  EXPECT_FALSE(table_.server("other"));
  table_.onActive("attic", {"other", "cd"});
  EXPECT_EQ(table_.server("other"), "attic");
}

TEST_F(Table, ViewsAreSortedByNameWithTheOwnFirst) {
  table_.onInfo("attic", {.name = "Zoe"});
  table_.onInfo("cellar", {.name = "Anna"});
  table_.onInfo("own", {.name = "Mia"});
  table_.setLocal("own");

  const auto views = table_.views();

  ASSERT_EQ(views.size(), 3U);
  EXPECT_EQ(views[0].name, "This computer");
  EXPECT_EQ(views[1].name, "Anna");
  EXPECT_EQ(views[2].name, "Zoe");
  EXPECT_EQ(views[2].doing, "serving main");
}

}  // namespace
}  // namespace app
