#pragma once
// What a task may be called, and by what key topics and workers know it.

#include <string>
#include <vector>

#include "app/project/store.h"

namespace app {

/// `typed` without blanks around it. Errors: InvalidArgument for an empty name or one that another
/// of `tasks` than `self` has.
base::Result<std::string> checkedTaskName(const std::string& typed,
                                          const std::vector<TaskSettings>& tasks, TaskId self = 0);

/// A key for a task called `name` that none of `tasks` has: its letters and digits (ASCII, small),
/// dashes between, at most 40 characters; "task" where nothing is left, a number behind where it is
/// taken.
std::string freeTaskKey(const std::string& name, const std::vector<TaskSettings>& tasks);

}  // namespace app
