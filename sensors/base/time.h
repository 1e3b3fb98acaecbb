#pragma once
// Time: a point on the program's clock; TimeSpan: a half-open stretch of it.
// The clock is steady (it never jumps while the program runs) and anchored to the wall clock when
// the program starts, so times of different sessions of one project lie on one axis.

#include <algorithm>
#include <chrono>
#include <compare>
#include <cstdint>
#include <string>

namespace base {

using Duration = std::chrono::nanoseconds;

/// Nanoseconds since 1970 as the program's clock counts them.
struct Time {
  std::int64_t ns = 0;

  friend auto operator<=>(const Time&, const Time&) = default;
  friend Time operator+(Time t, Duration d) { return {t.ns + d.count()}; }
  friend Time operator-(Time t, Duration d) { return {t.ns - d.count()}; }
  friend Duration operator-(Time a, Time b) { return Duration(a.ns - b.ns); }
  Time& operator+=(Duration d) {
    ns += d.count();
    return *this;
  }
};

/// The stretch [begin, end).
struct TimeSpan {
  Time begin;
  Time end;

  Duration length() const { return end - begin; }
  bool isEmpty() const { return end <= begin; }
  bool contains(Time t) const { return begin <= t && t < end; }
  bool overlaps(const TimeSpan& other) const { return begin < other.end && other.begin < end; }
  friend bool operator==(const TimeSpan&, const TimeSpan&) = default;
};

/// The stretch common to both; empty (begin == end) where they do not meet.
inline TimeSpan intersection(const TimeSpan& a, const TimeSpan& b) {
  const Time begin = std::max(a.begin, b.begin);
  return {begin, std::max(begin, std::min(a.end, b.end))};
}

inline Duration fromSeconds(double seconds) {
  return Duration(static_cast<std::int64_t>(seconds * 1e9 + (seconds < 0 ? -0.5 : 0.5)));
}
inline double toSeconds(Duration d) { return static_cast<double>(d.count()) * 1e-9; }
/// Largest multiple of `step` that is not after `t`. `step` > 0.
inline Time floorTo(Time t, Duration step) {
  const std::int64_t r = t.ns % step.count();
  return {t.ns - (r < 0 ? r + step.count() : r)};
}

/// Where the program reads the time; tests bring a ManualClock. Thread-safe.
class Clock {
 public:
  virtual ~Clock() = default;
  virtual Time now() const = 0;
};

/// The steady clock of the host, anchored to its wall clock at construction. Thread-safe.
class SystemClock final : public Clock {
 public:
  SystemClock();
  Time now() const override;

 private:
  std::int64_t offset_;
};

/// Local time of day as "14:02:11", for people.
std::string clockText(Time t);
/// Local date and time as "2026-11-20 14:02:11", for people and file names.
std::string dateTimeText(Time t);
/// Seconds on the clock that also counts while the computer sleeps; for leases alone.
double bootSeconds();

}  // namespace base
