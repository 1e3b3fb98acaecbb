#pragma once
// NodeCommands: commands sent to nodes and their answers, on cmd/reply or on the response topic.
// Only for NodeDirectory.

#include <condition_variable>
#include <map>
#include <mutex>
#include <nlohmann/json_fwd.hpp>
#include <thread>

#include "hubs/node_directory.h"

namespace hubs {

/// Thread-safe. Destroying it drops what is unanswered without calling back.
class NodeCommands {
 public:
  using Reply = NodeDirectory::Reply;

  NodeCommands(Bus& bus, Topics topics, std::string benchId);
  ~NodeCommands();

  /// `reply` runs on the bus thread, or after `patience` on a thread of this object with Timeout.
  /// At most 4096 may be unanswered: else Unavailable at once.
  void send(const std::string& node, const std::string& op, const nlohmann::json& args, Reply reply,
            base::Duration patience);

 private:
  using SteadyClock = std::chrono::steady_clock;
  struct Unanswered {
    SteadyClock::time_point deadline;
    std::string what;  ///< "kitchen: identify"
    Reply reply;
  };

  void takeReply(const Message& message);
  void watchDeadlines(std::stop_token stop);

  Bus& bus_;
  const Topics topics_;
  const std::string replyTopic_;
  const std::string idPrefix_;
  std::mutex mutex_;
  std::condition_variable_any changed_;
  std::map<std::string, Unanswered> unanswered_;
  std::uint64_t last_ = 0;
  SteadyClock::time_point nextLook_ = SteadyClock::time_point::max();
  std::vector<SubscriptionPtr> subscriptions_;
  std::jthread thread_;
};

}  // namespace hubs
