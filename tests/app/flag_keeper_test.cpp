#include "app/flag_keeper.h"

#include <gtest/gtest.h>

#include "tests/support/temp_project.h"

namespace {

using app::Flag;
using app::FlagKeeper;
using sensors::Fault;
using namespace std::chrono_literals;

constexpr base::Time at(int seconds) { return {seconds * std::int64_t{1'000'000'000}}; }

sensors::Finding found(Fault fault, int since, int last) {
  return {.fault = fault, .channel = "x", .since = at(since), .last = at(last)};
}

TEST(FlagKeeper, AFaultThatGoesOnIsOneStretch) {
  FlagKeeper keeper;
  for (int second = 14; second <= 20; second += 2) {
    keeper.hear("a", {found(Fault::Frozen, 10, second)}, at(second));
  }
  ASSERT_EQ(keeper.all().size(), 1u);
  EXPECT_EQ(keeper.all()[0], (Flag{"a", "x", Fault::Frozen, {at(10), at(20)}}));
  EXPECT_EQ(keeper.open(at(21)).count("a"), 1u);
  EXPECT_TRUE(keeper.open(at(30)).empty());
}

TEST(FlagKeeper, WhatIsSeenAgainAfterAPauseIsAnotherStretch) {
  FlagKeeper keeper;
  keeper.hear("a", {found(Fault::Saturated, 10, 12)}, at(12));
  keeper.hear("a", {found(Fault::Saturated, 10, 12)}, at(30));  // remembered, not seen
  keeper.hear("a", {found(Fault::Saturated, 10, 40)}, at(40));  // the same finding goes on
  ASSERT_EQ(keeper.all().size(), 2u);
  EXPECT_EQ(keeper.all()[1].span.begin, at(40)) << "the good stretch between is not flagged";
}

TEST(FlagKeeper, WhatIsSureOnlyAfterAWhileBeganBefore) {
  FlagKeeper keeper;
  keeper.hear("a", {found(Fault::OtherUnit, 10, 10)}, at(10));
  EXPECT_EQ(keeper.all().at(0).span.begin, at(5));
}

TEST(FlagKeeper, LossAndOutliersSpoilNothing) {
  FlagKeeper keeper;
  keeper.hear("a", {found(Fault::NotFinite, 1, 1), found(Fault::OutOfRange, 1, 1), found(Fault::Flood, 1, 1)},
              at(1));
  EXPECT_TRUE(keeper.all().empty());
}

TEST(FlagKeeper, WhatIsWornTurnsAndStillTeaches) {
  FlagKeeper keeper;
  keeper.hear("watch", {found(Fault::Turned, 1, 9)}, at(9));
  EXPECT_TRUE(keeper.all().empty());
}

TEST(FlagKeeper, IsSavedWhenAStretchBeginsAndEnds) {
  FlagKeeper keeper;
  EXPECT_FALSE(keeper.unsaved());
  keeper.hear("a", {found(Fault::Frozen, 1, 4)}, at(4));
  EXPECT_TRUE(keeper.unsaved());
  keeper.hear("a", {found(Fault::Frozen, 1, 6)}, at(6));
  EXPECT_FALSE(keeper.unsaved());
  keeper.hear("a", {}, at(20));
  ASSERT_TRUE(keeper.unsaved());
}

TEST(FlagKeeper, FlagsSurviveTheProjectFile) {
  support::TempProject project;
  const std::vector<Flag> flags = {{"kitchen/imu", "x", Fault::OtherUnit, {at(1), at(2)}},
                                   {"mic", "", Fault::OtherRate, {at(3), at(9)}}};
  const auto store = project.open();
  EXPECT_TRUE(app::flagsOf(*store)->empty());
  ASSERT_TRUE(app::setFlags(*store, flags));
  EXPECT_EQ(*app::flagsOf(*store), flags);

  ASSERT_TRUE(store->setMeta("flags", "nonsense"));
  EXPECT_FALSE(app::flagsOf(*store));
}

}  // namespace
