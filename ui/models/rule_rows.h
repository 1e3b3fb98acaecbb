#pragma once
// RuleRows: what the Rules page says about a rule, and about what a person is typing. Plain
// functions of plain values.

#include <QString>
#include <QStringList>
#include <vector>

#include "app/rules_view.h"

namespace ui {

/// Characters of a typed text that were not understood.
struct Underline {
  int begin = 0;
  int length = 0;
  friend bool operator==(const Underline&, const Underline&) = default;
};

/// A rule as it is being typed.
struct TypedRule {
  bool complete = false;
  QString echo;  ///< complete: the sentence as it will be kept
  QString hint;  ///< what is missing or not understood, one sentence; empty before anything is typed
  std::vector<Underline> underlined;
};
TypedRule typedRule(const QString& text, const app::RuleWords& words);

/// Why `sentence` is no rule, or empty.
QString problemOf(const std::string& sentence, const app::RuleWords& words);

/// "holds for 3 s", "waits", "switched off", "broken twice", "kept so far".
QString ruleState(const app::RuleView& rule);
/// Of a policy: every computer with the number that decides, or with what it fails.
QStringList deviceLines(const app::RuleView& rule);
/// True where a person should look: broken, fits nobody, or cannot be read.
bool needsAttention(const app::RuleView& rule);

/// What a trial found, in one sentence: "Over 12 recordings, 4 min: 3 times."
QString trialSummary(const app::TrialView& trial);
/// "14:02:11  Kettle 91 %  →  say "Kettle is on"": at most `most`, then "and 12 more".
QStringList trialLines(const app::TrialView& trial, int most);
/// The newest decisions of rule `id`, newest first, at most `most`.
QStringList decisionLines(const app::RulesView& rules, std::int64_t id, int most);

/// "Nothing has to be watched yet" and the like: how many rules, how many are on.
QString rulesLine(const app::RulesView& rules);
/// That rules send nothing and why, one sentence; empty where none is held back.
QString heldLine(const app::RulesView& rules);
/// True where a rule may send something, so that there is something to hold back.
bool somethingActs(const app::RulesView& rules);
/// The example of the empty page, or empty where there is no label yet.
std::string exampleSentence(const app::RuleWords& words);
std::string exampleAssertionSentence(const app::RuleWords& words);
std::string examplePolicySentence(const app::RuleWords& words);

}  // namespace ui
