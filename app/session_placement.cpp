// Where the task learns and answers: by a person's choice, by the policy in force, or here.

#include <algorithm>
#include <utility>

#include "app/rule.h"
#include "app/session_parts.h"

namespace app {

namespace {

/// What runs is written down now and then: a crash must not take more of it.
constexpr base::Duration kSavePlacesEvery = std::chrono::minutes(1);
/// The whole record is long, and a training begins and ends every few seconds while somebody
/// teaches.
constexpr base::Duration kSaveChangesEvery = std::chrono::seconds(10);
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
  policyText.clear();
  for (const RuleRow& row : rows) {
    if (!row.enabled || policy || heldRules.rules.contains(row.id)) continue;
    const auto rule = ruleFrom(row);
    const auto* found = rule ? std::get_if<Policy>(&*rule) : nullptr;
    if (!found) continue;
    policy = *found;
    policyRule = row.id;
    policyText = row.text;
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

/// All that is done just now, for each task.
PlaceStretches Session::Impl::placesNow() const {
  PlaceStretches now;
  const auto seen = workers->workers();
  const auto goOn = [former = places.all()](PlaceStretch& one) {
    const auto same = std::find_if(former->begin(), former->end(), [&](const PlaceStretch& s) {
      return s.running && s.task == one.task && s.work == one.work && s.worker == one.worker;
    });
    if (same == former->end()) return;
    one.by = same->by;
    one.policy = same->policy;
  };
  for (const TaskDesk* of : desksAtWork()) {
    const TaskSettings settings = of->settings();
    const auto add = [&](PlaceStretch::Work work, const std::string& worker, bool none,
                         const Place& place, const std::string& chosen) {
      PlaceStretch one{.task = of->id(), .taskName = settings.name, .work = work, .none = none};
      const auto found = std::find_if(seen.begin(), seen.end(),
                                      [&](const WorkerView& w) { return w.id == worker; });
      const bool here = worker.empty() || (found != seen.end() && found->local);
      one.worker = here ? std::string() : worker;
      one.computer = none ? std::string()
                     : here ? deviceFacts({}, {}).front().name
                     : found == seen.end() || found->name.empty() ? worker : found->name;
      const bool standsIn = work == PlaceStretch::Work::Answering && of->standsIn();
      one.by = standsIn           ? PlaceStretch::By::StandIn
               : place.byPolicy   ? PlaceStretch::By::Policy
               : !chosen.empty()  ? PlaceStretch::By::Person
                                  : PlaceStretch::By::Nobody;
      if (place.byPolicy) one.policy = policyText;
      // On the way to another computer the former goes on, for the reasons it had.
      if (!none && !standsIn && place.worker != worker) goOn(one);
      now.push_back(std::move(one));
    };
    if (const auto learner = of->learnsAt()) {
      add(PlaceStretch::Work::Learning, *learner, false, of->learningPlace(), settings.trainOn);
    }
    if (const auto answers = of->answersFrom()) {
      add(PlaceStretch::Work::Answering, *answers, false, of->answeringPlace(), settings.serveOn);
    } else if (of->lessons().serving() && of->answeringPlace().none) {
      add(PlaceStretch::Work::Answering, {}, true, of->answeringPlace(), settings.serveOn);
    }
  }
  return now;
}

/// Why the work is done there, as it looks now.
void Session::Impl::explainPlace(PlaceStretch& stretch) const {
  const TaskDesk* of = taskDesk(stretch.task);
  if (!of) return;
  const bool learns = stretch.work == PlaceStretch::Work::Learning;
  stretch.reason = (learns ? of->learningPlace() : of->answeringPlace()).reason;
  if (!policy || stretch.policy.empty()) return;
  stretch.prefer = policy->prefer;
  for (const Ranked& one : choose(*policy, devicesNow()).ranked) {
    stretch.ranked.push_back({one.device.id, one.device.name, one.verdict.meets,
                              one.verdict.meets ? one.reason : one.verdict.failed});
  }
}

void Session::Impl::followPlaces() {
  if (looksOnly()) return;
  const base::Time now = clock.now();
  const bool changed =
      places.follow(placesNow(), now, [this](PlaceStretch& stretch) { explainPlace(stretch); });
  placesToSave = placesToSave || changed;
  if (placesToSave && now - placesSavedAt > kSaveChangesEvery) {
    report(savePlacesNow());
  } else if (places.isAnyRunning() && now - placesSavedAt > kSavePlacesEvery) {
    report(savePlacesNow());
  }
}

/// What began or ended since the last time, and until when the rest ran.
base::Result<void> Session::Impl::savePlacesNow() {
  const base::Time now = clock.now();
  placesSavedAt = now;
  return std::exchange(placesToSave, false) ? savePlaces(*store, places, now)
                                            : savePlacesUntil(*store, now);
}

PlacementView Session::Impl::placementView() const {
  return {.policy = policyRule,
          .learning = front->learningPlace(),
          .answering = front->answeringPlace()};
}

}  // namespace app
