#pragma once
// Link: the connection behind an MqttBus: connects, reconnects, sends, and takes what comes. Only
// for MqttBus.

#include <condition_variable>
#include <mqtt/async_client.h>
#include <mutex>
#include <optional>
#include <set>
#include <thread>

#include "hubs/filter_table.h"
#include "hubs/mqtt_bus.h"
#include "hubs/outbox.h"

namespace hubs {

/// Thread-safe. Paho's callbacks take `mutex_` briefly and never wait; `mutex_` is never held while
/// Paho is called. Only the link thread, and finish() after it, call Paho.
class Link final : public std::enable_shared_from_this<Link>, private mqtt::iaction_listener {
 public:
  /// Throws what Paho throws on options it cannot use.
  explicit Link(MqttOptions options);

  void start();
  /// Sends what is queued and the will, says goodbye and ends the thread.
  void finish();

  base::Result<void> publish(Message message);
  SubscriptionPtr subscribe(const std::string& filter, Delivery delivery, Bus::Handler handler);
  LinkStatus status() const { return dispatcher_.status(); }
  SubscriptionPtr watch(std::function<void(const LinkStatus&)> watcher) {
    return dispatcher_.watch(std::move(watcher));
  }
  bool flush(base::Duration patience);

 private:
  using Id = FilterTable::Id;

  /// How an attempt to connect, or a connection, ended.
  struct Ending {
    LinkState state = LinkState::Lost;
    std::string reason;
  };

  void unsubscribe(const std::string& filter, Id id);

  // Paho's callbacks.
  void onMessage(const mqtt::message& message);
  void noteLost(int code);
  void on_success(const mqtt::token& token) override { complete(token, true); }
  void on_failure(const mqtt::token& token) override { complete(token, false); }
  void complete(const mqtt::token& token, bool done);
  // Under mutex_; a sentence where something was refused.
  void completeConnect(const mqtt::token& token, bool done);
  std::string completeSubscribe(Id id, bool done, int code);
  std::string completePublish(std::uint64_t number, bool done, int code);

  // The link thread.
  void run(std::stop_token stop);
  std::optional<Ending> connect(std::stop_token stop);
  Ending whyNotConnected(int code) const;
  Ending serve(std::stop_token stop);
  Ending endConnection(std::stop_token stop);
  void renewSubscriptions(std::stop_token stop);
  void tell(const LinkCommand& command);
  void notTold(const LinkCommand& command, const std::string& why);
  void setStatus(LinkState state, std::string reason, base::Duration pause = {});
  std::string endsAgainAndAgain() const;

  const MqttOptions options_;
  const std::string broker_;  ///< "The broker home:1883"
  const base::SystemClock clock_;
  Dispatcher dispatcher_;
  mutable std::mutex mutex_;
  std::condition_variable_any changed_;
  Outbox outbox_;
  FilterTable filters_;
  std::set<Id> subscribing_;  ///< not yet answered
  bool online_ = false;
  std::optional<int> connected_;  ///< outcome of the attempt: 0, a reason code, or -1
  std::optional<int> lostCode_;   ///< set while the connection is lost
  std::size_t largestPacket_ = 0;
  std::uint64_t connects_ = 0;
  mqtt::async_client client_;
  std::jthread thread_;
};

}  // namespace hubs
