#pragma once
// WorkerTable: what the workers of a site said last, and who of them is online.

#include <chrono>
#include <deque>
#include <map>
#include <mutex>
#include <optional>

#include "app/training/messages.h"
#include "app/training/worker_directory.h"

namespace app {

/// Thread-safe. Holds at most 4096 workers; further ones are not seen.
class WorkerTable {
 public:
  using Moment = std::chrono::steady_clock::time_point;

  explicit WorkerTable(const base::Clock& clock) : clock_(clock) {}

  void setLocal(std::string id);
  void setBenchNear(std::optional<bool> near);

  void onInfo(const std::string& id, const Info& info);
  void onStatus(const std::string& id, const std::string& boot, const Status& status);
  enum class Beat {
    Old,       ///< overtaken by a later one
    Usual,     ///< of a worker that was online
    Appeared,  ///< brought its worker online
  };
  Beat onHeartbeat(const std::string& id, const Header& header, const Heartbeat& beat);
  /// It said something just now.
  void onWord(const std::string& id);
  void onActive(const std::string& id, const ServedModel& model);
  void onPong(const std::string& id, std::int64_t nonce, Moment arrived);

  /// Gives each online worker a new nonce to send it.
  std::vector<std::pair<std::string, std::int64_t>> startPings();
  /// True where somebody came online or went away since the last call, by the clock alone.
  bool flipped();

  std::vector<WorkerView> views() const;  ///< the local one first, then by name
  std::string nameOf(const std::string& id) const;
  bool isOnline(const std::string& id) const;
  base::Time lastHeard(const std::string& id) const;
  std::string boot(const std::string& id) const;  ///< of its present start
  /// It served `model` before it began anew, and does not any more.
  bool hasLost(const std::string& id, const std::string& model) const;
  /// A worker that serves `model`, an online one where there is one.
  std::optional<std::string> server(const std::string& model) const;

 private:
  struct Worker {
    Info info;
    std::string state;  ///< as its status says
    std::string boot;
    std::string beatBoot;  ///< of the start that its last heartbeat came from
    std::vector<ServedModel> lost;  ///< served by an earlier start and not by this one
    std::uint64_t beat = 0;  ///< seq of its last heartbeat
    base::Time lastHeard;
    Heartbeat heartbeat;
    std::int64_t pingNonce = 0;
    Moment pingSent;
    std::deque<double> roundTrips;  ///< milliseconds, newest last
    bool shownOnline = false;
  };
  Worker* at(const std::string& id);
  bool isOnline(const Worker& worker) const;

  const base::Clock& clock_;
  mutable std::mutex mutex_;
  std::map<std::string, Worker> workers_;
  std::string local_;
  std::optional<bool> benchNear_;
  std::int64_t nonces_ = 0;
};

}  // namespace app
