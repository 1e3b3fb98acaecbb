#pragma once
// Dispatcher: the bus thread every Bus has: it hands messages and changes of state to handlers, one
// at a time. Only for implementations of Bus.

#include <memory>
#include <optional>

#include "hubs/bus.h"

namespace hubs {

/// Thread-safe. Holds at most 10 000 messages and 64 MB; beyond that the oldest that were sent at
/// most once are dropped and counted. Changes of state are never dropped.
class Dispatcher {
 public:
  /// Names one subscription.
  using Id = std::uint64_t;

  Dispatcher();
  /// Ends the thread; messages not yet handed out are discarded. Subscriptions may live on.
  ~Dispatcher();

  /// `ended` runs when the subscription was destroyed before the dispatcher, on that thread.
  SubscriptionPtr subscribe(Id id, std::string filter, Bus::Handler handler,
                            std::function<void()> ended);
  SubscriptionPtr watch(std::function<void(const LinkStatus&)> watcher);

  /// For all subscriptions whose filter matches.
  void deliver(Message message);
  /// For the subscription `id` alone.
  void deliverTo(Id id, Message message);
  /// For all subscriptions with exactly this filter.
  void deliverToFilter(std::string filter, Message message);

  /// Keeps `status` and tells all watchers.
  void setStatus(LinkStatus status);
  LinkStatus status() const;
  std::uint64_t dropped() const;

  struct State;

 private:
  std::shared_ptr<State> state_;
};

}  // namespace hubs
