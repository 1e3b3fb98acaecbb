#include "app/training/host.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdlib>
#include <fstream>
#include <unistd.h>

namespace app {

std::string hostName() {
  std::array<char, 256> buffer{};
  if (::gethostname(buffer.data(), buffer.size() - 1) != 0) return "unknown";
  return buffer.data();
}

std::string cleanedId(const std::string& text) {
  std::string id;
  for (const char c : text) {
    const auto small = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    const bool fits = (small >= 'a' && small <= 'z') || (small >= '0' && small <= '9') ||
                      small == '_' || small == '-';
    if (id.size() < 64) id += fits ? small : '-';
  }
  return id.empty() ? "worker" : id;
}

Memory readMemory() {
  std::ifstream file("/proc/meminfo");
  std::string name;
  std::string unit;
  double kilobytes = 0;
  Memory memory;
  while (file >> name >> kilobytes && std::getline(file, unit)) {
    if (name == "MemTotal:") memory.totalGb = kilobytes / (1024 * 1024);
    if (name == "MemAvailable:") {
      memory.availableGb = kilobytes / (1024 * 1024);
      break;
    }
  }
  return memory;
}

double ProcessorLoad::share() {
  std::ifstream file("/proc/stat");
  std::string name;
  double busy = 0, all = 0;
  if (file >> name && name == "cpu") {
    // user nice system idle iowait irq softirq steal; what guests use is in user already.
    double ticks = 0;
    for (int i = 0; i < 8 && file >> ticks; ++i) {
      all += ticks;
      if (i != 3 && i != 4) busy += ticks;
    }
  }
  const bool first = all_ == 0;
  const double passed = all - all_;
  const double share = passed > 0 && !first ? std::clamp((busy - busy_) / passed, 0.0, 1.0) : 0;
  busy_ = busy;
  all_ = all;
  if (first || passed <= 0) return std::max(0.0, smoothed_);
  constexpr double kNewest = 0.2;
  smoothed_ = smoothed_ < 0 ? share : smoothed_ + kNewest * (share - smoothed_);
  return smoothed_;
}

}  // namespace app
