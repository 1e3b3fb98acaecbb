#pragma once
// Stream: hands each published item (a Block, a Frame) to every reader.
// Readers share the item; only pointers are queued. Each reader owns a bounded queue, so a slow
// reader loses its own oldest items and delays nobody.

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <vector>

#include "sensors/base/time.h"

namespace sensors {

template <class Item>
class Stream;

/// One subscription. next() belongs to one thread; dropped() may be asked by any.
template <class Item>
class Reader {
 public:
  using ItemPtr = std::shared_ptr<const Item>;

  explicit Reader(std::size_t capacity) : capacity_(std::max<std::size_t>(capacity, 1)) {}

  /// Waits for the oldest unread item.
  /// Returns nothing once `stop` is requested; queued items are then discarded.
  std::optional<ItemPtr> next(std::stop_token stop) {
    std::unique_lock lock(mutex_);
    if (!ready_.wait(lock, stop, [this] { return !queue_.empty(); }) || stop.stop_requested()) {
      return std::nullopt;
    }
    return take();
  }

  /// As next(), but gives up after `patience` of wall time; tell the two apart by `stop`.
  std::optional<ItemPtr> nextWithin(std::stop_token stop, base::Duration patience) {
    std::unique_lock lock(mutex_);
    if (!ready_.wait_for(lock, stop, patience, [this] { return !queue_.empty(); }) ||
        stop.stop_requested()) {
      return std::nullopt;
    }
    return take();
  }

  /// The oldest unread item if there is one; never waits.
  std::optional<ItemPtr> poll() {
    std::unique_lock lock(mutex_);
    if (queue_.empty()) {
      return std::nullopt;
    }
    return take();
  }

  /// Items this reader lost because its queue was full. Thread-safe.
  std::uint64_t dropped() const {
    std::lock_guard lock(mutex_);
    return dropped_;
  }

 private:
  friend class Stream<Item>;

  ItemPtr take() {
    ItemPtr item = std::move(queue_.front());
    queue_.pop_front();
    return item;
  }

  void put(const ItemPtr& item) {
    {
      std::lock_guard lock(mutex_);
      if (queue_.size() == capacity_) {
        queue_.pop_front();
        ++dropped_;
      }
      queue_.push_back(item);
    }
    ready_.notify_one();
  }

  const std::size_t capacity_;
  mutable std::mutex mutex_;
  std::condition_variable_any ready_;
  std::deque<ItemPtr> queue_;
  std::uint64_t dropped_ = 0;
};

/// Thread-safe. publish() never waits for a reader.
template <class Item>
class Stream {
 public:
  void publish(std::shared_ptr<const Item> item) {
    std::lock_guard lock(mutex_);
    std::erase_if(readers_, [&](const std::weak_ptr<Reader<Item>>& weak) {
      const auto reader = weak.lock();
      if (reader) {
        reader->put(item);
      }
      return !reader;
    });
  }

  /// Starts a reader that sees every item published from now on.
  /// Destroying the returned reader ends the subscription.
  std::shared_ptr<Reader<Item>> subscribe(std::size_t capacity) {
    auto reader = std::make_shared<Reader<Item>>(capacity);
    attach(reader);
    return reader;
  }

  /// Lets a reader that already reads other streams see this one's items too.
  void attach(const std::shared_ptr<Reader<Item>>& reader) {
    std::lock_guard lock(mutex_);
    readers_.push_back(reader);
  }

 private:
  std::mutex mutex_;
  std::vector<std::weak_ptr<Reader<Item>>> readers_;
};

}  // namespace sensors
