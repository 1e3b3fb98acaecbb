#pragma once
// FleetCells: every computer that can serve, as a cell with a shape and a word for its state. Plain
// values.

#include <QString>
#include <optional>
#include <vector>

#include "app/snapshot.h"

namespace ui {

struct FleetCell {
  enum class State { Answers, Learns, Waits, Offline };
  State state = State::Waits;
  QString symbol;  ///< "●", "◐", "○", "✕"
  QString name;
  QString text;    ///< "answers with model 7"
  QString detail;  ///< "4 cores, 8 GB, load 12 %"
};

/// This computer first, then as the snapshot has them. `answer` says who answered last.
std::vector<FleetCell> fleetCells(const app::Snapshot& snapshot,
                                  const std::optional<app::Answer>& answer);

/// "Model 7 is served by this computer; 1 of 3 devices is away."
QString fleetLine(const app::Snapshot& snapshot, const std::vector<FleetCell>& cells);

}  // namespace ui
