#pragma once
// mimosactl simulate: the demonstration home, or recordings, as nodes of their own on the bus, in a
// process of their own.

#include <string>
#include <vector>

namespace app {

/// Runs until SIGTERM or SIGINT. Gives the shell's code: 0 after an orderly end.
int simulateCommand(const std::vector<std::string>& args);

}  // namespace app
