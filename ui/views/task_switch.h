#pragma once
// TaskSwitch: which task is in front, and the menu that brings another to the front, adds one,
// renames or removes it. Hidden while the project has one task without a name, unless a name is
// being typed.

#include <QWidget>
#include <functional>
#include <vector>

#include "ui/intent.h"
#include "ui/models/task_rows.h"

class QAction;
class QLineEdit;
class QMenu;
class QPushButton;

namespace ui {

class TaskSwitch final : public QWidget {
  Q_OBJECT

 public:
  explicit TaskSwitch(QWidget* parent = nullptr);

  /// `narrow`: there is little room.
  void show(const app::Snapshot& snapshot, bool narrow);
  using QWidget::show;
  /// What the menu says of each task when it opens.
  void setRows(std::function<std::vector<TaskRow>()> rows) { rows_ = std::move(rows); }
  /// What the menu offers below the tasks, with their keys.
  void setActions(const std::vector<QAction*>& actions) { actions_ = actions; }

  void startNew();
  void startRename();

 Q_SIGNALS:
  void wanted(const ui::Intent& intent);
  /// The keyboard goes back to the page.
  void editingDone();

 private:
  void fillMenu();
  void startTyping(const QString& text);
  void endTyping(bool keep);
  void arrange();

  QPushButton* button_;
  QLineEdit* edit_;
  QMenu* menu_;
  std::function<std::vector<TaskRow>()> rows_ = [] { return std::vector<TaskRow>(); };
  std::vector<QAction*> actions_;
  app::TaskId front_ = app::kFirstTask;
  QString name_;  ///< of the one in front
  bool several_ = false;
  bool isNew_ = false;  ///< what is being typed
};

}  // namespace ui
