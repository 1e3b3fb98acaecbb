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

/// How busy all processors of this computer are together. One thread at a time.
class ProcessorLoad {
 public:
  /// Since the last call, [0, 1], smoothed over about five calls; 0 where the system does not say.
  double share();

 private:
  double busy_ = 0, all_ = 0;  ///< ticks since the computer was started
  double smoothed_ = -1;
};

}  // namespace app
