#pragma once
// Pacer: the thread that plays players in real time. It waits on a condition variable for the next
// tick's deadline, which is absolute, so the ticks do not drift; messages wake it in between.

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "app/simulator/player.h"

namespace app {

/// Thread-safe.
class Pacer {
 public:
  /// Held up for longer than this, missed ticks are skipped and counted; shorter, they are made up.
  static constexpr base::Duration kPatience = std::chrono::seconds(1);

  struct Counts {
    std::uint64_t ticks = 0;    ///< played
    std::uint64_t late = 0;     ///< of them, begun more than half a tick after their deadline
    std::uint64_t skipped = 0;  ///< not played at all
  };

  /// Called once on the pacer's thread, gets the wake-up call to hand to nodes.
  using MakePlayers =
      std::function<std::vector<std::unique_ptr<Player>>(std::function<void()> wake)>;

  /// Starts at once. The players live and die on the calling thread; the pacer's plays them.
  Pacer(const base::Clock& clock, const MakePlayers& makePlayers);
  ~Pacer();

  void wake();
  Counts counts() const;

 private:
  void run(std::stop_token stop);

  const base::Clock& clock_;
  mutable std::mutex mutex_;
  std::condition_variable_any woken_;
  bool messagesWait_ = true;
  Counts counts_;
  std::vector<std::unique_ptr<Player>> players_;
  std::jthread thread_;  // last: joined before anything it uses is gone
};

}  // namespace app
