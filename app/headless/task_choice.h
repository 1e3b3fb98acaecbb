#pragma once
// TaskChoice: which of a project's tasks a command is about.

#include "app/headless/arguments.h"
#include "app/project/store.h"

namespace app {

/// --task; `otherwise` says what holds where it is not given.
Option taskOption(const std::string& otherwise = "the first where absent");

/// The one of `tasks` that `wanted` names, by its name or its key; null where none does.
const TaskSettings* taskNamed(const std::vector<TaskSettings>& tasks, const std::string& wanted);

/// There is no such task, but these.
base::Error noSuchTask(const std::vector<TaskSettings>& tasks, const std::string& wanted);

/// The task --task names, else the first the project has.
/// Errors: NotFound listing those there are; those of the store.
base::Result<TaskSettings> taskAsked(const ProjectStore& store, const Arguments& arguments);

}  // namespace app
