#pragma once
// waitUntil: waits for a condition that another thread makes true, with a time limit.

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>

#include "sensors/base/time.h"

namespace support {

/// Checks `condition` every two milliseconds; false if it did not hold within `patience`.
inline bool waitUntil(const std::function<bool()>& condition,
                      base::Duration patience = std::chrono::seconds(10)) {
  const auto deadline = std::chrono::steady_clock::now() + patience;
  std::mutex mutex;
  std::condition_variable never;
  std::unique_lock lock(mutex);
  while (!condition()) {
    if (std::chrono::steady_clock::now() >= deadline) {
      return condition();
    }
    never.wait_for(lock, std::chrono::milliseconds(2));
  }
  return true;
}

}  // namespace support
