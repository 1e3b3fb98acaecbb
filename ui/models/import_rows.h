#pragma once
// ImportRows: what is to be brought in from files, in the words a person reads. Plain values.

#include <QString>
#include <QStringList>
#include <vector>

#include "app/import_desk.h"
#include "ui/models/param_rows.h"

namespace ui {

struct ImportRow {
  QString title;   ///< "Sound kettle.wav", "12 films"
  QString detail;  ///< "2 channels: x, y · 50 rows a second · labels: Walk, Stand"
  Tone tone = Tone::None;
  QString state;        ///< what is missing or wrong, or empty
  bool canWant = true;  ///< false: it cannot be brought in
  bool asksLabel = false;
  bool asksRate = false;
  QString rateName;   ///< "pictures a second"
  QStringList kinds;  ///< empty: no choice
  int kind = 0;
  QStringList columnNames;           ///< where the labels stand; empty: no choice
  std::vector<std::string> columns;  ///< of columnNames
  int column = -1;
};

ImportRow importRow(const app::ImportPart& part);
/// As `part` with the kind that ImportRow::kinds lists at `kind`.
app::ImportPart withKind(app::ImportPart part, int kind);

/// What happens or happened, in one line: "I look at what is there…", "3 recordings were brought
/// in."
QString importState(const app::ImportView& view);
/// There is something that is wanted and ready.
bool canStart(const app::ImportView& view);

}  // namespace ui
