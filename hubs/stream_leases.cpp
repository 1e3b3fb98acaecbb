#include "hubs/stream_leases.h"

#include <algorithm>

namespace hubs {

StreamLeases::StreamLeases(base::Duration pause, Ask ask)
    : pause_(pause), ask_(std::move(ask)), thread_([this](std::stop_token stop) { run(stop); }) {}

void StreamLeases::linkUp() {
  std::lock_guard lock(mutex_);
  isUp_ = true;
  for (auto& [stream, due] : due_) due = {};
  changed_.notify_all();
}

void StreamLeases::linkDown() {
  std::lock_guard lock(mutex_);
  isUp_ = false;
}

void StreamLeases::begin(const std::string& node, const std::vector<std::string>& streams) {
  std::lock_guard lock(mutex_);
  std::erase_if(due_, [&](const auto& entry) { return entry.first.first == node; });
  for (const std::string& stream : streams) due_[{node, stream}] = {};
  changed_.notify_all();
}

void StreamLeases::end(const std::string& node) {
  std::lock_guard lock(mutex_);
  std::erase_if(due_, [&](const auto& entry) { return entry.first.first == node; });
}

StreamLeases::SteadyClock::time_point StreamLeases::earliest() const {
  auto first = SteadyClock::time_point::max();
  if (!isUp_) return first;
  for (const auto& [stream, due] : due_) first = std::min(first, due);
  return first;
}

void StreamLeases::run(std::stop_token stop) {
  std::unique_lock lock(mutex_);
  while (!stop.stop_requested()) {
    const auto next = earliest();
    const auto now = SteadyClock::now();
    if (next > now) {
      const auto sooner = [&] { return earliest() < next; };
      if (next == SteadyClock::time_point::max()) {
        changed_.wait(lock, stop, sooner);
      } else {
        changed_.wait_until(lock, stop, next, sooner);
      }
      continue;
    }
    std::vector<Key> asked;
    for (auto& [stream, due] : due_) {
      if (due > now) continue;
      asked.push_back(stream);
      due = now + pause_;
    }
    lock.unlock();
    for (const auto& [node, stream] : asked) ask_(node, stream);
    lock.lock();
  }
}

}  // namespace hubs
