#include "app/simulator/demo_home.h"

#include <cmath>
#include <gtest/gtest.h>

#include "tests/app/simulator/scripted_bench.h"
#include "tests/support/manual_clock.h"
#include "tests/support/wait_until.h"

namespace app {
namespace {

using Json = nlohmann::json;

class DemoHomeTest : public testing::Test {
 protected:
  DemoHomeTest()
      : room_(hubs::makeMemoryRoom()),
        bench_(room_),
        bus_(hubs::makeMemoryBus(room_)),
        home_(1, *bus_, topics_, clock_, [] {}) {}

  void play(double forSeconds) {
    const auto ticks = static_cast<int>(std::lround(forSeconds / kTickSeconds));
    for (int i = 0; i < ticks; ++i) {
      const base::Time start = clock_.now();
      clock_.advance(kHouseTick);
      home_.playTick(start);
    }
  }
  /// Until one more message of `node` was heard on `rest`.
  bool answers(const std::string& node, const std::string& rest,
               const std::function<void()>& action) {
    const std::size_t before = bench_.count(node, rest);
    action();
    return support::waitUntil([&] {
      home_.handleMessages();
      return bench_.count(node, rest) > before;
    });
  }
  void lease(const std::string& node, const std::string& stream) {
    ASSERT_TRUE(answers(node, "cmd/reply", [&] { bench_.lease(node, stream, 3600); }));
  }
  void want(const std::string& node, int version, const Json& set) {
    bench_.want(node, version, set);
    ASSERT_TRUE(support::waitUntil([&] {
      home_.handleMessages();
      return bench_.last(node, "config/reported").value("ver", -1) == version;
    }));
  }
  void act(const std::string& activity, bool on) {
    ASSERT_TRUE(answers("house", "cmd/reply", [&] {
      bench_.command("house", "act", {{"activity", activity}, {"on", on}});
    }));
  }
  /// All that was published has been heard.
  void settle() {
    ASSERT_TRUE(
        answers("house", "cmd/reply", [&] { bench_.command("house", "time", Json::object()); }));
  }
  std::size_t rowsHeard(const std::string& node, const std::string& stream, std::size_t channels) {
    std::size_t rows = 0;
    for (const auto& block : bench_.blocks(node, stream, channels)) rows += block.rows;
    return rows;
  }

  support::ManualClock clock_{{1'790'000'000'000'000'000}};
  std::shared_ptr<hubs::MemoryRoom> room_;
  support::ScriptedBench bench_;
  std::unique_ptr<hubs::Bus> bus_;
  hubs::Topics topics_;
  DemoHome home_;
};

TEST_F(DemoHomeTest, EveryNodeDescribesItselfWithoutAComplaint) {
  ASSERT_TRUE(answers("house", "state", [] {}));
  settle();

  for (const char* node : {"kitchen", "hall", "hall_camera", "house"}) {
    std::vector<std::string> complaints;
    const auto about = hubs::parseAbout(bench_.last(node, "about"), &complaints);
    ASSERT_TRUE(about.ok()) << node;
    EXPECT_TRUE(complaints.empty()) << node << ": " << complaints.front();
    EXPECT_EQ(bench_.lastText(node, "state"), "online");
  }
  EXPECT_EQ(hubs::parseAbout(bench_.last("house", "about"))->activities, activityNames());
}

TEST_F(DemoHomeTest, LeasedStreamsRunAtTheirDeclaredRates) {
  lease("kitchen", "vibration");
  lease("kitchen", "microphone");
  lease("kitchen", "power");

  play(4);

  settle();
  EXPECT_EQ(rowsHeard("kitchen", "vibration", 3), 400);
  EXPECT_EQ(rowsHeard("kitchen", "microphone", 1), 64'000);
  EXPECT_NEAR(static_cast<double>(rowsHeard("kitchen", "power", 1)), 4, 1);
  EXPECT_EQ(rowsHeard("hall", "light", 1), 0);
}

TEST_F(DemoHomeTest, AnotherVibrationRateIsWhatArrives) {
  lease("kitchen", "vibration");
  want("kitchen", 1, {{"imu.rate", 25}});

  play(4);

  settle();
  EXPECT_EQ(rowsHeard("kitchen", "vibration", 3), 100);
  const auto blocks = bench_.blocks("kitchen", "vibration", 3);
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    EXPECT_EQ(blocks[i].rate, 25);
    EXPECT_EQ(blocks[i].timeMicros - blocks[0].timeMicros, static_cast<std::int64_t>(i) * 200'000);
  }
}

TEST_F(DemoHomeTest, GainAmplifiesTheSoundUntilItClips) {
  lease("kitchen", "microphone");
  act("blender", true);
  const auto loudest = [&](double gain, int version) {
    want("kitchen", version, {{"mic.gain", gain}});
    const std::size_t before = bench_.count("kitchen", "stream/microphone");
    play(3);
    settle();
    float most = 0;
    double clipped = 0;
    const auto blocks = bench_.blocks("kitchen", "microphone", 1);
    for (std::size_t i = before + 10; i < blocks.size(); ++i) {
      for (const float count : blocks[i].values) {
        most = std::max(most, std::abs(count));
        clipped += std::abs(count) >= 32767 ? 1 : 0;
      }
    }
    return std::pair(most, clipped);
  };

  const auto [quiet, quietClipped] = loudest(0, 1);
  const auto [loud, loudClipped] = loudest(30, 2);

  EXPECT_LT(quiet, 8000);
  EXPECT_EQ(quietClipped, 0);
  EXPECT_EQ(loud, 32767);
  EXPECT_GT(loudClipped, 100);
}

TEST_F(DemoHomeTest, ActsAreAnsweredAndToldToAll) {
  act("kettle", true);
  EXPECT_EQ(bench_.last("house", "cmd/reply")["result"]["active"], Json({"kettle"}));
  EXPECT_EQ(bench_.last("house", "event")["event_type"], "act");
  EXPECT_EQ(bench_.last("house", "event")["activity"], "kettle");
  act("tap", true);
  act("kettle", false);
  EXPECT_EQ(bench_.last("house", "cmd/reply")["result"]["active"], Json({"tap"}));

  act("juggling", true);

  EXPECT_EQ(bench_.last("house", "cmd/reply")["code"], 404);
}

TEST_F(DemoHomeTest, AKettleShowsInThePowerWithinTwoReadings) {
  lease("kitchen", "power");
  play(3);
  act("kettle", true);

  play(2);

  settle();
  const auto blocks = bench_.blocks("kitchen", "power", 1);
  EXPECT_LT(blocks.front().values[0], 200);
  EXPECT_GT(blocks.back().values[0], 1700);
}

TEST_F(DemoHomeTest, RefusalsAreReportedWithTheirReason) {
  want("hall", 1, {{"motion.sensitivity", 12}});
  EXPECT_EQ(bench_.last("hall", "config/reported")["ack"]["motion.sensitivity"],
            Json({{"code", 400}, {"msg", "max 9"}}));

  want("hall_camera", 1, {{"privacy", true}});
  want("hall_camera", 2, {{"privacy", true}, {"exposure", 0.067}});

  EXPECT_EQ(bench_.last("hall_camera", "config/reported")["ack"]["exposure"]["code"], 409);
  const std::size_t before = bench_.count("hall_camera", "thumb");
  play(5);
  settle();
  EXPECT_EQ(bench_.count("hall_camera", "thumb"), before);
}

TEST_F(DemoHomeTest, ThumbnailsComeAtTheirInterval) {
  want("hall_camera", 1, {{"thumb.interval", 0.5}});
  act("walking through", true);

  play(5);

  settle();
  EXPECT_NEAR(static_cast<double>(bench_.count("hall_camera", "thumb")), 10, 1);
  for (const hubs::Message& thumb : bench_.messages("hall_camera", "thumb")) {
    EXPECT_LE(thumb.payload.size(), HallCamera::kLargest);
  }
  EXPECT_GT(bench_.last("hall_camera", "thumb/meta")["motion"].get<double>(), 0.005);
}

TEST_F(DemoHomeTest, AHeldUpComputerIsSaidInTheNextBlock) {
  lease("kitchen", "microphone");
  play(1);

  clock_.advance(std::chrono::seconds(2));
  home_.skip(20);
  play(1);

  settle();
  const auto blocks = bench_.blocks("kitchen", "microphone", 1);
  ASSERT_EQ(blocks.size(), 20);
  EXPECT_EQ(blocks[9].lost, 0);
  EXPECT_EQ(blocks[10].lost, 32'000);
  EXPECT_EQ(blocks[10].timeMicros - blocks[9].timeMicros, 2'100'000);
}

}  // namespace
}  // namespace app
