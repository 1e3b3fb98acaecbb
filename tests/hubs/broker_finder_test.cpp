#include "hubs/broker_finder.h"

#include <gtest/gtest.h>

#include "hubs/topic_browser.h"
#include "tests/support/broker_fixture.h"
#include "tests/support/open_broker.h"
#include "tests/support/wait_until.h"

namespace hubs {

namespace {

std::uint32_t ip(int a, int b, int c, int d) {
  return static_cast<std::uint32_t>(a) << 24 | static_cast<std::uint32_t>(b) << 16 |
         static_cast<std::uint32_t>(c) << 8 | static_cast<std::uint32_t>(d);
}

}  // namespace

TEST(BrokerFinder, AsksOnlyTheHomesOwnNetworks) {
  const std::vector<OwnAddress> own{{"eth0", ip(192, 168, 1, 7), 24},
                                    {"docker0", ip(172, 17, 0, 1), 16},
                                    {"wlan0", ip(192, 168, 1, 9), 24},
                                    {"eth1", ip(10, 0, 3, 2), 8},
                                    {"eth2", ip(93, 184, 216, 34), 24},
                                    {"tun0", ip(10, 8, 0, 2), 24}};

  EXPECT_EQ(addressesAround(own).size(), 2U * 254);
  EXPECT_EQ(networksAround(own), (std::vector<std::string>{"192.168.1.x", "10.0.3.x"}));
}

TEST(BrokerFinder, ReadsWhatBrokersAnswerToAHello) {
  using Login = FoundBroker::Login;
  const auto login = [](std::initializer_list<std::uint8_t> bytes) {
    return loginFromAnswer(base::Bytes(bytes));
  };
  EXPECT_EQ(login({0x20, 3, 0, 0, 0}), Login::None);
  EXPECT_EQ(login({0x20, 3, 0, 0x87, 0}), Login::Password);
  EXPECT_EQ(login({0x20, 2, 0, 5}), Login::Password);
  EXPECT_EQ(login({0x20, 2, 0, 1}), Login::Unknown);
  EXPECT_FALSE(login({'H', 'T', 'T', 'P'}));
  EXPECT_FALSE(login({0x20, 2}));
}

TEST(BrokerFinder, FindsTheBrokerOfThisComputerAndThatItWantsAPassword) {
  support::BrokerHouse house;
  BrokerFinder finder({.plainPort = house.broker().port(), .encryptedPort = 1, .askMulticast = false});

  ASSERT_TRUE(support::waitUntil([&] { return finder.state().done; }, std::chrono::seconds(60)));

  const FinderState state = finder.state();
  ASSERT_EQ(state.found.size(), 1U);
  EXPECT_EQ(state.found[0].address, "mqtt://127.0.0.1:" + std::to_string(house.broker().port()));
  EXPECT_EQ(state.found[0].login, FoundBroker::Login::Password);
  EXPECT_EQ(state.found[0].name, "this computer");
  EXPECT_EQ(state.progress, 1);
}

TEST(BrokerFinder, FindsABrokerThatAsksForNoPassword) {
  const support::OpenBroker house;
  ASSERT_TRUE(support::waitUntil(
      [&] {
        const BrokerFinder finder(
            {.plainPort = house.port(), .encryptedPort = 1, .askMulticast = false});
        support::waitUntil([&] { return finder.state().done; }, std::chrono::seconds(60));
        const auto found = finder.state().found;
        return found.size() == 1 && found[0].login == FoundBroker::Login::None;
      },
      std::chrono::seconds(60)));
}

TEST(BrokerFinder, CanBeLeftAtAnyTime) {
  std::vector<std::uint32_t> many;
  for (std::uint32_t i = 1; i < 255; ++i) many.push_back(ip(192, 0, 2, 0) + i);  // nobody's
  const BrokerFinder finder({.addresses = many, .plainPort = 1, .encryptedPort = 2});
}

TEST(TopicBrowser, HearsARealBrokerWithStoredMessagesMarkedAndNothingTooLarge) {
  const support::OpenBroker house;
  const auto bus = support::BrokerHouse::makeBus(house.options());
  const auto send = [&](const std::string& topic, std::string text, Retain retain = Retain::No) {
    ASSERT_TRUE(bus->publish({.topic = topic,
                              .payload = toBytes(text),
                              .delivery = Delivery::AtLeastOnce,
                              .retain = retain}));
  };
  send("home/door", "closed", Retain::Yes);
  ASSERT_TRUE(bus->flush(std::chrono::seconds(60)));
  MqttOptions options = house.options();
  options.mostPacketBytes = 100'000;
  const base::SystemClock clock;
  const auto browser = TopicBrowser::open(options, "#", clock);
  ASSERT_TRUE(browser);
  ASSERT_TRUE(support::waitUntil([&] { return (*browser)->find("home/door") != nullptr; },
                                 std::chrono::seconds(60)));
  EXPECT_TRUE((*browser)->find("home/door")->isOld);

  send("home/large", std::string(200'000, 'x'));
  send("home/plug", R"({"power": 12})");

  ASSERT_TRUE(support::waitUntil([&] { return (*browser)->find("home/plug") != nullptr; },
                                 std::chrono::seconds(60)));
  EXPECT_FALSE((*browser)->find("home/large"));
  EXPECT_FALSE(TopicBrowser::open(options, "a/#/b", clock));
}

}  // namespace hubs
