#pragma once
// PastFactsPanel: what page Past says at the right about one thing, where it leads to and what can
// be done with it.

#include <QWidget>

#include "ui/intent.h"
#include "ui/models/past_rows.h"
#include "ui/theme.h"

class QLabel;
class QListWidget;
class QPushButton;

namespace ui {

/// The facts of one thing, with a button for what can be done with it.
class PastFactsPanel final : public QWidget {
  Q_OBJECT

 public:
  explicit PastFactsPanel(const Theme& theme, QWidget* parent = nullptr);
  void show(const PastFacts& facts, bool canGoBack);
  using QWidget::show;
  enum class First { Rows, Action };
  /// The keyboard goes to its rows, or to what can be done with it where there is something.
  void takeFocus(First first);

 Q_SIGNALS:
  void followed(const ui::PastTarget& target);
  void backWanted();
  void wanted(const ui::Intent& intent);

 private:
  QLabel* title_;
  QLabel* sentence_;
  QListWidget* rows_;
  QPushButton* action_;
  QPushButton* back_;
  PastFacts facts_;
};

}  // namespace ui
