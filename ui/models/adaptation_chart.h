#pragma once
// How models got better with what they were shown: the score of each when it began to serve, and
// what it had learnt that the one before had not.

#include "app/library.h"
#include "app/snapshot.h"
#include "ui/charts/lines_chart.h"

namespace ui::check {

/// One mark per model with an honest score, oldest first, at most the newest 24; behind each are the
/// examples that are new in it. `snapshot` tells which of these are corrections.
LinesValue adaptation(const app::LibraryContents& contents, const app::Snapshot& snapshot);

}  // namespace ui::check
