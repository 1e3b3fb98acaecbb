#pragma once
// NextStepBar: one sentence that says what to do next, and one button for it (Enter).

#include <QFrame>

#include "app/snapshot.h"
#include "ui/intent.h"
#include "ui/theme.h"

class QLabel;
class QPushButton;

namespace ui {

/// What the hands-free recorder says in place of the next step.
struct Countdown {
  QString label;
  int round = 0;
  int rounds = 0;
  int seconds = 0;  ///< 0: recording now
};

class NextStepBar final : public QFrame {
  Q_OBJECT

 public:
  explicit NextStepBar(const Theme& theme, QWidget* parent = nullptr);

  void show(const app::Snapshot& snapshot, base::Time now, const std::optional<Countdown>& count);
  using QFrame::show;
  /// Presses the accent button, if there is one.
  void press();

 Q_SIGNALS:
  void wanted(const ui::Intent& intent);
  void newLabelWanted();
  /// The button of a label: record it until it is pressed again.
  void recordWanted(learners::LabelId label);
  void stopWanted();
  /// There is no source: the other ways to begin.
  void otherStartWanted();

 private:
  QLabel* sentence_;
  QPushButton* second_;
  QPushButton* other_;
  QPushButton* button_;
  app::NextStep step_;
  bool recording_ = false;
  bool counting_ = false;
};

}  // namespace ui
