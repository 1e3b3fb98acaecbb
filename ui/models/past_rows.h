#pragma once
// Past rows: the undo list, the models that served, and where everything came from and went to, as
// a person reads it. Plain values.

#include <QString>
#include <optional>
#include <vector>

#include "app/library.h"
#include "app/snapshot.h"
#include "ui/intent.h"

namespace ui {

/// One step of the undo list.
struct PastStep {
  std::int64_t id = 0;
  QString text;
  base::Time time;
  bool undone = false;
  bool current = false;  ///< the newest that holds
};
/// Newest first; those whose text or time, as pastTime() writes it, holds every word of `search`,
/// whatever its case.
std::vector<PastStep> pastSteps(const std::vector<app::CommandRow>& commands,
                                const QString& search, base::Time now = {});
/// A word of the steps that is nearly the searched one; empty where none is.
QString didYouMean(const std::vector<app::CommandRow>& commands, const QString& search);

/// A stretch during which one model served.
struct ServedModel {
  std::string hash;
  QString name;  ///< "Model 7"
  base::Time from;
  std::optional<base::Time> to;  ///< none: it serves now
  int examples = 0;
  QString score;  ///< "93 % held out", or "not yet tested"
};
/// Newest first.
std::vector<ServedModel> servedModels(const app::LibraryContents& contents);

/// Labels said in a recording, for its row: "Kettle, Tap", "Kettle and 2 more"; empty where none.
QString saidIn(std::int64_t recording, const app::Snapshot& snapshot);
/// "09:06:43 to 11:05:30", each end with its day only where that differs.
QString pastSpan(base::Time from, base::Time to, base::Time now);

/// What the facts at the right are about.
struct PastTarget {
  enum class Kind { None, Step, Model, Recording, Example, Moment };
  Kind kind = Kind::None;
  std::int64_t id = 0;  ///< of a moment: nanoseconds on the clock
  std::string hash;
  friend bool operator==(const PastTarget&, const PastTarget&) = default;
};

/// Something that went wrong: a trouble since the project was opened, or, from as far back as the
/// project remembers, an answer that a person set right.
struct PastTrouble {
  QString text;  ///< "Model 7 said Tap 80 %, it was Kettle"
  base::Time time;
  int count = 1;
  PastTarget target;
};
/// Newest first.
std::vector<PastTrouble> pastTroubles(const app::LibraryContents& contents,
                                      const app::Snapshot& snapshot);

struct PastFacts {
  struct Row {
    QString what;
    QString value;
    PastTarget target;  ///< where the row leads; Kind::None: nowhere
  };
  QString title;
  QString sentence;
  std::vector<Row> rows;
  QString action;  ///< empty: nothing to do
  std::optional<Intent> intent;
};
/// Facts of a step, a model, a recording or an example, with ways to what it came from and to what
/// came of it.
PastFacts pastFacts(const PastTarget& target, const app::LibraryContents& contents,
                    const app::Snapshot& snapshot);

/// What the project held at a moment; `state` empty: it is still being read.
PastFacts pastFacts(base::Time moment, const std::optional<app::PastState>& state);

/// "14:02:11" today, "yesterday 14:02:11", else with the date. `now` 0: always with the date.
QString pastTime(base::Time t, base::Time now);

}  // namespace ui
