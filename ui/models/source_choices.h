#pragma once
// SourceChoices: how one source is read, as a person sees and changes it: features, the part of the
// picture, what stands in gaps, and whether flagged stretches are learnt from. Plain values.

#include <QString>
#include <QStringList>
#include <vector>

#include "app/extractor_menu.h"
#include "app/snapshot.h"

namespace ui {

struct FillRow {
  std::string channel;  ///< empty: all of them
  QString name;         ///< "x, m/s²"
  int chosen = 0;       ///< into SourceChoices::fills
};

struct SourceChoices {
  std::string source;
  QString name;
  std::vector<std::string> extractors;  ///< ids, the usual one first
  QStringList extractorNames;
  QStringList extractorTips;
  int extractor = -1;     ///< chosen one; -1: not known yet
  bool isPicture = false;
  sensors::Region region;
  std::vector<sensors::Fill> fills;  ///< what the source can do; empty: nothing to choose
  QStringList fillNames;
  std::vector<FillRow> channels;
  QString flag;  ///< what is wrong and what follows from it, or empty
  bool learnFlagged = false;
};

/// Above so many channels one choice holds for all.
inline constexpr int kMostFillRows = 12;

SourceChoices sourceChoices(const app::Snapshot& snapshot, const app::SourceView& source,
                            const std::vector<app::ExtractorOption>& options);

/// "Movement", "Network mobilenet".
QString extractorName(const std::string& id);
QString fillName(sensors::Fill fill);
/// What is left out of learning because of `flag`; empty where nothing is.
QString flagText(const app::SourceView& source);

/// Row for an intent: the extractor with the part of the picture it looks at.
std::string extractorWith(const std::string& id, const sensors::Region& region);

}  // namespace ui
