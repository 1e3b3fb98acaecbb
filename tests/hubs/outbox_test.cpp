#include "hubs/outbox.h"

#include <gtest/gtest.h>

#include "hubs/filter_table.h"

namespace hubs {

namespace {

Message event(const std::string& text) {
  return {.topic = "event", .payload = toBytes(text), .delivery = Delivery::AtLeastOnce};
}
Message reading(const std::string& text) { return {.topic = "stream", .payload = toBytes(text)}; }
Message state(const std::string& text) {
  return {.topic = "state",
          .payload = toBytes(text),
          .delivery = Delivery::AtLeastOnce,
          .retain = Retain::Yes};
}

std::vector<std::string> texts(const std::deque<LinkCommand>& batch) {
  std::vector<std::string> result;
  for (const LinkCommand& command : batch) {
    result.emplace_back(command.message ? command.message->text() : command.filter);
  }
  return result;
}

}  // namespace

TEST(Outbox, GivesInTheOrderItTook) {
  Outbox outbox;
  ASSERT_TRUE(outbox.add(event("1"), Outbox::Link::Up).ok());
  outbox.addSubscribe("a/#", 7);
  ASSERT_TRUE(outbox.add(reading("2"), Outbox::Link::Up).ok());

  const auto batch = outbox.takeBatch();

  EXPECT_EQ(texts(batch), std::vector<std::string>({"1", "a/#", "2"}));
  EXPECT_FALSE(outbox.isIdle());
  outbox.complete(batch[0].number);
  outbox.complete(batch[2].number);
  EXPECT_TRUE(outbox.isIdle());
}

TEST(Outbox, WhileDownTheNewestStateReplacesTheOlder) {
  Outbox outbox;
  ASSERT_TRUE(outbox.add(state("old"), Outbox::Link::Down).ok());
  ASSERT_TRUE(outbox.add(event("1"), Outbox::Link::Down).ok());
  ASSERT_TRUE(outbox.add(state("new"), Outbox::Link::Down).ok());

  EXPECT_EQ(texts(outbox.takeBatch()), std::vector<std::string>({"new", "1"}));
}

TEST(Outbox, WhenFullWhatMattersDrivesOutWhatMayBeLost) {
  Outbox outbox;
  for (int i = 0; i < 256; ++i) {
    ASSERT_TRUE(outbox.add(i == 3 ? reading("r") : event("e"), Outbox::Link::Down).ok());
  }

  const auto fleeting = outbox.add(reading("late"), Outbox::Link::Down);
  const auto important = outbox.add(event("important"), Outbox::Link::Down);
  const auto tooMuch = outbox.add(event("again"), Outbox::Link::Down);

  ASSERT_FALSE(fleeting.ok());
  EXPECT_EQ(fleeting.error().code, base::ErrorCode::Unavailable);
  EXPECT_TRUE(important.ok());
  EXPECT_FALSE(tooMuch.ok());
  EXPECT_EQ(texts(outbox.takeBatch()).back(), "important");
}

TEST(Outbox, ALostConnectionPutsBackWhatWasPromised) {
  Outbox outbox;
  for (const char* text : {"1", "2", "3"}) {
    ASSERT_TRUE(outbox.add(event(text), Outbox::Link::Up).ok());
  }
  ASSERT_TRUE(outbox.add(reading("r"), Outbox::Link::Up).ok());
  const auto first = outbox.takeBatch();
  outbox.complete(first[1].number);

  outbox.connectionEnded(Outbox::Session::Clean);

  EXPECT_EQ(texts(outbox.takeBatch()), std::vector<std::string>({"1", "3"}));
  EXPECT_EQ(outbox.complete(first[0].number), nullptr);
}

TEST(Outbox, AKeptSessionIsNotSentAgainByUs) {
  Outbox outbox;
  ASSERT_TRUE(outbox.add(event("1"), Outbox::Link::Up).ok());
  const auto batch = outbox.takeBatch();

  outbox.connectionEnded(Outbox::Session::Kept);

  EXPECT_FALSE(outbox.canSend());
  EXPECT_NE(outbox.complete(batch[0].number), nullptr);
}

TEST(Outbox, KeepsFewUnderWay) {
  Outbox outbox;
  for (int i = 0; i < 700; ++i) {
    ASSERT_TRUE(outbox.add(event("e"), Outbox::Link::Up).ok());
  }

  const auto batch = outbox.takeBatch();

  EXPECT_EQ(batch.size(), Outbox::kMostUnderWay);
  EXPECT_FALSE(outbox.canSend());
  outbox.complete(batch[0].number);
  EXPECT_TRUE(outbox.canSend());
}

TEST(FilterTable, AnIdentifierMeansTheFilterItWasGivenFor) {
  FilterTable table;
  const auto first = table.nextId();
  table.add("a/+", Delivery::AtMostOnce, first);
  const auto second = table.nextId();
  table.add("a/+", Delivery::AtLeastOnce, second);

  const auto routes = table.routesFor({static_cast<std::uint32_t>(second), 99}, "a/b");

  ASSERT_EQ(routes.size(), 1u);
  EXPECT_EQ(routes[0].id, second);
  EXPECT_TRUE(routes[0].single);
  EXPECT_EQ(table.deliveryOf("a/+"), Delivery::AtLeastOnce);
  EXPECT_TRUE(table.routesFor({static_cast<std::uint32_t>(second)}, "b").empty());
}

TEST(FilterTable, AfterAConnectAnIdentifierStandsForAllBehindAFilter) {
  FilterTable table;
  table.add("a", Delivery::AtMostOnce, table.nextId());
  table.add("a", Delivery::AtMostOnce, table.nextId());

  const auto routes = table.renew();

  ASSERT_EQ(routes.size(), 1u);
  EXPECT_FALSE(routes[0].single);
  EXPECT_EQ(table.filterOf(routes[0].id), "a");
  EXPECT_EQ(table.filterOf(1), "");
}

TEST(FilterTable, SaysWhenNobodyIsLeft) {
  FilterTable table;
  table.add("a", Delivery::AtMostOnce, 1);
  table.add("a", Delivery::AtMostOnce, 2);

  EXPECT_FALSE(table.remove("a", 1));
  EXPECT_TRUE(table.remove("a", 2));
  EXPECT_FALSE(table.remove("a", 2));
}

}  // namespace hubs
