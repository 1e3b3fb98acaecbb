#include "ui/models/rule_rows.h"

#include <QCoreApplication>
#include <algorithm>

#include "app/automation_sentence.h"
#include "ui/words.h"

namespace ui {
namespace {

QString tr(const char* text) { return QCoreApplication::translate("rules", text); }
QString fromUtf8(const std::string& text) { return QString::fromStdString(text); }

QString times(std::size_t n) {
  return n == 1 ? tr("once") : n == 2 ? tr("twice") : tr("%1 times").arg(n);
}

/// Characters before byte `at` of `text`.
int charactersBefore(const std::string& text, std::size_t at) {
  return static_cast<int>(QString::fromStdString(text.substr(0, at)).size());
}

QString hintOf(const app::Read<app::Rule>& read, const std::string& text) {
  if (!read.notUnderstood.empty()) {
    const app::NotUnderstood& first = read.notUnderstood.front();
    return tr("I do not understand “%1”; I expect %2.")
        .arg(fromUtf8(text.substr(first.begin, first.length)), fromUtf8(first.wanted));
  }
  return read.missing.empty() ? QString()
                              : tr("Still missing: %1.").arg(fromUtf8(read.missing.front()));
}

QString decisionLine(const app::DecisionView& d) {
  QString line = QStringLiteral("%1  %2  →  %3")
                     .arg(words::clock(d.at), fromUtf8(d.text), fromUtf8(d.action));
  if (!d.trouble.empty()) {
    line += tr("  (not done: %1)").arg(fromUtf8(d.trouble));
  }
  return line;
}

}  // namespace

TypedRule typedRule(const QString& text, const app::RuleWords& words) {
  TypedRule typed;
  if (text.trimmed().isEmpty()) {
    return typed;
  }
  const std::string utf8 = text.toStdString();
  const auto read = app::readRule(utf8, words);
  if (read.value) {
    typed.complete = true;
    typed.echo = fromUtf8(app::plainText(app::sentenceOf(*read.value, words)));
    return typed;
  }
  typed.hint = hintOf(read, utf8);
  for (const app::NotUnderstood& n : read.notUnderstood) {
    const int begin = charactersBefore(utf8, n.begin);
    typed.underlined.push_back({begin, charactersBefore(utf8, n.begin + n.length) - begin});
  }
  return typed;
}

QString problemOf(const std::string& sentence, const app::RuleWords& words) {
  const auto read = app::readRule(sentence, words);
  return read.value ? QString() : hintOf(read, sentence);
}

bool needsAttention(const app::RuleView& rule) {
  const bool nobody = rule.enabled && rule.devices && !rule.devices->device;
  return !rule.rule || !rule.violations.empty() || (rule.held && rule.enabled) || nobody;
}

QStringList deviceLines(const app::RuleView& rule) {
  QStringList lines;
  const auto* policy = rule.rule ? std::get_if<app::Policy>(&*rule.rule) : nullptr;
  if (policy == nullptr || !rule.devices) {
    return lines;
  }
  if (const auto conflict = app::conflictOf(policy->where)) {
    lines << fromUtf8(*conflict);
  }
  for (const app::Ranked& r : rule.devices->ranked) {
    lines << (r.verdict.meets ? QStringLiteral("✓ %1: %2") : QStringLiteral("✕ %1: %2"))
                 .arg(fromUtf8(r.device.name),
                      fromUtf8(r.verdict.meets ? r.reason : r.verdict.failed));
  }
  return lines;
}

QString ruleState(const app::RuleView& rule) {
  if (!rule.rule) {
    return tr("cannot be read; nothing is done");
  }
  if (!rule.enabled) {
    return tr("switched off");
  }
  if (std::holds_alternative<app::Policy>(*rule.rule)) {
    return rule.held                               ? tr("held back")
           : rule.devices && !rule.devices->device ? tr("nobody fits")
           : rule.inForce                          ? tr("in force")
                                                   : tr("another rule above it counts");
  }
  if (std::holds_alternative<app::Assertion>(*rule.rule)) {
    return rule.violations.empty() ? tr("kept so far")
                                   : tr("broken %1").arg(times(rule.violations.size()));
  }
  if (rule.held) {
    return rule.holding ? tr("held back; holds for %1").arg(words::duration(*rule.holding))
                        : tr("held back; waits");
  }
  return rule.holding ? tr("holds for %1").arg(words::duration(*rule.holding)) : tr("waits");
}

QString trialSummary(const app::TrialView& trial) {
  using State = app::TrialView::State;
  switch (trial.state) {
    case State::None:
      return {};
    case State::Running:
      return tr("Listening to the recordings again…");
    case State::Failed:
      return fromUtf8(trial.trouble);
    case State::Done:
      break;
  }
  const QString where = (trial.recordings == 1 ? tr("Over 1 recording, %2")
                                               : tr("Over %1 recordings, %2").arg(trial.recordings))
                            .arg(words::duration(trial.covered));
  return trial.total == 0 ? tr("%1: never.").arg(where)
                          : tr("%1: %2.").arg(where, times(trial.total));
}

QStringList trialLines(const app::TrialView& trial, int most) {
  QStringList lines;
  for (const app::DecisionView& d : trial.decisions) {
    lines << decisionLine(d);
  }
  for (const app::Violation& v : trial.violations) {
    lines << fromUtf8(v.text);
  }
  const auto shown = std::min<qsizetype>(most, lines.size());
  const auto rest = static_cast<qsizetype>(trial.total) - shown;
  lines = lines.mid(0, shown);
  if (rest > 0) {
    lines << tr("and %1 more").arg(rest);
  }
  return lines;
}

QStringList decisionLines(const app::RulesView& rules, std::int64_t id, int most) {
  QStringList lines;
  for (auto d = rules.decisions.rbegin(); d != rules.decisions.rend() && lines.size() < most; ++d) {
    if (d->rule == id) {
      lines << decisionLine(*d);
    }
  }
  return lines;
}

QString rulesLine(const app::RulesView& rules) {
  const auto all = std::ssize(rules.rules);
  const auto off = std::count_if(rules.rules.begin(), rules.rules.end(),
                                 [](const auto& r) { return !r.enabled; });
  if (all == 0) {
    return {};
  }
  const QString count = all == 1 ? tr("1 rule") : tr("%1 rules").arg(all);
  return off == 0 ? count : tr("%1, %2 switched off").arg(count).arg(off);
}

QString heldLine(const app::RulesView& rules) {
  const auto held = std::count_if(rules.rules.begin(), rules.rules.end(),
                                  [](const app::RuleView& r) { return r.held; });
  if (held == 0) {
    return {};
  }
  if (rules.heldByPerson) {
    return held == 1 ? tr("1 rule is held back: it is watched, and sends nothing until you let it "
                          "act.")
                     : tr("%1 rules are held back: they are watched, and send nothing until you "
                          "let them act.")
                           .arg(held);
  }
  return held == 1 ? tr("1 rule was not made on this computer: it is watched, and sends nothing "
                        "until you let it act.")
                   : tr("%1 rules were not made on this computer: they are watched, and send "
                        "nothing until you let them act.")
                         .arg(held);
}

bool somethingActs(const app::RulesView& rules) {
  return std::any_of(rules.rules.begin(), rules.rules.end(), [](const app::RuleView& r) {
    return !r.held && r.rule && app::sends(*r.rule);
  });
}

std::string exampleSentence(const app::RuleWords& words) {
  const auto example = app::exampleAutomation(words);
  return example ? app::plainText(app::sentenceOf(*example, words)) : std::string();
}

std::string examplePolicySentence(const app::RuleWords& words) {
  const app::Policy example{.where = {.kind = app::PolicyClause::Kind::InHouse},
                            .prefer = app::Policy::Prefer::LeastBusy,
                            .otherwise = app::Policy::Otherwise::BestEffort};
  return app::plainText(app::sentenceOf(example, words.devices));
}

std::string exampleAssertionSentence(const app::RuleWords& words) {
  const auto example = app::exampleAssertion(words);
  return example ? app::plainText(app::sentenceOf(*example, words)) : std::string();
}

}  // namespace ui
