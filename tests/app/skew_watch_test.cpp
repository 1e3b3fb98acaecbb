#include "app/skew_watch.h"

#include <gtest/gtest.h>

#include <random>

namespace {

using app::SkewView;
using namespace std::chrono_literals;

/// Two features of two sources; Quiet lies around 0, Loud around 10.
struct Skew : testing::Test {
  sensors::FrameLayoutPtr layout = std::make_shared<const sensors::FrameLayout>(sensors::FrameLayout{
      .features = {{.name = "a level", .unit = "V"}, {.name = "b level", .unit = "W"}},
      .parts = {{"a", 0, 1}, {"b", 1, 1}}});
  std::mt19937 random{7};
  std::normal_distribution<float> noise{0, 1};

  learners::DatasetPtr taught(std::size_t quiet, std::size_t loud) {
    learners::DatasetContent content{.layout = *layout};
    content.labels = {{.id = 1, .name = "Quiet", .background = true}, {.id = 2, .name = "Loud"}};
    for (std::size_t i = 0; i < quiet + loud; ++i) {
      const bool isLoud = i >= quiet;
      const float at = isLoud ? 10.0F : 0.0F;
      content.values.push_back(at + noise(random));
      content.values.push_back(at + noise(random));
      content.label.push_back(isLoud ? 1 : 0);
      content.group.push_back(static_cast<std::int64_t>(i / 10));
      content.unit.push_back(static_cast<std::int64_t>(i / 10));
    }
    return *learners::Dataset::make(std::move(content));
  }

  std::vector<app::SeenFrame> now(std::size_t n, const std::string& label, float a, float b) {
    std::vector<app::SeenFrame> seen;
    for (std::size_t i = 0; i < n; ++i) {
      sensors::Frame frame;
      const base::Time begin{static_cast<std::int64_t>(i) * 5'000'000'000};
      frame.span = {begin, begin + 1s};
      frame.layout = layout;
      frame.values = {a + noise(random), b + noise(random)};
      frame.missing = {0, 0};
      seen.push_back({std::make_shared<const sensors::Frame>(frame), label});
    }
    return seen;
  }
};

TEST_F(Skew, ADayOfBackgroundIsNotStrangeWhereTheExamplesAreMostlyEvents) {
  const SkewView view = app::skewOf(*taught(100, 400), now(300, "Quiet", 0, 0));

  EXPECT_EQ(view.state, SkewView::State::Ready);
  EXPECT_EQ(view.differing, 0u);
}

TEST_F(Skew, TheFeatureThatMovedIsNamedWithSourceUnitAndMedians) {
  const SkewView view = app::skewOf(*taught(300, 100), now(300, "Quiet", 0, 4));

  ASSERT_EQ(view.worst.size(), 1u);
  EXPECT_EQ(view.worst[0].source, "b");
  EXPECT_EQ(view.worst[0].name, "b level");
  EXPECT_EQ(view.worst[0].unit, "W");
  EXPECT_NEAR(view.worst[0].taught, 0, 0.5);
  EXPECT_NEAR(view.worst[0].now, 4, 0.5);
  EXPECT_GT(view.worst[0].distance, 0.8);
}

TEST_F(Skew, WhatIsGoneNowDiffersAsWell) {
  auto seen = now(100, "Quiet", 0, 0);
  for (auto& one : seen) {
    auto gone = std::make_shared<sensors::Frame>(*one.frame);
    gone->values[0] = 0;
    gone->missing[0] = 1;
    one.frame = gone;
  }

  const SkewView view = app::skewOf(*taught(300, 100), seen);

  ASSERT_EQ(view.differing, 1u);
  EXPECT_EQ(view.worst[0].name, "a level");
  EXPECT_EQ(view.worst[0].nowMissing, 1);
}

TEST_F(Skew, WhatNeverDifferedInTheExamplesMayBeOtherwiseNow) {
  auto content = taught(300, 100)->content();
  for (std::size_t i = 1; i < content.values.size(); i += 2) content.values[i] = 5;
  const auto constant = *learners::Dataset::make(std::move(content));

  EXPECT_EQ(app::skewOf(*constant, now(300, "Quiet", 0, 9)).differing, 0u);
  EXPECT_EQ(app::skewOf(*constant, now(300, "Quiet", 4, 9)).differing, 1u);
}

TEST_F(Skew, SaysNothingFromTooLittleOrFromOtherFeatures) {
  EXPECT_EQ(app::skewOf(*taught(30, 30), now(20, "Quiet", 9, 9)).state, SkewView::State::TooFew);
  EXPECT_EQ(app::skewOf(*taught(30, 30), {}).state, SkewView::State::Nothing);

  const auto before = taught(30, 30);
  layout = std::make_shared<const sensors::FrameLayout>(sensors::FrameLayout{
      .features = {{.name = "a level", .unit = "mV"}, {.name = "b level", .unit = "W"}}, .parts = {}});
  EXPECT_EQ(app::skewOf(*before, now(100, "Quiet", 9, 9)).state, SkewView::State::Nothing);
}

TEST_F(Skew, ExamplesCountAsOftenAsTheirLabelWasHeard) {
  auto seen = now(75, "Quiet", 0, 0);
  const auto loud = now(25, "Loud", 10, 10);
  seen.insert(seen.end(), loud.begin(), loud.end());

  const app::TaughtRows rows = app::taughtAsHeard(*taught(100, 100), seen);

  std::size_t high = 0;
  for (std::size_t i = 0; i < rows.values.size(); i += 2) high += rows.values[i] > 5 ? 1 : 0;
  EXPECT_NEAR(static_cast<double>(high) / static_cast<double>(rows.values.size() / 2), 0.25, 0.01);
}

TEST_F(Skew, SeenFramesAreThinnedAndKeptAnHour) {
  app::SeenFrames seen;
  sensors::Frame frame;
  frame.layout = layout;
  for (int second = 0; second < 2 * 3600; ++second) {
    const base::Time begin{second * std::int64_t{1'000'000'000}};
    frame.span = {begin, begin + 1s};
    seen.add(std::make_shared<const sensors::Frame>(frame), "Quiet");
  }
  const auto all = seen.all();
  EXPECT_EQ(all.size(), 721u);
  EXPECT_EQ(all.back().frame->span.end - all.front().frame->span.end, base::Duration(3600s));
}

}  // namespace
