#include "app/happening_list.h"

#include <gtest/gtest.h>

namespace {

using base::fromSeconds;
using State = learners::PredictionState;

const base::Time kBegin{1'000'000'000'000};

/// An answer every half second: from `from` to `to` seconds "visitor", else nothing.
struct Camera {
  std::string name;
  double clock = 0;  ///< its error, seconds
  std::vector<std::pair<double, double>> visits;

  app::Answer at(double t) const {
    app::Answer answer{.labels = {{.id = 1, .name = "Background", .background = true},
                                  {.id = 2, .name = "Visitor"}}};
    const double own = t + clock;
    answer.prediction.span = {kBegin + fromSeconds(own - 1), kBegin + fromSeconds(own)};
    answer.prediction.label = 0;
    answer.prediction.state = State::Background;
    for (const auto& [from, to] : visits) {
      if (t < from || t >= to) continue;
      answer.prediction.label = 1;
      answer.prediction.state = State::Known;
    }
    answer.prediction.certainty = 0.9F;
    return answer;
  }
};

std::vector<app::Happening> told(app::HappeningList& list, const std::vector<Camera>& cameras,
                                 double length) {
  std::vector<app::Happening> all;
  for (double t = 0; t < length; t += 0.5) {
    for (const Camera& camera : cameras) {
      for (auto& happening : list.hear(camera.at(t), camera.name)) all.push_back(happening);
    }
  }
  return all;
}

TEST(HappeningList, ThreeViewsOfOneVisitAreToldOnce) {
  app::HappeningList list;
  const std::vector<std::pair<double, double>> visit{{10, 14}};

  const auto all = told(list, {{"hall", 1.5, visit}, {"door", -1.5, visit}, {"yard", 0, visit}}, 40);

  ASSERT_EQ(all.size(), 1U);
  EXPECT_EQ(all[0].label, "Visitor");
  EXPECT_EQ(all[0].views.size(), 3U);
  EXPECT_GT(all[0].certainty, 0.9);
  EXPECT_EQ(list.during({kBegin, kBegin + fromSeconds(40)}).size(), 1U);
  EXPECT_TRUE(list.during({kBegin + fromSeconds(30), kBegin + fromSeconds(40)}).empty());
}

TEST(HappeningList, TwoVisitsAreToldOneAfterTheOther) {
  app::HappeningList list;
  const std::vector<std::pair<double, double>> visits{{10, 13}, {18, 21}};

  const auto all = told(list, {{"hall", 1, visits}, {"door", -1, visits}}, 40);

  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[0].views.size(), 2U);
  EXPECT_EQ(all[1].views.size(), 2U);
  EXPECT_LT(all[0].span.begin, all[1].span.begin);
}

TEST(HappeningList, OneUnsureAnswerInBetweenEndsNothing) {
  app::HappeningList list;

  EXPECT_EQ(told(list, {{"hall", 0, {{10, 12}, {12.5, 15}}}}, 40).size(), 1U);
}

TEST(HappeningList, WhatGoesOnIsShownAndNotYetTold) {
  app::HappeningList list;

  EXPECT_TRUE(told(list, {{"hall", 0, {{10, 99}}}}, 30).empty());
  const auto now = list.during({kBegin + fromSeconds(28), kBegin + fromSeconds(30)});
  ASSERT_EQ(now.size(), 1U);
  EXPECT_EQ(now[0].views.size(), 1U);
}

TEST(HappeningList, ALongOneIsToldThoughAShorterOneThatBeganLaterWasToldBefore) {
  app::HappeningList list;

  const auto all = told(list, {{"hall", 0, {{10, 60}}}, {"door", 0, {{30, 33}}}}, 90);

  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[0].views[0].source, "door");
  EXPECT_EQ(all[1].views[0].source, "hall");
}

TEST(HappeningList, WhatWasToldIsNotToldAgainWhenItsFirstViewIsForgotten) {
  app::HappeningList list;

  EXPECT_EQ(told(list, {{"hall", 0, {{10, 11}}}, {"door", 0, {{12, 300}}}}, 700).size(), 1U);
}

}  // namespace
