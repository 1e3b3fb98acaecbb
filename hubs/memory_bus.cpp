#include "hubs/memory_bus.h"

#include <algorithm>
#include <map>
#include <mutex>
#include <vector>

#include "hubs/dispatcher.h"

namespace hubs {

namespace {

/// The part of a memory bus its room knows: where to deliver, and what it subscribed to.
struct Client {
  Dispatcher dispatcher;
  std::map<Dispatcher::Id, std::string> filters;  ///< guarded by the room
};

bool isShared(const std::string& filter) { return filter.starts_with("$share/"); }

}  // namespace

class MemoryRoom : public std::enable_shared_from_this<MemoryRoom> {
 public:
  void join(const std::shared_ptr<Client>& client) {
    std::lock_guard lock(mutex_);
    clients_.push_back(client);
  }

  void leave(const std::shared_ptr<Client>& client) {
    std::lock_guard lock(mutex_);
    std::erase(clients_, client);
  }

  /// Under the lock until all queues have it, so that every client sees the same order.
  void publish(Message message) {
    std::lock_guard lock(mutex_);
    if (message.retain == Retain::Yes) {
      if (message.payload.empty()) {
        retained_.erase(message.topic);
      } else {
        retained_[message.topic] = message;
      }
    }
    message.retain = Retain::No;
    std::map<std::string, std::vector<std::pair<Client*, Dispatcher::Id>>> groups;
    for (const auto& client : clients_) {
      for (const auto& [id, filter] : client->filters) {
        if (!topicMatches(filter, message.topic)) continue;
        if (isShared(filter)) {
          groups[filter].emplace_back(client.get(), id);
        } else {
          client->dispatcher.deliverTo(id, message);
        }
      }
    }
    for (const auto& [filter, members] : groups) {
      const auto& [client, id] = members[turns_[filter]++ % members.size()];
      client->dispatcher.deliverTo(id, message);
    }
  }

  SubscriptionPtr subscribe(const std::shared_ptr<Client>& client, const std::string& filter,
                            Bus::Handler handler) {
    std::lock_guard lock(mutex_);
    const Dispatcher::Id id = nextId_++;
    const auto ended = [room = shared_from_this(), weak = std::weak_ptr(client), id] {
      if (const auto alive = weak.lock()) {
        std::lock_guard inner(room->mutex_);
        alive->filters.erase(id);
      }
    };
    auto subscription = client->dispatcher.subscribe(id, filter, std::move(handler), ended);
    client->filters[id] = filter;
    for (const auto& [topic, message] : retained_) {
      if (!isShared(filter) && topicMatches(filter, topic)) {
        client->dispatcher.deliverTo(id, message);
      }
    }
    return subscription;
  }

 private:
  std::mutex mutex_;
  std::vector<std::shared_ptr<Client>> clients_;
  std::map<std::string, Message> retained_;
  std::map<std::string, std::size_t> turns_;  ///< whose turn it is in each shared filter
  Dispatcher::Id nextId_ = 1;
};

namespace {

class MemoryBus final : public Bus {
 public:
  MemoryBus(std::shared_ptr<MemoryRoom> room, std::optional<Message> will)
      : room_(std::move(room)), will_(std::move(will)), client_(std::make_shared<Client>()) {
    client_->dispatcher.setStatus(
        {.state = LinkState::Online, .since = base::SystemClock().now(), .connects = 1});
    room_->join(client_);
  }

  ~MemoryBus() override {
    room_->leave(client_);
    if (will_) {
      room_->publish(*will_);
    }
  }

  base::Result<void> publish(Message message) override {
    if (!isValidTopic(message.topic)) {
      return base::invalid("\"" + message.topic + "\" is not a topic one can publish to");
    }
    room_->publish(std::move(message));
    return {};
  }

  SubscriptionPtr subscribe(const std::string& filter, Delivery, Handler handler) override {
    if (!isValidFilter(filter)) {
      return nullptr;
    }
    return room_->subscribe(client_, filter, std::move(handler));
  }

  LinkStatus status() const override { return client_->dispatcher.status(); }

  SubscriptionPtr onStatus(std::function<void(const LinkStatus&)> watcher) override {
    return client_->dispatcher.watch(std::move(watcher));
  }

  bool flush(base::Duration) override { return true; }

 private:
  std::shared_ptr<MemoryRoom> room_;
  std::optional<Message> will_;
  std::shared_ptr<Client> client_;
};

}  // namespace

std::shared_ptr<MemoryRoom> makeMemoryRoom() { return std::make_shared<MemoryRoom>(); }

std::unique_ptr<Bus> makeMemoryBus(std::shared_ptr<MemoryRoom> room, std::optional<Message> will) {
  return std::make_unique<MemoryBus>(std::move(room), std::move(will));
}

}  // namespace hubs
