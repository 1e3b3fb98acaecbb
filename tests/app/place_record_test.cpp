#include "app/place_record.h"

#include <gtest/gtest.h>

#include "tests/support/temp_project.h"

namespace {

using app::PlaceRecord;
using app::PlaceStretch;
using app::PlaceStretches;
using std::chrono::hours;
using std::chrono::seconds;

constexpr base::Time kBegin{1'000'000'000'000};

PlaceStretch answers(const char* worker, PlaceStretch::By by = PlaceStretch::By::Nobody) {
  return {.work = PlaceStretch::Work::Answering, .worker = worker, .computer = worker, .by = by};
}

PlaceStretch learns(const char* worker) {
  PlaceStretch made = answers(worker);
  made.work = PlaceStretch::Work::Learning;
  return made;
}

bool follow(PlaceRecord& record, const PlaceStretches& now, base::Time time,
            const char* reason = "") {
  return record.follow(now, time, [&](PlaceStretch& s) { s.reason = reason; });
}

TEST(PlaceRecord, AStretchGoesOnUntilTheWorkIsElsewhere) {
  PlaceRecord record;

  EXPECT_TRUE(follow(record, {answers("pi")}, kBegin, "Pi: load 12 %"));
  EXPECT_FALSE(follow(record, {answers("pi")}, kBegin + seconds(5), "Pi: load 80 %"));
  EXPECT_TRUE(follow(record, {answers("nuc")}, kBegin + seconds(9), "NUC: load 3 %"));

  const PlaceStretches all = *record.all();
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[0].worker, "pi");
  EXPECT_EQ(all[0].span, (base::TimeSpan{kBegin, kBegin + seconds(9)}));
  EXPECT_FALSE(all[0].running);
  EXPECT_EQ(all[0].reason, "Pi: load 12 %") << "as it was when it began";
  EXPECT_EQ(all[1].worker, "nuc");
  EXPECT_TRUE(all[1].running);
}

TEST(PlaceRecord, LearningAndAnsweringOfSeveralTasksStandBesideEachOther) {
  PlaceRecord record;
  PlaceStretch other = answers("pi");
  other.task = 2;

  follow(record, {answers("pi"), learns("nuc"), other}, kBegin);
  follow(record, {answers("pi"), other}, kBegin + seconds(3));

  ASSERT_EQ(record.all()->size(), 3U);
  EXPECT_FALSE(record.all()->at(1).running);
  EXPECT_TRUE(record.all()->at(0).running && record.all()->at(2).running);
}

TEST(PlaceRecord, TheSameComputerForAnotherReasonIsAnotherStretch) {
  PlaceRecord record;

  follow(record, {answers("pi", PlaceStretch::By::Policy)}, kBegin);
  follow(record, {answers("pi", PlaceStretch::By::Person)}, kBegin + seconds(1));

  EXPECT_EQ(record.all()->size(), 2U);
}

TEST(PlaceRecord, WhatAComputerSaysOfItselfIsKeptShort) {
  PlaceRecord record;
  PlaceStretch stretch = answers("pi");
  stretch.computer = std::string(100'000, 'x');

  record.follow({stretch}, kBegin, [](PlaceStretch& s) {
    s.reason = std::string(100'000, 'y');
    s.ranked.assign(50, app::RankedPlace{"pi", std::string(100'000, 'z'), true, {}});
  });

  const PlaceStretch kept = record.all()->at(0);
  EXPECT_LE(kept.computer.size(), 400U);
  EXPECT_LE(kept.reason.size(), 400U);
  ASSERT_EQ(kept.ranked.size(), PlaceRecord::kMostRanked);
  EXPECT_LE(kept.ranked[0].name.size(), 400U);
}

TEST(PlaceRecord, WhenAllIsAtRestNothingRuns) {
  PlaceRecord record;
  follow(record, {answers("pi")}, kBegin);
  EXPECT_TRUE(record.isAnyRunning());

  EXPECT_TRUE(follow(record, {}, kBegin + seconds(2)));

  EXPECT_FALSE(record.isAnyRunning());
}

TEST(PlaceRecord, ForgetsTheOldestOfEachWorkAndWhatIsAMonthOld) {
  PlaceRecord record;
  follow(record, {answers("old")}, kBegin);
  base::Time time = kBegin + PlaceRecord::kKept + hours(1);
  follow(record, {}, kBegin + seconds(1));
  follow(record, {answers("first")}, time);
  EXPECT_EQ(record.all()->size(), 1U) << "what is older than a month is gone";

  for (std::size_t i = 0; i < 2 * PlaceRecord::kMost; ++i) {
    const bool odd = i % 2 != 0;
    follow(record,
           odd ? PlaceStretches{answers("first")} : PlaceStretches{answers("first"), learns("pi")},
           time = time + seconds(1));
  }

  const PlaceStretches all = *record.all();
  EXPECT_EQ(all.size(), PlaceRecord::kMost + 1);
  EXPECT_EQ(all.front().worker, "first") << "many lessons push no answers out";
}

TEST(PlaceRecord, IsKeptWithTheProjectAndEndsWhereItWasLastSeen) {
  const support::TempProject project;
  const auto store = project.open();
  PlaceRecord before;
  before.follow({answers("pi", PlaceStretch::By::Policy)}, kBegin, [](PlaceStretch& s) {
    s.taskName = "Kitchen sounds";
    s.policy = "Run on a device that has a GPU.";
    s.prefer = app::Policy::Prefer::MostMemory;
    s.reason = "Pi: memory 8 GB";
    s.ranked = {{"pi", "Pi", true, "memory 8 GB"}, {"", "This computer", false, "has a GPU: no"}};
  });
  ASSERT_TRUE(app::savePlaces(*store, before, kBegin + seconds(1)));
  ASSERT_TRUE(app::savePlacesUntil(*store, kBegin + seconds(60)));

  PlaceRecord after;
  ASSERT_TRUE(app::loadPlaces(*store, after));

  PlaceStretch expected = before.all()->front();
  expected.running = false;
  expected.span.end = kBegin + seconds(60);
  ASSERT_EQ(after.all()->size(), 1U);
  EXPECT_EQ(after.all()->front(), expected);
}

TEST(PlaceRecord, ReadsNothingThatMakesNoSense) {
  EXPECT_FALSE(app::placeStretchesFrom("{"));
  EXPECT_FALSE(app::placeStretchesFrom("{}"));
  const auto read = app::placeStretchesFrom(
      R"([7, {"task":0}, {"task":1,"begin":9,"end":3}, {"task":1,"begin":-4,"end":3},
          {"task":3,"begin":1,"end":4,"by":"a king","prefer":"gold","ranked":[1,{"name":"Pi"}]}])");

  ASSERT_TRUE(read);
  ASSERT_EQ(read->size(), 1U);
  EXPECT_EQ(read->front().task, 3);
  EXPECT_EQ(read->front().by, PlaceStretch::By::Nobody);
  EXPECT_EQ(read->front().prefer, std::nullopt);
  EXPECT_EQ(read->front().ranked.size(), 1U);
  EXPECT_TRUE(app::placeStretchesFrom("")->empty());
}

}  // namespace
