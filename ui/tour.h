#pragma once
// Tour: the guided first tour over the main window: a card beside the one thing it is about, and a
// frame round that. It never takes the keyboard or the mouse from what it points at, moves nothing,
// and goes on when the person really did it.

#include <QFrame>
#include <functional>

#include "ui/models/tour.h"
#include "ui/theme.h"

class QLabel;
class QPushButton;

namespace ui {

class TourFrame;

class Tour final : public QFrame {
  Q_OBJECT

 public:
  /// Null where the window does not show it now.
  using FindAnchor = std::function<QWidget*(TourAnchor)>;

  /// What stays in sight whatever a step is about, in the window.
  using InSight = std::function<std::vector<QRect>()>;

  Tour(const Theme& theme, FindAnchor findAnchor, InSight inSight, QWidget* window);

  /// From the first step that is not done yet.
  void start();
  bool isRunning() const { return running_; }
  TourStep step() const { return progress_.step(); }
  void leave();
  /// What there is now; `covered`: something lies over the window, so the tour waits.
  void follow(const app::Snapshot& snapshot, const std::optional<app::Answer>& answer,
              const KeyMap& keys, bool onTeach, bool covered);

 Q_SIGNALS:
  /// Left or finished: it is not shown again by itself.
  void ended();

 private:
  void say(const TourWords& words);
  void place(QWidget* anchor);

  const Theme& theme_;
  FindAnchor findAnchor_;
  InSight inSight_;
  TourProgress progress_;
  bool running_ = false;
  TourFrame* frame_;
  QLabel* place_;
  QLabel* title_;
  QLabel* text_;
  QPushButton* leave_;
};

}  // namespace ui
