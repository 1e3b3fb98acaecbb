#include "app/rule_desk.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "app/automation_sentence.h"

namespace app {

namespace {

using learners::PredictionState;

constexpr std::size_t kViolationsShown = 50;
constexpr base::Duration kSeam = std::chrono::milliseconds(200);

learners::LabelId backgroundOf(const std::vector<learners::Label>& labels) {
  for (const learners::Label& label : labels) {
    if (label.background) return label.id;
  }
  return 0;
}

nlohmann::json inputsOf(const Decision& decision) {
  nlohmann::json levels = nlohmann::json::object();
  for (const HeldLevel& level : decision.levels) {
    levels[level.source] = level.value ? nlohmann::json(*level.value) : nlohmann::json();
  }
  return {{"why", static_cast<int>(decision.why)},
          {"state", static_cast<int>(decision.heard.state)},
          {"label", decision.heard.label},
          {"certainty", std::round(decision.heard.certainty * 1e4F) / 1e4},
          {"window", {decision.heard.span.begin.ns, decision.heard.span.end.ns}},
          {"levels", levels}};
}

}  // namespace

HeardAnswer heardOf(const learners::Prediction& p, const std::vector<learners::Label>& labels,
                    std::span<const float> limits) {
  HeardAnswer heard{.span = p.span,
              .state = p.state,
              .certainty = p.certainty,
              .belowLimit = p.belowLimit};
  if (p.state == PredictionState::Background) {
    heard.label = backgroundOf(labels);
  } else if (p.state == PredictionState::Known && p.label >= 0 &&
             static_cast<std::size_t>(p.label) < labels.size()) {
    heard.label = labels[static_cast<std::size_t>(p.label)].id;
    if (static_cast<std::size_t>(p.label) < limits.size()) {
      heard.limit = limits[static_cast<std::size_t>(p.label)];
    }
  }
  return heard;
}

HeardAnswer heardOf(const Answer& answer) {
  return heardOf(answer.prediction, answer.labels, answer.limits);
}

std::optional<double> levelAt(const std::vector<sensors::BlockPtr>& blocks, base::Time time) {
  std::optional<double> level;
  for (const sensors::BlockPtr& block : blocks) {
    if (block->start > time) break;
    const sensors::Samples* samples = block->samples();
    if (!samples || samples->channels == 0) continue;
    for (std::size_t row = 0; row < samples->rows && block->timeOf(row) <= time; ++row) {
      if (!samples->isMissing(row, 0)) level = samples->at(row, 0);
    }
  }
  return level;
}

std::string whyText(const Decision& decision, const RuleWords& words) {
  const HeardAnswer& heard = decision.heard;
  const learners::Label* label = words.label(heard.label);
  const std::string share = std::to_string(std::lround(heard.certainty * 100)) + " %";
  switch (decision.why) {
    case Decision::Why::Sure:
      return (label ? label->name : "?") + " " + share;
    case Decision::Why::Unsure:
      return heard.state == PredictionState::Novel
                 ? std::string("not something I know")
                 : (label ? label->name : "?") + " not sure, " + share;
    case Decision::Why::NoData:
      return "no data";
    case Decision::Why::Warn:
      return "still no data";
  }
  return {};
}

void StretchList::add(const HeardAnswer& heard, base::Duration hop) {
  const bool sure = heard.label != 0 && !heard.belowLimit &&
                    (heard.state == PredictionState::Known ||
                     heard.state == PredictionState::Background);
  if (!sure) return;
  // Windows overlap; each answer speaks for its newest hop.
  const base::TimeSpan span{heard.span.end - std::min(hop, heard.span.length()), heard.span.end};
  if (!list_.empty() && list_.back().label == heard.label &&
      span.begin - list_.back().span.end < kSeam) {
    list_.back().span.end = std::max(list_.back().span.end, span.end);
    list_.back().certainty = std::min(list_.back().certainty, heard.certainty);
    return;
  }
  list_.push_back({.label = heard.label, .span = span, .certainty = heard.certainty});
  if (list_.size() > kMost) list_.pop_front();
}

RuleDesk::RuleDesk(const sensors::SourceTable& sources, const base::Clock& clock, Outside outside)
    : sources_(sources), clock_(clock), outside_(std::move(outside)) {}

void RuleDesk::setRules(const std::vector<RuleRow>& rows, base::Duration hop,
                        const std::set<std::int64_t>& held) {
  std::lock_guard lock(mutex_);
  const bool sameHop = hop == std::exchange(hop_, hop);
  std::vector<Running> next;
  for (const RuleRow& row : rows) {
    const auto former = std::find_if(rules_.begin(), rules_.end(), [&](const Running& r) {
      return r.row.id == row.id && r.row.json == row.json && r.row.enabled == row.enabled;
    });
    if (former != rules_.end() && sameHop) {
      next.push_back(std::move(*former));
      continue;
    }
    Running running{.row = row};
    if (auto rule = ruleFrom(row)) {
      running.rule = *rule;
      const auto* automation = std::get_if<AutomationRule>(&*rule);
      if (automation && row.enabled) running.automation.emplace(*automation, hop);
    }
    next.push_back(std::move(running));
  }
  rules_ = std::move(next);
  for (Running& running : rules_) running.held = held.count(running.row.id) != 0;
}

void RuleDesk::setWords(std::shared_ptr<const RuleWords> words) {
  std::lock_guard lock(mutex_);
  words_ = std::move(words);
}

Levels RuleDesk::levelsAt(base::Time time) const {
  std::set<std::string> wanted;
  {
    std::lock_guard lock(mutex_);
    for (const Running& running : rules_) {
      if (!running.automation) continue;
      for (const LevelCondition& c : running.automation->rule().also) wanted.insert(c.source);
    }
  }
  Levels levels;
  for (const std::string& source : wanted) {
    const auto stream = sources_.find(source);
    levels.push_back({.source = source,
                      .value = stream ? levelAt(stream->recent(), time) : std::nullopt});
  }
  return levels;
}

TaskId RuleDesk::taskOf(learners::LabelId label) const {
  const learners::Label* known = words_->label(label);
  return known ? known->task : kFirstTask;
}

void RuleDesk::hear(const Answer& answer) {
  const HeardAnswer heard = heardOf(answer);
  const Levels levels = levelsAt(heard.span.end);
  Due due;
  {
    std::lock_guard lock(mutex_);
    if (clock_.now() - heard.span.end > 3 * hop_ + std::chrono::seconds(1)) {
      ++stale_;
      return;
    }
    heard_[answer.task].add(heard, hop_);
    for (Running& running : rules_) {
      if (!running.automation) continue;
      if (taskOf(running.automation->rule().label) != answer.task) continue;
      for (Decision& decision : running.automation->decide(heard, levels)) {
        due.emplace_back(running.row.id, std::move(decision));
      }
    }
  }
  carryOut(due);
}

void RuleDesk::elapse() {
  Due due;
  {
    std::lock_guard lock(mutex_);
    const base::Time now = clock_.now();
    for (Running& running : rules_) {
      if (!running.automation) continue;
      for (Decision& decision : running.automation->elapse(now)) {
        due.emplace_back(running.row.id, std::move(decision));
      }
    }
  }
  carryOut(due);
}

void RuleDesk::carryOut(const Due& due) {
  for (const auto& [rule, decision] : due) {
    std::shared_ptr<const RuleWords> words;
    std::string sentence;
    bool held = false;
    {
      std::lock_guard lock(mutex_);
      words = words_;
      for (const Running& running : rules_) {
        if (running.row.id != rule || !running.rule) continue;
        sentence = plainText(sentenceOf(*running.rule, *words));
        held = running.held;
      }
    }
    DecisionView view{.rule = rule,
                      .at = decision.at,
                      .text = whyText(decision, *words),
                      .action = decision.why == Decision::Why::Warn
                                    ? "warn"
                                    : actionText(decision.action, *words)};
    if (decision.why == Decision::Why::Warn) {
      outside_.warn(sentence);
    } else if (held && sends(decision.action)) {
      view.trouble = "held back";
    } else if (decision.action.kind != Action::Kind::Nothing) {
      if (const auto done = outside_.act(decision.action); !done) {
        view.trouble = done.error().message;
      }
    }
    auto inputs = inputsOf(decision);
    if (!view.trouble.empty()) inputs["trouble"] = view.trouble;
    outside_.record({.rule = rule,
                     .at = decision.at,
                     .text = view.text + ": " + view.action,
                     .json = inputs.dump()});
    std::lock_guard lock(mutex_);
    for (Running& running : rules_) {
      if (running.row.id == rule) {
        running.lastDone = base::clockText(view.at) + " " + view.action;
      }
    }
    decisions_.push_back(std::move(view));
    if (decisions_.size() > kRemembered) decisions_.pop_front();
  }
}

void RuleDesk::remember(const std::vector<LabelStretch>& stretches) {
  std::lock_guard lock(mutex_);
  for (const LabelStretch& s : stretches) {
    heard_[taskOf(s.label)].add({.span = s.span,
                                 .state = PredictionState::Known,
                                 .label = s.label,
                                 .certainty = s.certainty},
                                s.span.length());
  }
}

void RuleDesk::check(const std::vector<LabelStretch>& said) {
  std::vector<std::pair<std::int64_t, Assertion>> assertions;
  std::vector<LabelStretch> stretches;
  std::shared_ptr<const RuleWords> words;
  {
    std::lock_guard lock(mutex_);
    for (const Running& running : rules_) {
      const auto* assertion = running.rule ? std::get_if<Assertion>(&*running.rule) : nullptr;
      if (assertion && running.row.enabled) assertions.emplace_back(running.row.id, *assertion);
    }
    if (assertions.empty()) return;
    for (const auto& [task, list] : heard_) {
      const std::vector<LabelStretch> all = list.all();
      stretches.insert(stretches.end(), all.begin(), all.end());
    }
    words = words_;
  }
  stretches.insert(stretches.end(), said.begin(), said.end());
  for (const auto& [id, assertion] : assertions) {
    std::vector<Violation> found = violations(assertion, stretches, *words);
    const std::size_t surplus = found.size() - std::min(found.size(), kViolationsShown);
    found.erase(found.begin(), found.begin() + static_cast<std::ptrdiff_t>(surplus));
    std::lock_guard lock(mutex_);
    for (Running& running : rules_) {
      if (running.row.id == id) running.violations = found;
    }
  }
}

RulesView RuleDesk::view() const {
  std::lock_guard lock(mutex_);
  RulesView view;
  view.decisions.assign(decisions_.begin(), decisions_.end());
  for (const Running& running : rules_) {
    RuleView shown{.id = running.row.id,
                   .enabled = running.row.enabled,
                   .held = running.held,
                   .rule = running.rule,
                   .text = running.rule ? plainText(sentenceOf(*running.rule, *words_))
                                        : running.row.text,
                   .lastDone = running.lastDone,
                   .violations = running.violations};
    if (running.automation) shown.holding = running.automation->holding();
    view.rules.push_back(std::move(shown));
  }
  return view;
}

std::uint64_t RuleDesk::staleAnswers() const {
  std::lock_guard lock(mutex_);
  return stale_;
}

}  // namespace app
