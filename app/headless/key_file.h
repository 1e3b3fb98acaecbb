#pragma once
// The key in a file of its own, so that it does not show in the list of processes.

#include <fstream>
#include <string>

#include "sensors/base/result.h"

namespace app {

/// The first line of `file`; empty where no file is named.
/// Errors: NotFound; InvalidArgument where the line is empty or longer than 500 characters.
inline base::Result<std::string> keyFrom(const std::string& file) {
  if (file.empty()) return std::string();
  std::ifstream stream(file);
  if (!stream) return base::Error{base::ErrorCode::NotFound, "there is no key file " + file};
  std::string key;
  std::getline(stream, key);
  if (!key.empty() && key.back() == '\r') key.pop_back();
  if (key.empty() || key.size() > 500) {
    return base::invalid("the key file " + file + " holds no key");
  }
  return key;
}

}  // namespace app
