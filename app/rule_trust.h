#pragma once
// RuleTrust: which rules of which project may send something from this computer. It is kept beside
// this computer's settings and never in a project: whoever gives a file away can write anything
// into it.

#include <filesystem>
#include <set>
#include <string>
#include <vector>

#include "app/project/rule_row.h"
#include "sensors/base/result.h"

namespace app {

/// One thread at a time. A file with one line per rule: the project's random id and the hash of
/// what the rule does, so that a rule which was changed elsewhere is another one.
class RuleTrust {
 public:
  static constexpr std::size_t kMost = 20'000;  ///< lines; beyond, the oldest are forgotten

  explicit RuleTrust(std::filesystem::path file) : file_(std::move(file)) {}
  /// In the settings of this user of this computer.
  static std::filesystem::path usualFile();

  struct Held {
    std::set<std::int64_t> rules;  ///< ids of those that send something and may not
    bool byPerson = false;         ///< a person here held this project's rules back
  };
  Held held(const std::string& project, const std::vector<RuleRow>& rows) const;

  /// A rule was typed here. Errors: Io where that cannot be kept.
  base::Result<void> allow(const std::string& project, const RuleRow& row);
  /// A person lets them act. Errors: Io.
  base::Result<void> allowAll(const std::string& project, const std::vector<RuleRow>& rows);
  /// No rule of the project may act any more. Errors: Io.
  base::Result<void> holdBack(const std::string& project);

 private:
  struct Line {
    std::string project, rule;
    friend bool operator==(const Line&, const Line&) = default;
  };
  std::vector<Line> read() const;
  base::Result<void> write(const std::vector<Line>& lines) const;

  const std::filesystem::path file_;
};

}  // namespace app
