#pragma once
// Arguments: what a command line said, checked against a declaration of what may be said.
// The help text is made from the same declaration, so the two cannot differ.

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "sensors/base/result.h"

namespace app {

/// What a command gives back to the shell.
inline constexpr int kDone = 0;
inline constexpr int kFailed = 1;
inline constexpr int kWrongUsage = 2;

/// One option, written `--name VALUE`, `--name=VALUE`, or `--name` alone where it is a flag.
struct Option {
  std::string name;   ///< without the dashes
  std::string value;  ///< what stands for the value in the help, such as "FILE"; empty: a flag
  std::string help;   ///< one sentence
  std::string fallback = {};              ///< used where the option is not given
  std::vector<std::string> choices = {};  ///< the only values allowed; empty: any
};

/// What one command understands.
struct Usage {
  std::string command;  ///< as typed: "mimosactl import"
  std::string summary;  ///< one sentence
  std::vector<Option> options = {};
  std::string positionals = {};  ///< as shown in the help, such as "FILE..."; empty: none
  std::size_t leastPositionals = 0;
  std::size_t mostPositionals = 0;
  std::string details = {};  ///< further lines of the help
};

std::string helpText(const Usage& usage);

/// Immutable value.
class Arguments {
 public:
  /// Errors: InvalidArgument with a sentence: an unknown option (naming the nearest one), a missing
  /// or superfluous value, a value that is no choice, too few or too many positionals.
  static base::Result<Arguments> parse(const Usage& usage, const std::vector<std::string>& words);

  /// True where the option was given.
  bool has(std::string_view name) const;
  /// The value given, else the fallback.
  std::string text(std::string_view name) const;
  /// The parts of a value between commas; empty parts are left out.
  std::vector<std::string> list(std::string_view name) const;
  /// Errors: InvalidArgument if it is not a number in [min, max].
  base::Result<double> number(std::string_view name, double min, double max) const;
  base::Result<std::int64_t> integer(std::string_view name, std::int64_t min,
                                     std::int64_t max) const;
  const std::vector<std::string>& positionals() const { return positionals_; }

 private:
  std::map<std::string, std::string, std::less<>> given_;
  std::map<std::string, std::string, std::less<>> fallbacks_;
  std::vector<std::string> positionals_;
};

/// Parses `words` and runs `body`; its error is printed as one line on standard error.
/// `--help` prints the help text instead. Returns kDone, kFailed where `body` failed, kWrongUsage
/// where the words do not fit the declaration.
int runWithArguments(const Usage& usage, const std::vector<std::string>& words,
                     const std::function<base::Result<void>(const Arguments&)>& body);

}  // namespace app
