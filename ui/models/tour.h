#pragma once
// Tour: the guided first tour as plain values: which step one is at, decided from what a person
// really did, and what is said there. A step that was done before the tour came to it is passed.

#include <QPoint>
#include <QRect>
#include <QString>
#include <optional>
#include <vector>

#include "app/snapshot.h"
#include "ui/models/key_map.h"

namespace ui {

enum class TourStep {
  Listen,   ///< ten seconds of background
  Name,     ///< the first label
  Record,   ///< three examples of a label
  Second,   ///< and of another one
  Answer,   ///< a model answers
  Correct,  ///< a correction
  Undo,     ///< taken back
  Done,
};
inline constexpr int kTourSteps = static_cast<int>(TourStep::Done) + 1;

/// What of the window a step points at.
enum class TourAnchor { NextStep, NewLabel, FirstCard, LastCard, Now, Lesson, Rail, Help, Act };

/// GUI thread.
class TourProgress {
 public:
  TourStep step() const { return step_; }
  /// Goes on as far as what is there allows; `answer` is the latest.
  void follow(const app::Snapshot& snapshot, const std::optional<app::Answer>& answer);

 private:
  bool isDone(const app::Snapshot& snapshot, const std::optional<app::Answer>& answer) const;

  TourStep step_ = TourStep::Listen;
  int before_ = 0;  ///< corrections there were when the step began
};

struct TourWords {
  QString title;  ///< "Ten quiet seconds"
  QString text;   ///< plain text
  QString place;  ///< "Step 2 of 7"
};
/// `onTeach`: the page Teach is shown; on others the tour points the way back.
TourWords tourWords(TourStep step, const app::Snapshot& snapshot, const KeyMap& keys, bool onTeach);
TourAnchor tourAnchor(TourStep step, bool onTeach);

/// Where a card of `size` stands beside `anchor` inside `room`: below, above, then at the end and
/// the start of the line (as the language reads), else as near as it can without hiding anything of
/// `anchor` or of what is `needed`, else where it hides least.
QPoint placeBeside(const QRect& anchor, const QSize& size, const QRect& room,
                   Qt::LayoutDirection direction, const std::vector<QRect>& needed = {});

}  // namespace ui
