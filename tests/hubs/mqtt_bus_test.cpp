#include "hubs/mqtt_bus.h"

#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

#include "tests/support/broker_fixture.h"
#include "tests/support/bus_contract.h"
#include "tests/support/scripted_broker.h"

namespace support {

INSTANTIATE_TYPED_TEST_SUITE_P(Mqtt, BusContract, BrokerHouse);

}  // namespace support

namespace hubs {

namespace {

using namespace std::chrono_literals;
using support::BrokerHouse;
using support::Inbox;
using support::ScriptedBroker;
using support::waitUntil;

Message message(const std::string& topic, std::string_view text) {
  return {.topic = "mimosa/1/test/" + topic,
          .payload = toBytes(text),
          .delivery = Delivery::AtLeastOnce};
}

/// Of this process's sockets towards `port`: how many there are, and how many have TCP_NODELAY.
std::pair<int, int> socketsTowards(int port) {
  int all = 0;
  int quick = 0;
  for (const auto& entry : std::filesystem::directory_iterator("/proc/self/fd")) {
    const int fd = std::atoi(entry.path().filename().c_str());
    sockaddr_in peer{};
    socklen_t length = sizeof peer;
    if (getpeername(fd, reinterpret_cast<sockaddr*>(&peer), &length) != 0) continue;
    if (peer.sin_family != AF_INET || ntohs(peer.sin_port) != port) continue;
    int on = 0;
    socklen_t size = sizeof on;
    getsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, &size);
    ++all;
    quick += on != 0;
  }
  return {all, quick};
}

/// Connects with a will, says it is alive, and waits to be killed.
int beMortal(const char* port, const char* user, const char* password) {
  MqttOptions options;
  options.port = std::atoi(port);
  options.user = user;
  options.password = password;
  options.will = message("last", "killed");
  const auto bus = BrokerHouse::makeBus(options);
  if (!bus || !waitOnline(*bus, 10s) || !bus->publish(message("last", "alive"))) return 1;
  return waitUntil([] { return false; }, 60s) ? 0 : 1;
}

/// Opens a private broker, tells its process id, and waits to be killed.
int ownABroker(const char* descriptor) {
  const auto broker = PrivateBroker::open();
  if (!broker) return 1;
  const int pid = (*broker)->processId();
  if (::write(std::atoi(descriptor), &pid, sizeof pid) != sizeof pid) return 1;
  return waitUntil([] { return false; }, 60s) ? 0 : 1;
}

}  // namespace

TEST(MqttBus, SetsNoDelayOnItsSocketUnlessAskedNotTo) {
  BrokerHouse house;
  MqttOptions slow = house.options();
  slow.noDelay = false;

  const auto lazy = house.makeBus(slow);
  ASSERT_TRUE(waitOnline(*lazy, 10s).ok());
  const auto before = socketsTowards(slow.port);
  const auto brisk = house.makeBus();
  ASSERT_TRUE(waitOnline(*brisk, 10s).ok());
  const auto after = socketsTowards(slow.port);

  EXPECT_EQ(before, std::pair(1, 0));
  EXPECT_EQ(after, std::pair(2, 2));
}

TEST(MqttBus, SurvivesABrokerThatIsKilledAndComesBackEmpty) {
  BrokerHouse house;
  const auto bus = house.makeBus();
  Inbox inbox;
  const auto subscription =
      bus->subscribe("mimosa/1/test/again", Delivery::AtLeastOnce, inbox.handler());
  ASSERT_TRUE(waitOnline(*bus, 10s).ok());

  ASSERT_EQ(::kill(house.broker().processId(), SIGKILL), 0);
  ASSERT_TRUE(waitUntil([&] { return bus->status().state == LinkState::Lost; }));
  EXPECT_NE(bus->status().reason.find(std::to_string(house.broker().port())), std::string::npos);
  EXPECT_GT(bus->status().nextTry, bus->status().since);
  ASSERT_TRUE(bus->publish(message("again", "sent while away")).ok());
  ASSERT_TRUE(house.broker().reviveIfDead().ok());

  ASSERT_TRUE(inbox.waitFor(1, 30s));
  EXPECT_EQ(inbox.texts()[0], "sent while away");
  EXPECT_EQ(bus->status().connects, 2u);
}

TEST(MqttBus, WhatADyingBrokerNeverAcknowledgedIsSentAgain) {
  for (const bool cleanStart : {true, false}) {
    BrokerHouse house;
    MqttOptions options = house.options();
    options.clientId = "sender";
    options.cleanStart = cleanStart;
    options.sessionExpirySeconds = cleanStart ? 0 : 3600;
    const auto bus = house.makeBus(options);
    ASSERT_TRUE(waitOnline(*bus, 10s).ok());

    // The frozen broker takes the messages into its socket and dies with them.
    ASSERT_EQ(::kill(house.broker().processId(), SIGSTOP), 0);
    for (const char* text : {"1", "2", "3"}) {
      Message kept = message(std::string("promised/") + text, text);
      kept.retain = Retain::Yes;
      ASSERT_TRUE(bus->publish(kept).ok());
    }
    EXPECT_FALSE(bus->flush(200ms));
    ASSERT_EQ(::kill(house.broker().processId(), SIGKILL), 0);
    ASSERT_TRUE(waitUntil([&] { return bus->status().state == LinkState::Lost; }));
    ASSERT_TRUE(house.broker().reviveIfDead().ok());
    ASSERT_TRUE(waitOnline(*bus, 30s).ok());

    EXPECT_TRUE(bus->flush(10s)) << "clean start: " << cleanStart;
    Inbox inbox;
    const auto subscription =
        bus->subscribe("mimosa/1/test/promised/+", Delivery::AtLeastOnce, inbox.handler());
    EXPECT_TRUE(inbox.waitFor(3)) << "clean start: " << cleanStart;
  }
}

TEST(MqttBus, WhileAwayANewerRetainedMessageReplacesTheOlderAndTheQueueIsBounded) {
  BrokerHouse house;
  const auto bus = house.makeBus();
  ASSERT_TRUE(waitOnline(*bus, 10s).ok());
  ASSERT_EQ(::kill(house.broker().processId(), SIGKILL), 0);
  ASSERT_TRUE(waitUntil([&] { return bus->status().state == LinkState::Lost; }));

  for (int i = 0; i < 1000; ++i) {
    Message state = message("state", std::to_string(i));
    state.retain = Retain::Yes;
    ASSERT_TRUE(bus->publish(state).ok()) << i;
  }
  for (int i = 0; i < 255; ++i) {
    ASSERT_TRUE(bus->publish(message("event", std::to_string(i))).ok()) << i;
  }
  const auto oneTooMany = bus->publish(message("event", "255"));
  ASSERT_TRUE(house.broker().reviveIfDead().ok());
  ASSERT_TRUE(waitOnline(*bus, 30s).ok());
  ASSERT_TRUE(bus->flush(10s));
  Inbox inbox;
  const auto subscription =
      bus->subscribe("mimosa/1/test/state", Delivery::AtLeastOnce, inbox.handler());

  ASSERT_FALSE(oneTooMany.ok());
  EXPECT_EQ(oneTooMany.error().code, base::ErrorCode::Unavailable);
  ASSERT_TRUE(inbox.waitFor(1));
  EXPECT_EQ(inbox.texts()[0], "999");
}

TEST(MqttBus, AWrongPasswordIsRefusedWithASentence) {
  BrokerHouse house;
  MqttOptions options = house.options();
  options.password = "guessed";

  const auto bus = house.makeBus(options);
  const auto online = waitOnline(*bus, 10s);

  ASSERT_FALSE(online.ok());
  EXPECT_EQ(online.error().code, base::ErrorCode::Refused);
  EXPECT_EQ(bus->status().state, LinkState::Refused);
  EXPECT_GE(bus->status().nextTry - bus->status().since, 30s);
  // mosquitto answers 0x87 (not authorised) where the standard also has 0x86 (bad password).
  EXPECT_TRUE(online.error().message.starts_with("The broker 127.0.0.1:"))
      << online.error().message;
}

TEST(MqttBus, ASecondProgramWithTheSameIdentityIsNamedAndNotFought) {
  // CONNACK, followed at once by DISCONNECT with reason 0x8E: session taken over.
  ScriptedBroker broker([](std::uint8_t packet) {
    return packet == 0x10 ? std::string("\x20\x03\x00\x00\x00\xe0\x02\x8e\x00", 9) : std::string();
  });
  MqttOptions options;
  options.port = broker.port();
  options.clientId = "kitchen";

  const auto bus = BrokerHouse::makeBus(options);

  ASSERT_TRUE(waitUntil([&] { return bus->status().state == LinkState::Refused; }));
  EXPECT_EQ(bus->status().reason, "Another program uses this identity (kitchen) at the broker " +
                                      ("127.0.0.1:" + std::to_string(broker.port())) + ".");
  EXPECT_GE(bus->status().nextTry - bus->status().since, 30s);
}

TEST(MqttBus, ABadPasswordCodeBecomesASentence) {
  ScriptedBroker broker([](std::uint8_t packet) {
    return packet == 0x10 ? std::string("\x20\x03\x00\x86\x00", 5) : std::string();
  });
  MqttOptions options;
  options.port = broker.port();

  const auto bus = BrokerHouse::makeBus(options);
  const auto online = waitOnline(*bus, 10s);

  ASSERT_FALSE(online.ok());
  EXPECT_EQ(online.error().code, base::ErrorCode::Refused);
  EXPECT_EQ(online.error().message, "The broker 127.0.0.1:" + std::to_string(broker.port()) +
                                        " refused the user name or password.");
}

TEST(MqttBus, ABrokerThatTalksNonsenseIsLostAndNotTrusted) {
  ScriptedBroker broker([](std::uint8_t) { return std::string("HTTP/1.1 400 Bad Request\r\n"); });
  MqttOptions options;
  options.port = broker.port();

  const auto bus = BrokerHouse::makeBus(options);

  EXPECT_TRUE(waitUntil([&] { return bus->status().state == LinkState::Lost; }, 20s));
}

TEST(MqttBus, TheBrokerSendsTheWillOfAProgramThatIsKilled) {
  BrokerHouse house;
  const auto witness = house.makeBus();
  Inbox inbox;
  const auto subscription =
      witness->subscribe("mimosa/1/test/last", Delivery::AtLeastOnce, inbox.handler());
  ASSERT_TRUE(support::settle(*witness, *witness));
  // The mortal program is this test program again, told to connect and wait.
  const MqttOptions options = house.options();
  const std::string port = std::to_string(options.port);
  const pid_t child = ::fork();
  if (child == 0) {
    ::execl("/proc/self/exe", "mortal", "--mortal", port.c_str(), options.user.c_str(),
            options.password.c_str(), nullptr);
    ::_exit(127);
  }
  ASSERT_TRUE(inbox.waitFor(1));

  ::kill(child, SIGKILL);
  ::waitpid(child, nullptr, 0);

  ASSERT_TRUE(inbox.waitFor(2));
  EXPECT_EQ(inbox.texts(), std::vector<std::string>({"alive", "killed"}));
}

TEST(MqttBus, ReportsThatNobodyAnswers) {
  MqttOptions options;
  options.port = 1;  // tcpmux: nobody listens there

  const auto bus = BrokerHouse::makeBus(options);

  ASSERT_TRUE(waitUntil([&] { return bus->status().state == LinkState::Lost; }));
  EXPECT_EQ(bus->status().reason, "No broker answers at 127.0.0.1:1.");
}

TEST(MqttBus, ReadsAndWritesBrokerAddresses) {
  const auto plain = parseBrokerUrl("mqtt://home");
  const auto secure = parseBrokerUrl("mqtts://broker.local:8884/");
  const auto six = parseBrokerUrl("mqtt://[::1]:2000");

  ASSERT_TRUE(plain.ok());
  EXPECT_EQ(plain->port, 1883);
  EXPECT_FALSE(plain->tls);
  ASSERT_TRUE(secure.ok());
  EXPECT_EQ(secure->host, "broker.local");
  EXPECT_EQ(secure->port, 8884);
  EXPECT_TRUE(secure->tls);
  ASSERT_TRUE(six.ok());
  EXPECT_EQ(six->host, "::1");
  EXPECT_EQ(brokerUrl(*six), "mqtt://[::1]:2000");
  for (const char* bad : {"", "home", "http://home", "mqtt://", "mqtt://home:0", "mqtt://home:x",
                          "mqtt://user:secret@home", "mqtt://[::1", "mqtt://ho me"}) {
    EXPECT_FALSE(parseBrokerUrl(bad).ok()) << bad;
  }
}

TEST(PrivateBroker, EndsWithTheProgramEvenIfThatIsKilled) {
  int ends[2];
  ASSERT_EQ(::pipe(ends), 0);
  const std::string out = std::to_string(ends[1]);
  const pid_t child = ::fork();
  if (child == 0) {
    ::execl("/proc/self/exe", "owner", "--owner", out.c_str(), nullptr);
    ::_exit(127);
  }
  int broker = 0;
  ASSERT_EQ(::read(ends[0], &broker, sizeof broker), static_cast<ssize_t>(sizeof broker));
  ASSERT_EQ(::kill(broker, 0), 0);

  ::kill(child, SIGKILL);
  ::waitpid(child, nullptr, 0);

  // Ended, or a zombie nobody has collected yet.
  EXPECT_TRUE(waitUntil([&] {
    std::ifstream stat("/proc/" + std::to_string(broker) + "/stat");
    std::string word;
    for (int i = 0; i < 3; ++i) stat >> word;
    return !stat || word == "Z";
  }));
  ::close(ends[0]);
  ::close(ends[1]);
}

TEST(PrivateBroker, KeepsPasswordsPrivateAndRemovesItsFolder) {
  std::filesystem::path folder;
  int pid = 0;
  {
    BrokerHouse house;
    const auto file = house.broker().passwordFile("worker");
    folder = file.parent_path();
    pid = house.broker().processId();

    const auto mode = std::filesystem::status(file).permissions();
    EXPECT_EQ(mode & std::filesystem::perms::mask,
              std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
    EXPECT_NE(house.options("worker").password, house.options("bench").password);
    EXPECT_EQ(::kill(pid, 0), 0);
  }

  EXPECT_FALSE(std::filesystem::exists(folder));
  EXPECT_NE(::kill(pid, 0), 0);
}

TEST(PrivateBroker, OutlivesTheThreadThatOpenedIt) {
  std::unique_ptr<PrivateBroker> broker;
  std::jthread([&] {
    if (auto opened = PrivateBroker::open()) broker = std::move(*opened);
  }).join();

  ASSERT_NE(broker, nullptr);
  const auto bus = BrokerHouse::makeBus(broker->optionsFor("home"));
  EXPECT_TRUE(waitOnline(*bus, 10s).ok());
}

}  // namespace hubs

int main(int argc, char** argv) {
  const std::string role = argc > 1 ? argv[1] : "";
  if (role == "--mortal" && argc == 5) return hubs::beMortal(argv[2], argv[3], argv[4]);
  if (role == "--owner" && argc == 3) return hubs::ownABroker(argv[2]);
  testing::InitGoogleTest(&argc, argv);
  return RUN_ALL_TESTS();
}
