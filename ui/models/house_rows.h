#pragma once
// HouseRows: nodes as cards and sources as rows, in the words a person reads. Plain values.

#include <QString>
#include <vector>

#include "app/skew_watch.h"
#include "app/snapshot.h"
#include "sensors/quality.h"

namespace ui {

/// "3 nodes, 8 sources, 2 devices".
QString houseLine(const app::Snapshot& snapshot, std::size_t devices);

/// "16 000/s", "0.5/s", "on change".
QString rateText(const app::SourceView& source);
/// "0.2 s ago", "never".
QString agoText(base::Duration age);
/// "+12 ms".
QString offsetText(base::Duration offset);

/// A node's name; its id where it has none.
QString nodeName(const hubs::NodeView& node);
/// A source's name without its node's name before it; its id where it has none.
QString sourceName(const app::SourceView& source, const QString& node);
/// The sources a node sends.
std::vector<const app::SourceView*> sourcesOf(const app::Snapshot& snapshot,
                                              const std::string& node);

struct NodeCardWords {
  QString name;
  QString room;
  QString online;   ///< "online", "away"
  QString streams;  ///< "16 000/s · 3 streams", "pictures", "6 activities"
  QString heard;    ///< "0.2 s ago"
  QString lost;     ///< "0 lost"
  bool losing = false;
};
NodeCardWords nodeCardWords(const app::Snapshot& snapshot, const hubs::NodeView& node,
                            base::Time now);

struct SourceRow {
  std::string id;
  QString name;
  QString from;  ///< the node's name
  bool used = true;
  QString rate;
  QString lost;
  QString age;
  QString state;  ///< "sends", "silent", "not used", or what is wrong with its numbers
  QString detail;  ///< what is wrong, in sentences
  bool wrong = false;
  bool silent = false;
  QString offset;  ///< "+12 ms ±2.6 ms"
};
/// In the order of the snapshot. `since`: how long ago the snapshot was made.
/// Says in `row` what is wrong with the source's numbers and how unevenly they come.
void addQuality(SourceRow& row, const sensors::SourceQuality& quality);
/// Says in `row` that its examples are left out of learning, and that now is unlike what was learnt.
void addReading(SourceRow& row, const app::Snapshot& snapshot, const app::SkewView& skew);
std::vector<SourceRow> sourceRows(const app::Snapshot& snapshot, base::Duration since);

}  // namespace ui
