#include "sensors/base/time.h"

#include <ctime>

namespace base {

namespace {

std::int64_t nanosecondsOf(clockid_t id) {
  timespec t{};
  clock_gettime(id, &t);
  return static_cast<std::int64_t>(t.tv_sec) * 1'000'000'000 + t.tv_nsec;
}

std::string localText(Time t, const char* format) {
  const std::time_t seconds =
      static_cast<std::time_t>(floorTo(t, std::chrono::seconds(1)).ns / 1'000'000'000);
  std::tm local{};
  localtime_r(&seconds, &local);
  char text[64];
  const std::size_t n = std::strftime(text, sizeof text, format, &local);
  return {text, n};
}

}  // namespace

SystemClock::SystemClock()
    : offset_(nanosecondsOf(CLOCK_REALTIME) - nanosecondsOf(CLOCK_MONOTONIC)) {}

Time SystemClock::now() const { return {nanosecondsOf(CLOCK_MONOTONIC) + offset_}; }

std::string clockText(Time t) { return localText(t, "%H:%M:%S"); }
std::string dateTimeText(Time t) { return localText(t, "%Y-%m-%d %H:%M:%S"); }
double bootSeconds() { return static_cast<double>(nanosecondsOf(CLOCK_BOOTTIME)) * 1e-9; }

}  // namespace base
