#pragma once
// LocalRows: the devices of this computer that are used, and those that could be, in the words a
// person reads. Plain values.

#include <QString>
#include <vector>

#include "app/snapshot.h"
#include "ui/models/param_rows.h"

namespace ui {

/// One setting of a local source that is a choice.
struct LocalSetting {
  base::ParamSpec spec;
  QString title;
  std::vector<QString> options;
  int chosen = 0;
};

struct LocalRow {
  sensors::LocalSource source;
  QString name;
  QString kind;
  Tone tone = Tone::None;
  QString state;  ///< "hears", "opening…", or what is wrong
  std::vector<LocalSetting> settings;
};
/// In the order of the project's list.
std::vector<LocalRow> localRows(const app::Snapshot& snapshot);

struct DeviceRow {
  sensors::LocalSource source;  ///< to be added
  QString name;
  QString detail;
  double level = -1;  ///< [0, 1]; below 0: not known
  QString levelText;  ///< "-23 dB" of full scale
  QString state;      ///< "in use already", what is wrong, or empty
  bool canAdd = true;
};
/// What the search found; `snapshot` says what is used already.
std::vector<DeviceRow> deviceRows(const app::LocalSearch& search, const app::Snapshot& snapshot);
/// "Looking…", "This computer has no microphone that I can find.", or empty.
QString searchWords(const app::LocalSearch& search, const QString& kind);

/// The microphone this computer uses unasked, to be added.
sensors::LocalSource usualMicrophone();

}  // namespace ui
