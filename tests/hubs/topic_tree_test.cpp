#include "hubs/topic_tree.h"

#include <gtest/gtest.h>
#include <set>

#include "hubs/topic_channel.h"

namespace hubs {

namespace {

base::Time at(double seconds) { return base::Time{} + base::fromSeconds(seconds); }

Message message(std::string topic, std::string_view text, Retain retain = Retain::No) {
  return {.topic = std::move(topic), .payload = toBytes(text), .retain = retain};
}

}  // namespace

TEST(TopicTree, KeepsTheLastMessageWithRateAndAge) {
  TopicTree tree;

  for (int i = 0; i < 5; ++i) {
    tree.take(message("plug/power", std::to_string(10 + i)), at(2.0 * i));
  }

  const TopicViewPtr view = tree.find("plug/power");
  ASSERT_TRUE(view);
  EXPECT_EQ(view->messages, 5U);
  EXPECT_EQ(view->heard, at(8));
  EXPECT_DOUBLE_EQ(view->perSecond, 0.5);
  EXPECT_EQ(view->leaves.at(0).last.number, 14);
  EXPECT_EQ(view->leaves.at(0).smallest, 10);
  EXPECT_EQ(view->leaves.at(0).largest, 14);
  EXPECT_FALSE(view->isOld);
}

TEST(TopicTree, AStoredMessageIsAnOldValueUntilAFreshOneComes) {
  TopicTree tree;

  tree.take(message("door", "closed", Retain::Yes), at(0));
  EXPECT_TRUE(tree.find("door")->isOld);

  tree.take(message("door", "open"), at(1));
  EXPECT_FALSE(tree.find("door")->isOld);
}

TEST(TopicTree, RemembersValuesThatOnlySomeMessagesHoldAndTheWordsHeard) {
  TopicTree tree;

  tree.take(message("z", R"({"temperature": 20, "mode": "heat"})"), at(0));
  tree.take(message("z", R"({"mode": "cool"})"), at(1));

  const TopicViewPtr view = tree.find("z");
  ASSERT_EQ(view->leaves.size(), 2U);
  EXPECT_EQ(view->leaves[0].last.pointer, "/mode");
  EXPECT_EQ(view->leaves[0].words, (std::vector<std::string>{"heat", "cool"}));
  EXPECT_EQ(view->leaves[1].last.number, 20);
}

TEST(TopicTree, AModeThatIsOffNowIsNoSwitch) {
  TopicTree tree;

  tree.take(message("thermostat/mode", "heat"), at(0));
  tree.take(message("thermostat/mode", "auto"), at(1));
  tree.take(message("thermostat/mode", "off"), at(2));
  tree.take(message("plug/state", "ON"), at(3));
  tree.take(message("plug/state", "OFF"), at(4));

  const auto guess = [&](const std::string& topic) {
    const TopicLeaf leaf = tree.find(topic)->leaves.at(0);
    return guessChannel(kProjectBroker, topic, leaf.last, leaf.words);
  };
  const TopicChannel mode = guess("thermostat/mode");
  EXPECT_EQ(mode.as, LeafKind::Word);
  EXPECT_EQ(mode.words, (std::vector<std::string>{"heat", "auto", "off"}));
  EXPECT_EQ(valueOf(readText("off"), mode), 2.0F);
  EXPECT_EQ(valueOf(readText("heat"), mode), 0.0F);
  EXPECT_EQ(guess("plug/state").as, LeafKind::Switch);
}

TEST(TopicTree, AModeWhoseFirstWordsAreASwitchsIsAWordOnceAnotherComes) {
  TopicTree tree;

  tree.take(message("thermostat/mode", "off"), at(0));
  tree.take(message("thermostat/mode", "heat"), at(1));

  const TopicLeaf leaf = tree.find("thermostat/mode")->leaves.at(0);
  EXPECT_EQ(guessChannel(kProjectBroker, "thermostat/mode", leaf.last, leaf.words).words,
            (std::vector<std::string>{"off", "heat"}));
}

TEST(TopicTree, TellsWhatChangedOnceAndInOrder) {
  TopicTree tree;
  tree.take(message("a", "1"), at(0));
  tree.take(message("b", "1"), at(0));
  tree.take(message("a", "2"), at(1));

  const auto first = tree.changedSince(0, 1);
  ASSERT_EQ(first.size(), 1U);
  EXPECT_EQ(first[0]->topic, "b");
  const auto rest = tree.changedSince(first[0]->revision, 10);
  ASSERT_EQ(rest.size(), 1U);
  EXPECT_EQ(rest[0]->topic, "a");
  EXPECT_TRUE(tree.changedSince(tree.totals().revision, 10).empty());
}

TEST(TopicTree, StaysWithinItsBoundsWhateverIsSent) {
  TopicTree tree({.topics = 50, .longestTopic = 30, .bytes = 60'000});

  for (int i = 0; i < 500; ++i) {
    tree.take(message("flood/" + std::to_string(i), R"({"a": 1, "b": "word"})"), at(i));
  }
  tree.take(message(std::string(31, 't'), "1"), at(600));
  std::string wide = "[0";
  for (int i = 0; i < 300; ++i) wide += ",\"" + std::string(39, static_cast<char>('a' + i % 26)) + "\"";
  for (int i = 0; i < 50; ++i) tree.take(message("flood/" + std::to_string(i), wide + "]"), at(700));

  const TopicTotals totals = tree.totals();
  EXPECT_EQ(totals.topics, 50U);
  EXPECT_LE(totals.keptBytes, 60'000U);
  EXPECT_EQ(totals.messages, 551U);
  EXPECT_GE(totals.leftOut, 451U);
}

TEST(TopicTree, WhatHasNoRoomLeavesWhatIsThereAsItWas) {
  TopicTree tree({.topics = 1});
  tree.take(message("a", "1"), at(0));

  tree.take(message("b", "1"), at(1));

  EXPECT_FALSE(tree.find("b"));
  EXPECT_EQ(tree.find("a")->text, "1");
  EXPECT_EQ(tree.totals().leftOut, 1U);
}

}  // namespace hubs
