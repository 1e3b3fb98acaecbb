#pragma once
// Label edits: what a person does to labels on the timeline, as one revision each. Plain values in
// and out; the session carries them out as one step of the undo list.

#include <optional>
#include <vector>

#include "app/library.h"
#include "app/snapshot.h"
#include "ui/intent.h"

namespace ui {

using Demonstrations = std::vector<learners::Demonstration>;

/// All examples of a snapshot, by begin.
Demonstrations examplesOf(const app::Snapshot& snapshot);

/// One new example of `label` per recording that `span` touches; where nothing of it is recorded,
/// one without a recording, whose samples are still on the tape.
intent::ReviseExamples markAs(learners::LabelId label, const base::TimeSpan& span,
                              const app::LibraryContents& contents, const QString& labelName);

enum class Edge { Begin, End };
/// Moves one edge of `id`; an edge of another example that lies at the same time moves along. An
/// example never gets shorter than 20 ms.
intent::ReviseExamples moveEdge(const Demonstrations& all, std::int64_t id, Edge edge,
                                base::Time to);
intent::ReviseExamples moveBy(const Demonstrations& all, std::int64_t id, base::Duration by);
intent::ReviseExamples setSpan(const Demonstrations& all, std::int64_t id,
                               const base::TimeSpan& span);
intent::ReviseExamples relabel(const Demonstrations& all, std::int64_t id, learners::LabelId label,
                               const QString& labelName);
/// `label` was not there: its examples that lie in `span` go, those that reach out of it keep the
/// rest.
intent::ReviseExamples cutOut(const Demonstrations& all, const base::TimeSpan& span,
                              learners::LabelId label);
/// Two examples that meet at `at`; nothing where it lies outside or too near an edge.
std::optional<intent::ReviseExamples> split(const Demonstrations& all, std::int64_t id,
                                            base::Time at);
/// `id` and the next example of the same label and recording become one; nothing where there is
/// none.
std::optional<intent::ReviseExamples> joinWithNext(const Demonstrations& all, std::int64_t id);

/// Where times snap to: the nearest of `edges` within `reach`, else `t`.
base::Time snapped(base::Time t, const std::vector<base::Time>& edges, base::Duration reach);

/// The example before or after `t`, by begin; nothing at the ends.
std::optional<std::int64_t> neighbour(const Demonstrations& all, base::Time t, int direction);
/// The event before or after `t` of which less than half is labelled.
std::optional<base::TimeSpan> nextEvent(const std::vector<base::TimeSpan>& events,
                                        const Demonstrations& all, base::Time t, int direction);
/// The shortest example that holds `t`, or nothing.
std::optional<std::int64_t> exampleAt(const Demonstrations& all, base::Time t);

}  // namespace ui
