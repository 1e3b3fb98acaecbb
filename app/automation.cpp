#include "app/automation.h"

#include <algorithm>
#include <utility>

#include "app/label_limits.h"

namespace app {

namespace {

bool holds(const LevelCondition& condition, const Levels& levels) {
  const auto held = std::find_if(levels.begin(), levels.end(), [&](const HeldLevel& level) {
    return level.source == condition.source;
  });
  if (held == levels.end() || !held->value) return false;
  switch (condition.is) {
    case LevelCondition::Is::On:
      return *held->value >= 0.5;
    case LevelCondition::Is::Off:
      return *held->value < 0.5;
    case LevelCondition::Is::AtLeast:
      return *held->value >= condition.value;
    case LevelCondition::Is::AtMost:
      return *held->value <= condition.value;
  }
  return false;
}

}  // namespace

Automation::Automation(AutomationRule rule, base::Duration hop)
    : rule_(std::move(rule)), patience_(3 * hop + std::chrono::seconds(1)) {}

Automation::Phase Automation::phaseOf(const HeardAnswer& heard) const {
  using State = learners::PredictionState;
  if (heard.state == State::NoData) return Phase::NoData;
  if (heard.state == State::Novel) return Phase::Unsure;
  if (heard.label != rule_.label) return Phase::Idle;
  const float least = rule_.needs == AutomationRule::Needs::Sure ? kSureFrom : heard.limit;
  return heard.certainty >= least && !heard.belowLimit ? Phase::Sure : Phase::Unsure;
}

bool Automation::levelsHold(const Levels& levels) const {
  return std::all_of(rule_.also.begin(), rule_.also.end(),
                     [&](const LevelCondition& condition) { return holds(condition, levels); });
}

void Automation::enter(Phase phase, base::Time since) {
  if (phase == phase_) return;
  phase_ = phase;
  since_ = since;
  done_ = false;
  warned_ = false;
}

/// Decides what is due at `now` in the present phase.
void Automation::settle(base::Time now, std::vector<Decision>& out) {
  const auto say = [&](Decision::Why why, const Action& action) {
    out.push_back({.why = why, .action = action, .at = now, .heard = last_, .levels = levels_});
  };
  const bool dwelt = now - since_ >= rule_.dwell;
  if (phase_ == Phase::Sure && dwelt && !done_ && levelsHold(levels_)) {
    done_ = true;
    say(Decision::Why::Sure, rule_.then);
  } else if (phase_ == Phase::Unsure && dwelt && !done_) {
    done_ = true;
    say(Decision::Why::Unsure, rule_.unsure);
  } else if (phase_ == Phase::NoData) {
    if (now - since_ >= patience_ && !std::exchange(done_, true)) {
      say(Decision::Why::NoData, rule_.noData);
    }
    if (rule_.warnAfter && now - since_ >= *rule_.warnAfter && !std::exchange(warned_, true)) {
      say(Decision::Why::Warn, {.kind = Action::Kind::Announce});
    }
  }
}

bool sends(const Action& action) {
  return action.kind == Action::Kind::Publish || action.kind == Action::Kind::AskParam;
}

std::vector<Decision> Automation::decide(const HeardAnswer& heard, const Levels& levels) {
  if (any_ && heard.span.end <= last_.span.end) return {};
  std::vector<Decision> out = any_ ? elapse(heard.span.begin) : std::vector<Decision>();
  any_ = true;
  last_ = heard;
  levels_.clear();
  for (const HeldLevel& level : levels) {
    const bool asked = std::any_of(rule_.also.begin(), rule_.also.end(),
                                   [&](const auto& c) { return c.source == level.source; });
    if (asked) levels_.push_back(level);
  }
  enter(phaseOf(heard), heard.span.begin);
  settle(heard.span.end, out);
  return out;
}

std::vector<Decision> Automation::elapse(base::Time now) {
  std::vector<Decision> out;
  if (!any_ || now - last_.span.end < patience_) return out;
  enter(Phase::NoData, last_.span.end);
  settle(now, out);
  return out;
}

std::optional<base::Duration> Automation::holding() const {
  if (phase_ != Phase::Sure || !levelsHold(levels_)) return std::nullopt;
  return last_.span.end - since_;
}

}  // namespace app
