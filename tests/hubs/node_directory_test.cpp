#include "hubs/node_directory.h"

#include <atomic>
#include <gtest/gtest.h>
#include <mutex>
#include <nlohmann/json.hpp>

#include "hubs/codec.h"
#include "hubs/memory_bus.h"
#include "hubs/request.h"
#include "hubs/sample_block.h"
#include "tests/support/manual_clock.h"
#include "tests/support/wait_until.h"

namespace hubs {

namespace {

using Json = nlohmann::json;
using namespace std::chrono_literals;
using support::waitUntil;

/// A node that says what the test tells it to, and remembers what it heard.
class ScriptedNode {
 public:
  ScriptedNode(const std::shared_ptr<MemoryRoom>& room, std::string id)
      : id_(std::move(id)), bus_(makeMemoryBus(room)) {
    commands_ = bus_->subscribe(topics_.node(id_, "cmd"), Delivery::AtLeastOnce,
                                [this](const Message& message) { takeCommand(message); });
    desired_ = bus_->subscribe(topics_.node(id_, "config/desired"), Delivery::AtLeastOnce,
                               [this](const Message& message) {
                                 std::lock_guard lock(mutex_);
                                 wishes_.push_back(*parseJson(message.payload));
                               });
  }

  void say(const std::string& rest, base::Bytes payload, Retain retain = Retain::Yes) {
    const Message message{.topic = topics_.node(id_, rest),
                          .payload = std::move(payload),
                          .delivery = Delivery::AtLeastOnce,
                          .retain = retain};
    EXPECT_TRUE(bus_->publish(message).ok());
  }
  void say(const std::string& rest, const Json& json) { say(rest, toJsonBytes(json)); }
  void comeOnline(const Json& about) {
    say("about", about);
    say("state", toBytes("online"));
  }

  /// Sends ten rows of one channel.
  void sendBlock(std::uint64_t sequence, double rate = 100, std::uint32_t boot = 1) {
    const SampleBlock block{.sequence = sequence,
                            .boot = boot,
                            .timeMicros = 1'000'000 + static_cast<std::int64_t>(sequence) * 100'000,
                            .rate = rate,
                            .rows = 10,
                            .channels = 1,
                            .values = std::vector<float>(10, 100)};
    say("stream/imu", encodeCbor(block, SampleType::I16), Retain::No);
  }

  std::vector<Json> heard(const std::string& op) const {
    std::lock_guard lock(mutex_);
    std::vector<Json> found;
    for (const Json& command : heard_) {
      if (command["op"] == op) found.push_back(command);
    }
    return found;
  }
  std::vector<Json> wishes() const {
    std::lock_guard lock(mutex_);
    return wishes_;
  }
  /// Whether replies go to the response topic (MQTT 5) or to cmd/reply.
  std::atomic<bool> usesResponseTopic = true;

 private:
  void takeCommand(const Message& message) {
    const Json command = *parseJson(message.payload);
    {
      std::lock_guard lock(mutex_);
      heard_.push_back(command);
    }
    Json reply{{"id", command["id"]}, {"code", 200}, {"result", {{"done", command["op"]}}}};
    if (command["op"] == "forbidden") reply.update({{"code", 409}, {"msg", "not while cooking"}});
    if (command["op"] == "silence") return;
    Message answer = replyTo(message, toJsonBytes(reply));
    if (!usesResponseTopic) answer.topic = topics_.node(id_, "cmd/reply");
    EXPECT_TRUE(bus_->publish(std::move(answer)).ok());
  }

  const std::string id_;
  const Topics topics_{"home"};
  mutable std::mutex mutex_;
  std::vector<Json> heard_;
  std::vector<Json> wishes_;
  std::unique_ptr<Bus> bus_;
  SubscriptionPtr commands_;
  SubscriptionPtr desired_;
};

const Json kAbout = Json::parse(R"({
  "v":1,"rev":1,"name":"Hall","ops":["lease","identify"],"media":{"thumb":true},
  "streams":[{"id":"imu","kind":"accel","name":"vibration","rates":[100],"rate_param":"imu.rate",
              "channels":[{"id":"x","unit":"m/s2","scale":0.01}]}],
  "params":{"imu.rate":{"type":"enum","options":[50,100,200],"default":100}}})");

class NodeDirectoryTest : public testing::Test {
 protected:
  void SetUp() override {
    directory_ = std::make_unique<NodeDirectory>(*bus_, Topics("home"), "wb1", sources_, clock_,
                                                 [this] { ++changes_; });
  }

  std::optional<NodeView> view(const std::string& id = "hall") const {
    for (NodeView& node : directory_->nodes()) {
      if (node.device.id == id) return std::move(node);
    }
    return std::nullopt;
  }
  bool waitForNode() {
    return waitUntil([&] { return view() && view()->device.online; });
  }
  bool waitForState(ParamState state) {
    return waitUntil([&] { return view() && view()->params["imu.rate"].state == state; });
  }
  std::shared_ptr<sensors::SourceStream> waitForSource(const std::string& id) {
    EXPECT_TRUE(waitUntil([&] { return sources_.find(id) != nullptr; }));
    return sources_.find(id);
  }

  std::shared_ptr<MemoryRoom> room_ = makeMemoryRoom();
  std::unique_ptr<Bus> bus_ = makeMemoryBus(room_);
  sensors::SourceTable sources_;
  support::ManualClock clock_{base::Time{} + 1000s};
  std::atomic<int> changes_ = 0;
  std::unique_ptr<NodeDirectory> directory_;
  ScriptedNode node_{room_, "hall"};
};

}  // namespace

TEST_F(NodeDirectoryTest, ANodeIsFoundItsStreamsDeclaredAndLeased) {
  node_.comeOnline(kAbout);

  ASSERT_TRUE(waitForNode());
  const auto source = waitForSource("hall/imu");
  EXPECT_EQ(source->info()->name, "Hall vibration");
  EXPECT_EQ(source->info()->kind, sensors::SourceKind::Motion);
  EXPECT_EQ(source->info()->rate, 100);
  EXPECT_EQ(view()->device.about.name, "Hall");
  EXPECT_TRUE(waitUntil([&] { return !node_.heard("lease").empty(); }));
  EXPECT_EQ(node_.heard("lease")[0]["args"], Json({{"stream", "imu"}, {"seconds", 30}}));
  EXPECT_GT(changes_, 0);
}

TEST_F(NodeDirectoryTest, LeasesAgainWhenTheNodeComesBack) {
  node_.comeOnline(kAbout);
  ASSERT_TRUE(waitUntil([&] { return node_.heard("lease").size() == 1; }));

  node_.say("state", toBytes("offline"));
  ASSERT_TRUE(waitUntil([&] { return !view()->device.online; }));
  node_.say("state", toBytes("online"));

  EXPECT_TRUE(waitUntil([&] { return node_.heard("lease").size() == 2; }));
}

TEST_F(NodeDirectoryTest, BlocksReachTheSourceTableScaledAndInOrder) {
  node_.comeOnline(kAbout);
  const auto source = waitForSource("hall/imu");
  const auto reader = source->subscribe(100);

  for (std::uint64_t i = 0; i < 5; ++i) node_.sendBlock(i);

  ASSERT_TRUE(waitUntil([&] { return source->counts().blocks == 5; }));
  base::Time expected;
  for (std::uint64_t i = 0; i < 5; ++i) {
    const sensors::BlockPtr block = *reader->poll();
    EXPECT_EQ(block->sequence, i);
    EXPECT_FLOAT_EQ(block->samples()->at(0, 0), 1);
    if (i > 0) {
      EXPECT_EQ(block->start, expected);
    }
    expected = block->end();
  }
  EXPECT_EQ(source->counts().lostBlocks, 0u);
}

TEST_F(NodeDirectoryTest, LostBlocksAreCounted) {
  node_.comeOnline(kAbout);
  const auto source = waitForSource("hall/imu");

  for (const std::uint64_t sequence : {0, 1, 5, 6}) node_.sendBlock(sequence);

  ASSERT_TRUE(waitUntil([&] { return source->counts().blocks == 4; }));
  EXPECT_EQ(source->counts().lostBlocks, 3u);
}

TEST_F(NodeDirectoryTest, AnOldRetainedBlockIsNotRecordedAsLive) {
  node_.comeOnline(kAbout);
  const auto source = waitForSource("hall/imu");
  directory_.reset();
  const SampleBlock stale{.rows = 1, .channels = 1, .values = {1}};
  node_.say("stream/imu", encodeCbor(stale, SampleType::I16), Retain::Yes);

  SetUp();
  ASSERT_TRUE(waitForNode());
  node_.sendBlock(1);

  ASSERT_TRUE(waitUntil([&] { return source->counts().blocks > 0; }));
  EXPECT_EQ(source->counts().blocks, 1u);
}

TEST_F(NodeDirectoryTest, AChangedRateDeclaresTheSourceAnew) {
  node_.comeOnline(kAbout);
  const auto source = waitForSource("hall/imu");

  node_.say("config/reported", Json::parse(R"({"ver":0,"cur":{"imu.rate":200}})"));
  const bool byParam = waitUntil([&] { return source->info()->rate == 200; });
  node_.sendBlock(0, 50);
  const bool byBlock = waitUntil([&] { return source->info()->rate == 50; });

  EXPECT_TRUE(byParam);
  EXPECT_TRUE(byBlock);
}

TEST_F(NodeDirectoryTest, AWishGoesFromWaitingToInStep) {
  node_.comeOnline(kAbout);
  ASSERT_TRUE(waitForNode());

  ASSERT_TRUE(directory_->ask("hall", "imu.rate", std::int64_t{200}).ok());
  ASSERT_TRUE(waitForState(ParamState::Waiting));
  ASSERT_TRUE(waitUntil([&] { return !node_.wishes().empty(); }));
  node_.say("config/reported",
            Json::parse(R"({"ver":1,"cur":{"imu.rate":200},"ack":{"imu.rate":{"code":200}}})"));

  EXPECT_TRUE(waitForState(ParamState::InStep));
  EXPECT_EQ(node_.wishes()[0], Json::parse(R"({"ver":1,"by":"wb1","set":{"imu.rate":200}})"));
}

TEST_F(NodeDirectoryTest, ARefusalCarriesTheNodesReason) {
  node_.comeOnline(kAbout);
  ASSERT_TRUE(waitForNode());

  ASSERT_TRUE(directory_->ask("hall", "imu.rate", std::int64_t{7}).ok());
  node_.say("config/reported", Json::parse(R"({"ver":1,"cur":{"imu.rate":100},
            "ack":{"imu.rate":{"code":400,"msg":"50, 100 or 200"}}})"));

  ASSERT_TRUE(waitForState(ParamState::Refused));
  EXPECT_EQ(view()->params["imu.rate"].message, "50, 100 or 200");
}

TEST_F(NodeDirectoryTest, AChangeOnTheNodeIsShownAsChangedElsewhere) {
  node_.comeOnline(kAbout);
  ASSERT_TRUE(waitForNode());
  ASSERT_TRUE(directory_->ask("hall", "imu.rate", std::int64_t{200}).ok());
  node_.say("config/reported", Json::parse(R"({"ver":1,"cur":{"imu.rate":200}})"));
  ASSERT_TRUE(waitForState(ParamState::InStep));

  node_.say("config/reported", Json::parse(R"({"ver":1,"cur":{"imu.rate":50}})"));

  EXPECT_TRUE(waitForState(ParamState::ChangedElsewhere));
}

TEST_F(NodeDirectoryTest, WhatAProjectRememberedIsSentToANodeThatLacksIt) {
  directory_->restore("hall", 12, {{"imu.rate", std::int64_t{50}}});
  EXPECT_TRUE(directory_->nodes().empty());

  node_.comeOnline(kAbout);
  node_.say("config/reported", Json::parse(R"({"ver":3,"cur":{"imu.rate":100}})"));

  ASSERT_TRUE(waitUntil([&] { return !node_.wishes().empty(); }));
  EXPECT_EQ(node_.wishes()[0]["ver"], 12);
  EXPECT_EQ(node_.wishes()[0]["set"], Json({{"imu.rate", 50}}));
}

TEST_F(NodeDirectoryTest, AnotherWorkbenchsVersionIsOutbid) {
  node_.comeOnline(kAbout);
  ASSERT_TRUE(waitForNode());
  node_.say("config/desired", Json::parse(R"({"ver":30,"by":"wb2","set":{"imu.rate":50}})"));
  ASSERT_TRUE(waitUntil([&] { return view()->desiredVersion == 30; }));

  ASSERT_TRUE(directory_->ask("hall", "imu.rate", std::int64_t{100}).ok());

  ASSERT_TRUE(waitUntil([&] { return node_.wishes().size() == 2; }));
  EXPECT_EQ(node_.wishes()[1]["ver"], 31);
}

TEST_F(NodeDirectoryTest, CommandsAreAnsweredOnEitherTopic) {
  node_.comeOnline(kAbout);
  ASSERT_TRUE(waitForNode());
  std::mutex mutex;
  std::vector<std::string> replies;
  const auto note = [&](base::Result<std::string> reply) {
    std::lock_guard lock(mutex);
    replies.push_back(reply ? *reply : reply.error().message);
  };
  const auto count = [&] {
    std::lock_guard lock(mutex);
    return replies.size();
  };

  directory_->command("hall", "identify", "", note);
  ASSERT_TRUE(waitUntil([&] { return count() == 1; }));
  node_.usesResponseTopic = false;
  directory_->command("hall", "forbidden", "{}", note);
  ASSERT_TRUE(waitUntil([&] { return count() == 2; }));
  directory_->command("hall", "silence", "{}", note, 50ms);
  ASSERT_TRUE(waitUntil([&] { return count() == 3; }));
  directory_->command("nobody", "identify", "{}", note);
  directory_->command("hall", "identify", "not JSON", note);

  EXPECT_EQ(replies, std::vector<std::string>(
                         {R"({"done":"identify"})", "hall: forbidden: not while cooking",
                          "hall: silence: no answer in time", "there is no node called nobody",
                          "the command's arguments are not valid JSON at byte 2"}));
}

TEST_F(NodeDirectoryTest, ThumbnailsAreCheckedAndMotionBecomesASource) {
  node_.comeOnline(kAbout);
  ASSERT_TRUE(waitForNode());
  const auto viewSource = waitForSource("hall/view");
  // SOI, then a frame header for 320 x 240.
  base::Bytes jpeg = {0xff, 0xd8, 0xff, 0xc0, 0, 11, 8, 0, 240, 1, 64, 1, 1, 0x11, 0};
  base::Bytes giant = jpeg;
  giant[7] = giant[9] = 0xff;

  node_.say("thumb", giant);
  node_.say("thumb", toBytes("no picture"));
  node_.say("thumb", jpeg);
  node_.say("thumb/meta", toJsonBytes({{"t", 5.0}, {"seq", 1}, {"motion", 0.25}}), Retain::No);

  ASSERT_TRUE(waitUntil([&] { return view()->thumbnail != nullptr; }));
  EXPECT_EQ(*view()->thumbnail, jpeg);
  EXPECT_EQ(view()->badMessages, 2u);
  EXPECT_TRUE(waitUntil([&] { return viewSource->counts().blocks == 1; }));
  EXPECT_EQ(viewSource->info()->channels[0].id, "motion");
}

TEST_F(NodeDirectoryTest, NonsenseIsCountedAndNamed) {
  node_.comeOnline(kAbout);
  ASSERT_TRUE(waitForNode());
  waitForSource("hall/imu");

  node_.say("stream/imu", toBytes("\xff\xff"), Retain::No);
  node_.say("config/reported", toBytes("{"));
  node_.say("state", toBytes("perhaps"));
  node_.say("about", toBytes("[]"));

  ASSERT_TRUE(waitUntil([&] { return view()->badMessages == 4; }));
  EXPECT_EQ(view()->lastComplaint, "about: not an object (begins with 5b5d)");
  EXPECT_TRUE(view()->device.online);
}

TEST_F(NodeDirectoryTest, AFloodingNodeIsNamedAndOthersGoOn) {
  ScriptedNode calm(room_, "kitchen");
  node_.comeOnline(kAbout);
  calm.comeOnline(kAbout);
  const auto flooded = waitForSource("hall/imu");
  const auto other = waitForSource("kitchen/imu");

  // The clock stands still: everything arrives at once.
  for (std::uint64_t i = 0; i < 1000; ++i) node_.sendBlock(i);
  calm.sendBlock(0);

  ASSERT_TRUE(waitUntil([&] { return other->counts().blocks == 1; }));
  EXPECT_LE(flooded->counts().blocks, 200u);
  EXPECT_NE(view()->lastComplaint.find("floods"), std::string::npos);
}

}  // namespace hubs
