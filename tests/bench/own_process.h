#pragma once
// What a benchmark says about its own process: its age, its memory; and how it sums up times.

#include <algorithm>
#include <ctime>
#include <fstream>
#include <sstream>
#include <string>
#include <unistd.h>
#include <vector>

namespace bench {

/// Milliseconds since this process was started, in steps of 10.
inline double sinceStartMs() {
  std::ifstream file("/proc/self/stat");
  std::string word;
  long long ticks = 0;
  for (int field = 1; field <= 22 && file >> word; ++field) {
    if (field == 22) ticks = std::stoll(word);
  }
  timespec now{};
  clock_gettime(CLOCK_BOOTTIME, &now);
  return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) * 1e-6 -
         static_cast<double>(ticks) * 1e3 / static_cast<double>(sysconf(_SC_CLK_TCK));
}

/// Milliseconds of processor time this process took so far: what a busy machine does not change.
inline double processorMs() {
  timespec used{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used);
  return static_cast<double>(used.tv_sec) * 1e3 + static_cast<double>(used.tv_nsec) * 1e-6;
}

/// Resident memory of this process; without what it shares with others of the system.
inline double ownMegabytes() {
  std::ifstream file("/proc/self/smaps_rollup");
  double kilobytes = 0;
  for (std::string line; std::getline(file, line);) {
    std::istringstream words(line);
    std::string name;
    double value = 0;
    if (words >> name >> value && name.starts_with("Private_")) kilobytes += value;
  }
  return kilobytes / 1024;
}

inline double residentMegabytes() {
  std::ifstream file("/proc/self/statm");
  long pages = 0;
  file >> pages >> pages;
  return static_cast<double>(pages) * static_cast<double>(sysconf(_SC_PAGESIZE)) / (1024 * 1024);
}

/// `share` in [0, 1]; 0 where there are no values.
inline double percentile(std::vector<double> values, double share) {
  if (values.empty()) return 0;
  const auto at = static_cast<std::ptrdiff_t>(share * static_cast<double>(values.size() - 1));
  std::nth_element(values.begin(), values.begin() + at, values.end());
  return values[static_cast<std::size_t>(at)];
}

}  // namespace bench
