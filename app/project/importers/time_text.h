#pragma once
// Times as files write them: numbers in some unit, or dates of ISO 8601.

#include <optional>
#include <string_view>

#include "sensors/base/time.h"

namespace app {

/// "2017-12-22T10:49:41.5", "2017/12/22 10:49:41", "2017-12-22T10:49:41+01:00". Where no zone is
/// given it is read as UTC, so that a file means the same everywhere. Years 1900 to 2095.
std::optional<base::Time> readDateTime(std::string_view text);

/// Nanoseconds of one unit of a numeric time column called `name`: "t_ms" and "timestamp_ms" count
/// milliseconds, "t_us" microseconds, "t_ns" nanoseconds, all others seconds.
double unitOfTimeColumn(std::string_view name);

/// Whether a time is plausible as an absolute one: after 1990.
bool isAbsolute(base::Time time);

}  // namespace app
