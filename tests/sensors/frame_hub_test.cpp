#include "sensors/frame_hub.h"

#include <atomic>
#include <gtest/gtest.h>

#include "tests/support/manual_clock.h"
#include "tests/support/scripted_source.h"
#include "tests/support/wait_until.h"

namespace {

using base::Time;
using sensors::Frame;
using sensors::FrameHub;
using sensors::FrameSpec;
using sensors::SourceKind;
using std::chrono::milliseconds;
using std::chrono::seconds;
using support::waitUntil;

constexpr auto kPatience = seconds(20);
const Time kStart = Time{0} + seconds(1'000);

/// The mean of the first channel; counts how often it is asked.
class CountingExtractor final : public sensors::FeatureExtractor {
 public:
  explicit CountingExtractor(std::atomic<int>& calls) : calls_(calls) {}
  std::string id() const override { return "counting"; }
  const std::vector<sensors::Feature>& features() const override { return features_; }
  void extract(const sensors::Window& window, std::span<float> out) const override {
    ++calls_;
    out[0] = window.samples.at(0, 0);
  }

 private:
  std::atomic<int>& calls_;
  std::vector<sensors::Feature> features_{{.name = "first", .unit = "1"}};
};

class FrameHubTest : public testing::Test {
 protected:
  static sensors::SourceInfo imu(double rate = 100, std::size_t channels = 1) {
    return support::sourceInfo("n/imu", SourceKind::Motion, rate, channels);
  }
  /// Half a second of the given value, measured until `clock` says now.
  void sendHalf(float value) {
    const auto rows = static_cast<std::size_t>(source.info()->rate / 2);
    std::vector<float> values(rows * source.info()->channels.size(), value);
    const Time start = clock.now();
    clock.advance(milliseconds(500));
    source.send(start, std::move(values), clock.now());
  }
  std::shared_ptr<const Frame> nextOf(sensors::Reader<Frame>& reader) {
    const auto frame = reader.nextWithin({}, kPatience);
    return frame ? *frame : nullptr;
  }

  std::atomic<int> calls{0};
  support::ManualClock clock{kStart};
  sensors::SourceTable table;
  support::ScriptedSource source{table, imu()};
  std::map<std::string, sensors::ExtractorFactory> extractors{
      {"counting",
       [this](const sensors::SourceInfo&,
              const sensors::WindowSpec&) -> base::Result<sensors::FeatureExtractorPtr> {
         return sensors::FeatureExtractorPtr(std::make_shared<CountingExtractor>(calls));
       }},
      {"level", sensors::makeLevel},
      {"sound", sensors::makeSound}};
  FrameHub hub{table, extractors, clock};
  const FrameSpec spec{"n/imu", "counting", {}};
};

TEST_F(FrameHubTest, TwoHoldersOfOneSpecShareOneComputation) {
  const auto one = hub.acquire(spec).value();
  const auto two = hub.acquire(spec).value();
  const auto first = one->subscribe(8);
  const auto second = two->subscribe(8);

  for (int i = 0; i < 4; ++i) sendHalf(static_cast<float>(i));

  EXPECT_EQ(one, two);
  EXPECT_EQ(hub.running(), 1U);
  for (int i = 0; i < 3; ++i) {
    const auto frame = nextOf(*first);
    ASSERT_TRUE(frame);
    EXPECT_EQ(frame, nextOf(*second));
    EXPECT_EQ(frame->values[0], static_cast<float>(i));
    EXPECT_EQ(frame->span.begin, kStart + milliseconds(500) * i);
  }
  EXPECT_EQ(calls.load(), 3);
}

TEST_F(FrameHubTest, OtherSpecsAreComputedApart) {
  FrameSpec longer = spec;
  longer.window.length = seconds(2);

  const auto one = hub.acquire(spec).value();
  const auto two = hub.acquire(longer).value();

  EXPECT_NE(one, two);
  EXPECT_EQ(hub.running(), 2U);
}

TEST_F(FrameHubTest, AComputationEndsWhenTheLastHolderLetsGo) {
  auto one = hub.acquire(spec).value();
  auto two = one;

  one.reset();
  EXPECT_EQ(hub.running(), 1U);
  two.reset();
  EXPECT_EQ(hub.running(), 0U);
  for (int i = 0; i < 4; ++i) sendHalf(1);

  EXPECT_EQ(calls.load(), 0);
}

TEST_F(FrameHubTest, NamesWhatItDoesNotKnow) {
  EXPECT_EQ(hub.acquire({"n/none", "counting", {}}).error().code, base::ErrorCode::NotFound);
  EXPECT_EQ(hub.acquire({"n/imu", "none", {}}).error().code, base::ErrorCode::NotFound);
  EXPECT_EQ(hub.acquire({"n/imu", "sound", {}}).error().code, base::ErrorCode::InvalidArgument);
  EXPECT_EQ(hub.acquire({"n/imu", "counting", {seconds(0), seconds(0)}}).error().code,
            base::ErrorCode::InvalidArgument);
}

TEST_F(FrameHubTest, ASlowSourceGivesFramesWhileNothingChanges) {
  support::ScriptedSource door(table, support::sourceInfo("n/door", SourceKind::Slow, 0));
  const auto feed = hub.acquire({"n/door", "level", {}}).value();
  const auto frames = feed->subscribe(64);

  door.send(kStart, {1}, kStart);

  std::shared_ptr<const Frame> last;
  EXPECT_TRUE(waitUntil(
      [&] {
        clock.advance(milliseconds(100));
        if (const auto frame = frames->poll()) last = *frame;
        return last && last->span.begin >= kStart + seconds(4);
      },
      kPatience));
  EXPECT_EQ(last->values[0], 1);
  EXPECT_EQ(last->missing[0], 0);
}

TEST_F(FrameHubTest, WhatADeviceSaidHoldsNoLongerThanItIsThere) {
  support::ScriptedSource door(table, support::sourceInfo("n/door", SourceKind::Slow, 0));
  const auto feed = hub.acquire({"n/door", "level", {}}).value();
  const auto frames = feed->subscribe(64);
  const auto framesOf = [&](base::Duration time) {
    std::size_t n = 0;
    for (base::Duration passed{0}; passed < time; passed += milliseconds(100)) {
      clock.advance(milliseconds(100));
      waitUntil([&] { return frames->poll() && ++n > 0; }, milliseconds(20));
    }
    return n;
  };
  door.send(clock.now(), {1}, clock.now());
  ASSERT_TRUE(waitUntil([&] { return framesOf(seconds(1)) > 0; }, kPatience));

  hub.setAway("n/door", true);

  EXPECT_TRUE(waitUntil([&] { return framesOf(seconds(2)) == 0; }, kPatience));
  const auto late = hub.acquire({"n/door", "level", {}}).value();
  EXPECT_EQ(late, feed);
  EXPECT_EQ(framesOf(seconds(2)), 0U);

  hub.setAway("n/door", false);
  EXPECT_EQ(framesOf(seconds(2)), 0U);  // it is there and has said nothing yet
  door.send(clock.now(), {0}, clock.now());
  EXPECT_TRUE(waitUntil([&] { return framesOf(seconds(1)) > 0; }, kPatience));
}

TEST_F(FrameHubTest, KnowsTheValueThatHeldBeforeTheComputationBegan) {
  support::ScriptedSource door(table, support::sourceInfo("n/door", SourceKind::Slow, 0));
  door.send(kStart, {1}, kStart);
  clock.advance(seconds(60));

  const auto feed = hub.acquire({"n/door", "level", {}}).value();
  const auto frames = feed->subscribe(64);

  std::shared_ptr<const Frame> first;
  EXPECT_TRUE(waitUntil(
      [&] {
        clock.advance(milliseconds(100));
        if (const auto frame = frames->poll(); frame && !first) first = *frame;
        return first != nullptr;
      },
      kPatience));
  EXPECT_EQ(first->values[0], 1);
  EXPECT_GT(first->span.end, kStart + seconds(59));
}

TEST_F(FrameHubTest, AChangeOfRateKeepsTheLayoutAndGoesOn) {
  const auto feed = hub.acquire(spec).value();
  const auto frames = feed->subscribe(16);
  for (int i = 0; i < 2; ++i) sendHalf(1);
  ASSERT_TRUE(nextOf(*frames));

  source.become(imu(200));
  for (int i = 0; i < 2; ++i) sendHalf(2);

  std::shared_ptr<const Frame> frame = nextOf(*frames);
  ASSERT_TRUE(frame);
  EXPECT_EQ(frame->layout, feed->layout());
  EXPECT_EQ(frame->values[0], 2);
}

TEST_F(FrameHubTest, FramesPauseWhileTheSourceSendsOtherChannels) {
  const auto feed = hub.acquire(spec).value();
  const auto frames = feed->subscribe(16);

  source.become(imu(100, 2));
  for (int i = 0; i < 4; ++i) sendHalf(5);
  source.become(imu(100, 1));
  for (int i = 0; i < 4; ++i) sendHalf(7);

  const auto frame = nextOf(*frames);
  ASSERT_TRUE(frame);
  EXPECT_EQ(frame->values[0], 7);
}

TEST_F(FrameHubTest, ABurstOfOlderBlocksLosesNoWindow) {
  clock.set(kStart + seconds(20));
  const auto feed = hub.acquire(spec).value();
  const auto frames = feed->subscribe(64);

  for (int i = 0; i < 20; ++i) {
    source.send(kStart + milliseconds(500) * i, std::vector<float>(50, 1), clock.now());
  }

  for (int i = 0; i < 19; ++i) {
    const auto frame = nextOf(*frames);
    ASSERT_TRUE(frame);
    EXPECT_EQ(frame->span.begin, kStart + milliseconds(500) * i);
  }
}

}  // namespace
