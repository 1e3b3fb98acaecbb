#pragma once
// StreamLeases: asks for streams again and again, so that they keep flowing only as long as
// somebody listens. Only for NodeDirectory.

#include <condition_variable>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "sensors/base/time.h"

namespace hubs {

/// Thread-safe. Nothing is asked while the link is down, which it is at first.
class StreamLeases {
 public:
  /// Runs on a thread of this object.
  using Ask = std::function<void(const std::string& node, const std::string& stream)>;

  /// Each stream is asked for at once and then every `pause`.
  StreamLeases(base::Duration pause, Ask ask);
  ~StreamLeases() = default;

  void linkUp();
  void linkDown();
  /// The node is there and has these streams and no others: all are asked for now.
  void begin(const std::string& node, const std::vector<std::string>& streams);
  /// The node is away.
  void end(const std::string& node);

 private:
  using SteadyClock = std::chrono::steady_clock;
  using Key = std::pair<std::string, std::string>;

  void run(std::stop_token stop);
  SteadyClock::time_point earliest() const;

  const base::Duration pause_;
  const Ask ask_;
  mutable std::mutex mutex_;
  std::condition_variable_any changed_;
  std::map<Key, SteadyClock::time_point> due_;
  bool isUp_ = false;
  std::jthread thread_;
};

}  // namespace hubs
