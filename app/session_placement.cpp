// Where the task learns and answers: by a person's choice, by the policy in force, or here.

#include <algorithm>

#include "app/rule.h"
#include "app/session_parts.h"

namespace app {

namespace {

/// Devices need a moment to be heard after the start, and may be away for a moment later.
constexpr base::Duration kTellAfter = std::chrono::seconds(12);

}  // namespace

std::vector<DeviceFacts> Session::Impl::devicesNow() const {
  return deviceFacts(workers->workers(), answerTimes.medians(clock.now()));
}

/// The first policy that is in force counts.
void Session::Impl::readPolicy(const std::vector<RuleRow>& rows) {
  policy.reset();
  policyRule = 0;
  for (const RuleRow& row : rows) {
    if (!row.enabled || policy || heldRules.rules.contains(row.id)) continue;
    const auto rule = ruleFrom(row);
    const auto* found = rule ? std::get_if<Policy>(&*rule) : nullptr;
    if (!found) continue;
    policy = *found;
    policyRule = row.id;
  }
  choosePlaces();
}

void Session::Impl::choosePlaces() {
  for (TaskDesk* of : desksAtWork()) of->choosePlaces();
  const Place& place = front->answeringPlace();
  const base::Time now = clock.now();
  if (!place.none) {
    nobodySince.reset();
    nobodyTold = false;
  } else if (!nobodySince) {
    nobodySince = now;
  } else if (now - *nobodySince > kTellAfter && policy &&
             policy->otherwise == Policy::Otherwise::Refuse && !std::exchange(nobodyTold, true)) {
    notice(NoticeView::Kind::Warning, place.reason + " So nothing is answered, as your rule says.");
  }
}

PlacementView Session::Impl::placementView() const {
  return {.policy = policyRule,
          .learning = front->learningPlace(),
          .answering = front->answeringPlace()};
}

}  // namespace app
