#include "app/director.h"

#include <future>

namespace app {

Director::Director(const base::Clock& clock)
    : clock_(clock), thread_([this](std::stop_token stop) { run(stop); }) {}

void Director::post(Work work) { postAt(clock_.now(), std::move(work)); }

void Director::postAt(base::Time time, Work work) {
  {
    std::lock_guard lock(mutex_);
    queue_.emplace(time, std::move(work));
  }
  wake_.notify_one();
}

void Director::settle() {
  auto done = std::make_shared<std::promise<void>>();
  auto future = done->get_future();
  post([done] { done->set_value(); });
  future.wait();
}

void Director::stop() {
  thread_.request_stop();
  if (thread_.joinable() && thread_.get_id() != std::this_thread::get_id()) {
    thread_.join();
  }
}

void Director::run(std::stop_token stop) {
  std::unique_lock lock(mutex_);
  while (!stop.stop_requested()) {
    if (queue_.empty()) {
      wake_.wait(lock, stop, [this] { return !queue_.empty(); });
      continue;
    }
    const base::Time due = queue_.begin()->first;
    const base::Duration patience = due - clock_.now();
    if (patience.count() > 0) {
      wake_.wait_for(lock, stop, patience,
                     [&] { return !queue_.empty() && queue_.begin()->first < due; });
      continue;
    }
    Work work = std::move(queue_.begin()->second);
    queue_.erase(queue_.begin());
    lock.unlock();
    work();
    work = nullptr;  // what it holds is released outside the lock
    lock.lock();
  }
}

}  // namespace app
