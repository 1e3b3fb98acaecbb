#pragma once
// The parts a command works with: built in, and those of the plugins beside the program.

#include "plugins/sdk/plugin.h"

namespace app {

/// What cannot be loaded is left out, with a line in the log.
plugins::Registry allParts();

}  // namespace app
