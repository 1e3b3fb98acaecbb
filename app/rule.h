#pragma once
// Rule: an automation, an assertion or a policy as the project keeps it.

#include <cstdint>
#include <string>
#include <variant>

#include "app/assertion.h"
#include "app/automation.h"
#include "app/policy.h"
#include "app/project/rule_row.h"

namespace app {

using Rule = std::variant<AutomationRule, Assertion, Policy>;

/// `words` make the sentence that is kept beside the rule for people who look into the file.
RuleRow rowOf(const Rule& rule, const RuleWords& words);
/// Never trusts the row. Errors: Corrupt.
base::Result<Rule> ruleFrom(const RuleRow& row);

/// True where it may send a message, ask for a setting, or give work to another computer.
bool sends(const Rule& rule);

Sentence sentenceOf(const Rule& rule, const RuleWords& words);
/// Reads a rule of the kind the text begins as: "When ..." is an automation, "Run ..." a policy.
Read<Rule> readRule(std::string_view text, const RuleWords& words);

}  // namespace app
