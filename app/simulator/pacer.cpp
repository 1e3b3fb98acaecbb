#include "app/simulator/pacer.h"

#include <string>
#include <utility>

#include "sensors/base/log.h"

namespace app {

Pacer::Pacer(const base::Clock& clock, const MakePlayers& makePlayers)
    : clock_(clock), players_(makePlayers([this] { wake(); })) {
  thread_ = std::jthread([this](std::stop_token stop) { run(stop); });
}

Pacer::~Pacer() {
  // The nodes' buses may call wake() until the players are gone, so the order is said here.
  thread_.request_stop();
  thread_.join();
  players_.clear();
}

void Pacer::wake() {
  {
    std::lock_guard lock(mutex_);
    messagesWait_ = true;
  }
  woken_.notify_one();
}

Pacer::Counts Pacer::counts() const {
  std::lock_guard lock(mutex_);
  return counts_;
}

void Pacer::run(std::stop_token stop) {
  base::Time start = clock_.now();  // of the next tick; it is played at its end
  while (!stop.stop_requested()) {
    bool messages = false;
    {
      std::unique_lock lock(mutex_);
      woken_.wait_for(lock, stop, start + kHouseTick - clock_.now(),
                      [this] { return messagesWait_; });
      if (stop.stop_requested()) {
        return;
      }
      messages = std::exchange(messagesWait_, false);
    }
    if (messages) {
      for (const auto& player : players_) {
        player->handleMessages();
      }
    }
    base::Duration behind = clock_.now() - (start + kHouseTick);
    if (behind < base::Duration(0)) {
      continue;
    }
    if (behind > kPatience) {
      const auto missed = static_cast<std::uint64_t>(behind / kHouseTick);
      for (const auto& player : players_) {
        player->skip(missed);
      }
      start += kHouseTick * static_cast<std::int64_t>(missed);
      behind = clock_.now() - (start + kHouseTick);
      base::logWarning("held up: " + std::to_string(missed) + " ticks of 0.1 s were not played");
      std::lock_guard lock(mutex_);
      counts_.skipped += missed;
    }
    for (const auto& player : players_) {
      player->playTick(start);
    }
    start += kHouseTick;
    std::lock_guard lock(mutex_);
    ++counts_.ticks;
    counts_.late += behind > kHouseTick / 2 ? 1 : 0;
  }
}

}  // namespace app
