#pragma once
// Outbox: what an MqttBus still has to tell the broker, in order, and what was told but not yet
// acknowledged. Only for MqttBus.

#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <string>

#include "hubs/bus.h"

namespace hubs {

/// One thing to tell the broker. `number`: of a message, or a subscription's identifier.
struct LinkCommand {
  enum class Kind { Publish, Subscribe, Unsubscribe };
  Kind kind = Kind::Publish;
  std::shared_ptr<const Message> message;
  std::string filter;
  std::uint64_t number = 0;
};

/// One thread at a time: the link's mutex guards it.
class Outbox {
 public:
  enum class Link { Up, Down };

  /// While the link is down 256 messages may wait, and a newer retained message replaces an older
  /// one of the same topic; while it is up 4096, together at most 64 MB. Where all places are taken
  /// a message that matters drives out the oldest that may be lost. Errors: Unavailable.
  base::Result<void> add(Message message, Link link);
  void addSubscribe(std::string filter, std::uint64_t identifier);
  void addUnsubscribe(std::string filter);

  /// Nothing waits and nothing is unacknowledged.
  bool isIdle() const { return commands_.empty() && sent_.empty(); }
  bool canSend() const { return !commands_.empty() && sent_.size() < kMostUnderWay; }
  /// What may be told now; messages among it count as sent until completed.
  std::deque<LinkCommand> takeBatch();

  /// A message was acknowledged, or given up. Null where its number is not known (any more).
  std::shared_ptr<const Message> complete(std::uint64_t number);
  void putBack(std::shared_ptr<const Message> message);

  /// On a new connection all filters are subscribed anyway.
  void dropSubscriptionChanges();
  /// The connection ended: messages that matter are sent again, or, where the library keeps them
  /// for the session (`Session::Kept`), stay as they are; the others are lost.
  enum class Session { Clean, Kept };
  void connectionEnded(Session session);

  static constexpr std::size_t kMostUnderWay = 500;

 private:
  bool replaceWaiting(const Message& message);
  bool isFull(const Message& message, Link link);
  void forget(const Message& message);

  std::deque<LinkCommand> commands_;
  std::size_t waiting_ = 0;  ///< messages among the commands
  std::size_t waitingBytes_ = 0;
  std::map<std::uint64_t, std::shared_ptr<const Message>> sent_;
  std::uint64_t lastNumber_ = 0;
};

}  // namespace hubs
