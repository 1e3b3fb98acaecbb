#include "hubs/payload.h"

#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <random>

#include "hubs/bus.h"
#include "hubs/topic_channel.h"

namespace hubs {

namespace {

Payload read(std::string_view text) { return readPayload(toBytes(text)); }

}  // namespace

TEST(Payload, UnfoldsJsonInTheOrderOfTheMessage) {
  const Payload payload =
      read(R"({"temperature": 21.5, "occupancy": true, "update": {"state": "idle", "n": null}})");

  ASSERT_EQ(payload.kind, PayloadKind::Json);
  ASSERT_EQ(payload.leaves.size(), 4U);
  EXPECT_EQ(payload.leaves[0].pointer, "/temperature");
  EXPECT_EQ(payload.leaves[0].kind, LeafKind::Number);
  EXPECT_EQ(payload.leaves[0].number, 21.5);
  EXPECT_EQ(payload.leaves[1].kind, LeafKind::Switch);
  EXPECT_EQ(payload.leaves[1].number, 1);
  EXPECT_EQ(payload.leaves[2].pointer, "/update/state");
  EXPECT_EQ(payload.leaves[2].kind, LeafKind::Word);
  EXPECT_EQ(payload.leaves[3].kind, LeafKind::Empty);
}

TEST(Payload, ReadsWhatDevicesWriteInsteadOfNumbers) {
  const struct {
    std::string_view text;
    LeafKind kind;
    double number;
    std::string_view unit;
  } cases[] = {
      {"21.4", LeafKind::Number, 21.4, ""},
      {" -12 ", LeafKind::Number, -12, ""},
      {"+3", LeafKind::Number, 3, ""},
      {"1e3", LeafKind::Number, 1000, ""},
      {"\"7\"", LeafKind::Number, 7, ""},
      {"21.5 °C", LeafKind::Number, 21.5, "°C"},
      {"60%", LeafKind::Number, 60, "%"},
      {"ON", LeafKind::Switch, 1, ""},
      {"Off", LeafKind::Switch, 0, ""},
      {"closed", LeafKind::Switch, 0, ""},
      {"Detected", LeafKind::Switch, 1, ""},
      {"forward", LeafKind::Word, 0, ""},
      {"nan", LeafKind::Word, 0, ""},
      {"inf", LeafKind::Word, 0, ""},
      {"1e999", LeafKind::Word, 0, ""},
      {"-", LeafKind::Word, 0, ""},
      {"12 monkeys", LeafKind::Word, 0, ""},
      {"2020-09-25T12:47:15", LeafKind::Text, 0, ""},
      {"   ", LeafKind::Empty, 0, ""},
  };
  for (const auto& one : cases) {
    const Leaf leaf = readText(one.text);
    EXPECT_EQ(leaf.kind, one.kind) << one.text;
    EXPECT_EQ(leaf.number, one.number) << one.text;
    EXPECT_EQ(leaf.unit, one.unit) << one.text;
  }
}

TEST(Payload, NamesWhatIsNoText) {
  const base::Bytes jpeg{0xFF, 0xD8, 0xFF, 0xE0, 0, 16};
  const base::Bytes bytes{0, 1, 2, 3};

  EXPECT_EQ(readPayload(jpeg).kind, PayloadKind::Picture);
  EXPECT_EQ(readPayload(bytes).kind, PayloadKind::Bytes);
  EXPECT_EQ(readPayload({}).kind, PayloadKind::Empty);
  EXPECT_EQ(read("\xC0\x80").kind, PayloadKind::Bytes);
  EXPECT_EQ(read(R"({"a": )").kind, PayloadKind::Broken);
}

TEST(Payload, SurvivesHostileMessagesWithinItsLimits) {
  const std::string deep = std::string(100'000, '[') + std::string(100'000, ']');
  std::string wide = "[0";
  for (int i = 0; i < 5000; ++i) wide += ",1";
  wide += "]";
  const std::string longKey = "{\"" + std::string(2000, 'k') + "\": 1}";

  EXPECT_EQ(read(deep).kind, PayloadKind::Broken);
  EXPECT_EQ(read(std::string(300 * 1024, '1')).kind, PayloadKind::Broken);
  EXPECT_EQ(read(wide).leaves.size(), 200U);
  EXPECT_EQ(read(wide).leavesLeft, 4801U);
  EXPECT_EQ(read(longKey).leaves.size(), 0U);
  EXPECT_LE(read("{\"a\": \"" + std::string(5000, 'x') + "\"}").leaves[0].text.size(), 120U);
  EXPECT_FALSE(leafAt(toBytes(deep), "/0"));
  EXPECT_FALSE(leafAt(toBytes(R"({"a": 1})"), "/a~2"));
  EXPECT_FALSE(leafAt(toBytes(R"([1])"), "/-1"));
  EXPECT_FALSE(leafAt(toBytes(R"([1])"), "/99999999999999999999"));
}

TEST(Payload, KeysWithSlashesAndTildesAreFoundAgain) {
  const std::string text = R"({"a/b": {"~": {"": 3}}, "switch:0": {"output": true}})";

  for (const Leaf& leaf : read(text).leaves) {
    const auto again = leafAt(toBytes(text), leaf.pointer);
    ASSERT_TRUE(again) << leaf.pointer;
    EXPECT_EQ(again->number, leaf.number);
  }
  EXPECT_EQ(pointerForPeople("/switch:0/output"), "switch:0 › output");
  EXPECT_EQ(pointerKeys("/a~1b/~0/"), (std::vector<std::string>{"a/b", "~", ""}));
}

TEST(Payload, WhatIsUnfoldedIsFoundAgainInRandomMessages) {
  std::mt19937 random(3);
  const std::function<nlohmann::json(int)> value = [&](int depth) -> nlohmann::json {
    switch (random() % (depth > 3 ? 4 : 6)) {
      case 0:
        return static_cast<int>(random() % 100);
      case 1:
        return random() % 2 == 0;
      case 2:
        return std::string(random() % 5, 'w');
      case 3:
        return nullptr;
      case 4: {
        auto list = nlohmann::json::array();
        for (unsigned i = random() % 4; i > 0; --i) list.push_back(value(depth + 1));
        return list;
      }
      default: {
        auto object = nlohmann::json::object();
        for (unsigned i = random() % 4; i > 0; --i) {
          object[std::string(1, static_cast<char>('#' + random() % 90))] = value(depth + 1);
        }
        return object;
      }
    }
  };
  for (int i = 0; i < 300; ++i) {
    const std::string text = nlohmann::json{{"root", value(0)}}.dump();
    for (const Leaf& leaf : read(text).leaves) {
      const auto again = leafAt(toBytes(text), leaf.pointer);
      ASSERT_TRUE(again) << text << " at " << leaf.pointer;
      EXPECT_EQ(again->kind, leaf.kind);
      EXPECT_EQ(again->number, leaf.number);
      EXPECT_EQ(again->text, leaf.text);
    }
  }
}

TEST(TopicChannel, IsKeptInAProjectAndComesBackTheSame) {
  TopicChannel channel = guessChannel(
      kProjectBroker, "zigbee2mqtt/hall_motion",
      {.pointer = "/update/state", .kind = LeafKind::Word, .text = "idle"}, {"available", "idle"});
  channel.unit = "1";

  const auto again = topicChannelOf(localSourceOf(channel));

  ASSERT_TRUE(again) << again.error().message;
  EXPECT_EQ(*again, channel);
  EXPECT_EQ(channel.name, "hall motion update state");
}

TEST(TopicChannel, GuessesUnitsAndRangesFromTheNamesInUse) {
  const auto guess = [](const std::string& topic, const std::string& pointer) {
    return guessChannel(kProjectBroker, topic, {.pointer = pointer, .kind = LeafKind::Number});
  };
  EXPECT_EQ(guess("tele/plug/SENSOR", "/ENERGY/Power").unit, "W");
  EXPECT_EQ(guess("zigbee2mqtt/hall", "/device_temperature").unit, "°C");
  EXPECT_EQ(guess("zigbee2mqtt/hall", "/humidity").max, 100);
  EXPECT_EQ(guess("garagedoor1/sensor/garage_temperature/state", "").unit, "");
  EXPECT_EQ(guess("garagedoor1/sensor/garage_temperature/state", "").name,
            "garagedoor1 garage temperature");
  EXPECT_EQ(guess("homie/5/car/engine/temperature", "").unit, "°C");
  EXPECT_EQ(guess("a", "/powerful").unit, "");
}

TEST(TopicChannel, AWordKeepsItsNumberAndAnUnknownOneIsOneMore) {
  TopicChannel channel{.topic = "a", .as = LeafKind::Word, .words = {"idle", "busy"}};

  EXPECT_EQ(valueOf({.kind = LeafKind::Word, .text = "busy"}, channel), 1.0F);
  EXPECT_EQ(valueOf({.kind = LeafKind::Word, .text = "stuck"}, channel), 2.0F);
  EXPECT_FALSE(valueOf({.kind = LeafKind::Empty}, channel));
  channel.as = LeafKind::Number;
  EXPECT_FALSE(valueOf({.kind = LeafKind::Word, .text = "busy"}, channel));
}

TEST(Payload, RealDevicesMessagesBecomeChannels) {
  const std::filesystem::path folder = FIXTURES "/mqtt";
  if (!std::filesystem::exists(folder)) {
    GTEST_SKIP() << "left out: messages of real devices; " << folder << " is not here";
  }
  std::map<std::string, int> usable;
  int messages = 0;
  for (const auto& file : std::filesystem::directory_iterator(folder)) {
    if (file.path().extension() != ".jsonl") continue;
    std::ifstream in(file.path());
    for (std::string line; std::getline(in, line);) {
      const auto message = nlohmann::json::parse(line);
      const std::string text = message["payload"];
      const Payload payload = read(text);
      ++messages;
      EXPECT_NE(payload.kind, PayloadKind::Broken) << file.path() << ": " << text.substr(0, 80);
      for (const Leaf& leaf : payload.leaves) {
        const bool isValue = leaf.kind == LeafKind::Number || leaf.kind == LeafKind::Switch ||
                             leaf.kind == LeafKind::Word;
        if (!isValue) continue;
        ++usable[file.path().stem()];
        const TopicChannel channel = guessChannel(kProjectBroker, message["topic"], leaf);
        EXPECT_FALSE(channel.name.empty());
        EXPECT_TRUE(topicChannelOf(localSourceOf(channel))) << channel.topic << channel.pointer;
        const auto again = leafAt(toBytes(text), leaf.pointer);
        ASSERT_TRUE(again);
        EXPECT_TRUE(valueOf(*again, channel));
      }
    }
  }
  for (const char* system : {"zigbee2mqtt", "tasmota", "esphome", "homeassistant", "frigate",
                             "shelly", "homie"}) {
    EXPECT_GT(usable[system], 0) << system;
  }
  std::printf("%d messages of real devices, of which values:", messages);
  for (const auto& [system, n] : usable) std::printf(" %s %d", system.c_str(), n);
  std::printf("\n");
}

}  // namespace hubs
