#include "app/headless/command.h"

#include <algorithm>
#include <cstdio>

#include "app/headless/arguments.h"

namespace app {
namespace {

void printCommands(const std::vector<Command>& commands, std::FILE* to) {
  std::fputs("Usage: mimosactl COMMAND [options]\n\nCommands:\n", to);
  for (const Command& command : commands) {
    std::fprintf(to, "  %-12s%s\n", command.name.c_str(), command.summary.c_str());
  }
  std::fputs("\nmimosactl COMMAND --help says more.\n", to);
}

}  // namespace

int runCommandLine(const std::vector<Command>& commands, const std::vector<std::string>& words) {
  if (words.empty()) {
    printCommands(commands, stderr);
    return kWrongUsage;
  }
  if (words[0] == "--help" || words[0] == "help") {
    printCommands(commands, stdout);
    return kDone;
  }
  const auto found = std::find_if(commands.begin(), commands.end(),
                                  [&](const Command& c) { return c.name == words[0]; });
  if (found == commands.end()) {
    std::fprintf(stderr, "mimosactl: there is no command \"%s\". Try --help.\n", words[0].c_str());
    return kWrongUsage;
  }
  return found->run({words.begin() + 1, words.end()});
}

}  // namespace app
