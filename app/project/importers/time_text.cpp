#include "app/project/importers/time_text.h"

#include <charconv>
#include <chrono>

#include "app/project/importers/csv.h"

namespace app {
namespace {

/// Reads `digits` decimal digits at the front of `text` and removes them.
std::optional<int> take(std::string_view& text, std::size_t least, std::size_t most) {
  std::size_t n = 0;
  int value = 0;
  while (n < most && n < text.size() && text[n] >= '0' && text[n] <= '9') {
    value = value * 10 + (text[n] - '0');
    ++n;
  }
  if (n < least) return std::nullopt;
  text.remove_prefix(n);
  return value;
}

bool takeOne(std::string_view& text, std::string_view anyOf) {
  if (text.empty() || anyOf.find(text[0]) == anyOf.npos) return false;
  text.remove_prefix(1);
  return true;
}

/// Offset from UTC in minutes: "Z", "+01:00", "-0330" or nothing.
std::optional<int> takeZone(std::string_view& text) {
  if (text.empty() || takeOne(text, "Zz")) return 0;
  const bool west = text[0] == '-';
  if (!takeOne(text, "+-")) return std::nullopt;
  const auto hours = take(text, 2, 2);
  takeOne(text, ":");
  const auto minutes = text.empty() ? std::optional(0) : take(text, 2, 2);
  if (!hours || !minutes) return std::nullopt;
  return (west ? -1 : 1) * (*hours * 60 + *minutes);
}

}  // namespace

std::optional<base::Time> readDateTime(std::string_view text) {
  using namespace std::chrono;
  std::string_view rest = trimmed(text);
  const auto y = take(rest, 4, 4);
  if (!y || !takeOne(rest, "-/")) return std::nullopt;
  const auto m = take(rest, 1, 2);
  if (!m || !takeOne(rest, "-/")) return std::nullopt;
  const auto d = take(rest, 1, 2);
  if (!d) return std::nullopt;
  const year_month_day date{year{*y}, month{static_cast<unsigned>(*m)},
                            day{static_cast<unsigned>(*d)}};
  if (!date.ok() || *y < 1900 || *y > 2095) return std::nullopt;
  std::int64_t ns = duration_cast<nanoseconds>(sys_days{date}.time_since_epoch()).count();
  if (rest.empty()) return base::Time{ns};
  if (!takeOne(rest, "T ")) return std::nullopt;
  const auto hour = take(rest, 1, 2);
  if (!hour || *hour > 23 || !takeOne(rest, ":")) return std::nullopt;
  const auto minute = take(rest, 2, 2);
  if (!minute || *minute > 59) return std::nullopt;
  std::int64_t nanos = 0;
  std::optional<int> second = 0;
  if (takeOne(rest, ":")) {
    second = take(rest, 2, 2);
    if (!second || *second > 60) return std::nullopt;
    if (takeOne(rest, ".,")) {
      std::int64_t weight = 100'000'000;
      while (!rest.empty() && rest[0] >= '0' && rest[0] <= '9') {
        nanos += weight * (rest[0] - '0');
        weight /= 10;
        rest.remove_prefix(1);
      }
    }
  }
  const auto zone = takeZone(rest);
  if (!zone || !rest.empty()) return std::nullopt;
  const std::int64_t seconds = *hour * 3600 + (*minute - *zone) * 60 + *second;
  return base::Time{ns + seconds * 1'000'000'000 + nanos};
}

double unitOfTimeColumn(std::string_view name) {
  if (name.ends_with("_ms") || name == "ms") return 1e6;
  if (name.ends_with("_us") || name == "us") return 1e3;
  if (name.ends_with("_ns") || name == "ns") return 1;
  return 1e9;
}

bool isAbsolute(base::Time time) { return time.ns >= std::int64_t{631'152'000} * 1'000'000'000; }

}  // namespace app
