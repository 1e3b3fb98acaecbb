#include "hubs/bus.h"

#include <atomic>
#include <gtest/gtest.h>
#include <thread>

#include "hubs/memory_bus.h"
#include "tests/support/bus_contract.h"

namespace support {

struct MemoryHouse {
  std::shared_ptr<hubs::MemoryRoom> room = hubs::makeMemoryRoom();

  std::unique_ptr<hubs::Bus> makeBus(std::optional<hubs::Message> will = {}) {
    return hubs::makeMemoryBus(room, std::move(will));
  }
};
INSTANTIATE_TYPED_TEST_SUITE_P(Memory, BusContract, MemoryHouse);

}  // namespace support

namespace hubs {

// The cases of MQTT 5, section 4.7.
TEST(TopicMatches, FollowsTheStandard) {
  struct Case {
    const char* filter;
    const char* topic;
    bool matches;
  };
  const Case cases[] = {
      {"sport/tennis/player1/#", "sport/tennis/player1", true},
      {"sport/tennis/player1/#", "sport/tennis/player1/ranking", true},
      {"sport/tennis/player1/#", "sport/tennis/player1/score/wimbledon", true},
      {"sport/#", "sport", true},
      {"#", "anything/at/all", true},
      {"sport/tennis/+", "sport/tennis/player1", true},
      {"sport/tennis/+", "sport/tennis/player1/ranking", false},
      {"sport/+", "sport", false},
      {"sport/+", "sport/", true},
      {"+/+", "/finance", true},
      {"/+", "/finance", true},
      {"+", "/finance", false},
      {"#", "$SYS/load", false},
      {"+/monitor/Clients", "$SYS/monitor/Clients", false},
      {"$SYS/#", "$SYS/load", true},
      {"a/b", "a/B", false},
      {"a", "a/b", false},
      {"$share/group/a/+", "a/b", true},
      {"$share/group/a/+", "b/b", false},
  };

  for (const Case& c : cases) {
    EXPECT_EQ(topicMatches(c.filter, c.topic), c.matches) << c.filter << " and " << c.topic;
  }
}

TEST(TopicMatches, KnowsValidFiltersAndTopics) {
  for (const char* good : {"a", "/", "a//b", "#", "+", "a/+/b/#", "$share/g/a/#"}) {
    EXPECT_TRUE(isValidFilter(good)) << good;
  }
  for (const char* bad :
       {"", "a#", "a/#/b", "a+/b", "$share/g", "$share//a", "$share/+/a", "bad\xff utf8"}) {
    EXPECT_FALSE(isValidFilter(bad)) << bad;
  }
  EXPECT_TRUE(isValidTopic("mimosa/1/home"));
  EXPECT_FALSE(isValidTopic("mimosa/+"));
  EXPECT_FALSE(isValidTopic("mimosa/#"));
  EXPECT_FALSE(isValidTopic(std::string("a\0b", 3)));
  EXPECT_FALSE(isValidTopic(std::string(65'536, 'a')));
}

TEST(MemoryBus, DestroyingASubscriptionWaitsForItsRunningHandler) {
  const auto bus = makeMemoryBus(makeMemoryRoom());
  std::mutex mutex;
  std::condition_variable changed;
  bool entered = false;
  bool released = false;
  std::atomic<bool> finished = false;
  auto subscription =
      bus->subscribe("mimosa/1/test/slow", Delivery::AtMostOnce, [&](const Message&) {
        std::unique_lock lock(mutex);
        entered = true;
        changed.notify_all();
        changed.wait(lock, [&] { return released; });
        finished = true;
      });
  ASSERT_TRUE(bus->publish({.topic = "mimosa/1/test/slow", .payload = toBytes("x")}).ok());
  {
    std::unique_lock lock(mutex);
    changed.wait(lock, [&] { return entered; });
  }

  std::jthread releaser([&] {
    std::lock_guard lock(mutex);
    released = true;
    changed.notify_all();
  });
  subscription.reset();

  EXPECT_TRUE(finished);
}

TEST(MemoryBus, HandlersMayPublish) {
  const auto bus = makeMemoryBus(makeMemoryRoom());
  support::Inbox echoes;
  const auto echo =
      bus->subscribe("mimosa/1/test/call", Delivery::AtMostOnce, [&](const Message& message) {
        Message answer = message;
        answer.topic = "mimosa/1/test/echo";
        EXPECT_TRUE(bus->publish(answer).ok());
      });
  const auto listener =
      bus->subscribe("mimosa/1/test/echo", Delivery::AtMostOnce, echoes.handler());

  ASSERT_TRUE(bus->publish({.topic = "mimosa/1/test/call", .payload = toBytes("cuckoo")}).ok());

  ASSERT_TRUE(echoes.waitFor(1));
  EXPECT_EQ(echoes.texts()[0], "cuckoo");
}

}  // namespace hubs
