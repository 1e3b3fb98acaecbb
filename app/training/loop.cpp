#include "app/training/loop.h"

#include <memory>

namespace app {
namespace {

constexpr std::size_t kMostFromOutside = 1024;

}  // namespace

Loop::Loop() : thread_([this](std::stop_token stop) { run(stop); }) {}

Loop::~Loop() { finish(); }

void Loop::post(Work work) {
  {
    const std::lock_guard lock(mutex_);
    if (closed_) return;
    queue_.push_back(std::move(work));
  }
  wake_.notify_one();
}

bool Loop::offer(Work work) {
  {
    const std::lock_guard lock(mutex_);
    if (closed_) return false;
    if (queue_.size() >= kMostFromOutside) {
      ++dropped_;
      return false;
    }
    queue_.push_back(std::move(work));
  }
  wake_.notify_one();
  return true;
}

void Loop::postAfter(base::Duration delay, Work work) {
  {
    const std::lock_guard lock(mutex_);
    if (closed_) return;
    due_.emplace(std::chrono::steady_clock::now() + delay, std::move(work));
  }
  wake_.notify_one();
}

void Loop::every(base::Duration period, Work work) {
  postAfter(period, [this, period, work = std::move(work)]() mutable {
    work();
    every(period, std::move(work));
  });
}

void Loop::finish() {
  {
    const std::lock_guard lock(mutex_);
    closed_ = true;
    due_.clear();
  }
  thread_.request_stop();
  if (thread_.joinable()) thread_.join();
}

std::uint64_t Loop::dropped() const {
  const std::lock_guard lock(mutex_);
  return dropped_;
}

void Loop::run(std::stop_token stop) {
  std::unique_lock lock(mutex_);
  for (;;) {
    const auto now = std::chrono::steady_clock::now();
    while (!due_.empty() && due_.begin()->first <= now) {
      queue_.push_back(std::move(due_.begin()->second));
      due_.erase(due_.begin());
    }
    if (!queue_.empty()) {
      Work work = std::move(queue_.front());
      queue_.pop_front();
      lock.unlock();
      work();
      work = nullptr;  // what it captured goes without the lock
      lock.lock();
      continue;
    }
    if (stop.stop_requested()) return;
    const Moment next = due_.empty() ? now + std::chrono::hours(1) : due_.begin()->first;
    wake_.wait_until(lock, stop, next, [&] {
      return !queue_.empty() || (!due_.empty() && due_.begin()->first < next);
    });
  }
}

}  // namespace app
