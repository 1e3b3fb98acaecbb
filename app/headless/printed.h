#pragma once
// Text for people, made as printf makes it.

#include <cstdarg>
#include <cstdio>
#include <string>

namespace app {

/// Adds at most 1000 bytes to `text`.
__attribute__((format(printf, 2, 3))) inline void add(std::string& text, const char* format, ...) {
  char line[1001];
  va_list values;
  va_start(values, format);
  std::vsnprintf(line, sizeof line, format, values);
  va_end(values);
  text += line;
}

}  // namespace app
