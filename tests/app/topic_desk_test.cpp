// From a broker as a home has it to a channel of a project, with everything real.

#include "app/topic_desk.h"

#include <filesystem>
#include <gtest/gtest.h>

#include "hubs/topic_channel.h"
#include "tests/support/home_session.h"
#include "tests/support/open_broker.h"

namespace app {

namespace {

using namespace std::chrono_literals;
using support::waitUntil;

constexpr auto kPatience = 90s;

/// A project that speaks with nobody but the broker a person chooses.
struct Bench {
  std::unique_ptr<Session> open() {
    SessionOptions options = support::homeOptions(folder.path());
    options.startWorker = false;
    options.startDemoHome = false;
    return support::openSession(options);
  }
  std::filesystem::path book() const { return folder.path() / "settings" / "brokers"; }

  support::TempFolder folder;
};

struct Home {
  explicit Home(const hubs::MqttOptions& options) {
    auto made = hubs::makeMqttBus(options);
    EXPECT_TRUE(made);
    bus = *std::move(made);
  }
  void say(const std::string& topic, const std::string& text) {
    EXPECT_TRUE(bus->publish({.topic = topic,
                              .payload = hubs::toBytes(text),
                              .delivery = hubs::Delivery::AtLeastOnce}));
  }
  /// As say(), again and again until it is heard: a queue that is full meanwhile is no failure.
  void repeat(const std::string& topic, const std::string& text) {
    (void)bus->publish({.topic = topic, .payload = hubs::toBytes(text)});
  }
  std::unique_ptr<hubs::Bus> bus;
};

const SourceView* sourceNamed(const Snapshot& snapshot, const std::string& name) {
  for (const SourceView& source : snapshot.sources) {
    if (source.info.name == name) return &source;
  }
  return nullptr;
}

}  // namespace

TEST(TopicDesk, AValueOfARealBrokerBecomesAChannelThatIsThereAgainTomorrow) {
  const support::OpenBroker broker("anna", "secret");
  hubs::MqttOptions login = broker.options();
  login.user = "anna";
  login.password = "secret";
  Home home(login);
  Bench bench;
  hubs::TopicChannel channel;
  {
    const auto session = bench.open();
    TopicDesk& desk = session->topics();
    desk.lookForBrokers({.plainPort = broker.port(), .encryptedPort = 1, .askMulticast = false});
    ASSERT_TRUE(waitUntil([&] { return desk.view().looked && !desk.view().looking; }, kPatience));
    ASSERT_EQ(desk.view().brokers.size(), 1U);
    EXPECT_EQ(desk.view().brokers[0].address, broker.url());
    EXPECT_EQ(desk.view().brokers[0].login, hubs::FoundBroker::Login::Password);

    desk.listenWith({.url = broker.url(), .user = "anna", .password = "wrong"});
    ASSERT_TRUE(waitUntil([&] { return desk.view().link.state == hubs::LinkState::Refused; },
                          kPatience));
    EXPECT_FALSE(desk.view().link.reason.empty());  // some brokers do not say which was wrong

    desk.listenWith({.url = broker.url(), .user = "anna", .password = "secret"});
    ASSERT_TRUE(waitUntil([&] { return desk.view().link.state == hubs::LinkState::Online; },
                          kPatience));
    home.say("zigbee2mqtt/kitchen_plug", R"({"power": 3.5, "state": "ON"})");
    ASSERT_TRUE(waitUntil([&] { return desk.find("zigbee2mqtt/kitchen_plug") != nullptr; },
                          kPatience));
    const auto topic = desk.find("zigbee2mqtt/kitchen_plug");
    ASSERT_EQ(topic->leaves.size(), 2U);
    channel = hubs::guessChannel(desk.view().browsing, topic->topic, topic->leaves[0].last);

    session->addLocal(hubs::localSourceOf(channel));
    session->settle();
    ASSERT_TRUE(waitUntil(
        [&] {
          home.say("zigbee2mqtt/kitchen_plug", R"({"power": 1840, "state": "ON"})");
          const auto* source = sourceNamed(*session->snapshot(), "kitchen plug power");
          return source && source->counts.blocks > 0;
        },
        kPatience));
    const auto columns = session->columns(hubs::localSourceOf(channel).id, 0,
                                          {session->now() - 60s, session->now()}, 10);
    EXPECT_FALSE(columns.empty());

    session->undo();
    ASSERT_TRUE(waitUntil([&] { return session->snapshot()->locals.empty(); }, kPatience));
    session->redo();
    ASSERT_TRUE(waitUntil([&] { return session->snapshot()->locals.size() == 1; }, kPatience));
  }

  const auto again = bench.open();

  ASSERT_TRUE(waitUntil(
      [&] {
        home.say("zigbee2mqtt/kitchen_plug", R"({"power": 12, "state": "ON"})");
        const auto* source = sourceNamed(*again->snapshot(), "kitchen plug power");
        return source && source->counts.blocks > 0;
      },
      kPatience));
  const auto locals = again->snapshot()->locals;
  ASSERT_EQ(locals.size(), 1U);
  EXPECT_EQ(*hubs::topicChannelOf(locals[0].source), channel);
  EXPECT_TRUE(locals[0].trouble.empty()) << locals[0].trouble;
}

TEST(TopicDesk, ALoginThatIsSetRightReachesTheChannelsThatAreThere) {
  const support::OpenBroker broker("anna", "secret");
  hubs::MqttOptions login = broker.options();
  login.user = "anna";
  login.password = "secret";
  Home home(login);
  Bench bench;
  ASSERT_TRUE(BrokerBook(bench.book())
                  .keep({.url = broker.url(), .user = "anna", .password = "of last year"}));
  const auto session = bench.open();
  session->addLocal(hubs::localSourceOf(hubs::guessChannel(
      broker.url(), "plug", {.pointer = "/power", .kind = hubs::LeafKind::Number})));
  ASSERT_TRUE(waitUntil(
      [&] {
        const auto locals = session->snapshot()->locals;
        return !locals.empty() && !locals[0].trouble.empty();
      },
      kPatience));

  session->topics().listenWith({.url = broker.url(), .user = "anna", .password = "secret"});

  EXPECT_TRUE(waitUntil(
      [&] {
        home.repeat("plug", R"({"power": 3})");
        const auto* source = sourceNamed(*session->snapshot(), "plug power");
        return source && source->counts.blocks > 0;
      },
      kPatience));
  EXPECT_TRUE(session->snapshot()->locals.at(0).trouble.empty());
}

TEST(TopicDesk, AMistypedPasswordTakesNobodysPlace) {
  const support::OpenBroker broker("anna", "secret");
  Bench bench;
  ASSERT_TRUE(
      BrokerBook(bench.book()).keep({.url = broker.url(), .user = "anna", .password = "secret"}));
  const auto session = bench.open();
  TopicDesk& desk = session->topics();

  desk.listenWith({.url = broker.url(), .user = "anna", .password = "secert"});

  ASSERT_TRUE(
      waitUntil([&] { return desk.view().link.state == hubs::LinkState::Refused; }, kPatience));
  EXPECT_EQ(BrokerBook(bench.book()).optionsFor(broker.url())->password, "secret");
  desk.listenTo(broker.url());
  EXPECT_TRUE(
      waitUntil([&] { return desk.view().link.state == hubs::LinkState::Online; }, kPatience));
}

TEST(TopicDesk, WhatIsNoAddressSaysSoAndAPrivateBrokerIsNotOffered) {
  Bench bench;
  const auto session = bench.open();

  session->topics().listenWith({.url = "http://somewhere"});

  ASSERT_TRUE(waitUntil([&] { return !session->topics().view().trouble.empty(); }, kPatience));
  EXPECT_TRUE(session->topics().view().brokers.empty());
}

TEST(BrokerBook, PasswordsStayOnThisComputerForItsOwnerAlone) {
  const support::TempFolder folder;
  const auto file = folder.path() / "settings" / "brokers";
  BrokerBook book(file);

  ASSERT_TRUE(book.keep({.url = "mqtt://Home:1883/", .user = "anna", .password = "old"}));
  ASSERT_TRUE(book.keep({.url = "mqtt://Home:1883", .user = "anna", .password = "new"}));
  ASSERT_TRUE(book.keep({.url = "mqtts://far:8883"}));

  EXPECT_EQ(std::filesystem::status(file).permissions() & std::filesystem::perms::all,
            std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
  ASSERT_EQ(BrokerBook(file).all().size(), 2U);
  EXPECT_EQ(book.optionsFor("mqtt://Home:1883")->password, "new");
  EXPECT_TRUE(book.optionsFor("mqtt://other:1883")->user.empty());
  EXPECT_FALSE(book.optionsFor("mqtts://far:8883")->tls->caFile.empty());
  EXPECT_FALSE(book.keep({.url = "nonsense"}));
}

TEST(BrokerBook, ADamagedFileIsAnEmptyBook) {
  const support::TempFolder folder;
  std::ofstream(folder.path() / "brokers") << R"([{"url": 3}, {"url": "mqtt://a:1"}, 7, )";
  EXPECT_TRUE(BrokerBook(folder.path() / "brokers").all().empty());
  std::ofstream(folder.path() / "brokers") << R"([{"url": 3}, {"url": "mqtt://a:1"}, 7])";
  EXPECT_EQ(BrokerBook(folder.path() / "brokers").all().size(), 1U);
}

}  // namespace app
