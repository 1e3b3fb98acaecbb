#pragma once
// An automation as one sentence and back:
//   When Kettle is sure for 5 s and Kitchen motion is on, send "on" to kettle/led; when not sure do
//   nothing; when no data do nothing and warn after 1 min.
// Actions: do nothing; send "text" to topic; set <setting> to <value>; say "text". Reading what was
// printed gives the same rule, as long as the names are known.

#include "app/automation.h"
#include "app/rule_words.h"
#include "app/sentence.h"

namespace app {

Sentence sentenceOf(const AutomationRule& rule, const RuleWords& words);
Read<AutomationRule> readAutomation(std::string_view text, const RuleWords& words);

/// One action alone, as a person reads it: "send "on" to kettle/led".
std::string actionText(const Action& action, const RuleWords& words);

/// Why `topic` may not be published to, or nothing. Mimosa's own topics, system topics and those
/// with wildcards, blanks or more than 200 bytes are refused: a rule must not command our own nodes
/// and workers past their settings, nor hear itself.
std::optional<std::string> refusalOf(const std::string& topic);

/// A rule to begin with, from the names there are: the first label and a word in the window.
/// Nothing without a label besides the background.
std::optional<AutomationRule> exampleAutomation(const RuleWords& words);

}  // namespace app
