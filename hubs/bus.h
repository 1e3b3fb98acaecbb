#pragma once
// Bus: publishes and subscribes. MQTT in the house (MqttBus), memory in tests (MemoryBus).

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "sensors/base/hash.h"
#include "sensors/base/result.h"
#include "sensors/base/time.h"

namespace hubs {

enum class Delivery { AtMostOnce, AtLeastOnce };
enum class Retain { No, Yes };

struct Message {
  std::string topic;
  base::Bytes payload;
  Delivery delivery = Delivery::AtMostOnce;
  Retain retain = Retain::No;  ///< received: Yes = a stored old message, not one sent just now
  std::string contentType;
  std::string responseTopic;
  base::Bytes correlation;
  std::uint32_t expirySeconds = 0;  ///< 0: never

  std::string_view text() const {
    return {reinterpret_cast<const char*>(payload.data()), payload.size()};
  }
};
base::Bytes toBytes(std::string_view text);

enum class LinkState { Connecting, Online, Lost, Refused };

struct LinkStatus {
  LinkState state = LinkState::Connecting;
  std::string reason;  ///< one sentence for a person where not Online
  base::Time since;
  base::Time nextTry;          ///< Lost: when the next attempt starts
  std::uint64_t connects = 0;  ///< how often the link came up
};

/// Ends its subscription when destroyed; waits for a handler that is running on another thread.
class Subscription {
 public:
  virtual ~Subscription() = default;
};
using SubscriptionPtr = std::unique_ptr<Subscription>;

/// Thread-safe. Handlers run on the bus thread, one at a time, and must not wait for anything; they
/// may publish and may not subscribe, unsubscribe or destroy the bus.
class Bus {
 public:
  using Handler = std::function<void(const Message&)>;

  virtual ~Bus() = default;

  /// Queues the message and returns at once. While the link is down up to 256 messages wait; a
  /// newer retained message replaces an older one of the same topic. Errors: InvalidArgument for a
  /// topic that is not valid; Unavailable when the queue is full.
  virtual base::Result<void> publish(Message message) = 0;

  /// `filter` may hold + and #. The subscription is renewed by itself after every reconnect.
  /// Retained messages arrive first. Null only where `filter` is not valid.
  virtual SubscriptionPtr subscribe(const std::string& filter, Delivery delivery,
                                    Handler handler) = 0;

  virtual LinkStatus status() const = 0;
  /// Called on the bus thread at each change of state; after Online all subscriptions are in place.
  /// The returned object ends the watch. Called once at once with the present state.
  virtual SubscriptionPtr onStatus(std::function<void(const LinkStatus&)> watcher) = 0;

  /// Waits until everything queued was sent, at most `patience`. False if time ran out.
  virtual bool flush(base::Duration patience) = 0;
};

/// Does `topic` match `filter` by the rules of MQTT 5 section 4.7?
bool topicMatches(std::string_view filter, std::string_view topic);
bool isValidFilter(std::string_view filter);
bool isValidTopic(std::string_view topic);

}  // namespace hubs
