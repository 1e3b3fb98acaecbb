#include "app/training/host.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdlib>
#include <fstream>
#include <thread>
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

double loadPerCore() {
  double load = 0;
  if (::getloadavg(&load, 1) != 1) return 0;
  return load / std::max(1U, std::thread::hardware_concurrency());
}

}  // namespace app
