#pragma once
// Command: one word after "mimosactl" and what it runs.

#include <string>
#include <vector>

namespace app {

struct Command {
  std::string name;
  std::string summary;  ///< one sentence for the list of commands
  /// Takes the words after the name; returns what the shell gets.
  int (*run)(const std::vector<std::string>& words) = nullptr;
};

/// Runs the command that `words` begin with, or prints the list of commands. Returns its result;
/// kWrongUsage for an unknown command.
int runCommandLine(const std::vector<Command>& commands, const std::vector<std::string>& words);

// The commands of this folder.
int exportCommand(const std::vector<std::string>& words);
int forgetCommand(const std::vector<std::string>& words);
int importCommand(const std::vector<std::string>& words);
int trainCommand(const std::vector<std::string>& words);
int evaluateCommand(const std::vector<std::string>& words);
int compareCommand(const std::vector<std::string>& words);
int exportModelCommand(const std::vector<std::string>& words);
int explainCommand(const std::vector<std::string>& words);
int recordCommand(const std::vector<std::string>& words);
int serveCommand(const std::vector<std::string>& words);

}  // namespace app
