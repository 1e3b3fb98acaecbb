#include "app/map_trail.h"

#include <gtest/gtest.h>
#include <random>

namespace {

using app::MapTrail;
using namespace std::chrono_literals;

/// Three features, of which the first differs most; a map of them by their principal components.
struct Trail : testing::Test {
  sensors::FrameLayoutPtr layout = std::make_shared<const sensors::FrameLayout>(
      sensors::FrameLayout{.features = {{.name = "a level", .unit = "V"},
                                        {.name = "b level", .unit = "W"},
                                        {.name = "c level", .unit = "W"}},
                           .parts = {{"a", 0, 1}, {"b", 1, 2}}});
  std::vector<app::SeenFrame> seen;
  learners::DatasetPtr data;
  app::MapProjectionPtr projection;

  void SetUp() override {
    std::mt19937 random{3};
    std::normal_distribution<float> noise{0, 1};
    learners::DatasetContent content{.layout = *layout};
    content.labels = {{.id = 1, .name = "Quiet", .background = true}, {.id = 2, .name = "Loud"}};
    for (int i = 0; i < 60; ++i) {
      const float common = noise(random);
      for (const float share : {1.0F, 0.9F, 0.1F}) {
        content.values.push_back(share * common + 0.3F * noise(random));
      }
      content.label.push_back(i % 2);
      content.group.push_back(i);
      content.unit.push_back(i);
    }
    data = *learners::Dataset::make(std::move(content));
    projection = projectionOf(learners::ReductionKind::Pca);
  }
  app::MapProjectionPtr projectionOf(learners::ReductionKind kind) const {
    auto standardizer = learners::Standardizer::fit(*data);
    auto reduction =
        learners::Reduction::fit(*standardizer.apply(*data), {.kind = kind, .components = 2});
    return std::make_shared<const app::MapProjection>(std::move(standardizer), *reduction,
                                                      layout->hash());
  }
  /// A frame that ends `second` seconds after the beginning of time.
  void see(int second, const std::string& label, std::vector<float> values = {0, 0, 0},
           std::vector<std::uint8_t> missing = {0, 0, 0}) {
    sensors::Frame frame;
    const base::Time end{std::int64_t{second} * 1'000'000'000};
    frame.span = {end - 1s, end};
    frame.layout = layout;
    frame.values = std::move(values);
    frame.missing = std::move(missing);
    seen.push_back({std::make_shared<const sensors::Frame>(frame), label});
  }
  std::vector<std::int64_t> seconds() const {
    std::vector<std::int64_t> all;
    for (const auto& p : app::trailOf(projection, seen).points)
      all.push_back(p.time.ns / 1'000'000'000);
    return all;
  }
};

TEST_F(Trail, AWindowOfTheMapFallsOnItsOwnPoint) {
  for (const auto kind : {learners::ReductionKind::Pca, learners::ReductionKind::KpcaCosine}) {
    const auto map = projectionOf(kind);
    const auto standardizer = learners::Standardizer::fit(*data);
    const auto rows = standardizer.apply(*data);
    const auto reduced =
        learners::Reduction::fit(*rows, {.kind = kind, .components = 2})->apply(*rows);
    for (std::size_t row = 0; row < data->rows(); ++row) {
      const auto at = map->place(data->row(row), {});
      ASSERT_TRUE(at);
      EXPECT_NEAR((*at)[0], reduced->row(row)[0], 1e-4F);
      EXPECT_NEAR((*at)[1], reduced->row(row)[1], 1e-4F);
    }
  }
}

TEST_F(Trail, ThereIsAPointWhereWhatIsHeardChangesAndOneEveryHalfMinute) {
  for (int s = 0; s <= 60; s += 5) see(s, "Quiet");
  see(65, "Loud");
  see(70, "Loud");
  see(75, "Quiet");
  see(80, "Quiet");

  EXPECT_EQ(seconds(), (std::vector<std::int64_t>{0, 30, 60, 65, 75, 80})) << "and the newest";
}

TEST_F(Trail, WhereNothingWasHeardTheTrailEndsAndBeginsAnew) {
  see(0, "Quiet");
  see(5, "Quiet", {0, 0, 0}, {1, 1, 0});  // most of it is away
  see(10, "Loud");
  see(40, "Loud");
  see(45, "Quiet");

  const auto points = app::trailOf(projection, seen).points;

  ASSERT_EQ(points.size(), 4U);
  EXPECT_FALSE(points[0].joined);
  EXPECT_TRUE(points[1].joined) << "ten seconds are no gap";
  EXPECT_FALSE(points[2].joined) << "thirty are";
  EXPECT_TRUE(points[3].joined);
}

TEST_F(Trail, FramesOfAnotherLayoutAreNotPutOnTheMap) {
  see(0, "Quiet");
  auto other = std::make_shared<sensors::FrameLayout>(*layout);
  other->features.back().name = "d level";
  layout = other;
  seen.clear();
  see(5, "Quiet");

  EXPECT_TRUE(app::trailOf(projection, seen).points.empty());
  EXPECT_TRUE(app::trailOf(projection, {}).points.empty());
  EXPECT_TRUE(app::trailOf(nullptr, seen).points.empty());
}

TEST_F(Trail, WhatIsLikeNothingTaughtFallsFarOutside) {
  float most = 0;
  for (std::size_t row = 0; row < data->rows(); ++row) {
    most = std::max(most, std::abs((*projection->place(data->row(row), {}))[0]));
  }
  see(0, "", {9, 9, 0});

  EXPECT_GT(std::abs(app::trailOf(projection, seen).points.front().x), 2 * most);
}

}  // namespace
