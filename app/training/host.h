#pragma once
// What a worker says about the computer it runs on.

#include <string>

namespace app {

std::string hostName();
/// `text` as an id: small letters, digits, _ and -, at most 64; "worker" where nothing is left.
std::string cleanedId(const std::string& text);

struct Memory {
  double totalGb = 0;
  double availableGb = 0;
};
Memory readMemory();

/// Load average of the last minute divided by the number of cores.
double loadPerCore();

}  // namespace app
