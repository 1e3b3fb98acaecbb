#pragma once
// WorkerRows: the computers that share the work, this one first, and the choices of where to learn
// and where to answer. Plain values.

#include <QString>
#include <vector>

#include "app/snapshot.h"

namespace ui {

struct WorkerRow {
  std::string id;
  QString name;
  bool online = false;
  QString where;      ///< the computer's name, "here" for this one
  QString cores;      ///< "4"; "–" where unknown
  QString memory;     ///< "8 GB"
  double load = 0;    ///< share of all cores, [0, 1] and above where work queues up
  QString loadText;   ///< "12 %"
  QString roundTrip;  ///< "14 ms"
  QString doing;      ///< "learning", "answering", "–", "away"
};

/// `cores`: of this computer, where no worker of its own says so.
std::vector<WorkerRow> workerRows(const app::Snapshot& snapshot, int cores);

/// A place where learning or answering may happen.
struct PlaceChoice {
  std::string worker;  ///< empty: this computer
  QString text;
  friend bool operator==(const PlaceChoice&, const PlaceChoice&) = default;
};
/// What the rule in force says, this computer, every other worker that is online, and `chosen` even
/// where it is away.
std::vector<PlaceChoice> placeChoices(const app::Snapshot& snapshot, const std::string& chosen);

/// "Attic Pi learns, this computer answers.", or that nothing is shared yet.
QString placementSentence(const app::Snapshot& snapshot);
/// Why it is there, where a rule decided: "As your rule says: NUC: load 12 %."; else empty.
QString placementReason(const app::Snapshot& snapshot);

/// How another computer joins: a sentence, and the command to type there.
struct JoinWords {
  QString sentence;
  QString command;
};
/// "quick", "fairly steady", ... for step 0 .. 4 of steadiness.
QString steadinessWords(int step);

JoinWords joinWords(const app::Snapshot& snapshot);

}  // namespace ui
