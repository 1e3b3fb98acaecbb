#include "app/simulator/node.h"

#include <gtest/gtest.h>

#include "tests/app/simulator/scripted_bench.h"
#include "tests/support/manual_clock.h"
#include "tests/support/wait_until.h"

namespace app {
namespace {

using Json = nlohmann::json;
using std::chrono::milliseconds;
using std::chrono::seconds;

/// A node with a 100 Hz stream "imu" and a slow stream "door", and a bench that talks to it.
class NodeTest : public testing::Test {
 protected:
  NodeTest() : room_(hubs::makeMemoryRoom()), bench_(room_), bus_(hubs::makeMemoryBus(room_)) {
    restartNode();
  }

  static NodeSetup setup() {
    NodeSetup setup;
    setup.id = "n1";
    setup.about.revision = 1;
    setup.about.name = "Node one";
    setup.about.room = "Hall";
    setup.about.ops = {"lease", "identify", "restart", "time", "act"};
    hubs::StreamAbout imu;
    imu.id = "imu";
    imu.kind = sensors::SourceKind::Motion;
    imu.channels = {{"x", "m/s2", -39, 39}, {"y", "m/s2", -39, 39}};
    imu.scale = {0.01, 0.01};
    imu.offset = {0, 0};
    imu.rate = 100;
    imu.rateParam = "imu.rate";
    hubs::StreamAbout door;
    door.id = "door";
    door.kind = sensors::SourceKind::Slow;
    door.channels = {{"open", "1", 0, 1}};
    setup.about.streams = {imu, door};
    setup.wires["imu"] = {StreamWire::Form::CborI16, milliseconds(100), {50, 100}};
    setup.wires["door"] = {StreamWire::Form::Json, {}, {}};
    base::ParamSpec rate;
    rate.name = "imu.rate";
    rate.type = base::ParamType::Enum;
    rate.options = {std::int64_t{50}, std::int64_t{100}};
    rate.defaultValue = std::int64_t{100};
    setup.about.params = {rate};
    setup.command = [](const std::string& op, const Json& args) {
      return CommandAnswer{.result = {{"did", op}, {"args", args}}};
    };
    return setup;
  }

  void restartNode() {
    node_.reset();
    NodeSetup mine = setup();
    mine.applied = [this](const std::string&, const base::ParamValue& value) {
      node_->setRate("imu", base::toNumber(value));
    };
    node_ = std::make_unique<SimulatedNode>(std::move(mine), *bus_, hubs::Topics(), clock_, [] {});
  }

  /// Lets the node read its messages until `condition` holds.
  bool until(const std::function<bool()>& condition) {
    return support::waitUntil([&] {
      node_->handleMessages();
      return condition();
    });
  }
  /// Until the bench heard one more message on `rest` than before `action`.
  bool answers(const std::string& rest, const std::function<void()>& action) {
    const std::size_t before = bench_.count("n1", rest);
    action();
    return until([&] { return bench_.count("n1", rest) > before; });
  }
  void measure(double forSeconds, double rate) {
    const auto rows = static_cast<std::size_t>(forSeconds * rate + 0.5);
    for (std::size_t i = 0; i < rows; ++i) {
      const std::array row{1.5F, -2.0F};
      node_->append("imu", clock_.now(), row);
      clock_.advance(base::fromSeconds(1 / rate));
      node_->advance();
    }
  }
  bool hearsBlocks(std::size_t count) {
    return support::waitUntil([&] { return bench_.count("n1", "stream/imu") >= count; });
  }

  support::ManualClock clock_{{1'790'000'000'000'000'000}};
  std::shared_ptr<hubs::MemoryRoom> room_;
  support::ScriptedBench bench_;
  std::unique_ptr<hubs::Bus> bus_;
  std::unique_ptr<SimulatedNode> node_;
};

TEST_F(NodeTest, AnnouncesItselfRetainedAndSaysOfflineAtItsEnd) {
  ASSERT_TRUE(until([&] { return bench_.lastText("n1", "state") == "online"; }));

  EXPECT_TRUE(hubs::parseAbout(bench_.last("n1", "about")).ok());
  EXPECT_EQ(bench_.last("n1", "about")["streams"][0]["rates"], Json({100, 50}));
  EXPECT_EQ(bench_.last("n1", "config/reported")["cur"]["imu.rate"], 100);
  support::ScriptedBench latecomer(room_);
  EXPECT_TRUE(support::waitUntil([&] { return latecomer.lastText("n1", "state") == "online"; }));

  node_.reset();
  EXPECT_TRUE(support::waitUntil([&] { return bench_.lastText("n1", "state") == "offline"; }));
}

TEST_F(NodeTest, NoBlockLeavesWithoutALease) {
  measure(1, 100);

  ASSERT_TRUE(answers("cmd/reply", [&] { bench_.command("n1", "time", Json::object()); }));
  EXPECT_EQ(bench_.count("n1", "stream/imu"), 0);
}

TEST_F(NodeTest, ALeasedStreamSendsEvenBlocksUntilTheLeaseEnds) {
  ASSERT_TRUE(answers("cmd/reply", [&] { bench_.lease("n1", "imu", 2); }));
  EXPECT_EQ(bench_.last("n1", "cmd/reply")["code"], 200);
  const base::Time begin = clock_.now();

  measure(5, 100);  // two seconds of it are leased

  ASSERT_TRUE(hearsBlocks(20));
  ASSERT_TRUE(answers("cmd/reply", [&] { bench_.command("n1", "time", Json::object()); }));
  const auto blocks = bench_.blocks("n1", "imu", 2);
  ASSERT_EQ(blocks.size(), 20);
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    EXPECT_EQ(blocks[i].sequence, i);
    EXPECT_EQ(blocks[i].rows, 10);
    EXPECT_EQ(blocks[i].timeMicros, begin.ns / 1000 + static_cast<std::int64_t>(i) * 100'000);
    EXPECT_EQ(blocks[i].values[0], 150);  // 1.5 / 0.01 counts
    EXPECT_EQ(blocks[i].values[1], -200);
    EXPECT_NE(blocks[i].boot, 0);
    EXPECT_EQ(blocks[i].aboutRevision, 1);
  }
}

TEST_F(NodeTest, ALeaseOfZeroSecondsEndsItAtOnce) {
  ASSERT_TRUE(answers("cmd/reply", [&] { bench_.lease("n1", "imu", 30); }));
  EXPECT_TRUE(node_->isLeased("imu"));

  ASSERT_TRUE(answers("cmd/reply", [&] { bench_.lease("n1", "imu", 0); }));

  EXPECT_FALSE(node_->isLeased("imu"));
}

TEST_F(NodeTest, UnknownStreamsOperationsAndBrokenCommandsAreAnswered) {
  ASSERT_TRUE(answers("cmd/reply", [&] { bench_.lease("n1", "smell", 30); }));
  EXPECT_EQ(bench_.last("n1", "cmd/reply")["code"], 404);
  ASSERT_TRUE(answers("cmd/reply", [&] { bench_.lease("n1", "imu", -3); }));
  EXPECT_EQ(bench_.last("n1", "cmd/reply")["code"], 400);
  ASSERT_TRUE(answers("cmd/reply", [&] { bench_.command("n1", "fly", Json::object()); }));
  EXPECT_EQ(bench_.last("n1", "cmd/reply")["code"], 404);
  ASSERT_TRUE(answers("cmd/reply", [&] { bench_.send("n1", "cmd", "{nonsense"); }));
  EXPECT_EQ(bench_.last("n1", "cmd/reply")["code"], 400);
}

TEST_F(NodeTest, TheReplyGoesToTheResponseTopicWithItsCorrelation) {
  hubs::Message request;
  request.topic = hubs::Topics().node("n1", "cmd");
  request.payload = hubs::toBytes(R"({"id":"9","op":"time"})");
  request.responseTopic = hubs::Topics().bench("b1", "replies");
  request.correlation = hubs::toBytes("key");
  std::mutex mutex;
  std::vector<hubs::Message> replies;
  const auto subscription = bench_.bus().subscribe(
      request.responseTopic, hubs::Delivery::AtLeastOnce, [&](const hubs::Message& message) {
        std::lock_guard lock(mutex);
        replies.push_back(message);
      });

  (void)bench_.bus().publish(request);

  ASSERT_TRUE(until([&] {
    std::lock_guard lock(mutex);
    return !replies.empty();
  }));
  EXPECT_EQ(replies[0].correlation, hubs::toBytes("key"));
  EXPECT_EQ(bench_.count("n1", "cmd/reply"), 0);
}

TEST_F(NodeTest, AChangedRateChangesTheBlocksAndTheAnnouncement) {
  ASSERT_TRUE(answers("cmd/reply", [&] { bench_.lease("n1", "imu", 30); }));
  measure(1, 100);
  ASSERT_TRUE(answers("config/reported", [&] { bench_.want("n1", 1, {{"imu.rate", 50}}); }));

  measure(1, 50);

  ASSERT_TRUE(hearsBlocks(20));
  const auto blocks = bench_.blocks("n1", "imu", 2);
  EXPECT_EQ(blocks.front().rate, 100);
  EXPECT_EQ(blocks.front().rows, 10);
  EXPECT_EQ(blocks.back().rate, 50);
  EXPECT_EQ(blocks.back().rows, 5);
  EXPECT_EQ(blocks.back().aboutRevision, 2);
  EXPECT_EQ(bench_.last("n1", "about")["rev"], 2);
  EXPECT_EQ(bench_.last("n1", "about")["streams"][0]["rates"], Json({50, 100}));
}

TEST_F(NodeTest, ANodeThatComesLaterActsOnTheRetainedDesired) {
  node_.reset();
  bench_.want("n1", 7, {{"imu.rate", 50}});
  restartNode();

  ASSERT_TRUE(until([&] { return bench_.last("n1", "config/reported").value("ver", 0) == 7; }));
  EXPECT_EQ(bench_.last("n1", "config/reported")["cur"]["imu.rate"], 50);
}

TEST_F(NodeTest, ASlowStreamTellsTheHeldValueWhenTheLeaseBegins) {
  const float open = 1;
  node_->report("door", clock_.now(), std::span(&open, 1));
  clock_.advance(seconds(20));

  ASSERT_TRUE(answers("stream/door", [&] { bench_.lease("n1", "door", 30); }));

  const auto block = bench_.blocks("n1", "door", 1).at(0);
  EXPECT_FALSE(block.raw);
  EXPECT_EQ(block.values, std::vector<float>{1});
}

TEST_F(NodeTest, LatestValuesComeOnceASecondAtMost) {
  measure(3.05, 100);

  ASSERT_TRUE(support::waitUntil([&] { return bench_.count("n1", "value/imu") >= 4; }));
  ASSERT_TRUE(answers("cmd/reply", [&] { bench_.command("n1", "time", Json::object()); }));
  EXPECT_EQ(bench_.count("n1", "value/imu"), 4);  // at 0, 1, 2 and 3 s
  EXPECT_DOUBLE_EQ(bench_.last("n1", "value/imu")["x"].get<double>(), 1.5);
}

TEST_F(NodeTest, ARestartEndsLeasesAndBeginsANewBoot) {
  ASSERT_TRUE(answers("cmd/reply", [&] { bench_.lease("n1", "imu", 30); }));
  measure(0.1, 100);
  ASSERT_TRUE(answers("state", [&] { bench_.command("n1", "restart", Json::object()); }));
  EXPECT_TRUE(support::waitUntil([&] { return bench_.lastText("n1", "state") == "offline"; }));

  measure(3, 100);  // two of them booting

  EXPECT_TRUE(support::waitUntil([&] { return bench_.lastText("n1", "state") == "online"; }));
  EXPECT_FALSE(node_->isLeased("imu"));
  ASSERT_TRUE(answers("cmd/reply", [&] { bench_.lease("n1", "imu", 30); }));
  measure(0.1, 100);
  ASSERT_TRUE(hearsBlocks(2));
  const auto blocks = bench_.blocks("n1", "imu", 2);
  ASSERT_EQ(blocks.size(), 2);
  EXPECT_EQ(blocks[1].sequence, 0);
  EXPECT_NE(blocks[0].boot, blocks[1].boot);
}

TEST_F(NodeTest, LostRowsAreSaidInTheNextBlock) {
  ASSERT_TRUE(answers("cmd/reply", [&] { bench_.lease("n1", "imu", 30); }));
  measure(0.05, 100);  // half a block

  node_->lose("imu", 40);
  measure(0.1, 100);

  ASSERT_TRUE(hearsBlocks(1));
  EXPECT_EQ(bench_.blocks("n1", "imu", 2).at(0).lost, 45);
}

}  // namespace
}  // namespace app
