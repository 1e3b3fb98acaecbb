#pragma once
// TopBar: project name, the task in front, when it was last saved, what is being recorded, sources, model.

#include <QFrame>

#include "app/snapshot.h"
#include "ui/intent.h"
#include "ui/theme.h"

class QLabel;
class QLineEdit;
class QPushButton;

namespace ui {

class FigureLabel;
class TaskSwitch;

class TopBar final : public QFrame {
  Q_OBJECT

 public:
  explicit TopBar(const Theme& theme, QWidget* parent = nullptr);

  void show(const app::Snapshot& snapshot, base::Time now);
  using QFrame::show;
  TaskSwitch& tasks() { return *tasks_; }

 Q_SIGNALS:
  void wanted(const ui::Intent& intent);
  void sourcesPressed();
  void modelPressed();
  void commandsPressed();
  void themePressed();
  void inspectorPressed();
  /// The person is done with the project's name: the keyboard goes back to the page.
  void editingDone();

 private:
  enum class Lamp { Fine, Waiting, Attention, Off };
  void setPill(QPushButton* pill, const QString& text, Lamp lamp);
  void startRenaming();
  void endRenaming(bool keep);
  void repaintThemeButton();

  const Theme& theme_;
  QPushButton* project_;
  QLineEdit* projectEdit_;
  TaskSwitch* tasks_;
  FigureLabel* saved_;
  QLabel* recordingDot_;
  QLabel* recordingName_;
  FigureLabel* recordingTime_;
  FigureLabel* recordingRows_;
  QPushButton* sources_;
  QPushButton* model_;
  QPushButton* themeButton_;
};

}  // namespace ui
