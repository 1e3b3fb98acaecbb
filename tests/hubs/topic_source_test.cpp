#include "hubs/topic_source.h"

#include <gtest/gtest.h>

#include "hubs/memory_bus.h"
#include "hubs/topic_browser.h"
#include "tests/support/manual_clock.h"
#include "tests/support/wait_until.h"

namespace hubs {

namespace {

class TopicSourceTest : public ::testing::Test {
 protected:
  void send(const std::string& topic, std::string_view text, Retain retain = Retain::No) {
    ASSERT_TRUE(house_->publish({.topic = topic, .payload = toBytes(text), .retain = retain}));
  }
  TopicChannel power() {
    return guessChannel(kProjectBroker, "plug", {.pointer = "/power", .kind = LeafKind::Number});
  }
  std::unique_ptr<sensors::Source> start(const TopicChannel& channel) {
    const sensors::LocalSource local = localSourceOf(channel);
    auto source = kind_.start(local, {sources_, clock_, [this] { ++changes_; }});
    stream_ = sources_.find(local.id);
    return source;
  }
  bool waitForBlocks(std::uint64_t n) {
    return support::waitUntil([&] { return stream_->counts().blocks >= n; },
                              std::chrono::seconds(60));
  }
  float newest() const {
    const auto recent = stream_->recent();
    return recent.empty() ? -1 : recent.back()->samples()->at(0, 0);
  }

  std::shared_ptr<MemoryRoom> room_ = makeMemoryRoom();
  std::unique_ptr<Bus> house_ = makeMemoryBus(room_);
  std::unique_ptr<Bus> bus_ = makeMemoryBus(room_);
  BrokerLinks links_{*bus_, {}, [](const std::string&) -> base::Result<MqttOptions> {
                       return base::invalid("unknown broker");
                     }};
  sensors::LocalKind kind_ = topicKind(links_);
  sensors::SourceTable sources_;
  base::SystemClock clock_;
  std::atomic<int> changes_ = 0;
  std::shared_ptr<sensors::SourceStream> stream_;
};

}  // namespace

TEST_F(TopicSourceTest, AValueOfAMessageBecomesARow) {
  const auto source = start(power());

  send("plug", R"({"power": 42.5, "state": "ON"})");

  ASSERT_TRUE(waitForBlocks(1));
  EXPECT_EQ(newest(), 42.5F);
  EXPECT_EQ(stream_->info()->channels.at(0).id, "power");
  EXPECT_EQ(stream_->info()->channels.at(0).unit, "W");
  EXPECT_EQ(stream_->info()->kind, sensors::SourceKind::Slow);
}

TEST_F(TopicSourceTest, AStoredMessageSaysWhatHolds) {
  send("plug", R"({"power": 7})", Retain::Yes);

  const auto source = start(power());

  ASSERT_TRUE(waitForBlocks(1));
  EXPECT_EQ(newest(), 7);
}

TEST_F(TopicSourceTest, MessagesAboutOtherThingsMakeNoRowAndUnreadableOnesAMissingRow) {
  const auto source = start(power());

  send("plug", R"({"state": "ON"})");
  send("plug", "garbage {");
  send("plug", R"({"power": null})");
  send("plug", R"({"power": 3})");

  ASSERT_TRUE(waitForBlocks(2));
  EXPECT_EQ(stream_->counts().blocks, 2U);
  EXPECT_EQ(stream_->counts().badValues, 1U);
  EXPECT_EQ(newest(), 3);
}

TEST_F(TopicSourceTest, SaysWhenTheValueIsNoNumberAnyMore) {
  const auto source = start(power());
  EXPECT_FALSE(source->trouble());

  for (int i = 0; i < 5; ++i) send("plug", R"({"power": "broken sensor"})");
  ASSERT_TRUE(waitForBlocks(5));
  ASSERT_TRUE(source->trouble());
  EXPECT_NE(source->trouble()->message.find("plug power"), std::string::npos);

  send("plug", R"({"power": 1})");
  ASSERT_TRUE(waitForBlocks(6));
  EXPECT_FALSE(source->trouble());
}

TEST_F(TopicSourceTest, AFloodIsCutAndCounted) {
  support::ManualClock clock;
  const sensors::LocalSource local = localSourceOf(power());
  const auto source = kind_.start(local, {sources_, clock, [] {}});
  stream_ = sources_.find(local.id);
  std::atomic<int> heard = 0;
  const auto counting =
      bus_->subscribe("plug", Delivery::AtMostOnce, [&](const Message&) { ++heard; });

  for (int i = 0; i < 3000; ++i) send("plug", R"({"power": 1})");
  ASSERT_TRUE(support::waitUntil([&] { return heard == 3000; }, std::chrono::seconds(60)));
  clock.advance(std::chrono::seconds(1));  // for 200 more
  send("plug", R"({"power": 1})");

  ASSERT_TRUE(waitForBlocks(401));  // 400 at once, and the one a second later
  EXPECT_EQ(stream_->counts().blocks, 401U);
  EXPECT_EQ(stream_->counts().lostBlocks, 2600U);
}

TEST_F(TopicSourceTest, WhatNamesNoTopicSaysSo) {
  sensors::LocalSource odd{.id = "x", .kind = kTopicKind, .device = "nonsense", .name = "Odd"};
  const auto source = kind_.start(odd, {sources_, clock_, [] {}});
  EXPECT_TRUE(source->trouble());

  TopicChannel elsewhere = power();
  elsewhere.broker = "mqtt://nowhere:1883";
  const sensors::LocalSource far = localSourceOf(elsewhere);
  EXPECT_EQ(kind_.start(far, {sources_, clock_, [] {}})->trouble()->message, "unknown broker");
}

TEST_F(TopicSourceTest, TheBrowserHearsEverythingButOurOwnTopics) {
  TopicBrowser browser(makeMemoryBus(room_), "#", clock_);

  send("mimosa/1/home/node/kitchen/about", "{}");
  send("zigbee2mqtt/plug", R"({"power": 5})");

  ASSERT_TRUE(support::waitUntil([&] { return browser.totals().messages >= 1; },
                                 std::chrono::seconds(60)));
  EXPECT_EQ(browser.totals().topics, 1U);
  EXPECT_EQ(browser.find("zigbee2mqtt/plug")->leaves.at(0).last.number, 5);
}

}  // namespace hubs
