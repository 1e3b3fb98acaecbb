#include "hubs/dispatcher.h"

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>
#include <vector>

namespace hubs {

namespace {

constexpr std::size_t kMostMessages = 10'000;
constexpr std::size_t kMostBytes = 64 << 20;

/// One subscription or watch. `handler` is taken away when it ends.
struct Slot {
  Dispatcher::Id id = 0;
  std::string filter;
  Bus::Handler handler;
  std::function<void(const LinkStatus&)> watcher;
  bool ended = false;
};
using SlotPtr = std::shared_ptr<Slot>;

struct Event {
  Message message;
  std::optional<LinkStatus> status;
  SlotPtr only;                          ///< a status for one new watcher
  std::optional<Dispatcher::Id> target;  ///< a message for one subscription
  std::string filter;                    ///< a message for all subscriptions of one filter
};

}  // namespace

struct Dispatcher::State {
  mutable std::mutex mutex;
  std::condition_variable_any wake;
  std::condition_variable idle;
  std::deque<Event> queue;
  std::size_t queuedBytes = 0;  ///< payloads in `queue`
  std::vector<SlotPtr> slots;
  SlotPtr running;
  std::thread::id busThread;
  LinkStatus status;
  std::uint64_t dropped = 0;
  std::jthread thread;

  void push(Event event) {
    {
      std::lock_guard lock(mutex);
      const std::size_t size = event.message.payload.size();
      if (queue.size() >= kMostMessages) dropOne();
      while (queuedBytes != 0 && queuedBytes + size > kMostBytes) dropOne();
      queuedBytes += size;
      queue.push_back(std::move(event));
    }
    wake.notify_one();
  }

  void dropOne() {
    const auto droppable = [](const Event& event) {
      return !event.status && event.message.delivery == Delivery::AtMostOnce;
    };
    auto victim = std::find_if(queue.begin(), queue.end(), droppable);
    if (victim == queue.end()) {
      victim = std::find_if(queue.begin(), queue.end(), [](const Event& e) { return !e.status; });
    }
    if (victim != queue.end()) {
      queuedBytes -= victim->message.payload.size();
      queue.erase(victim);
      ++dropped;
    }
  }

  bool concerns(const Slot& slot, const Event& event) const {
    if (event.status) {
      return slot.watcher && (!event.only || event.only.get() == &slot);
    }
    if (!slot.handler) return false;
    if (event.target) return slot.id == *event.target;
    if (!event.filter.empty()) return slot.filter == event.filter;
    return topicMatches(slot.filter, event.message.topic);
  }

  void run(std::stop_token stop) {
    std::unique_lock lock(mutex);
    busThread = std::this_thread::get_id();
    while (wake.wait(lock, stop, [this] { return !queue.empty(); }) && !stop.stop_requested()) {
      const Event event = std::move(queue.front());
      queue.pop_front();
      queuedBytes -= event.message.payload.size();
      std::vector<SlotPtr> concerned;
      for (const SlotPtr& slot : slots) {
        if (concerns(*slot, event)) concerned.push_back(slot);
      }
      for (const SlotPtr& slot : concerned) {
        if (slot->ended) continue;
        running = slot;
        lock.unlock();
        if (event.status) {
          slot->watcher(*event.status);
        } else {
          slot->handler(event.message);
        }
        lock.lock();
        running.reset();
        idle.notify_all();
      }
    }
  }

  void end(const SlotPtr& slot) {
    Bus::Handler handler;
    std::function<void(const LinkStatus&)> watcher;
    std::unique_lock lock(mutex);
    slot->ended = true;
    std::erase(slots, slot);
    if (std::this_thread::get_id() != busThread) {
      idle.wait(lock, [&] { return running != slot; });
      handler = std::move(slot->handler);
      watcher = std::move(slot->watcher);
    }
    // What the handler holds is let go outside the lock.
    lock.unlock();
  }
};

namespace {

class SlotSubscription final : public Subscription {
 public:
  SlotSubscription(std::weak_ptr<Dispatcher::State> state, SlotPtr slot,
                   std::function<void()> ended)
      : state_(std::move(state)), slot_(std::move(slot)), ended_(std::move(ended)) {}
  ~SlotSubscription() override {
    if (const auto state = state_.lock()) {
      state->end(slot_);
      if (ended_) ended_();
    }
  }

 private:
  std::weak_ptr<Dispatcher::State> state_;
  SlotPtr slot_;
  std::function<void()> ended_;
};

}  // namespace

Dispatcher::Dispatcher() : state_(std::make_shared<State>()) {
  state_->thread = std::jthread([state = state_.get()](std::stop_token stop) { state->run(stop); });
}

Dispatcher::~Dispatcher() {
  state_->thread.request_stop();
  state_->thread.join();
  std::vector<SlotPtr> slots;
  {
    std::lock_guard lock(state_->mutex);
    slots = std::move(state_->slots);
  }
  for (const SlotPtr& slot : slots) {
    slot->handler = nullptr;
    slot->watcher = nullptr;
  }
}

SubscriptionPtr Dispatcher::subscribe(Id id, std::string filter, Bus::Handler handler,
                                      std::function<void()> ended) {
  auto slot = std::make_shared<Slot>();
  slot->id = id;
  slot->filter = std::move(filter);
  slot->handler = std::move(handler);
  {
    std::lock_guard lock(state_->mutex);
    state_->slots.push_back(slot);
  }
  return std::make_unique<SlotSubscription>(state_, std::move(slot), std::move(ended));
}

SubscriptionPtr Dispatcher::watch(std::function<void(const LinkStatus&)> watcher) {
  auto slot = std::make_shared<Slot>();
  slot->watcher = std::move(watcher);
  {
    std::lock_guard lock(state_->mutex);
    state_->slots.push_back(slot);
    state_->queue.push_back({.status = state_->status, .only = slot});
  }
  state_->wake.notify_one();
  return std::make_unique<SlotSubscription>(state_, std::move(slot), nullptr);
}

void Dispatcher::deliver(Message message) { state_->push({.message = std::move(message)}); }

void Dispatcher::deliverTo(Id id, Message message) {
  state_->push({.message = std::move(message), .target = id});
}

void Dispatcher::deliverToFilter(std::string filter, Message message) {
  state_->push({.message = std::move(message), .filter = std::move(filter)});
}

void Dispatcher::setStatus(LinkStatus status) {
  {
    std::lock_guard lock(state_->mutex);
    state_->status = status;
    state_->queue.push_back({.status = std::move(status)});
  }
  state_->wake.notify_one();
}

LinkStatus Dispatcher::status() const {
  std::lock_guard lock(state_->mutex);
  return state_->status;
}

std::uint64_t Dispatcher::dropped() const {
  std::lock_guard lock(state_->mutex);
  return state_->dropped;
}

}  // namespace hubs
