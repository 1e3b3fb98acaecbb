#include "ui/models/label_edits.h"

#include <QCoreApplication>
#include <algorithm>

namespace ui {
namespace {

using learners::Demonstration;

constexpr base::Duration kShortest = std::chrono::milliseconds(20);
constexpr base::Duration kSameEdge = std::chrono::microseconds(500);

QString tr(const char* text) { return QCoreApplication::translate("label_edits", text); }

const Demonstration* find(const Demonstrations& all, std::int64_t id) {
  const auto found =
      std::find_if(all.begin(), all.end(), [&](const auto& d) { return d.id == id; });
  return found == all.end() ? nullptr : &*found;
}

bool same(base::Time a, base::Time b) { return a - b < kSameEdge && b - a < kSameEdge; }

void add(intent::ReviseExamples& revision, const Demonstration& changed) {
  revision.replaced.push_back(changed.id);
  revision.placed.push_back(changed);
}

}  // namespace

Demonstrations examplesOf(const app::Snapshot& snapshot) {
  Demonstrations all;
  for (const app::LabelCard& card : snapshot.cards) {
    for (const app::Example& example : card.examples) {
      all.push_back(example.demonstration);
    }
  }
  std::sort(all.begin(), all.end(), [](const auto& a, const auto& b) {
    return a.span.begin < b.span.begin || (a.span.begin == b.span.begin && a.id < b.id);
  });
  return all;
}

intent::ReviseExamples markAs(learners::LabelId label, const base::TimeSpan& span,
                              const app::LibraryContents& contents, const QString& labelName) {
  intent::ReviseExamples revision;
  revision.text = tr("%1 labelled").arg(labelName);
  base::Time until = span.begin;  // what earlier recordings hold needs no second example
  for (const app::StoredRecording& stored : contents.recordings) {
    const base::TimeSpan part =
        base::intersection(stored.recording.span, {std::max(until, span.begin), span.end});
    if (part.length() >= kShortest) {
      revision.placed.push_back({.label = label, .span = part, .recording = stored.recording.id});
      until = part.end;
    }
  }
  if (revision.placed.empty()) {
    revision.placed.push_back({.label = label, .span = span});
  }
  return revision;
}

intent::ReviseExamples moveEdge(const Demonstrations& all, std::int64_t id, Edge edge,
                                base::Time to) {
  intent::ReviseExamples revision;
  revision.text = tr("Edge moved");
  const Demonstration* moved = find(all, id);
  if (moved == nullptr) {
    return revision;
  }
  const base::Time from = edge == Edge::Begin ? moved->span.begin : moved->span.end;
  // How far it can go before any of the examples that share the edge is too short.
  base::Time least{INT64_MIN / 2}, most{INT64_MAX / 2};
  for (const Demonstration& d : all) {
    if (same(d.span.begin, from) && d.recording == moved->recording) {
      most = std::min(most, d.span.end - kShortest);
    }
    if (same(d.span.end, from) && d.recording == moved->recording) {
      least = std::max(least, d.span.begin + kShortest);
    }
  }
  to = std::max(least, std::min(most, to));
  for (Demonstration d : all) {
    if (d.recording != moved->recording || (d.id != id && d.span.isEmpty())) {
      continue;
    }
    const bool begins = same(d.span.begin, from);
    const bool ends = same(d.span.end, from);
    if (begins) {
      d.span.begin = to;
    }
    if (ends) {
      d.span.end = to;
    }
    if (begins || ends) {
      add(revision, d);
    }
  }
  return revision;
}

intent::ReviseExamples moveBy(const Demonstrations& all, std::int64_t id, base::Duration by) {
  intent::ReviseExamples revision;
  revision.text = tr("Label moved");
  if (const Demonstration* found = find(all, id)) {
    Demonstration moved = *found;
    moved.span = {moved.span.begin + by, moved.span.end + by};
    add(revision, moved);
  }
  return revision;
}

intent::ReviseExamples setSpan(const Demonstrations& all, std::int64_t id,
                               const base::TimeSpan& span) {
  intent::ReviseExamples revision;
  revision.text = tr("Label trimmed");
  const Demonstration* found = find(all, id);
  if (found != nullptr && span.length() >= kShortest) {
    Demonstration moved = *found;
    moved.span = span;
    add(revision, moved);
  }
  return revision;
}

intent::ReviseExamples relabel(const Demonstrations& all, std::int64_t id, learners::LabelId label,
                               const QString& labelName) {
  intent::ReviseExamples revision;
  revision.text = tr("It was %1").arg(labelName);
  if (const Demonstration* found = find(all, id)) {
    Demonstration changed = *found;
    changed.label = label;
    add(revision, changed);
  }
  return revision;
}

intent::ReviseExamples cutOut(const Demonstrations& all, const base::TimeSpan& span,
                              learners::LabelId label) {
  intent::ReviseExamples revision;
  revision.text = tr("Label trimmed");
  for (const Demonstration& d : all) {
    if (d.label != label || !d.span.overlaps(span)) {
      continue;
    }
    revision.replaced.push_back(d.id);
    Demonstration rest = d;
    for (const base::TimeSpan& part :
         {base::TimeSpan{d.span.begin, span.begin}, base::TimeSpan{span.end, d.span.end}}) {
      if (part.length() >= kShortest) {
        rest.span = part;
        revision.placed.push_back(rest);
        rest.id = 0;  // a second rest is a new example
      }
    }
  }
  return revision;
}

std::optional<intent::ReviseExamples> split(const Demonstrations& all, std::int64_t id,
                                            base::Time at) {
  const Demonstration* found = find(all, id);
  if (found == nullptr || at - found->span.begin < kShortest || found->span.end - at < kShortest) {
    return std::nullopt;
  }
  intent::ReviseExamples revision;
  revision.text = tr("Label split");
  Demonstration left = *found;
  left.span.end = at;
  Demonstration right = *found;
  right.id = 0;
  right.span.begin = at;
  add(revision, left);
  revision.placed.push_back(right);
  return revision;
}

std::optional<intent::ReviseExamples> joinWithNext(const Demonstrations& all, std::int64_t id) {
  const Demonstration* found = find(all, id);
  if (found == nullptr) {
    return std::nullopt;
  }
  const Demonstration* next = nullptr;
  for (const Demonstration& d : all) {
    const bool later =
        d.span.begin > found->span.begin || (d.span.begin == found->span.begin && d.id > found->id);
    if (d.id != id && later && d.label == found->label && d.recording == found->recording &&
        (next == nullptr || d.span.begin < next->span.begin)) {
      next = &d;
    }
  }
  if (next == nullptr) {
    return std::nullopt;
  }
  intent::ReviseExamples revision;
  revision.text = tr("Labels joined");
  Demonstration whole = *found;
  whole.span.end = std::max(whole.span.end, next->span.end);
  add(revision, whole);
  revision.replaced.push_back(next->id);
  return revision;
}

base::Time snapped(base::Time t, const std::vector<base::Time>& edges, base::Duration reach) {
  base::Time best = t;
  base::Duration nearest = reach;
  for (const base::Time edge : edges) {
    const base::Duration away = edge > t ? edge - t : t - edge;
    if (away < nearest) {
      nearest = away;
      best = edge;
    }
  }
  return best;
}

std::optional<std::int64_t> neighbour(const Demonstrations& all, base::Time t, int direction) {
  const Demonstration* best = nullptr;
  for (const Demonstration& d : all) {
    if (direction > 0 ? d.span.begin > t && (best == nullptr || d.span.begin < best->span.begin)
                      : d.span.begin < t && (best == nullptr || d.span.begin >= best->span.begin)) {
      best = &d;
    }
  }
  return best == nullptr ? std::nullopt : std::optional(best->id);
}

std::optional<base::TimeSpan> nextEvent(const std::vector<base::TimeSpan>& events,
                                        const Demonstrations& all, base::Time t, int direction) {
  const auto isLabelled = [&](const base::TimeSpan& event) {
    return std::any_of(all.begin(), all.end(), [&](const Demonstration& d) {
      return base::intersection(d.span, event).length() * 2 >= event.length();
    });
  };
  std::optional<base::TimeSpan> best;
  for (const base::TimeSpan& event : events) {
    const bool right = direction > 0 ? event.begin > t : event.begin < t;
    if (!right || isLabelled(event)) {
      continue;
    }
    if (direction > 0) {
      return event;
    }
    best = event;
  }
  return best;
}

std::optional<std::int64_t> exampleAt(const Demonstrations& all, base::Time t) {
  const Demonstration* best = nullptr;
  for (const Demonstration& d : all) {
    if (d.span.contains(t) && (best == nullptr || d.span.length() < best->span.length())) {
      best = &d;
    }
  }
  return best == nullptr ? std::nullopt : std::optional(best->id);
}

}  // namespace ui
