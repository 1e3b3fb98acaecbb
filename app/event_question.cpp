#include "app/event_question.h"

#include <algorithm>

namespace app {
namespace {

constexpr base::Duration kAskReach = std::chrono::minutes(10);
constexpr base::Duration kPiece = std::chrono::minutes(1);  // of sound, in memory at a time
constexpr base::Duration kRunUp = std::chrono::milliseconds(200);

base::Duration usualLength(learners::LabelId label,
                           const std::vector<learners::Demonstration>& examples) {
  std::vector<base::Duration> lengths;
  for (const auto& example : examples) {
    if (example.label == label && example.enabled && !example.span.isEmpty()) {
      lengths.push_back(example.span.length());
    }
  }
  if (lengths.empty()) return base::Duration{0};
  const auto middle = lengths.begin() + static_cast<std::ptrdiff_t>(lengths.size() / 2);
  std::nth_element(lengths.begin(), middle, lengths.end());
  return *middle;
}

bool isSound(const std::vector<sensors::BlockPtr>& blocks) {
  return !blocks.empty() && blocks.front()->samples() && blocks.front()->step > base::Duration{0} &&
         blocks.front()->step <= std::chrono::milliseconds(1);
}

/// Ten minutes of sound are a hundred megabytes: they are looked through piece by piece.
ActivityTrack trackOf(const sensors::Tape& tape, const std::string& source,
                      const base::TimeSpan& span) {
  const base::TimeSpan kept = tape.kept(source);
  if (!isSound(tape.read(source, {kept.end - kRunUp, kept.end}))) {
    return activityOf(tape.read(source, span), span);
  }
  ActivityTrack whole;
  std::size_t silent = 0;  // steps before anything was heard
  for (base::Time begin = span.begin; begin < span.end; begin += kPiece) {
    const base::TimeSpan piece{begin, std::min(span.end, begin + kPiece)};
    const ActivityTrack part = activityOf(tape.read(source, {begin - kRunUp, piece.end}), piece);
    const auto steps = static_cast<std::size_t>(piece.length() / kActivityStep);
    if (whole.dims == 0 && part.dims == 0) {
      silent += steps;
      continue;
    }
    if (whole.dims == 0) {
      whole = {.source = source, .dims = part.dims, .rising = part.rising};
      whole.values.resize(silent * whole.dims);
      whole.known.resize(silent);
    }
    if (part.dims == whole.dims) {
      whole.values.insert(whole.values.end(), part.values.begin(), part.values.end());
      whole.known.insert(whole.known.end(), part.known.begin(), part.known.end());
    } else {  // nothing was heard
      whole.values.resize(whole.values.size() + steps * whole.dims);
      whole.known.resize(whole.known.size() + steps);
    }
  }
  return whole;
}

}  // namespace

EventQuestion questionAbout(learners::LabelId label, const sensors::Tape& tape,
                            const std::vector<Answer>& answers,
                            const std::vector<learners::Demonstration>& examples, base::Time now) {
  const std::vector<std::string> sources = tape.sources();
  base::Time oldest = now;
  for (const std::string& source : sources) {
    const base::TimeSpan kept = tape.kept(source);
    if (!kept.isEmpty()) oldest = std::min(oldest, kept.begin);
  }
  EventQuestion question{.span = {std::max(oldest, now - kAskReach), now}};
  for (const std::string& source : sources) {
    ActivityTrack track = trackOf(tape, source, question.span);
    if (track.dims > 0) question.tracks.push_back(std::move(track));
  }
  for (const Answer& answer : answers) {
    const auto& p = answer.prediction.probabilities;
    for (std::size_t i = 0; i < std::min(p.size(), answer.labels.size()); ++i) {
      if (answer.labels[i].id == label) question.heard.push_back({answer.prediction.span, p[i]});
    }
  }
  for (const auto& example : examples) {
    if (example.span.overlaps(question.span)) question.said.push_back(example.span);
  }
  question.usual = usualLength(label, examples);
  return question;
}

base::TimeSpan widened(const base::TimeSpan& span, base::Duration least, base::Time now) {
  if (span.length() >= least) return span;
  const base::Time end = std::min(now, span.end + (least - span.length()) / 2);
  return {end - least, end};
}

}  // namespace app
