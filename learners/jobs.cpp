#include "learners/jobs.h"

#include <algorithm>
#include <atomic>
#include <thread>

namespace learners {

void runAll(const std::vector<std::function<void()>>& jobs) {
  std::atomic<std::size_t> next{0};
  const auto work = [&] {
    for (std::size_t i = next++; i < jobs.size(); i = next++) jobs[i]();
  };
  const std::size_t processors = std::max(1U, std::thread::hardware_concurrency());
  std::vector<std::jthread> helpers;
  for (std::size_t i = 1; i < std::min(processors, jobs.size()); ++i) helpers.emplace_back(work);
  work();
}

void Progress::add(double share) {
  if (!report_) return;
  double done = 0;
  {
    const std::lock_guard lock(mutex_);
    done = done_ = std::min(1.0, done_ + share);
  }
  report_(done);
}

}  // namespace learners
