#include "app/happening_list.h"

#include <algorithm>

namespace app {

namespace {

/// Answers of one label that are closer than this are one stretch: windows overlap, and one unsure
/// answer in between ends nothing.
constexpr base::Duration kBridge = std::chrono::milliseconds(1500);

/// What the answer is surely about; empty where it is about nothing.
std::string labelOf(const Answer& answer) {
  const learners::Prediction& p = answer.prediction;
  const bool sure = p.state == learners::PredictionState::Known && !p.belowLimit && p.label >= 0 &&
                    static_cast<std::size_t>(p.label) < answer.labels.size();
  return sure ? answer.labels[static_cast<std::size_t>(p.label)].name : std::string();
}

}  // namespace

std::vector<Happening> HappeningList::all() const {
  std::map<std::string, std::vector<Sighting>> byLabel;
  for (const Sighting& sighting : over_) byLabel[sighting.label].push_back(sighting);
  for (const auto& [view, sighting] : running_) byLabel[sighting.label].push_back(sighting);
  std::vector<Happening> found;
  for (const auto& [label, sightings] : byLabel) {
    for (Happening& happening : happeningsOf(sightings, rules_)) {
      found.push_back(std::move(happening));
    }
  }
  return found;
}

std::vector<Happening> HappeningList::hear(const Answer& answer, const std::string& view) {
  std::lock_guard lock(mutex_);
  const base::TimeSpan& span = answer.prediction.span;
  const base::Time now = span.end;
  const std::string label = labelOf(answer);
  if (const auto found = running_.find(view); found != running_.end()) {
    Sighting& running = found->second;
    if (running.label == label && span.begin - running.span.end < kBridge) {
      running.span.end = now;
      running.certainty =
          std::max(running.certainty, static_cast<double>(answer.prediction.certainty));
      return {};
    }
    if (label.empty() && now - running.span.end < kBridge) return {};
    over_.push_back(std::move(running));
    running_.erase(found);
  }
  if (!label.empty()) {
    running_[view] = {.source = view,
                      .span = span,
                      .label = label,
                      .certainty = static_cast<double>(answer.prediction.certainty)};
  }
  forget(now);

  std::vector<Happening> done;
  for (Happening& happening : all()) {
    const base::Time first = happening.views.front().span.begin;
    const bool goesOn =
        std::any_of(running_.begin(), running_.end(), [&](const auto& running) {
          return std::find(happening.views.begin(), happening.views.end(), running.second) !=
                 happening.views.end();
        });
    if (goesOn || now - first <= 2 * rules_.clockError + kBridge) continue;
    const auto isTold = [this](const Sighting& view) { return told_.contains(seen(view)); };
    const bool known = std::any_of(happening.views.begin(), happening.views.end(), isTold);
    for (const Sighting& view : happening.views) told_.insert(seen(view));
    if (!known) done.push_back(std::move(happening));
  }
  return done;
}

void HappeningList::forget(base::Time now) {
  while (!over_.empty() && (over_.size() > kMost || over_.front().span.end < now - kRemember)) {
    told_.erase(seen(over_.front()));
    over_.pop_front();
  }
}

std::vector<Happening> HappeningList::during(const base::TimeSpan& span) const {
  std::lock_guard lock(mutex_);
  std::vector<Happening> found = all();
  std::erase_if(found, [&](const Happening& happening) {
    return std::none_of(happening.views.begin(), happening.views.end(),
                        [&](const Sighting& view) { return view.span.overlaps(span); });
  });
  return found;
}

}  // namespace app
