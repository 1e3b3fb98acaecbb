#include "app/headless/task_choice.h"

#include <algorithm>

namespace app {

Option taskOption(const std::string& otherwise) {
  return {"task", "NAME", "Which of the project's tasks; " + otherwise + "."};
}

const TaskSettings* taskNamed(const std::vector<TaskSettings>& tasks, const std::string& wanted) {
  for (const auto part : {&TaskSettings::name, &TaskSettings::key}) {
    const auto found = std::find_if(tasks.begin(), tasks.end(),
                                    [&](const TaskSettings& task) { return task.*part == wanted; });
    if (found != tasks.end() && !wanted.empty()) return &*found;
  }
  return nullptr;
}

base::Error noSuchTask(const std::vector<TaskSettings>& tasks, const std::string& wanted) {
  std::string all;
  for (const TaskSettings& task : tasks) {
    all += (all.empty() ? "" : ", ") + (task.name.empty() ? task.key : task.name);
  }
  return {base::ErrorCode::NotFound, "the project has no task \"" + wanted + "\"; it has " + all};
}

base::Result<TaskSettings> taskAsked(const ProjectStore& store, const Arguments& arguments) {
  const auto tasks = store.tasks();
  if (!tasks) return tasks.error();
  if (!arguments.has("task")) return tasks->front();
  const std::string wanted = arguments.text("task");
  const TaskSettings* found = taskNamed(*tasks, wanted);
  if (found == nullptr) return noSuchTask(*tasks, wanted);
  return *found;
}

}  // namespace app
