// What a Session answers at once, to whoever asks.

#include <algorithm>

#include "app/session_parts.h"

namespace app {

SnapshotPtr Session::snapshot() const {
  std::lock_guard lock(impl_->mutex);
  return impl_->snapshot;
}

void Session::onChange(std::function<void()> listener) {
  std::lock_guard lock(impl_->mutex);
  impl_->listener = std::move(listener);
}

std::optional<Answer> Session::latest() const { return impl_->frontTask().latest(); }

std::optional<Answer> Session::latest(TaskId task) const {
  TaskDesk* desk = impl_->taskDesk(task);
  return desk ? desk->task().latest() : std::nullopt;
}

std::vector<Answer> Session::recentAnswers(std::size_t n) const {
  return impl_->frontTask().recent(n);
}

base::Time Session::now() const { return impl_->clock.now(); }
hubs::MqttOptions Session::broker() const { return impl_->brokerOptions; }
void Session::settle() { impl_->director->settle(); }

std::vector<sensors::EnvelopeColumn> Session::columns(const std::string& source,
                                                      std::size_t channel,
                                                      const base::TimeSpan& span,
                                                      std::size_t n) const {
  return impl_->traces->columns(source, channel, span, n);
}

std::vector<RibbonSpan> Session::heard(const base::TimeSpan& span) const {
  const SnapshotPtr shown = snapshot();
  std::vector<RibbonSpan> spans;
  for (const Answer& answer : impl_->frontTask().between(span)) {
    const learners::Prediction& p = answer.prediction;
    // Windows overlap; each answer is drawn where it is newest.
    const base::Duration hop = std::min(shown->task.window.hop, p.span.length());
    RibbonSpan next{.span = {p.span.end - hop, p.span.end},
                    .certainty = p.certainty,
                    .belowLimit = p.belowLimit,
                    .state = p.state,
                    .imputed = p.imputed};
    if (p.label >= 0 && static_cast<std::size_t>(p.label) < answer.labels.size()) {
      const learners::LabelId id = answer.labels[p.label].id;
      if (static_cast<std::size_t>(p.label) < answer.limits.size()) {
        next.limit = answer.limits[p.label];
      }
      const auto card = std::find_if(shown->cards.begin(), shown->cards.end(),
                                     [&](const LabelCard& c) { return c.label.id == id; });
      if (card != shown->cards.end()) {
        next.label = static_cast<int>(card - shown->cards.begin());
        next.text = card->label.name;
      }
    }
    const bool joins = !spans.empty() && spans.back().label == next.label &&
                       spans.back().state == next.state && spans.back().imputed == next.imputed &&
                       next.span.begin - spans.back().span.end < hop;
    if (joins) {
      spans.back().span.end = next.span.end;
      spans.back().certainty = next.certainty;
      spans.back().belowLimit = next.belowLimit;
      spans.back().limit = next.limit;
    } else {
      spans.push_back(std::move(next));
    }
  }
  return spans;
}

std::vector<RibbonSpan> Session::said(const base::TimeSpan& span) const {
  const SnapshotPtr shown = snapshot();
  std::vector<RibbonSpan> spans;
  for (std::size_t i = 0; i < shown->cards.size(); ++i) {
    const LabelCard& card = shown->cards[i];
    for (const Example& example : card.examples) {
      if (example.demonstration.span.overlaps(span)) {
        spans.push_back({.span = example.demonstration.span,
                         .label = static_cast<int>(i),
                         .text = card.label.name});
      }
    }
    if (shown->recording.active && shown->recording.label == card.label.id) {
      spans.push_back({.span = {shown->recording.since, now()},
                       .label = static_cast<int>(i),
                       .text = card.label.name});
    }
  }
  std::sort(spans.begin(), spans.end(),
            [](const auto& a, const auto& b) { return a.span.begin < b.span.begin; });
  return spans;
}

std::vector<Happening> Session::happenings(const base::TimeSpan& span) const {
  return impl_->happenings.during(span);
}

}  // namespace app
