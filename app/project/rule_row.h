#pragma once
// RuleRow: one rule as the project file keeps it. Its JSON is app/rule.h's business.

#include <cstdint>
#include <string>

#include "sensors/base/time.h"

namespace app {

struct RuleRow {
  std::int64_t id = 0;
  std::string kind = {};  ///< "automation", "assertion"
  std::string text = {};  ///< its sentence when it was saved, for people
  std::string json = {};
  bool enabled = true;
  friend bool operator==(const RuleRow&, const RuleRow&) = default;
};

/// What a rule decided, for the record.
struct DecisionRow {
  std::int64_t rule = 0;
  base::Time at;
  std::string text = {};  ///< for people: "Kettle sure 91 % for 5 s: say "Kettle is on""
  std::string json = {};  ///< its inputs
};

}  // namespace app
