#pragma once
// The program's log: one line per event on standard error, nothing else.
// Never a password, a token or sensor contents.

#include <string_view>

namespace base {

enum class LogLevel { Debug, Info, Warning, Error };

/// Thread-safe.
void logLine(LogLevel level, std::string_view text);
inline void logInfo(std::string_view text) { logLine(LogLevel::Info, text); }
inline void logWarning(std::string_view text) { logLine(LogLevel::Warning, text); }
inline void logError(std::string_view text) { logLine(LogLevel::Error, text); }

/// Lines below `level` are dropped. Starts at Info, or at Debug where MIMOSA_DEBUG is set.
void setLogLevel(LogLevel level);

}  // namespace base
