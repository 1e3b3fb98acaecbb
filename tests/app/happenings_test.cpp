#include "app/happenings.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <random>

namespace {

using app::Happening;
using app::happeningsOf;
using app::Sighting;

Sighting seen(const std::string& source, double begin, const std::string& label = "visitor",
              double certainty = 0.8, double length = 3) {
  return {.source = source,
          .span = {base::Time{} + base::fromSeconds(begin),
                   base::Time{} + base::fromSeconds(begin + length)},
          .label = label,
          .certainty = certainty};
}

struct Case {
  const char* what;
  std::vector<Sighting> sightings;
  std::vector<std::size_t> views;  ///< of each happening, by time
};

TEST(Happenings, AreWhatTheTableSays) {
  const std::vector<Case> cases = {
      {"nothing", {}, {}},
      {"one view", {seen("a", 10)}, {1}},
      {"three clocks, one occurrence", {seen("a", 12), seen("b", 8), seen("c", 10)}, {3}},
      {"two occurrences, worst clocks",
       {seen("a", 12), seen("a", 17), seen("b", 8), seen("b", 13)},
       {2, 2}},
      {"one sensor sees both, another the second", {seen("a", 10), seen("a", 15), seen("b", 15)},
       {1, 2}},
      {"too far apart", {seen("a", 10), seen("b", 14.1)}, {1, 1}},
      {"the same sensor twice", {seen("a", 10), seen("a", 10.5)}, {1, 1}},
      {"given in any order", {seen("b", 31), seen("a", 10), seen("a", 30), seen("b", 11)}, {2, 2}},
  };
  for (const Case& one : cases) {
    std::vector<std::size_t> views;
    for (const Happening& happening : happeningsOf(one.sightings)) {
      views.push_back(happening.views.size());
    }
    EXPECT_EQ(views, one.views) << one.what;
  }
}

TEST(Happenings, ThreeCamerasWithWrongClocksSeeEachOccurrenceOnce) {
  for (unsigned seed = 0; seed < 500; ++seed) {
    std::mt19937 random(seed);
    std::uniform_real_distribution<double> clock(-2, 2);
    std::uniform_real_distribution<double> gap(5, 30);
    const std::vector<std::pair<std::string, double>> cameras = {
        {"hall", clock(random)}, {"door", clock(random)}, {"yard", clock(random)}};
    std::vector<Sighting> sightings;
    double t = 100;
    for (int i = 0; i < 20; ++i) {
      for (const auto& [name, error] : cameras) sightings.push_back(seen(name, t + error));
      t += i % 3 == 0 ? 5 : gap(random);
    }
    std::shuffle(sightings.begin(), sightings.end(), random);

    const auto happenings = happeningsOf(sightings);

    ASSERT_EQ(happenings.size(), 20U) << "seed " << seed;
    for (const Happening& happening : happenings) {
      EXPECT_EQ(happening.views.size(), 3U) << "seed " << seed;
    }
  }
}

TEST(Happenings, StayTwoWhenACameraMissedOneOfThem) {
  for (unsigned seed = 0; seed < 500; ++seed) {
    std::mt19937 random(seed);
    std::uniform_real_distribution<double> clock(-2, 2);
    const double a = clock(random);
    const double b = clock(random);
    const double c = clock(random);
    const bool missesFirst = seed % 2 == 0;

    const auto happenings = happeningsOf({seen("a", 10 + a), seen("a", 15 + a), seen("b", 10 + b),
                                          seen("b", 15 + b), seen("c", (missesFirst ? 15 : 10) + c)});

    EXPECT_EQ(happenings.size(), 2U) << "seed " << seed;
  }
}

TEST(Happenings, ViewsTogetherAnswerNoWorseThanTheBestOfThem) {
  std::mt19937 random(3);
  const std::vector<double> skill = {0.6, 0.7, 0.8};
  std::vector<int> rightAlone(3, 0);
  int rightTogether = 0;
  constexpr int kOccurrences = 4000;
  for (int i = 0; i < kOccurrences; ++i) {
    std::vector<Sighting> views;
    for (std::size_t c = 0; c < skill.size(); ++c) {
      const bool right = std::bernoulli_distribution(skill[c])(random);
      rightAlone[c] += right;
      views.push_back(
          seen(std::to_string(c), 10, right ? "visitor" : "cat", skill[c]));
    }
    rightTogether += happeningsOf(views).front().label == "visitor";
  }

  EXPECT_GE(rightTogether, *std::max_element(rightAlone.begin(), rightAlone.end()));
}

TEST(Happenings, ViewsThatAgreeMakeEachOtherSurer) {
  const auto one = happeningsOf({seen("a", 10)});
  const auto two = happeningsOf({seen("a", 10), seen("b", 11)});

  EXPECT_NEAR(one.front().certainty, 0.8, 1e-9);
  EXPECT_NEAR(two.front().certainty, 0.64 / (0.64 + 0.04), 1e-9);  // odds multiply
}

}  // namespace
