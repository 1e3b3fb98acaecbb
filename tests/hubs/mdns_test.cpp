#include "hubs/mdns.h"

#include <gtest/gtest.h>
#include <random>

namespace hubs {

namespace {

void addName(base::Bytes& packet, const std::string& name) {
  for (std::size_t begin = 0; begin < name.size();) {
    const std::size_t end = std::min(name.find('.', begin), name.size());
    packet.push_back(static_cast<std::uint8_t>(end - begin));
    packet.insert(packet.end(), name.begin() + static_cast<std::ptrdiff_t>(begin),
                  name.begin() + static_cast<std::ptrdiff_t>(end));
    begin = end + 1;
  }
  packet.push_back(0);
}

void addRecord(base::Bytes& packet, const base::Bytes& owner, int type, const base::Bytes& data) {
  packet.insert(packet.end(), owner.begin(), owner.end());
  packet.insert(packet.end(), {0, static_cast<std::uint8_t>(type), 0, 1, 0, 0, 0, 120,
                               static_cast<std::uint8_t>(data.size() >> 8),
                               static_cast<std::uint8_t>(data.size())});
  packet.insert(packet.end(), data.begin(), data.end());
}

/// As a responder sends it: the instance's name points back at the service's name at byte 12.
base::Bytes answer() {
  base::Bytes packet{0, 0, 0x84, 0, 0, 0, 0, 3, 0, 0, 0, 0};
  base::Bytes service;
  addName(service, "_mqtt._tcp.local");
  base::Bytes instance{5, 'a', 't', 't', 'i', 'c', 0xC0, 12};
  base::Bytes host;
  addName(host, "pi.local");
  base::Bytes target{0, 0, 0, 0, 0x07, 0x5B};
  target.insert(target.end(), host.begin(), host.end());
  addRecord(packet, service, 12, instance);
  addRecord(packet, instance, 33, target);
  addRecord(packet, host, 1, {192, 168, 1, 20});
  return packet;
}

}  // namespace

TEST(Mdns, HearsABrokerAnnounceItself) {
  const auto heard = announcedIn(answer());

  ASSERT_EQ(heard.size(), 1U);
  EXPECT_EQ(heard[0].name, "attic");
  EXPECT_EQ(heard[0].service, "_mqtt._tcp.local");
  EXPECT_EQ(heard[0].host, "pi.local");
  EXPECT_EQ(heard[0].address, "192.168.1.20");
  EXPECT_EQ(heard[0].port, 1883);
}

TEST(Mdns, AQuestionIsNoAnswer) {
  const base::Bytes question = serviceQuestion({"_mqtt._tcp.local", "_secure-mqtt._tcp.local"});

  EXPECT_EQ(question[5], 2);
  EXPECT_TRUE(announcedIn(question).empty());
}

TEST(Mdns, NamesThatPointAtThemselvesEnd) {
  base::Bytes packet{0, 0, 0x84, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0xC0, 12, 0, 12, 0, 1};
  EXPECT_TRUE(announcedIn(packet).empty());
}

TEST(Mdns, SurvivesDamagedAnswers) {
  std::mt19937 random(11);
  for (int i = 0; i < 20'000; ++i) {
    base::Bytes packet = answer();
    for (unsigned n = random() % 4 + 1; n > 0; --n) {
      packet[random() % packet.size()] = static_cast<std::uint8_t>(random());
    }
    packet.resize(random() % 3 == 0 ? random() % packet.size() : packet.size());
    for (const Announced& one : announcedIn(packet)) {
      EXPECT_LE(one.name.size(), 260U);
    }
  }
}

}  // namespace hubs
