#include "app/training/worker_table.h"

#include <algorithm>
#include <utility>

#include "app/training/surroundings.h"

namespace app {
namespace {

using namespace std::chrono_literals;

constexpr auto kFresh = 3s;
constexpr std::size_t kMostWorkers = 4096;
constexpr std::size_t kRoundTrips = 9;

double median(std::deque<double> values) {
  if (values.empty()) return 0;
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

std::string doing(const Heartbeat& beat) {
  for (const auto& job : beat.jobs) {
    if (job.state != "done") return "training " + job.task;
  }
  return beat.models.empty() ? "" : "serving " + beat.models.front().model;
}

}  // namespace

/// The worker, a new one where there is room; else null. With the lock held.
WorkerTable::Worker* WorkerTable::at(const std::string& id) {
  const auto found = workers_.find(id);
  if (found != workers_.end()) return &found->second;
  return workers_.size() < kMostWorkers ? &workers_[id] : nullptr;
}

bool WorkerTable::isOnline(const Worker& worker) const {
  return worker.state == "online" && clock_.now() - worker.lastHeard < kFresh;
}

void WorkerTable::setLocal(std::string id) {
  const std::lock_guard lock(mutex_);
  local_ = std::move(id);
}

void WorkerTable::setBenchNear(std::optional<bool> near) {
  const std::lock_guard lock(mutex_);
  benchNear_ = near;
}

void WorkerTable::onInfo(const std::string& id, const Info& info) {
  const std::lock_guard lock(mutex_);
  if (Worker* worker = at(id)) worker->info = info;
}

void WorkerTable::onStatus(const std::string& id, const std::string& boot, const Status& status) {
  const std::lock_guard lock(mutex_);
  Worker* worker = at(id);
  if (worker == nullptr) return;
  // A farewell of an earlier start may arrive after the next one said hello.
  if (status.reason == "stopped" && !worker->boot.empty() && worker->boot != boot) return;
  worker->state = status.state;
  // A will was written before its worker knew the name of its start.
  if (status.state == "online" && worker->boot != boot) {
    worker->boot = boot;
    worker->beat = 0;  // it counts from one again
  }
}

WorkerTable::Beat WorkerTable::onHeartbeat(const std::string& id, const Header& header,
                                           const Heartbeat& beat) {
  const std::lock_guard lock(mutex_);
  Worker* worker = at(id);
  if (worker == nullptr) return Beat::Old;
  if (worker->boot == header.boot && header.seq < worker->beat) return Beat::Old;
  worker->boot = header.boot;
  worker->beat = header.seq;
  if (worker->beatBoot != header.boot) {
    // What it took before its first heartbeat was heard, this start took.
    if (!worker->beatBoot.empty()) worker->lost = std::exchange(worker->heartbeat.models, {});
    worker->beatBoot = header.boot;
  }
  std::erase_if(worker->lost, [&](const ServedModel& one) {
    return std::find(beat.models.begin(), beat.models.end(), one) != beat.models.end();
  });
  worker->heartbeat = beat;
  worker->lastHeard = clock_.now();
  const bool online = isOnline(*worker);
  const bool appeared = online && !worker->shownOnline;
  worker->shownOnline = online;
  return appeared ? Beat::Appeared : Beat::Usual;
}

void WorkerTable::onWord(const std::string& id) {
  const std::lock_guard lock(mutex_);
  if (Worker* worker = at(id)) worker->lastHeard = clock_.now();
}

void WorkerTable::onActive(const std::string& id, const ServedModel& model) {
  const std::lock_guard lock(mutex_);
  Worker* worker = at(id);
  if (worker == nullptr) return;
  const auto isSame = [&](const ServedModel& one) { return one.model == model.model; };
  auto& models = worker->heartbeat.models;
  std::erase_if(models, isSame);
  models.push_back(model);
  std::erase_if(worker->lost, isSame);
}

bool WorkerTable::hasLost(const std::string& id, const std::string& model) const {
  const std::lock_guard lock(mutex_);
  const auto found = workers_.find(id);
  if (found == workers_.end() || !isOnline(found->second)) return false;
  const auto& lost = found->second.lost;
  return std::any_of(lost.begin(), lost.end(), [&](const auto& one) { return one.model == model; });
}

void WorkerTable::onPong(const std::string& id, std::int64_t nonce, Moment arrived) {
  const std::lock_guard lock(mutex_);
  Worker* worker = at(id);
  if (worker == nullptr || worker->pingNonce != nonce) return;
  worker->roundTrips.push_back(
      std::chrono::duration<double, std::milli>(arrived - worker->pingSent).count());
  if (worker->roundTrips.size() > kRoundTrips) worker->roundTrips.pop_front();
}

std::vector<std::pair<std::string, std::int64_t>> WorkerTable::startPings() {
  const std::lock_guard lock(mutex_);
  std::vector<std::pair<std::string, std::int64_t>> due;
  for (auto& [id, worker] : workers_) {
    if (!isOnline(worker)) continue;
    worker.pingNonce = ++nonces_;
    worker.pingSent = std::chrono::steady_clock::now();
    due.emplace_back(id, worker.pingNonce);
  }
  return due;
}

bool WorkerTable::flipped() {
  const std::lock_guard lock(mutex_);
  bool any = false;
  for (auto& [id, worker] : workers_) {
    const bool online = isOnline(worker);
    any = any || online != worker.shownOnline;
    worker.shownOnline = online;
  }
  return any;
}

std::vector<WorkerView> WorkerTable::views() const {
  std::vector<WorkerView> all;
  {
    const std::lock_guard lock(mutex_);
    for (const auto& [id, worker] : workers_) {
      const bool isLocal = id == local_;
      const std::string& name = worker.info.name.empty() ? id : worker.info.name;
      all.push_back(
          {.id = id,
           .name = isLocal ? "This computer" : name,
           .host = worker.info.host,
           .online = isOnline(worker),
           .local = isLocal,
           .cores = static_cast<int>(worker.info.cores),
           .memoryGb = worker.info.memoryGb,
           .gpu = worker.info.gpu.empty() ? std::nullopt : std::optional(worker.info.gpu == "yes"),
           .inHouse = isLocal ? std::optional(true) : inHouse(worker.info.place, benchNear_),
           .load = worker.heartbeat.load,
           .roundTripMs = median(worker.roundTrips),
           .doing = doing(worker.heartbeat),
           .software = worker.info.software,
           .lastHeard = worker.lastHeard});
    }
  }
  std::stable_sort(all.begin(), all.end(), [](const WorkerView& a, const WorkerView& b) {
    return a.local != b.local ? a.local : a.name < b.name;
  });
  return all;
}

std::string WorkerTable::nameOf(const std::string& id) const {
  const std::lock_guard lock(mutex_);
  if (id == local_) return "this computer";
  const auto found = workers_.find(id);
  return found == workers_.end() || found->second.info.name.empty() ? id : found->second.info.name;
}

bool WorkerTable::isOnline(const std::string& id) const {
  const std::lock_guard lock(mutex_);
  const auto found = workers_.find(id);
  return found != workers_.end() && isOnline(found->second);
}

base::Time WorkerTable::lastHeard(const std::string& id) const {
  const std::lock_guard lock(mutex_);
  const auto found = workers_.find(id);
  return found == workers_.end() ? base::Time{} : found->second.lastHeard;
}

std::string WorkerTable::boot(const std::string& id) const {
  const std::lock_guard lock(mutex_);
  const auto found = workers_.find(id);
  return found == workers_.end() ? std::string() : found->second.boot;
}

std::optional<std::string> WorkerTable::server(const std::string& model) const {
  const std::lock_guard lock(mutex_);
  std::optional<std::string> best;
  for (const auto& [id, worker] : workers_) {
    const auto& models = worker.heartbeat.models;
    const bool serves = std::any_of(models.begin(), models.end(),
                                    [&](const ServedModel& one) { return one.model == model; });
    if (!serves) continue;
    if (isOnline(worker)) return id;
    best = id;
  }
  return best;
}

}  // namespace app
