#pragma once
// HappeningRows: what happened of late as the page Live lists it: each thing once, however many
// tasks or cameras saw it.

#include <QString>
#include <functional>
#include <optional>
#include <vector>

#include "app/happenings.h"
#include "app/snapshot.h"

namespace ui {

struct HappeningRow {
  QString name;
  int colour = 0;  ///< of the label; 0: not known
  QString when;    ///< "now, for 4 s", "14:02:11, for 12 s"
  QString sure;    ///< "sure 97 %"
  QString views;   ///< "Hall camera, Door camera"; empty where the project has one task
  bool goesOn = false;
  base::TimeSpan span;
};

/// Newest first, at most `most`. `latestOf`: the newest answer of a task, for the colours of its
/// labels.
std::vector<HappeningRow> happeningRows(
    const std::vector<app::Happening>& happenings, const app::Snapshot& snapshot,
    const std::function<std::optional<app::Answer>(app::TaskId)>& latestOf, base::Time now,
    std::size_t most);

}  // namespace ui
