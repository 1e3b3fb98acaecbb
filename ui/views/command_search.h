#pragma once
// CommandSearch: one field over the window that finds every command by its name (Ctrl+K).

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

}  // namespace ui
