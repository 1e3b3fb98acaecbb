#include "app/task_name.h"

#include <algorithm>

#include "app/project/clean_name.h"

namespace app {

namespace {

constexpr std::size_t kLongestKey = 40;

}  // namespace

base::Result<std::string> checkedTaskName(const std::string& typed,
                                          const std::vector<TaskSettings>& tasks, TaskId self) {
  const std::string name = cleanName(typed);
  if (name.empty()) return base::invalid("A task needs a name.");
  for (const TaskSettings& other : tasks) {
    if (other.id != self && other.name == name) {
      return base::invalid("There is a task called " + name + " already.");
    }
  }
  return name;
}

std::string freeTaskKey(const std::string& name, const std::vector<TaskSettings>& tasks) {
  std::string key;
  for (const char c : name) {
    const bool isLarge = c >= 'A' && c <= 'Z';
    const bool fits = isLarge || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if (fits) {
      key += isLarge ? static_cast<char>(c - 'A' + 'a') : c;
    } else if (!key.empty() && key.back() != '-') {
      key += '-';
    }
  }
  key = key.substr(0, kLongestKey);
  while (!key.empty() && key.back() == '-') key.pop_back();
  if (key.empty()) key = "task";
  const auto isTaken = [&](const std::string& candidate) {
    return std::any_of(tasks.begin(), tasks.end(),
                       [&](const TaskSettings& task) { return task.key == candidate; });
  };
  std::string free = key;
  for (int number = 2; isTaken(free); ++number) free = key + "-" + std::to_string(number);
  return free;
}

}  // namespace app
