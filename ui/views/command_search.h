#pragma once
// CommandSearch: one field that finds every command by its name (Ctrl+K). KeySheet: the list of all
// keys (F1). Both lie over the window and close with Esc.

#include <QFrame>
#include <vector>

#include "ui/theme.h"

class QAction;
class QLineEdit;
class QListWidget;

namespace ui {

/// Words of `query` that all begin a word of `name`, or stand in it; case does not matter.
bool matchesQuery(const QString& name, const QString& query);

class CommandSearch final : public QFrame {
  Q_OBJECT

 public:
  explicit CommandSearch(QWidget* window);
  void open(const std::vector<QAction*>& actions);

 Q_SIGNALS:
  void closed();

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  void fill();
  void run();
  void leave();

  QLineEdit* field_;
  QListWidget* list_;
  std::vector<QAction*> actions_;
};

class KeySheet final : public QFrame {
  Q_OBJECT

 public:
  KeySheet(const Theme& theme, QWidget* window);
  void open();

 Q_SIGNALS:
  void closed();

 protected:
  void keyPressEvent(QKeyEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void focusOutEvent(QFocusEvent* event) override;

 private:
  void leave();
};

}  // namespace ui
