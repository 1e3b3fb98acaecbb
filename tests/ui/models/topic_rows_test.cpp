#include "ui/models/topic_rows.h"

#include <gtest/gtest.h>

#include "tests/ui/sample_topics.h"

namespace {

hubs::TopicView heard(const std::string& topic, const std::string& text) {
  hubs::TopicTree tree;
  tree.take({.topic = topic, .payload = hubs::toBytes(text)}, base::Time{});
  return *tree.find(topic);
}

TEST(TopicRows, SayWhatATopicHoldsAndWhatCanBeUsed) {
  EXPECT_EQ(ui::topicRow(heard("a/power", "21.5")).value, "21.5");
  EXPECT_EQ(ui::topicRow(heard("a/power", "21.5")).name, "power");
  EXPECT_TRUE(ui::topicRow(heard("a/power", "21.5")).canUse);
  EXPECT_FALSE(ui::topicRow(heard("a", R"({"x": 1, "when": "2020-09-25T12:47:15"})")).canUse);
  EXPECT_TRUE(ui::topicRow(heard("a", R"({"x": 1, "when": "2020-09-25T12:47:15"})"))
                  .value.startsWith("1 value"));
  EXPECT_EQ(ui::topicRow(heard("a", "{\"x\": ")).value, "cannot be read");
  EXPECT_FALSE(ui::topicRow(heard("a", "{\"x\": ")).tip.isEmpty());
  EXPECT_FALSE(ui::topicRow(heard("a", "\xFF\xD8\xFF\xE0")).canUse);
}

TEST(TopicRows, RatesAndAgesAreInWords) {
  hubs::TopicView view = heard("a", "1");
  EXPECT_TRUE(ui::topicRow(view).rate.isEmpty());
  view.perSecond = 2;
  EXPECT_EQ(ui::topicRow(view).rate, "2/s");
  view.perSecond = 1.0 / 30;
  EXPECT_EQ(ui::topicRow(view).rate, "every 30 s");
  EXPECT_EQ(ui::heardText(base::fromSeconds(0.4), false), "now");
  EXPECT_EQ(ui::heardText(base::fromSeconds(9999), true), "old value");
}

TEST(TopicRows, AReadingSaysHowAValueBecomesANumber) {
  const hubs::TopicView door = heard("door", R"({"contact": true, "mode": "eco", "t": 3})");
  const auto text = [&](std::size_t i) {
    const auto& leaf = door.leaves[i];
    return ui::readingText(ui::proposedChannel("mqtt://h:1", door, leaf.last.pointer), leaf);
  };
  EXPECT_EQ(text(0), "on or off: 1 or 0");
  EXPECT_EQ(text(1), "a word, counted from 0: eco; any other is 1");
  EXPECT_EQ(text(2), "a number, 3 so far");
}

TEST(TopicRows, WhatIsAChannelAlreadyIsKnownByBrokerTopicAndPlace) {
  const hubs::TopicView plug = heard("plug", R"({"power": 3, "state": "ON"})");
  const auto power = ui::proposedChannel("mqtt://h:1883", plug, "/power");
  app::Snapshot snapshot;
  snapshot.locals.push_back({.source = hubs::localSourceOf(power)});

  EXPECT_TRUE(ui::isChannel(snapshot, power));
  EXPECT_FALSE(ui::isChannel(snapshot, ui::proposedChannel("mqtt://h:1883", plug, "/state")));
  EXPECT_FALSE(ui::isChannel(snapshot, ui::proposedChannel("mqtt://other:1883", plug, "/power")));
}

TEST(BrokerRows, SayWhoAsksForAPassword) {
  const auto rows = ui::brokerRows(sample::Topics().view());

  ASSERT_EQ(rows.size(), 3U);
  EXPECT_EQ(rows[0].detail, "used before as anna");
  EXPECT_FALSE(rows[0].needsLogin);
  EXPECT_EQ(rows[1].title, QString::fromUtf8("mqtt://127.0.0.1:1883 – this computer"));
  EXPECT_FALSE(rows[1].needsLogin);
  EXPECT_TRUE(rows[2].needsLogin);
}

TEST(BrokerRows, LookingSaysWhatItDoesBeforeItDoesIt) {
  app::TopicDeskView view = sample::Topics().view();
  view.looked = false;
  EXPECT_TRUE(ui::lookWords(view).contains("192.168.1.x"));
  view.networks.clear();
  EXPECT_TRUE(ui::lookWords(view).contains("no home network"));
  view.looked = view.looking = true;
  view.progress = 0.4;
  EXPECT_EQ(ui::lookWords(view), QString::fromUtf8("Looking… 40\u202F%"));
  view.looking = false;
  view.brokers.clear();
  EXPECT_TRUE(ui::lookWords(view).startsWith("No broker answered"));
}

TEST(BrokerRows, WhatHadNoRoomIsSaid) {
  app::TopicDeskView view;
  view.totals = {.topics = 4000, .messages = 90000, .leftOut = 12};
  EXPECT_TRUE(ui::totalsWords(view).contains("12 had no room"));
  view.totals.leftOut = 0;
  EXPECT_FALSE(ui::totalsWords(view).contains("room"));
}

TEST(BrokerRows, ARefusalIsSaidAndADeadLinkOfNobodyIsNot) {
  app::TopicDeskView view;
  view.link = {.state = hubs::LinkState::Refused, .reason = "no"};
  EXPECT_TRUE(ui::troubleWords(view).isEmpty());
  view.browsing = "mqtt://h:1";
  EXPECT_EQ(ui::troubleWords(view), "no");
}

}  // namespace
