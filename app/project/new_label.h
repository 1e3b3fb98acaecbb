#pragma once
// newLabel: what a label looks like that somebody, or a file, names for the first time.

#include <string>
#include <vector>

#include "app/project/store.h"
#include "learners/label.h"

namespace app {

/// The first colour and the first number key that none of `known` has, which are the labels of
/// `task`. Colours are used again when all eight are taken, keys are not: -1.
learners::Label newLabel(std::string name, const std::vector<learners::Label>& known, TaskId task);

}  // namespace app
