#pragma once
// What holds for every Bus. A House makes buses that hear each other:
//   struct House { std::unique_ptr<hubs::Bus> makeBus(std::optional<hubs::Message> will = {}); };
// INSTANTIATE_TYPED_TEST_SUITE_P(Memory, BusContract, MemoryHouse);

#include <condition_variable>
#include <gtest/gtest.h>
#include <mutex>
#include <optional>
#include <vector>

#include "hubs/bus.h"
#include "hubs/request.h"
#include "tests/support/wait_until.h"

namespace support {

/// Collects what a subscription hears. Thread-safe.
class Inbox {
 public:
  hubs::Bus::Handler handler() {
    return [this](const hubs::Message& message) {
      std::lock_guard lock(mutex_);
      messages_.push_back(message);
      changed_.notify_all();
    };
  }
  bool waitFor(std::size_t count, base::Duration patience = std::chrono::seconds(10)) {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, patience, [&] { return messages_.size() >= count; });
  }
  std::vector<hubs::Message> messages() const {
    std::lock_guard lock(mutex_);
    return messages_;
  }
  std::vector<std::string> texts() const {
    std::vector<std::string> texts;
    for (const hubs::Message& message : messages()) {
      texts.emplace_back(message.text());
    }
    return texts;
  }

 private:
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<hubs::Message> messages_;
};

inline bool isOnline(const hubs::Bus& bus) { return bus.status().state == hubs::LinkState::Online; }

/// Publishes a mark and waits until `bus` hears it: everything sent before was then delivered.
inline bool settle(hubs::Bus& sender, hubs::Bus& bus) {
  Inbox inbox;
  const std::string topic = "mimosa/1/test/mark/" + base::randomHex(4);
  const auto subscription = bus.subscribe(topic, hubs::Delivery::AtLeastOnce, inbox.handler());
  const hubs::Message mark{.topic = topic,
                           .payload = hubs::toBytes("mark"),
                           .delivery = hubs::Delivery::AtLeastOnce,
                           .retain = hubs::Retain::Yes};
  return sender.publish(mark).ok() && inbox.waitFor(1);
}

template <class House>
class BusContract : public testing::Test {
 protected:
  std::unique_ptr<hubs::Bus> makeBus(std::optional<hubs::Message> will = {}) {
    return house_.makeBus(std::move(will));
  }
  static hubs::Message message(const std::string& topic, std::string_view text,
                               hubs::Retain retain = hubs::Retain::No) {
    return {.topic = "mimosa/1/test/" + topic,
            .payload = hubs::toBytes(text),
            .delivery = hubs::Delivery::AtLeastOnce,
            .retain = retain};
  }
  /// A subscription that is in place when this returns.
  static hubs::SubscriptionPtr listen(hubs::Bus& bus, const std::string& filter, Inbox& inbox) {
    auto subscription =
        bus.subscribe("mimosa/1/test/" + filter, hubs::Delivery::AtLeastOnce, inbox.handler());
    EXPECT_TRUE(settle(bus, bus));
    return subscription;
  }

  House house_;
};
TYPED_TEST_SUITE_P(BusContract);

TYPED_TEST_P(BusContract, DeliversToOthersAndToItself) {
  const auto first = this->makeBus();
  const auto second = this->makeBus();
  Inbox mine;
  Inbox theirs;
  const auto a = this->listen(*first, "to/all", mine);
  const auto b = this->listen(*second, "to/all", theirs);

  ASSERT_TRUE(first->publish(this->message("to/all", "hello")).ok());

  ASSERT_TRUE(mine.waitFor(1));
  ASSERT_TRUE(theirs.waitFor(1));
  EXPECT_EQ(theirs.messages()[0].text(), "hello");
  EXPECT_EQ(theirs.messages()[0].topic, "mimosa/1/test/to/all");
  EXPECT_EQ(theirs.messages()[0].retain, hubs::Retain::No);
}

TYPED_TEST_P(BusContract, KeepsTheOrderOfOneSender) {
  const auto bus = this->makeBus();
  Inbox inbox;
  const auto subscription = this->listen(*bus, "order", inbox);

  for (int i = 0; i < 200; ++i) {
    ASSERT_TRUE(bus->publish(this->message("order", std::to_string(i))).ok());
  }

  ASSERT_TRUE(inbox.waitFor(200));
  for (int i = 0; i < 200; ++i) {
    EXPECT_EQ(inbox.texts()[i], std::to_string(i));
  }
}

TYPED_TEST_P(BusContract, HonoursWildcards) {
  const auto bus = this->makeBus();
  Inbox oneLevel;
  Inbox allBelow;
  const auto a = this->listen(*bus, "wild/+/state", oneLevel);
  const auto b = this->listen(*bus, "wild/#", allBelow);

  ASSERT_TRUE(bus->publish(this->message("wild/a/state", "1")).ok());
  ASSERT_TRUE(bus->publish(this->message("wild/a/b/state", "2")).ok());
  ASSERT_TRUE(bus->publish(this->message("wild", "3")).ok());
  ASSERT_TRUE(settle(*bus, *bus));

  EXPECT_EQ(oneLevel.texts(), std::vector<std::string>({"1"}));
  EXPECT_EQ(allBelow.texts(), std::vector<std::string>({"1", "2", "3"}));
}

TYPED_TEST_P(BusContract, OverlappingSubscriptionsEachGetAMessageOnce) {
  const auto bus = this->makeBus();
  Inbox exact;
  Inbox exactAgain;
  Inbox wide;
  const auto a = this->listen(*bus, "over/lap", exact);
  const auto b = this->listen(*bus, "over/lap", exactAgain);
  const auto c = this->listen(*bus, "over/#", wide);

  ASSERT_TRUE(bus->publish(this->message("over/lap", "once")).ok());
  ASSERT_TRUE(settle(*bus, *bus));

  EXPECT_EQ(exact.texts().size(), 1u);
  EXPECT_EQ(exactAgain.texts().size(), 1u);
  EXPECT_EQ(wide.texts().size(), 1u);
}

TYPED_TEST_P(BusContract, RetainedMessagesReachEveryNewSubscriptionFirstAndOnlyIt) {
  const auto bus = this->makeBus();
  ASSERT_TRUE(bus->publish(this->message("kept", "old", hubs::Retain::Yes)).ok());
  ASSERT_TRUE(bus->publish(this->message("kept", "new", hubs::Retain::Yes)).ok());
  ASSERT_TRUE(settle(*bus, *bus));
  Inbox first;
  Inbox second;

  const auto a = this->listen(*bus, "kept", first);
  ASSERT_TRUE(first.waitFor(1));
  const auto b = this->listen(*bus, "kept", second);
  ASSERT_TRUE(second.waitFor(1));

  EXPECT_EQ(first.texts(), std::vector<std::string>({"new"}));
  EXPECT_EQ(second.texts(), std::vector<std::string>({"new"}));
  EXPECT_EQ(second.messages()[0].retain, hubs::Retain::Yes);
}

TYPED_TEST_P(BusContract, AnEmptyRetainedMessageDeletesTheOldOne) {
  const auto bus = this->makeBus();
  ASSERT_TRUE(bus->publish(this->message("gone", "old", hubs::Retain::Yes)).ok());
  ASSERT_TRUE(bus->publish(this->message("gone", "", hubs::Retain::Yes)).ok());
  ASSERT_TRUE(settle(*bus, *bus));
  Inbox inbox;

  const auto subscription = this->listen(*bus, "gone", inbox);

  EXPECT_TRUE(inbox.texts().empty());
}

TYPED_TEST_P(BusContract, AnEndedSubscriptionHearsNothingMore) {
  const auto bus = this->makeBus();
  Inbox ended;
  Inbox kept;
  auto a = this->listen(*bus, "ending", ended);
  const auto b = this->listen(*bus, "ending", kept);

  a.reset();
  ASSERT_TRUE(bus->publish(this->message("ending", "late")).ok());

  ASSERT_TRUE(kept.waitFor(1));
  EXPECT_TRUE(ended.texts().empty());
}

TYPED_TEST_P(BusContract, TheWillIsSentWhenABusIsDestroyed) {
  const auto witness = this->makeBus();
  Inbox inbox;
  const auto subscription = this->listen(*witness, "will", inbox);
  auto mortal = this->makeBus(this->message("will", "offline", hubs::Retain::Yes));
  ASSERT_TRUE(waitUntil([&] { return isOnline(*mortal); }));

  mortal.reset();

  ASSERT_TRUE(inbox.waitFor(1));
  EXPECT_EQ(inbox.messages()[0].text(), "offline");
}

TYPED_TEST_P(BusContract, CarriesPropertiesAndLargePayloads) {
  const auto bus = this->makeBus();
  Inbox inbox;
  const auto subscription = this->listen(*bus, "large", inbox);
  hubs::Message sent = this->message("large", std::string(200'000, 'x'));
  sent.contentType = "application/cbor";
  sent.responseTopic = "mimosa/1/test/back";
  sent.correlation = {0, 1, 255};

  ASSERT_TRUE(bus->publish(sent).ok());

  ASSERT_TRUE(inbox.waitFor(1));
  const hubs::Message received = inbox.messages()[0];
  EXPECT_EQ(received.payload, sent.payload);
  EXPECT_EQ(received.contentType, sent.contentType);
  EXPECT_EQ(received.responseTopic, sent.responseTopic);
  EXPECT_EQ(received.correlation, sent.correlation);
}

TYPED_TEST_P(BusContract, RequestsAreAnsweredOrTimeOut) {
  const auto asking = this->makeBus();
  const auto answering = this->makeBus();
  const auto server = answering->subscribe(
      "mimosa/1/test/ask", hubs::Delivery::AtLeastOnce, [&](const hubs::Message& request) {
        hubs::Message reply =
            hubs::replyTo(request, hubs::toBytes("re: " + std::string(request.text())));
        EXPECT_TRUE(answering->publish(std::move(reply)).ok());
      });
  ASSERT_TRUE(settle(*answering, *answering));
  hubs::Requester requester(*asking, "mimosa/1/test/answers/" + base::randomHex(4));
  ASSERT_TRUE(settle(*asking, *asking));
  std::mutex mutex;
  std::condition_variable changed;
  std::vector<std::string> replies;
  const auto note = [&](base::Result<hubs::Message> reply) {
    std::lock_guard lock(mutex);
    replies.push_back(reply ? std::string(reply->text()) : "error");
    if (!reply) {
      EXPECT_EQ(reply.error().code, base::ErrorCode::Timeout);
    }
    changed.notify_all();
  };

  requester.send(this->message("ask", "weather"), std::chrono::seconds(10), note);
  requester.send(this->message("nobody", "anyone?"), std::chrono::milliseconds(300), note);

  std::unique_lock lock(mutex);
  ASSERT_TRUE(
      changed.wait_for(lock, std::chrono::seconds(10), [&] { return replies.size() == 2; }));
  EXPECT_EQ(replies, std::vector<std::string>({"re: weather", "error"}));
  EXPECT_EQ(requester.outstanding(), 0u);
}

TYPED_TEST_P(BusContract, TellsAWatcherThePresentStateAtOnce) {
  const auto bus = this->makeBus();
  ASSERT_TRUE(waitUntil([&] { return isOnline(*bus); }));
  std::mutex mutex;
  std::vector<hubs::LinkState> seen;

  const auto watch = bus->onStatus([&](const hubs::LinkStatus& status) {
    std::lock_guard lock(mutex);
    seen.push_back(status.state);
  });

  EXPECT_TRUE(waitUntil([&] {
    std::lock_guard lock(mutex);
    return !seen.empty();
  }));
  std::lock_guard lock(mutex);
  EXPECT_EQ(seen.front(), hubs::LinkState::Online);
}

TYPED_TEST_P(BusContract, RefusesWhatIsNoTopicAndNoFilter) {
  const auto bus = this->makeBus();

  const auto published = bus->publish(this->message("a/+/b", "?"));

  ASSERT_FALSE(published.ok());
  EXPECT_EQ(published.error().code, base::ErrorCode::InvalidArgument);
  EXPECT_EQ(bus->subscribe("a/#/b", hubs::Delivery::AtMostOnce, [](const hubs::Message&) {}),
            nullptr);
}

TYPED_TEST_P(BusContract, SharedSubscriptionsShareTheWork) {
  const auto first = this->makeBus();
  const auto second = this->makeBus();
  Inbox one;
  Inbox two;
  const auto a = first->subscribe("$share/group/mimosa/1/test/work", hubs::Delivery::AtLeastOnce,
                                  one.handler());
  const auto b = second->subscribe("$share/group/mimosa/1/test/work", hubs::Delivery::AtLeastOnce,
                                   two.handler());
  ASSERT_TRUE(settle(*first, *first));
  ASSERT_TRUE(settle(*second, *second));

  for (int i = 0; i < 20; ++i) {
    ASSERT_TRUE(first->publish(this->message("work", std::to_string(i))).ok());
  }

  EXPECT_TRUE(waitUntil([&] { return one.texts().size() + two.texts().size() == 20; }));
  EXPECT_FALSE(one.texts().empty());
  EXPECT_FALSE(two.texts().empty());
}

REGISTER_TYPED_TEST_SUITE_P(BusContract, DeliversToOthersAndToItself, KeepsTheOrderOfOneSender,
                            HonoursWildcards, OverlappingSubscriptionsEachGetAMessageOnce,
                            RetainedMessagesReachEveryNewSubscriptionFirstAndOnlyIt,
                            AnEmptyRetainedMessageDeletesTheOldOne,
                            AnEndedSubscriptionHearsNothingMore, TheWillIsSentWhenABusIsDestroyed,
                            CarriesPropertiesAndLargePayloads, RequestsAreAnsweredOrTimeOut,
                            TellsAWatcherThePresentStateAtOnce, RefusesWhatIsNoTopicAndNoFilter,
                            SharedSubscriptionsShareTheWork);

}  // namespace support
