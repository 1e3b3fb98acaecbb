#include "app/placement.h"

#include <algorithm>
#include <thread>

namespace app {

namespace {

constexpr const char* kThisComputer = "This computer";

const Ranked* find(const PolicyChoice& choice, const std::string& device) {
  const auto found = std::find_if(choice.ranked.begin(), choice.ranked.end(),
                                  [&](const Ranked& r) { return r.device.id == device; });
  return found == choice.ranked.end() ? nullptr : &*found;
}

template <class T>
std::optional<double> known(T value) {
  return value > 0 ? std::optional(static_cast<double>(value)) : std::nullopt;
}

}  // namespace

std::vector<DeviceFacts> deviceFacts(const std::vector<WorkerView>& workers,
                                     const std::map<std::string, double>& answerMs) {
  std::vector<DeviceFacts> devices{{.id = {},
                                    .name = kThisComputer,
                                    .online = true,
                                    .inHouse = true,
                                    .answerMs = 0,  // there is no way to go
                                    .answerIsWayOnly = true,
                                    .cores = known(std::thread::hardware_concurrency())}};
  for (const WorkerView& worker : workers) {
    if (worker.local) {  // it says more of this computer than this program knows
      DeviceFacts& here = devices.front();
      here.gpu = worker.gpu;
      here.memoryGb = known(worker.memoryGb);
      if (worker.online) here.load = std::clamp(worker.load, 0.0, 1.0);
      continue;
    }
    devices.push_back(
        {.id = worker.id,
         .name = worker.name,
         .online = worker.online,
         .gpu = worker.gpu,
         .inHouse = worker.inHouse,
         .answerMs = worker.online ? known(worker.roundTripMs) : std::nullopt,
         .answerIsWayOnly = true,
         .cores = known(worker.cores),
         .memoryGb = known(worker.memoryGb),
         .load = worker.online ? std::optional(std::clamp(worker.load, 0.0, 1.0)) : std::nullopt});
  }
  for (DeviceFacts& device : devices) {
    const auto measured = answerMs.find(device.id);
    if (measured == answerMs.end()) continue;
    device.answerMs = measured->second;
    device.answerIsWayOnly = false;
  }
  return devices;
}

/// The former choice, where it stays.
std::optional<std::string> Placer::kept(const PolicyChoice& choice, base::Time now) {
  if (!device_) return std::nullopt;
  const Ranked* former = find(choice, *device_);
  if (former && former->verdict.meets) {
    failing_.reset();
    return device_;
  }
  // Where nobody meets the conditions, the best there was stays as long as it is there.
  if (former && former->device.online && choice.bestEffort) return device_;
  if (!failing_) failing_ = now;
  return former && now - *failing_ < kPatience ? device_ : std::nullopt;
}

const Place& Placer::decide(const std::string& chosen, const Policy* policy,
                            const std::vector<DeviceFacts>& devices, base::Time now) {
  if (!policy || !(policy_ && *policy_ == *policy)) {
    device_.reset();
    failing_.reset();
  }
  policy_ = policy ? std::optional(*policy) : std::nullopt;
  if (!chosen.empty() || !policy) {
    place_ = {.worker = chosen == kHere ? std::string() : chosen};
    return place_;
  }
  const PolicyChoice choice = choose(*policy, devices);
  if (const auto stays = kept(choice, now)) {
    device_ = stays;
  } else {
    device_ = choice.device;
    failing_.reset();
  }
  if (!device_) {
    place_ = {.none = true, .byPolicy = true, .reason = choice.reason};
    return place_;
  }
  const Ranked* pick = find(choice, *device_);
  std::string reason = pick->device.name + ": " + pick->reason;
  if (!pick->verdict.meets) reason += " (" + pick->verdict.failed + ")";
  place_ = {.worker = *device_, .byPolicy = true, .reason = std::move(reason)};
  return place_;
}

void AnswerTimes::add(const std::string& worker, double milliseconds, base::Time now) {
  std::lock_guard lock(mutex_);
  auto& times = times_[worker];
  times.push_back({now, milliseconds});
  if (times.size() > kRemembered) times.pop_front();
}

std::map<std::string, double> AnswerTimes::medians(base::Time now) const {
  std::lock_guard lock(mutex_);
  std::map<std::string, double> medians;
  for (const auto& [worker, times] : times_) {
    std::vector<double> sorted;
    for (const Took& one : times) {
      if (now - one.when <= kFresh) sorted.push_back(one.milliseconds);
    }
    if (sorted.empty()) continue;
    const auto middle = sorted.begin() + static_cast<std::ptrdiff_t>(sorted.size() / 2);
    std::nth_element(sorted.begin(), middle, sorted.end());
    medians[worker] = *middle;
  }
  return medians;
}

}  // namespace app
