#include "sensors/base/log.h"

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <string>

#include "sensors/base/time.h"

namespace base {

namespace {

std::atomic<LogLevel>& threshold() {
  static std::atomic<LogLevel> level =
      std::getenv("MIMOSA_DEBUG") ? LogLevel::Debug : LogLevel::Info;
  return level;
}

}  // namespace

void setLogLevel(LogLevel level) { threshold() = level; }

void logLine(LogLevel level, std::string_view text) {
  if (level < threshold()) {
    return;
  }
  static const char* const names[] = {"debug", "info", "warning", "error"};
  static const SystemClock clock;
  std::string line = clockText(clock.now()) + " " + names[static_cast<int>(level)] + " ";
  line.append(text).append("\n");
  std::fwrite(line.data(), 1, line.size(), stderr);
}

}  // namespace base
