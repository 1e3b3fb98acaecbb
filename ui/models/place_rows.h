#pragma once
// PlaceRows: which computer learnt and which answered, from the record to a chart, and why one
// stretch was where it was. Plain values.

#include <QString>
#include <vector>

#include "app/snapshot.h"
#include "ui/charts/places_chart.h"
#include "ui/models/param_rows.h"

namespace ui {

/// How much of the past is shown, shortest first.
struct PlaceWindow {
  base::Duration length;
  QString name;  ///< "last hour"
};
const std::vector<PlaceWindow>& placeWindows();
inline constexpr int kUsualPlaceWindow = 1;

/// Of all tasks, until `now`. No rows where nothing was done in that time.
PlacesValue placesChart(const app::Snapshot& snapshot, base::Time now, int window);

/// Why the work was done there, as it was known when the stretch began.
struct PlaceReasons {
  struct Row {
    Tone tone = Tone::None;  ///< Refused: it did not fit the rule
    QString computer;
    QString why;
    bool chosen = false;
    friend bool operator==(const Row&, const Row&) = default;
  };
  QString title;               ///< "Attic Pi answered for Kitchen sounds"
  QString when;                ///< "14:03 until now, 29 min"
  QString sentence;            ///< who decided, and why
  QString rule;                ///< as it was typed; may be empty
  std::vector<Row> rows = {};  ///< in the rule's order
};
PlaceReasons placeReasons(const app::PlaceStretch& stretch, const app::Snapshot& snapshot,
                          base::Time now);
/// The stretch to speak of where nobody chose one: who answers now for the task in front, else the
/// newest. None where the record is empty.
std::optional<std::size_t> usualStretch(const app::Snapshot& snapshot);

}  // namespace ui
